"""Recovery codes: ten of them, shown once, each of which opens the account once when every other way is lost."""

import hashlib
import secrets

from thuchu.desk.accounts.models import Account, RecoveryCode

CODES = 10
# 16 of 32 characters are 80 bits: out of reach of guessing, even for who has the table, so that a plain digest will do.
CODE_CHARS = 16
_GROUP_CHARS = 4
# Crockford's 32 characters: none is read for another, and what is typed for a twin is read as the one that exists.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")


def renew(account: Account) -> tuple[str, ...]:
    """Ten fresh codes in place of all earlier ones, inside the caller's transaction; shown this once."""
    codes = tuple(_new() for _ in range(CODES))
    account.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(account, code)) for code in codes)
    return codes


def use(account: Account, code: str) -> bool:
    """Is it one of the account's? Then it is gone, inside the caller's transaction."""
    return bool(account.recovery_codes.filter(digest=_digest(account, code)).delete()[0])


def _new() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(CODE_CHARS))
    return "-".join(letters[at : at + _GROUP_CHARS] for at in range(0, CODE_CHARS, _GROUP_CHARS))


def _digest(account: Account, code: str) -> str:
    typed = "".join(char for char in code.upper() if char.isalnum()).translate(_READ_AS)
    text = b"thuchu recovery code\n" + bytes(account.user_handle) + typed.encode("utf-8", "replace")
    return hashlib.sha256(text).hexdigest()
