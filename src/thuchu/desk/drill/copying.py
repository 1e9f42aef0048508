"""A copy of a desk for a drill: everything that happened there, and nothing that could reach a person.

The copy gets a key of its own.  Nobody's address can be read with it, no link in a letter opens, no session goes on.
"""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from thuchu.desk.backup import KEY, Report, back_up, restore

# Says to whoever serves this home what it is; a home without it is no copy.
MARK = "drill"


class NotACopy(Exception):
    """A drill was about to be played on a home that people use."""


def copy_desk(
    home: Path, copy: Path, *, now: datetime, report: Report, copy_rows: Callable[[Path], object] | None
) -> None:
    """Make `copy`, which must be missing or empty, of the desk in `home`, which may run meanwhile.

    report     called with (bytes done, bytes in all), twice from the beginning
    copy_rows  as `backup.back_up` takes it
    raises     CannotBackUp, CannotRestore
    """
    copy.resolve().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".drill-", dir=copy.resolve().parent) as scratch:
        file = Path(scratch) / "desk.tar.gz"
        back_up(home, file, now=now, report=report, copy_rows=copy_rows)
        restore(file, copy, report)
    (copy / KEY).unlink()
    (copy / MARK).touch()


def is_copy(home: Path) -> bool:
    """Whether this home was made for a drill."""
    return (home / MARK).exists()


def require_copy(home: Path) -> None:
    """Raises NotACopy for any other home."""
    if not is_copy(home):
        raise NotACopy(f"{home} is no copy made for a drill; `thuchu drill election` makes one")
