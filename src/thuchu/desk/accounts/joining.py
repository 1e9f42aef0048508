"""Joining by invitation: a name, a way in, ten recovery codes; or nothing at all."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from thuchu.desk.accounts import names, passkeys, recovery, refusals, tokens
from thuchu.desk.accounts.codes import NewCodes
from thuchu.desk.accounts.models import OPERATOR, RATER_NUMBER_MAX, Account, Invitation, Pseudonym
from thuchu.desk.accounts.passkeys import USER_HANDLE_BYTES, NewPasskey
from thuchu.desk.accounts.reads import has_operator
from thuchu.desk.accounts.roles import give
from thuchu.desk.accounts.session import SignedIn
from thuchu.desk.accounts.ways_in import NewPassword
from thuchu.desk.ledger.append import append
from thuchu.privacy import CleanText


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPasskey:
    """Joining with a passkey, and what its owner calls it."""

    made: NewPasskey
    name: CleanText


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPassword:
    """Joining with a password; codes beside it are the person's choice until a role needs them."""

    password: NewPassword
    codes: NewCodes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A new account, the recovery codes that are shown this once, and what signs its person in right away."""

    account_id: int
    recovery_codes: tuple[str, ...]
    proof: SignedIn


def check_joining(token: str, name: CleanText, *, desk_name: str, now: datetime) -> str:
    """The name as it would stand, before anybody makes a key for it; raises as `join` does."""
    _open(token, now)
    checked = names.check(name, desk_name=desk_name)
    if not names.is_free(checked):
        raise refusals.NameTaken
    return checked


def join(token: str, name: CleanText, way_in: ByPasskey | ByPassword, *, desk_name: str, now: datetime) -> Joined:
    """A new contributor; the one who comes by a new desk's own link is its operator, too.

    raises  InvitationGone, NameRefused, PasskeyNameRefused, PasskeyKnown
    """
    with transaction.atomic():
        invitation = _open(token, now)
        checked = names.check(name, desk_name=desk_name)
        pseudonym = _named(checked, now)
        account = _account(pseudonym, way_in, now)
        codes = recovery.renew(account)
        invitation.is_used = True
        invitation.save(update_fields=["is_used"])
        append("contributor.joined", f"pseudonym:{pseudonym.pk}", {}, now=now)
        if invitation.role == OPERATOR:
            # Two first links can't both be used: the second finds an operator.
            if has_operator():
                raise refusals.InvitationGone
            give(account, OPERATOR, by=None, now=now)
    # A new passkey has verified its user, and a new code was typed: that is as much as any sign-in shows.
    strong = isinstance(way_in, ByPasskey) or way_in.codes is not None
    proof = SignedIn(account_id=account.pk, strong=strong, epoch=account.epoch)
    return Joined(account_id=account.pk, recovery_codes=codes, proof=proof)


def _open(token: str, now: datetime) -> Invitation:
    digest = tokens.digest(token, "invitation")
    rows = Invitation.objects.select_for_update()
    invitation = rows.filter(token_digest=digest, is_used=False, expires_at__gt=now).first()
    if invitation is None:
        raise refusals.InvitationGone
    return invitation


def _named(name: str, now: datetime) -> Pseudonym:
    try:
        with transaction.atomic():
            return Pseudonym.objects.create(name=name, key=names.key(name), joined_at=now)
    except IntegrityError:
        raise refusals.NameTaken from None


def _account(pseudonym: Pseudonym, way_in: ByPasskey | ByPassword, now: datetime) -> Account:
    account = Account(pseudonym=pseudonym, rater_number=_rater_number(pseudonym.pk))
    if isinstance(way_in, ByPasskey):
        account.user_handle = way_in.made.user_handle
        account.save(force_insert=True)
        passkeys.keep(account, way_in.made, way_in.name, now=now)
        return account
    account.user_handle = secrets.token_bytes(USER_HANDLE_BYTES)
    account.password = way_in.password.hashed
    if way_in.codes is not None:
        account.totp_secret, account.totp_step = way_in.codes.secret, way_in.codes.step
    account.save(force_insert=True)
    return account


def _rater_number(pseudonym_id: int) -> int:
    """Random, of 63 bits, and computed from nothing: whoever knows every pseudonym knows no rater number."""
    number = 1 + secrets.randbelow(RATER_NUMBER_MAX)
    while number == pseudonym_id or Account.objects.filter(rater_number=number).exists():
        number = 1 + secrets.randbelow(RATER_NUMBER_MAX)
    return number
