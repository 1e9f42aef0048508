"""Indexes that this process holds open, and the lock that lets one process write to one.

Readers share one collection a process and see a writer's commit at once.  What an index holds, and when it is made
again, the room says to which it belongs.
"""

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from thuchu.matching import Collection, Matcher

_shelves: dict[Path, tuple[Collection, Matcher]] = {}
_opening = threading.Lock()


def shelf(folder: Path, open_collection: Callable[[], Collection]) -> tuple[Collection, Matcher]:
    """The collection of `folder` with its matcher, opened at the first call; raises what opening raises."""
    with _opening:
        if folder not in _shelves:
            collection = open_collection()
            _shelves[folder] = (collection, Matcher(collection))
        return _shelves[folder]


def let_go(folder: Path) -> None:
    """Close it in this process; the next call of `shelf` opens it again."""
    with _opening:
        opened = _shelves.pop(folder, None)
        if opened:
            opened[0].close()


@contextmanager
def writing(lock: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the lock that lets one process write; yields False when another has it and we don't wait."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
