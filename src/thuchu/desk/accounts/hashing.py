"""How passwords are kept: argon2id with little enough memory that a flood of sign-ins is no flood of memory.

Django's own setting takes 100 MiB a hash; eight threads of a five-dollar server would take more than it has.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from thuchu.desk.accounts.refusals import Busy

# OWASP's least for argon2id: 19 MiB, two passes, one lane.
MEMORY_KIB = 19_456
PASSES = 2
LANES = 1
# Hashes that one server process makes at a time; the next one waits, and gives up after so many seconds.
HASHES_AT_ONCE = 1
WAIT_SECONDS_MAX = 3.0

TURNS = threading.BoundedSemaphore(HASHES_AT_ONCE)


class DeskArgon2(Argon2PasswordHasher):
    """argon2id at the desk's cost."""

    memory_cost = MEMORY_KIB
    time_cost = PASSES
    parallelism = LANES


def hashed(password: str) -> str:
    """`password` as its row keeps it; raises Busy when too many wait."""
    with _one_at_a_time():
        return make_password(password)


def is_password(password: str, kept: str) -> bool:
    """Is it the one that was kept? Takes as long where none was kept; raises Busy when too many wait."""
    with _one_at_a_time():
        if not kept:
            make_password(password)
            return False
        return check_password(password, kept)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not TURNS.acquire(timeout=WAIT_SECONDS_MAX):
        raise Busy
    try:
        yield
    finally:
        TURNS.release()
