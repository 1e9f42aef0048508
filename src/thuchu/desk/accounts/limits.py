"""How fast one line may try to sign in or to join, before any password is hashed."""

from functools import cache

from django.conf import settings

from thuchu.desk.accounts import refusals
from thuchu.desk.limits import Limiter

# A class of thirty behind one line signs in within a few minutes; a guesser gets no further.
TRIES_PER_MINUTE = 10


@cache
def tries() -> Limiter:
    """This process's limiter, with its share of the desk's limit."""
    return Limiter(per_minute=TRIES_PER_MINUTE / settings.THUCHU_WORKERS)


def require_slow(limiter: Limiter, line: str, clock_s: float) -> None:
    """Take one try of this line; raises TooFast.

    line     which line a request comes from (`desk.limits.client_address`); kept nowhere
    clock_s  a monotonic clock in seconds
    """
    wait_s = limiter.wait_seconds(line, clock_s)
    if wait_s > 0:
        raise refusals.TooFast(seconds=int(wait_s) + 1)
