"""How fast a desk grows: so many places a week, so many invitations a person (rule 7 needs people who are real).

A desk that lets in a hundred accounts in a night has let in one person a hundred times.
"""

from datetime import datetime, timedelta

from thuchu.desk.accounts.models import CONTRIBUTOR, Account, Invitation, Pseudonym

# Enough for a desk to begin with; a tenth of a grown one, so that nine in ten of those who rate know the place.
PLACES_PER_WEEK_MIN = 10
PLACES_PER_WEEK_SHARE = 0.1
WEEK_DAYS = 7
# A person who invites more than this in a month isn't inviting people they know.
INVITATIONS_MAX = 5
INVITATION_WINDOW_DAYS = 30
# Until then the place is kept; an invitation that lies about longer keeps others out.
INVITATION_DAYS = 7


def places_left(now: datetime) -> int:
    """Places of this week that nobody has taken and no open invitation keeps.

    Who is invited can join: the place is counted from the invitation on, and stays counted until a week after joining.
    """
    places = max(PLACES_PER_WEEK_MIN, int(Account.objects.count() * PLACES_PER_WEEK_SHARE))
    joined = Pseudonym.objects.filter(joined_at__gt=now - timedelta(days=WEEK_DAYS)).count()
    kept = Invitation.objects.filter(role=CONTRIBUTOR, is_used=False, expires_at__gt=now).count()
    return max(0, places - joined - kept)


def invitations_left(pseudonym_id: int, *, now: datetime) -> int:
    """How many more people this person may invite now."""
    since = now - timedelta(days=INVITATION_WINDOW_DAYS)
    made = Invitation.objects.filter(inviter_id=pseudonym_id, made_at__gt=since).count()
    return max(0, INVITATIONS_MAX - made)
