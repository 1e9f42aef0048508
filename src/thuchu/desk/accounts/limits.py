"""How fast one line may try to sign in or to join: before any password is hashed, before any session is kept."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Where a try comes from; handed to the limiter and kept nowhere.

    limiter  `tries()`
    address  of the client's line (`desk.limits.client_address`)
    clock_s  a monotonic clock in seconds
    """

    limiter: Limiter
    address: str
    clock_s: float


def require_slow(line: Line) -> None:
    """Take one try of this line; raises TooFast."""
    wait_s = line.limiter.wait_seconds(line.address, line.clock_s)
    if wait_s > 0:
        raise refusals.TooFast(seconds=int(wait_s) + 1)
