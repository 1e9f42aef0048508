"""Adding, changing and taking away what opens an account; never the last of it.

A page asks `session.is_fresh` first, and calls `session.stay` after what signed out everywhere.

A recovery code is no way that lasts: it doesn't count as one that is left.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from thuchu.desk.accounts import passkeys, recovery, refusals
from thuchu.desk.accounts.codes import NewCodes
from thuchu.desk.accounts.hashing import hashed
from thuchu.desk.accounts.models import Account
from thuchu.desk.accounts.names import key
from thuchu.desk.accounts.passkeys import NewPasskey
from thuchu.privacy import CleanText

# Between NIST's 8 beside a second factor and 15 alone (SP 800-63B): ours may stand alone, but then opens no role, and
# whoever guesses has some thirty tries a day (`locking`).
PASSWORD_CHARS_MIN = 12
# What is hashed is bounded; nobody types more.
PASSWORD_CHARS_MAX = 200
# Fewer different characters than this is a key that somebody leaned on.
PASSWORD_DIFFERENT_MIN = 5
# What begins the lists of passwords that guessers try, Vietnamese ones included, where long enough to pass otherwise.
_FIRST_TRIED = frozenset(
    "123456789012 1234567890123 0987654321098 qwertyuiop12 qwertyuiop123 1q2w3e4r5t6y 1qaz2wsx3edc password1234 "
    "password12345 passwordpassword matkhau12345 matkhau123456 matkhaumatkhau anhyeuem1234 anhyeuem12345 "
    "emyeuanh1234 iloveyou1234 adminadmin123 vietnam12345 vietnamvodich thuchu123456 abcdefghijkl abcd12345678".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassword:
    """A password that may be used, hashed; only `new_password` makes one."""

    hashed: str


def new_password(password: str, *, name: str) -> NewPassword:
    """`password` as it will be kept; raises PasswordLength, PasswordGuessable, Busy.

    name  of its owner: no part of a password
    """
    if not PASSWORD_CHARS_MIN <= len(password) <= PASSWORD_CHARS_MAX:
        raise refusals.PasswordLength(least=PASSWORD_CHARS_MIN, most=PASSWORD_CHARS_MAX)
    bare = password.casefold()
    without_name = key(password).replace(key(name), "")
    is_few = len(set(bare)) < PASSWORD_DIFFERENT_MIN or len(set(without_name)) < PASSWORD_DIFFERENT_MIN
    if is_few or "".join(bare.split()) in _FIRST_TRIED:
        raise refusals.PasswordGuessable
    return NewPassword(hashed=hashed(password))


def add_passkey(account_id: int, made: NewPasskey, name: CleanText, *, now: datetime) -> int:
    """Keep one more passkey; gives back its number.

    raises  NoSuchAccount, PasskeyNameRefused, PasskeysEnough, PasskeyKnown, PasskeyNotTaken
    """
    with transaction.atomic():
        return passkeys.keep(_held(account_id), made, name, now=now).pk


def rename_passkey(account_id: int, passkey_id: int, name: CleanText) -> bool:
    """Call a passkey something else; False when the account has none of that number.

    raises  PasskeyNameRefused, NoSuchAccount
    """
    called = passkeys.checked_name(name)
    with transaction.atomic():
        return bool(_held(account_id).passkeys.filter(pk=passkey_id).update(name=called))


def remove_passkey(account_id: int, passkey_id: int) -> bool:
    """Take a passkey away, and sign out everywhere; False when the account has none of that number.

    raises  LastWayIn, NoSuchAccount
    """
    with transaction.atomic():
        account = _held(account_id)
        if not account.passkeys.filter(pk=passkey_id).exists():
            return False
        if not account.password and account.passkeys.count() == 1:
            raise refusals.LastWayIn
        account.passkeys.filter(pk=passkey_id).delete()
        _end_sessions(account)
    return True


def set_password(account_id: int, password: NewPassword, codes: NewCodes | None) -> None:
    """Set or change the password, and sign out everywhere.

    codes   a new second factor beside it; None keeps the one that is there, if one is
    raises  NoSuchAccount
    """
    with transaction.atomic():
        account = _held(account_id)
        account.password = password.hashed
        account.save(update_fields=["password"])
        if codes is not None:
            _keep_codes(account, codes)
        _end_sessions(account)


def set_codes(account_id: int, codes: NewCodes) -> None:
    """Put codes beside the password, in place of those of a lost phone; raises NeedsPassword, NoSuchAccount."""
    with transaction.atomic():
        account = _held(account_id)
        if not account.password:
            raise refusals.NeedsPassword
        _keep_codes(account, codes)
        _end_sessions(account)


def remove_password(account_id: int) -> None:
    """Take the password away, its codes with it, and sign out everywhere; raises LastWayIn, NoSuchAccount."""
    with transaction.atomic():
        account = _held(account_id)
        if not account.passkeys.exists():
            raise refusals.LastWayIn
        account.password, account.totp_secret, account.totp_step = "", "", 0
        account.save(update_fields=["password", "totp_secret", "totp_step"])
        _end_sessions(account)


def renew_recovery_codes(account_id: int) -> tuple[str, ...]:
    """Ten fresh recovery codes in place of the earlier ones, shown this once; raises NoSuchAccount."""
    with transaction.atomic():
        return recovery.renew(_held(account_id))


def _held(account_id: int) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise refusals.NoSuchAccount
    return account


def _keep_codes(account: Account, codes: NewCodes) -> None:
    account.totp_secret, account.totp_step = codes.secret, codes.step
    account.save(update_fields=["totp_secret", "totp_step"])


def _end_sessions(account: Account) -> None:
    # Who came in by what is gone now must not stay.
    Account.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)
