"""Inviting somebody: a link that keeps one place for a week.

No entry is written: with its time beside that of `contributor.joined` it would tell for ever who brought whom.
"""

from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.accounts import refusals, tokens
from thuchu.desk.accounts.models import CONTRIBUTOR, OPERATOR, Account, Invitation
from thuchu.desk.accounts.permissions import Act, require
from thuchu.desk.accounts.places import (
    INVITATION_DAYS,
    INVITATION_WINDOW_DAYS,
    INVITATIONS_MAX,
    invitations_left,
    places_left,
)
from thuchu.desk.accounts.reads import AccountView, has_operator
from thuchu.desk.accounts.roles import take_all


def invite(inviter: AccountView, *, now: datetime) -> str:
    """The token of a new invitation, shown this once; a page makes a link of it.

    raises  NotForYou, InvitedEnough, NoPlaceThisWeek
    """
    require(inviter, Act.INVITE)
    token = tokens.new_token()
    with transaction.atomic():
        # One person's invitations are counted and made one after the other.
        if not Account.objects.select_for_update().filter(pk=inviter.id).exists():
            raise refusals.NoSuchAccount
        if not invitations_left(inviter.pseudonym_id, now=now):
            raise refusals.InvitedEnough(most=INVITATIONS_MAX, days=INVITATION_WINDOW_DAYS)
        if not places_left(now):
            raise refusals.NoPlaceThisWeek
        _make(token, CONTRIBUTOR, inviter.pseudonym_id, now)
    return token


def invite_first_operator(*, now: datetime, replace: bool = False) -> str:
    """The token for a desk without operator, in place of an earlier one that nobody used.

    replace  take the role from those who have it, each with an entry: for a desk whose operators lost every key
    raises   HasOperator
    """
    token = tokens.new_token()
    with transaction.atomic():
        if replace:
            take_all(OPERATOR, now=now)
        if has_operator():
            raise refusals.HasOperator
        Invitation.objects.filter(role=OPERATOR, is_used=False).delete()
        _make(token, OPERATOR, None, now)
    return token


def take_back(inviter: AccountView, invitation_id: int) -> bool:
    """Make an invitation worthless, and its place free; False when it is somebody else's, used or gone."""
    rows = Invitation.objects.filter(pk=invitation_id, inviter_id=inviter.pseudonym_id, is_used=False)
    return bool(rows.delete()[0])


def _make(token: str, role: str, inviter_id: int | None, now: datetime) -> None:
    Invitation.objects.create(
        token_digest=tokens.digest(token, "invitation"),
        inviter_id=inviter_id,
        role=role,
        made_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
