"""Signing in without a passkey: name, password and code; or name and a recovery code.

In this order, which no page can change: how fast the line may try, whether the name rests, and only then a hash.
"""

from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts import codes, recovery, refusals
from thuchu.desk.accounts.hashing import is_password
from thuchu.desk.accounts.limits import Line, require_slow
from thuchu.desk.accounts.locking import count_failure, forget_failures, require_free
from thuchu.desk.accounts.models import NAME_KEY_CHARS_MAX, Account
from thuchu.desk.accounts.names import key
from thuchu.desk.accounts.session import SignedIn
from thuchu.desk.accounts.ways_in import PASSWORD_CHARS_MAX


def with_password(name: str, password: str, code: str, *, line: Line, now: datetime) -> SignedIn:
    """Whose name, password and code they are; hand it to `session.sign_in`.

    code    "" for an account without codes
    raises  TooFast, LockedFor, Busy, NotRecognised
    """
    require_slow(line)
    account = _account(name)
    if account is not None:
        require_free(account, now=now)
    # Outside the transaction: a hash takes a while, and the desk has one writer.
    right = len(password) <= PASSWORD_CHARS_MAX and is_password(password, account.password if account else "")
    if account is None:
        raise refusals.NotRecognised
    return _settle(account.pk, right, password_seen=account.password, code=code, now=now)


def with_recovery_code(name: str, code: str, *, line: Line, now: datetime) -> SignedIn:
    """Whose recovery code it is; it is used up by this. No role works until another way in has been shown.

    raises  TooFast, LockedFor, NotRecognised
    """
    require_slow(line)
    account = _account(name)
    if account is None:
        raise refusals.NotRecognised
    with transaction.atomic():
        held = Account.objects.select_for_update().get(pk=account.pk)
        require_free(held, now=now)
        was_right = recovery.use(held, code)
        if was_right:
            forget_failures(held)
        else:
            count_failure(held, now=now)
    if not was_right:
        raise refusals.NotRecognised
    return SignedIn(account_id=account.pk, strong=False, epoch=held.epoch)


def _settle(account_id: int, right: bool, *, password_seen: str, code: str, now: datetime) -> SignedIn:
    """Count the try, for or against; the failure is kept, so it is raised outside the transaction."""
    with transaction.atomic():
        held = Account.objects.select_for_update().filter(pk=account_id).first()
        if held is None:
            raise refusals.NotRecognised
        # Others may have failed while we hashed, and the password may have been changed.
        require_free(held, now=now)
        step = codes.matching_step(held.totp_secret, code, now=now, after=held.totp_step) if held.totp_secret else 0
        was_right = right and held.password == password_seen and step is not None
        if was_right and step is not None:
            held.totp_step = max(step, held.totp_step)
            held.save(update_fields=["totp_step"])
            forget_failures(held)
        else:
            count_failure(held, now=now)
    if not was_right:
        raise refusals.NotRecognised
    return SignedIn(account_id=account_id, strong=bool(held.totp_secret), epoch=held.epoch)


def _account(name: str) -> Account | None:
    """By what the eye reads of the name, as nobody else has one that looks like it."""
    if len(name) > NAME_KEY_CHARS_MAX:
        return None
    return Account.objects.filter(pseudonym__key=key(name), pseudonym__left=False).first()
