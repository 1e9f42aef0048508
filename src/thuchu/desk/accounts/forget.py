"""What accounts no longer need: ended sessions, invitations that no longer count, unconfirmed addresses, old tokens,
offers of a role that nobody accepted."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from thuchu.desk.accounts.emails import LINK_HOURS
from thuchu.desk.accounts.hand_over import OFFER_DAYS
from thuchu.desk.accounts.models import OPERATOR, ApiToken, Email, HandOver, Invitation
from thuchu.desk.accounts.places import INVITATION_WINDOW_DAYS
from thuchu.desk.traces import forget_pages

# One transaction's worth; the rest goes next time.
FORGET_ROWS_MAX = 5_000
# Whose program stopped at night still finds on the page why: its token is over.
TOKEN_SHOWN_DAYS = 30


def forget_old(*, now: datetime) -> int:
    """Delete them; gives back how many there were. Doing it again does nothing."""
    counted_since = now - timedelta(days=INVITATION_WINDOW_DAYS)
    with transaction.atomic():
        ended = Session.objects.filter(expire_date__lt=now).values_list("pk", flat=True)[:FORGET_ROWS_MAX]
        sessions, _ = Session.objects.filter(pk__in=list(ended)).delete()
        over = Q(made_at__lt=counted_since) | Q(role=OPERATOR) & (Q(is_used=True) | Q(expires_at__lt=now))
        invitations, _ = Invitation.objects.filter(over).delete()
        unanswered = Email.objects.filter(confirmed_at=None, asked_at__lt=now - timedelta(hours=LINK_HOURS))
        emails, _ = unanswered.delete()
        tokens, _ = ApiToken.objects.filter(expires_on__lt=now.date() - timedelta(days=TOKEN_SHOWN_DAYS)).delete()
        unaccepted = HandOver.objects.filter(offered_at__lt=now - timedelta(days=OFFER_DAYS))
        offers, _ = unaccepted.delete()
        if sessions or invitations or emails or tokens:
            transaction.on_commit(forget_pages)
    return sessions + invitations + emails + tokens + offers
