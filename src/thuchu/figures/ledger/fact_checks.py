"""Fact-checks of this desk's: how long each stayed as it was published; the sources that standing notes quote."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from thuchu.figures.definitions import TABLES
from thuchu.figures.ledger.reading import Reads, number_of
from thuchu.figures.period import Period, midnight_ms
from thuchu.figures.tables import BaseTable

CHANGED, UNCHANGED, ERASED = "changed", "unchanged", "erased"
# As they are sorted.
_WORDS = (CHANGED, ERASED, UNCHANGED)
SHOWN = "shown"
_VERSIONS = 32
_NUMBERS = "q"

_Column = npt.NDArray[np.int64]


class FactChecks:
    """Reads notes with their evidence, what became a fact-check, what it lost, and what rotted."""

    ALSO_AFTER: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, period: Period) -> None:
        self._period = period
        # What is agreed and what is written is kept in columns, a line an entry, a line a piece of evidence.
        self._agreed, self._agreed_ms = array(_NUMBERS), array(_NUMBERS)
        self._verdicts: list[str] = []
        # (when, which note): lost its agreement; was erased.
        self._lost: list[tuple[int, int]] = []
        self._erased: list[tuple[int, int]] = []
        self._units, self._pieces = array(_NUMBERS), array(_NUMBERS)
        self._notes, self._claims = array(_NUMBERS), array(_NUMBERS)
        # Note -> its last version, 0 when it stands no more.
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
        standing = [_unit(note, version) for note, version in self._versions.items() if version]
        units, pieces = _column(self._units), _column(self._pieces)
        quoted = np.unique(pieces[np.isin(units, np.array(standing, dtype=np.int64))])
        rotten = set(quoted[np.isin(quoted, np.array(list(self._rotten), dtype=np.int64))].tolist())
        states = Counter(self._rotten[piece] for piece in rotten)
        states[SHOWN] = len(quoted) - len(rotten)
        rows = [(state, number) for state, number in states.items() if number]
        return [self._corrections(), BaseTable.of("evidence", TABLES["evidence"].columns, rows)]

    def _corrections(self) -> BaseTable:
        begin, end = midnight_ms(self._period.year_before), self._period.end_ms
        units, times = _column(self._agreed), _column(self._agreed_ms)
        notes, first, place = np.unique(units // _VERSIONS, return_index=True, return_inverse=True)
        since = times[first]
        until, words = np.full(len(notes), end), np.full(len(notes), _WORDS.index(UNCHANGED))
        changed = [*self._other_words(first, place), *self._lost]
        # What changed before it was erased has changed.
        for word, events in ((ERASED, self._erased), (CHANGED, changed)):
            for at, note in events:
                row = int(np.searchsorted(notes, note))
                if row < len(notes) and notes[row] == note and since[row] <= at <= until[row]:
                    until[row], words[row] = at, _WORDS.index(word)
        # A clock that was set back between two entries makes no time negative.
        seconds = np.maximum(until - since, 0) // 1000
        order = np.lexsort((words, seconds))
        order = order[since[order] >= begin]
        # In the order of their words, and already checked: there may be a hundred thousand rows.
        columns = (seconds[order].tolist(), [_WORDS[word] for word in words[order].tolist()])
        return BaseTable("corrections", TABLES["corrections"].columns, tuple(zip(*columns, strict=True)))

    def _other_words(self, first: _Column, place: _Column) -> Iterator[tuple[int, int]]:
        """(when, which note) said something else than at first: another verdict, or other evidence."""
        again = np.flatnonzero(first[place] != np.arange(len(place)))
        if not len(again):
            return
        wanted = {self._agreed[row] for row in (*again.tolist(), *first[place[again]].tolist())}
        rows = np.flatnonzero(np.isin(_column(self._units), np.array(sorted(wanted), dtype=np.int64)))
        evidence: dict[int, set[int]] = defaultdict(set)
        for row in rows.tolist():
            evidence[self._units[row]].add(self._pieces[row])
        for now, before in zip(again.tolist(), first[place[again]].tolist(), strict=True):
            said = [(self._verdicts[row], evidence[self._agreed[row]]) for row in (now, before)]
            if said[0] != said[1]:
                yield self._agreed_ms[now], self._agreed[now] // _VERSIONS

    def _read_written(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        note = number_of(subject)
        self._notes.append(note)
        self._claims.append(body["claim"])
        self._write(note, 1, body["evidence"])

    def _read_edited(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._write(number_of(subject), int(body["version"]), body["evidence"])

    def _write(self, note: int, version: int, evidence: Sequence[int]) -> None:
        self._versions[note] = version
        self._units.extend([_unit(note, version)] * len(evidence))
        self._pieces.extend(evidence)

    def _read_withdrawn(self, _time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        self._versions[number_of(subject)] = 0

    def _read_erased(self, time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        claim = number_of(subject)
        for note, on in zip(self._notes, self._claims, strict=True):
            if on == claim:
                self._versions[note] = 0
                self._erased.append((time_ms, note))

    def _read_agreed(self, time_ms: int, _subject: str, body: Mapping[str, Any]) -> None:
        # A note has one fact-check, under one name for good.
        self._agreed.append(_unit(body["note"], body["version"]))
        self._agreed_ms.append(time_ms)
        self._verdicts.append(body["verdict"])

    def _read_lost(self, time_ms: int, _subject: str, body: Mapping[str, Any]) -> None:
        self._lost.append((time_ms, int(body["note"])))

    def _read_rotted(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._rotten[number_of(subject)] = str(body["state"])

    def _read_recovered(self, _time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        self._rotten.pop(number_of(subject), None)


def _unit(note: int, version: int) -> int:
    """One number for a note's version; a note has 20 versions at most."""
    return note * _VERSIONS + version


def _column(numbers: "array[int]") -> _Column:
    return np.frombuffer(numbers, dtype=np.int64)
