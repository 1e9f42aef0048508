"""What was said to be wrong: how long until two people closed it as corrected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from thuchu.figures.definitions import TABLES
from thuchu.figures.ledger.reading import Reads
from thuchu.figures.period import Period
from thuchu.figures.tables import BaseTable

CORRECTED, NOTHING_WRONG, OPEN = "corrected", "nothing_wrong", "open"
# Outcomes by which something was done about it.
_DONE = frozenset({"note_edited", "note_written", "note_withdrawn", "withheld", "withdrawn"})


@dataclass(slots=True)
class _Case:
    """Reports of one thing from the first until none is left, or one was found right."""

    since: int
    waiting: set[str] = field(default_factory=set)


class Reports:
    """Reads reports as they come and are closed; several of one thing at one time are one case."""

    ALSO_AFTER: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, period: Period) -> None:
        self._period = period
        self._cases: dict[str, _Case] = {}
        self._rows: list[tuple[int, str]] = []

    def reads(self) -> Mapping[str, Reads]:
        """What is called for which kind."""
        return {"report.received": self._read_received, "report.closed": self._read_closed}

    def tables(self, _tree: Mapping[str, str]) -> list[BaseTable]:
        """correction_waits."""
        for case in self._cases.values():
            self._end(case, self._period.end_ms, OPEN)
        self._cases.clear()
        return [BaseTable.of("correction_waits", TABLES["correction_waits"].columns, self._rows)]

    def _read_received(self, time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._cases.setdefault(str(body["about"]), _Case(time_ms)).waiting.add(subject)

    def _read_closed(self, time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        case = self._cases.get(str(body["about"]))
        if case is None:
            return
        case.waiting.discard(subject)
        is_done = body["outcome"] in _DONE
        if is_done or not case.waiting:
            self._end(case, time_ms, CORRECTED if is_done else NOTHING_WRONG)
            del self._cases[str(body["about"])]

    def _end(self, case: _Case, at: int, word: str) -> None:
        if self._period.holds(case.since):
            # A clock that was set back between two entries makes no time negative.
            self._rows.append((max(at - case.since, 0) // 1000, word))
