"""Who works on a home folder: as many as like, or one alone.

The lock is the operating system's: it ends with the process that holds it, and its children's, however they end.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

LOCK = "in-use.lock"
# Held until this process ends; forks of it hold them with it.
_held: dict[Path, IO[str]] = {}


class InUse(Exception):
    """Somebody else is at the home; the message says what to do."""


def hold(home: Path) -> None:
    """Work on it from now on, beside others; raises InUse while somebody needs it alone."""
    if home in _held:
        return
    file = (home / LOCK).open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise InUse(f"{home} is being moved to another database: wait until that is done") from None
    _held[home] = file


def let_go(home: Path) -> None:
    """Not at work on it any more; doing it again does nothing."""
    file = _held.pop(home, None)
    if file:
        file.close()


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Nobody else works on it while the block runs; raises InUse where somebody does."""
    with (home / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(f"a server, a worker or another command is at {home}: stop it first") from None
        yield
