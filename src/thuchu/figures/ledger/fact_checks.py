"""Fact-checks of this desk's: how long each stayed as it was published; the sources that standing notes quote."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from thuchu.figures.definitions import TABLES
from thuchu.figures.ledger.reading import Reads, number_of
from thuchu.figures.period import Period, midnight_ms
from thuchu.figures.tables import BaseTable

CHANGED, UNCHANGED, ERASED = "changed", "unchanged", "erased"
SHOWN = "shown"
_VERSIONS = 32


class FactChecks:
    """Reads notes with their evidence, what became a fact-check, what it lost, and what rotted."""

    ALSO_AFTER: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, period: Period) -> None:
        self._period = period
        # By its name: when a fact-check was first published, in which words, of which note; when it was so no more.
        self._published: dict[str, int] = {}
        self._said: dict[str, str] = {}
        self._notes: dict[str, int] = {}
        self._changed: dict[str, int] = {}
        self._erased: dict[str, int] = {}
        # Note -> its claim; a note's version -> its evidence, as text: of a hundred thousand sets each would be looked
        # through again and again; note -> its last version, 0 when it stands no more.
        self._claims: dict[int, int] = {}
        self._evidence: dict[int, str] = {}
        self._versions: dict[int, int] = {}
        self._rotten: dict[int, str] = {}

    def reads(self) -> Mapping[str, Reads]:
        """What is called for which kind."""
        return {
            "note.written": self._read_written,
            "note.edited": self._read_edited,
            "note.withdrawn": self._read_withdrawn,
            "notes.erased": self._read_erased,
            "fact_check.agreed": self._read_agreed,
            "fact_check.no_longer_agreed": self._read_lost,
            "evidence.rotted": self._read_rotted,
            "evidence.recovered": self._read_recovered,
        }

    def tables(self, _tree: Mapping[str, str]) -> list[BaseTable]:
        """corrections, evidence."""
        begin = midnight_ms(self._period.year_before)
        rows = [self._row(name, since) for name, since in self._published.items() if since >= begin]
        quoted = {
            piece
            for note, version in self._versions.items()
            if version
            for piece in self._evidence[_version(note, version)].split()
        }
        states = Counter(self._rotten.get(int(piece), SHOWN) for piece in quoted)
        return [
            BaseTable.of("corrections", TABLES["corrections"].columns, rows),
            BaseTable.of("evidence", TABLES["evidence"].columns, list(states.items())),
        ]

    def _row(self, name: str, since: int) -> tuple[int, str]:
        """How long a fact-check stayed as it was published, and what ended it."""
        at, word = self._erased.get(name, self._period.end_ms), ERASED if name in self._erased else UNCHANGED
        if self._changed.get(name, at + 1) <= at:
            at, word = self._changed[name], CHANGED
        # A clock that was set back between two entries makes no time negative.
        return max(at - since, 0) // 1000, word

    def _read_written(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        note = number_of(subject)
        self._claims[note], self._versions[note] = int(body["claim"]), 1
        self._evidence[_version(note, 1)] = _written(body["evidence"])

    def _read_edited(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        note, version = number_of(subject), int(body["version"])
        self._versions[note] = version
        self._evidence[_version(note, version)] = _written(body["evidence"])

    def _read_withdrawn(self, _time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        self._versions[number_of(subject)] = 0

    def _read_erased(self, time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        claim = number_of(subject)
        gone = {note for note, on in self._claims.items() if on == claim}
        for note in gone:
            self._versions[note] = 0
        for name, note in self._notes.items():
            if note in gone:
                self._erased.setdefault(name, time_ms)

    def _read_agreed(self, time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        note = int(body["note"])
        said = f"{body['verdict']} {self._evidence.get(_version(note, int(body['version'])), '')}"
        if subject not in self._published:
            self._published[subject], self._said[subject], self._notes[subject] = time_ms, said, note
        elif self._said[subject] != said:
            self._changed.setdefault(subject, time_ms)

    def _read_lost(self, time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        if subject in self._published:
            self._changed.setdefault(subject, time_ms)

    def _read_rotted(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._rotten[number_of(subject)] = str(body["state"])

    def _read_recovered(self, _time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        self._rotten.pop(number_of(subject), None)


def _version(note: int, version: int) -> int:
    """One number for a note's version; a note has 20 versions at most."""
    return note * _VERSIONS + version


def _written(evidence: Iterable[int]) -> str:
    """Numbers in order, whatever order they were named in."""
    return " ".join(map(str, sorted(set(evidence))))
