"""What the readers share: an entry, its number, and what happens to one that can't be read."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

from thuchu.figures.period import Period
from thuchu.figures.tables import BaseTable

# seq, time in milliseconds, kind, subject, body.
Entry = tuple[int, int, str, str, Mapping[str, Any]]
# Called with the time, the subject and the body of an entry.
Reads = Callable[[int, str, Mapping[str, Any]], None]


class UnreadableEntry(ValueError):
    """An entry whose body isn't what its kind carries; `seq` is its number."""

    def __init__(self, seq: int, kind: str, what: str) -> None:
        super().__init__(f"entry {seq} ({kind}): {what}")
        self.seq = seq


class Reader(Protocol):
    """Reads some kinds of entries, each once and in their order, and makes tables of them.

    Several readers may read the same kind. None keeps a body. Only entries from before the period's end are read, but
    for kinds in ALSO_AFTER: what these say bears on what happened in it.
    """

    ALSO_AFTER: ClassVar[frozenset[str]]

    def __init__(self, period: Period) -> None: ...

    def reads(self) -> Mapping[str, Reads]:
        """What is called for which kind."""
        ...

    def tables(self, tree: Mapping[str, str]) -> list[BaseTable]:
        """Its tables, once every entry was read."""
        ...


def number_of(subject: str) -> int:
    """12 of "claim:12"."""
    return int(subject[subject.rfind(":") + 1 :])
