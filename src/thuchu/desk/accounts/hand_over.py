"""Handing a coordinator's role over: one offers, another accepts, and the first is a contributor from then on.

What the first one held goes along, which the journey sees to: each room knows its own.
"""

from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.models import COORDINATOR, Account, HandOver, RoleGrant
from thuchu.desk.accounts.permissions import Act, require
from thuchu.desk.accounts.reads import AccountView, PseudonymView
from thuchu.desk.ledger.append import append
from thuchu.log.entry import Value

# Two weeks of holidays; who hasn't answered by then is asked again, or somebody else is.
OFFER_DAYS = 14


def offer(giver: AccountView, taker: int, *, now: datetime) -> None:
    """Ask another coordinator, in place of whom one asked before; nothing changes until they accept.

    taker   number of a pseudonym
    raises  NotForYou, NoSuchCoordinator
    """
    require(giver, Act.HAND_OVER)
    with transaction.atomic():
        grant = RoleGrant.objects.filter(role=COORDINATOR, account__pseudonym_id=taker).first()
        if grant is None or grant.account_id == giver.id:
            raise refusals.NoSuchCoordinator
        HandOver.objects.update_or_create(giver_id=giver.id, defaults={"taker_id": grant.account_id, "offered_at": now})


def take_back(giver: AccountView) -> None:
    """Ask nobody any more; saying so twice is saying so once."""
    HandOver.objects.filter(giver=giver.id).delete()


def decline(taker: AccountView, giver: int) -> None:
    """Not I: the giver may ask somebody else. Saying so twice is saying so once."""
    HandOver.objects.filter(taker=taker.id, giver__pseudonym_id=giver).delete()


def accept(taker: AccountView, giver: int, *, now: datetime) -> None:
    """Take a role over, in the transaction in which what was held goes along.

    giver   number of the pseudonym that offered it
    raises  NotForYou, NothingOffered
    """
    require(taker, Act.HAND_OVER)
    row = HandOver.objects.select_for_update().filter(taker=taker.id, giver__pseudonym_id=giver).first()
    if row is None:
        raise refusals.NothingOffered
    RoleGrant.objects.filter(role=COORDINATOR, account=row.giver_id).delete()
    row.delete()
    body: dict[str, Value] = {"role": COORDINATOR, "to": taker.pseudonym_id}
    append("role.handed_over", f"pseudonym:{giver}", body, now=now)
    revoked: dict[str, Value] = {"role": COORDINATOR, "by": giver}
    append("role.revoked", f"pseudonym:{giver}", revoked, now=now)


def offered_to(giver: AccountView) -> PseudonymView | None:
    """Whom a coordinator asked, for themselves; None for nobody."""
    row = HandOver.objects.select_related("taker__pseudonym").filter(giver=giver.id).first()
    return _named(row.taker) if row else None


def offered_by(taker: AccountView) -> tuple[PseudonymView, ...]:
    """Who asks this coordinator to take over, first asked first, for themselves."""
    rows = HandOver.objects.select_related("giver__pseudonym").filter(taker=taker.id).order_by("offered_at", "pk")
    return tuple(_named(row.giver) for row in rows)


def is_last_coordinator(account_id: int) -> bool:
    """Would nobody coordinate any more without this account?"""
    holders = list(RoleGrant.objects.filter(role=COORDINATOR).values_list("account", flat=True))
    return holders == [account_id]


def _named(row: Account) -> PseudonymView:
    return PseudonymView(id=row.pseudonym_id, name=row.pseudonym.name, left=row.pseudonym.left)
