"""Failed tries at one name: after a few, passwords and codes rest, longer each time, and are free again by themselves.

Passkeys are not guessed, so they don't rest: who tries passwords at somebody's name can't keep them out of the desk.
No address is kept here; how fast one line may try is for `limits`.
"""

from datetime import datetime, timedelta

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.models import Account

# Five mistypings are human.
FREE_FAILURES = 5
# Then half a minute, doubled each time up to an hour: about 30 guesses in a day, of a million codes and any password.
REST_SECONDS = 30
REST_SECONDS_MAX = 3_600


def require_free(account: Account, *, now: datetime) -> None:
    """Raises LockedFor while the name rests."""
    if account.locked_until is not None and account.locked_until > now:
        seconds = int((account.locked_until - now).total_seconds()) + 1
        raise refusals.LockedFor(seconds=seconds)


def count_failure(account: Account, *, now: datetime) -> None:
    """One more failed try in a row, inside the caller's transaction; the row is the caller's, held."""
    account.failures += 1
    beyond = account.failures - FREE_FAILURES
    if beyond >= 0:
        # The exponent is bounded, too: nobody may make us count to 2^100000.
        account.locked_until = now + timedelta(seconds=min(REST_SECONDS * 2 ** min(beyond, 20), REST_SECONDS_MAX))
    account.save(update_fields=["failures", "locked_until"])


def forget_failures(account: Account) -> None:
    """They came in."""
    account.failures, account.locked_until = 0, None
    account.save(update_fields=["failures", "locked_until"])
