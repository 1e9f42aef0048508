"""Fact-checks of this desk's: how long each stayed as it was published; the sources that standing notes quote."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thuchu.figures.definitions import TABLES
from thuchu.figures.ledger.reading import Reads, number_of
from thuchu.figures.period import Period, midnight_ms
from thuchu.figures.tables import BaseTable, Row

CHANGED, UNCHANGED, ERASED = "changed", "unchanged", "erased"
SHOWN = "shown"


@dataclass(slots=True)
class _Published:
    """A fact-check as it was first published, and when it was so no more."""

    time_ms: int
    note: int
    said: tuple[str, frozenset[int]]
    changed_ms: int | None = None
    erased_ms: int | None = None


class FactChecks:
    """Reads notes with their evidence, what became a fact-check, what it lost, and what rotted."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._published: dict[str, _Published] = {}
        # Note -> its claim; (note, version) -> its evidence; note -> its last version, 0 when it stands no more.
        self._claims: dict[int, int] = {}
        self._evidence: dict[tuple[int, int], frozenset[int]] = {}
        self._versions: dict[int, int] = {}
        self._rotten: dict[int, str] = {}

    def reads(self) -> Mapping[str, Reads]:
        """What is called for which kind."""
        reads: dict[str, Reads] = {
            "note.written": self._read_written,
            "note.edited": self._read_edited,
            "note.withdrawn": self._read_withdrawn,
            "notes.erased": self._read_erased,
            "fact_check.agreed": self._read_agreed,
            "fact_check.no_longer_agreed": self._read_lost,
            "evidence.rotted": self._read_rotted,
            "evidence.recovered": self._read_recovered,
        }
        return {kind: self._in_time(read) for kind, read in reads.items()}

    def tables(self, _tree: Mapping[str, str]) -> list[BaseTable]:
        """corrections, evidence."""
        begin, end = midnight_ms(self._period.year_before), self._period.end_ms
        rows: list[Row] = []
        for each in self._published.values():
            if each.time_ms >= begin:
                ends = [(each.changed_ms, CHANGED), (each.erased_ms, ERASED), (end, UNCHANGED)]
                at, word = min((at, word) for at, word in ends if at is not None)
                rows.append(((at - each.time_ms) // 1000, word))
        quoted = {
            piece for note, version in self._versions.items() if version for piece in self._evidence[note, version]
        }
        states = Counter(self._rotten.get(piece, SHOWN) for piece in quoted)
        return [
            BaseTable.of("corrections", TABLES["corrections"].columns, rows),
            BaseTable.of("evidence", TABLES["evidence"].columns, list(states.items())),
        ]

    def _in_time(self, read: Reads) -> Reads:
        """Only of what happened before the period's end."""

        def reads(time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
            if time_ms < self._period.end_ms:
                read(time_ms, subject, body)

        return reads

    def _read_written(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        note = number_of(subject)
        self._claims[note], self._versions[note] = int(body["claim"]), 1
        self._evidence[note, 1] = frozenset(body["evidence"])

    def _read_edited(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        note, version = number_of(subject), int(body["version"])
        self._versions[note] = version
        self._evidence[note, version] = frozenset(body["evidence"])

    def _read_withdrawn(self, _time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        self._versions[number_of(subject)] = 0

    def _read_erased(self, time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        claim = number_of(subject)
        gone = {note for note, on in self._claims.items() if on == claim}
        for note in gone:
            self._versions[note] = 0
        for each in self._published.values():
            if each.note in gone and each.erased_ms is None:
                each.erased_ms = time_ms

    def _read_agreed(self, time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        note = int(body["note"])
        said = (str(body["verdict"]), self._evidence.get((note, int(body["version"])), frozenset()))
        before = self._published.setdefault(subject, _Published(time_ms, note, said))
        if before.said != said and before.changed_ms is None:
            before.changed_ms = time_ms

    def _read_lost(self, time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        before = self._published.get(subject)
        if before is not None and before.changed_ms is None:
            before.changed_ms = time_ms

    def _read_rotted(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._rotten[number_of(subject)] = str(body["state"])

    def _read_recovered(self, _time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        self._rotten.pop(number_of(subject), None)
