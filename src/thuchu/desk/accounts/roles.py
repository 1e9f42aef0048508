"""Giving and taking roles: each time an entry, so that everybody can see who keeps order here and since when."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.models import GRANTED_ROLES, OPERATOR, Account, RoleGrant
from thuchu.desk.accounts.permissions import Act, require
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.ledger.append import append
from thuchu.log.entry import Value

# Who gave the first role, or took one whose holder lost every key: nobody, the desk's own machine.
THE_MACHINE = 0


def grant_role(by: AccountView, pseudonym_id: int, role: str, *, now: datetime) -> None:
    """Give a role; it works as soon as its holder signs in with a second factor.

    raises  NotForYou, NoSuchAccount, RoleHeld; ValueError for a role that is none
    """
    require(by, Act.GRANT_ROLE)
    with transaction.atomic():
        give(_account(pseudonym_id), role, by=by.pseudonym_id, now=now)


def revoke_role(by: AccountView, pseudonym_id: int, role: str, *, now: datetime) -> None:
    """Take a role; its holder stays a contributor. Everybody may give their own back.

    raises  NotForYou, NoSuchAccount, RoleHeld (they haven't it), LastOperator
    """
    if by.pseudonym_id != pseudonym_id:
        require(by, Act.GRANT_ROLE)
    with transaction.atomic():
        # Held in one order, so that two operators can't take each other's role at once.
        holders = list(RoleGrant.objects.select_for_update().filter(role=role).order_by("pk"))
        account = _account(pseudonym_id)
        grant = next((each for each in holders if each.account_id == account.pk), None)
        if grant is None:
            raise refusals.RoleHeld
        if role == OPERATOR and len(holders) == 1:
            raise refusals.LastOperator
        grant.delete()
        append("role.revoked", f"pseudonym:{pseudonym_id}", {"role": role, "by": by.pseudonym_id}, now=now)


def give(account: Account, role: str, *, by: int | None, now: datetime) -> None:
    """The grant and its entry, inside the caller's transaction; `by` is a pseudonym's number, None for the machine."""
    if role not in GRANTED_ROLES:
        raise ValueError(f"{role} is none of {', '.join(GRANTED_ROLES)}")
    if RoleGrant.objects.filter(account=account, role=role).exists():
        raise refusals.RoleHeld
    RoleGrant.objects.create(account=account, role=role, granted_at=now)
    body: dict[str, Value] = {"role": role, "by": THE_MACHINE if by is None else by}
    append("role.granted", f"pseudonym:{account.pseudonym_id}", body, now=now)


def take_all(role: str, *, now: datetime) -> None:
    """Take a role from everybody who has it, by the machine, inside the caller's transaction."""
    for grant in RoleGrant.objects.select_for_update().select_related("account").filter(role=role).order_by("pk"):
        grant.delete()
        body: dict[str, Value] = {"role": role, "by": THE_MACHINE}
        append("role.revoked", f"pseudonym:{grant.account.pseudonym_id}", body, now=now)


def _account(pseudonym_id: int) -> Account:
    account = Account.objects.select_for_update().filter(pseudonym_id=pseudonym_id).first()
    if account is None:
        raise refusals.NoSuchAccount
    return account
