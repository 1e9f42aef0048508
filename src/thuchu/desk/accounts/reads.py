"""What other rooms and pages may ask of accounts.

`AccountView` is for its own person and for checking what they may do.  Nothing here leads from a rater number to a
name, or from a name to an account: other people are a `PseudonymView` and no more (rule 7).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from thuchu.desk.accounts import names, places, tokens
from thuchu.desk.accounts.models import (
    CONTRIBUTOR,
    NAME_KEY_CHARS_MAX,
    OPERATOR,
    Account,
    ApiToken,
    Invitation,
    Pseudonym,
    RoleGrant,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """One account, for its own person.

    roles          those that work now: "contributor" always, others only with a second factor
    held_roles     those that were granted, whether they work or not
    second_factor  every way in but a recovery code has one
    rater_number   for the rooms where ratings are kept; never shown, never logged
    """

    id: int
    pseudonym_id: int
    name: str
    roles: frozenset[str]
    held_roles: frozenset[str]
    may_write: bool
    second_factor: bool
    rater_number: int = field(repr=False)

    @property
    def is_asleep(self) -> bool:
        """Do they hold a role that doesn't work, for want of a second factor?"""
        return bool(self.held_roles - self.roles)

    @property
    def granted_roles(self) -> tuple[str, ...]:
        """What they hold besides being a contributor, in one order, for their own page."""
        return tuple(sorted(self.held_roles - {CONTRIBUTOR}))


@dataclass(frozen=True, slots=True, kw_only=True)
class PseudonymView:
    """A name as everybody sees it; `left` says that its person is gone."""

    id: int
    name: str
    left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyView:
    """One passkey, for the page of its owner."""

    id: int
    name: str
    added_on: date
    used_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysIn:
    """How an account is opened, for the page of its owner."""

    passkeys: tuple[PasskeyView, ...]
    has_password: bool
    has_codes: bool
    recovery_codes: int
    email: str
    is_email_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiTokenView:
    """One token for programs, for the page of its owner; `expires_on` is the last day on which it opens anything."""

    id: int
    name: str
    prefix: str
    scopes: tuple[str, ...]
    made_on: date
    used_on: date | None
    expires_on: date
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """An open invitation; who made it is not told to whom it is given."""

    id: int
    role: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHolder:
    """Somebody who holds a role, in public."""

    pseudonym_id: int
    name: str
    role: str


def account_view(account_id: int, *, strong: bool = True) -> AccountView | None:
    """The account with this number, for its own person; None when it is gone.

    strong  its person showed a second factor: without it no role but contributor works
    """
    row = Account.objects.select_related("pseudonym").filter(pk=account_id).first()
    return None if row is None else view_of(row, strong=strong)


def view_of(row: Account, *, strong: bool) -> AccountView:
    """The view of a row that this room has at hand, its pseudonym with it."""
    held = frozenset(row.grants.values_list("role", flat=True))
    second_factor = _has_second_factor(row)
    return AccountView(
        id=row.pk,
        pseudonym_id=row.pseudonym_id,
        name=row.pseudonym.name,
        roles=frozenset({CONTRIBUTOR}) | (held if second_factor and strong else frozenset()),
        held_roles=held | {CONTRIBUTOR},
        may_write=row.may_write,
        second_factor=second_factor,
        rater_number=row.rater_number,
    )


def _has_second_factor(row: Account) -> bool:
    """A password without codes is a way in with one factor, whatever passkeys stand beside it."""
    return bool(row.totp_secret) if row.password else row.passkeys.exists()


def pseudonyms(numbers: Iterable[int]) -> dict[int, PseudonymView]:
    """The names with these numbers, by number; unknown numbers are left out."""
    rows = Pseudonym.objects.filter(pk__in=set(numbers))
    return {row.pk: PseudonymView(id=row.pk, name=row.name, left=row.left) for row in rows}


def pseudonym_named(name: str) -> PseudonymView | None:
    """Whose name this is, or looks like; None for nobody's, and for that of somebody who left."""
    row = Pseudonym.objects.filter(key=names.key(name), left=False).first() if len(name) <= NAME_KEY_CHARS_MAX else None
    return None if row is None else PseudonymView(id=row.pk, name=row.name, left=row.left)


def ways_in(account_id: int) -> WaysIn | None:
    """How this account is opened; None when it is gone."""
    row = Account.objects.select_related("email").filter(pk=account_id).first()
    if row is None:
        return None
    keys = row.passkeys.order_by("pk")
    email = getattr(row, "email", None)
    return WaysIn(
        passkeys=tuple(PasskeyView(id=k.pk, name=k.name, added_on=k.added_on, used_on=k.used_on) for k in keys),
        has_password=bool(row.password),
        has_codes=bool(row.totp_secret),
        recovery_codes=row.recovery_codes.count(),
        email=email.address if email else "",
        is_email_confirmed=bool(email and email.confirmed_at),
    )


def api_tokens(account_id: int, *, now: datetime) -> tuple[ApiTokenView, ...]:
    """This person's tokens for programs, newest first; those that are over stay in the list until they are swept."""
    rows = ApiToken.objects.filter(account_id=account_id).order_by("-pk")
    return tuple(
        ApiTokenView(
            id=row.pk,
            name=row.name,
            prefix=row.prefix,
            scopes=tuple(row.scopes.split()),
            made_on=row.made_on,
            used_on=row.used_on,
            expires_on=row.expires_on,
            is_over=row.expires_on < now.date(),
        )
        for row in rows
    )


def invitation(token: str, *, now: datetime) -> InvitationView | None:
    """The open invitation behind a link; None when it is unknown, used or expired."""
    digest = tokens.digest(token, "invitation")
    row = Invitation.objects.filter(token_digest=digest, is_used=False, expires_at__gt=now).first()
    return None if row is None else _invitation(row)


def open_invitations(pseudonym_id: int, *, now: datetime) -> tuple[InvitationView, ...]:
    """This person's invitations that nobody has used yet, newest first."""
    rows = Invitation.objects.filter(inviter_id=pseudonym_id, is_used=False, expires_at__gt=now).order_by("-pk")
    return tuple(_invitation(row) for row in rows)


def places_left_this_week(*, now: datetime) -> int:
    """How many more people the desk takes in this week: the one number about its growth that everybody sees."""
    return places.places_left(now)


def invitations_left(pseudonym_id: int, *, now: datetime) -> int:
    """How many more people this person may invite now."""
    return places.invitations_left(pseudonym_id, now=now)


def role_holders() -> tuple[RoleHolder, ...]:
    """Who coordinates and who runs the machine, by role and name; everybody may know."""
    rows = RoleGrant.objects.select_related("account__pseudonym").order_by("role", "account__pseudonym__name")
    return tuple(
        RoleHolder(pseudonym_id=row.account.pseudonym_id, name=row.account.pseudonym.name, role=row.role)
        for row in rows
    )


def has_operator() -> bool:
    """Does somebody run this desk?"""
    return RoleGrant.objects.filter(role=OPERATOR).exists()


def _invitation(row: Invitation) -> InvitationView:
    return InvitationView(id=row.pk, role=row.role, expires_at=row.expires_at)
