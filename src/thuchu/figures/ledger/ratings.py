"""Ratings: from how many people they came, and how many there are on each note that is helpful."""

from array import array
from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from thuchu.figures.definitions import TABLES
from thuchu.figures.intervals import squares
from thuchu.figures.ledger.reading import Reads
from thuchu.figures.period import Period
from thuchu.figures.tables import BaseTable
from thuchu.privacy.small_counts import SHOWN_MIN

_RETRACTED = "retracted"
# A note and its version are one number; a note has 20 versions at most.
_VERSIONS = 32
_NUMBERS = "q"


class Ratings:
    """Reads batches of ratings, in columns, and what rounds said of notes.  Who gave how many is never kept apart."""

    ALSO_AFTER: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, period: Period) -> None:
        self._period = period
        self._unit, self._rater = array(_NUMBERS), array(_NUMBERS)
        self._stands, self._is_of_period = array("b"), array("b")
        self._helpful: dict[int, int] = {}

    def reads(self) -> Mapping[str, Reads]:
        """What is called for which kind."""
        return {"ratings.entered": self._read_ratings, "statuses.changed": self._read_statuses}

    def tables(self, _tree: Mapping[str, str]) -> list[BaseTable]:
        """raters, helpful_ratings."""
        rater, stands = np.frombuffer(self._rater, dtype=np.int64), np.frombuffer(self._stands, dtype=np.int8)
        _, counts = np.unique(
            rater[(stands & np.frombuffer(self._is_of_period, dtype=np.int8)) == 1], return_counts=True
        )
        # Of a few people even their sum would say much.
        rows = [(len(counts), int(counts.sum()), squares(counts.tolist()))] if len(counts) >= SHOWN_MIN else []
        return [
            BaseTable.of("raters", TABLES["raters"].columns, rows),
            BaseTable.of("helpful_ratings", TABLES["helpful_ratings"].columns, self._helpful_rows()),
        ]

    def _read_ratings(self, time_ms: int, _subject: str, body: Mapping[str, Any]) -> None:
        lines = body["ratings"]
        notes, versions, raters, levels, _reasons = zip(*lines, strict=True) if lines else ((),) * 5
        self._unit.extend([note * _VERSIONS + version for note, version in zip(notes, versions, strict=True)])
        self._rater.extend(map(int, raters))
        self._stands.extend([level != _RETRACTED for level in levels])
        self._is_of_period.extend([self._period.holds(time_ms)] * len(lines))

    def _read_statuses(self, _time_ms: int, _subject: str, body: Mapping[str, Any]) -> None:
        for note, version, status, _rule in body["changes"]:
            if status == "helpful":
                self._helpful[int(note)] = int(version)
            else:
                self._helpful.pop(int(note), None)

    def _helpful_rows(self) -> list[tuple[int, int]]:
        """(ratings, notes with so many): of what one person said of a note the last line stands."""
        units = np.array(sorted(note * _VERSIONS + at for note, at in self._helpful.items()), dtype=np.int64)
        unit, rater = (np.frombuffer(column, dtype=np.int64) for column in (self._unit, self._rater))
        stands = np.frombuffer(self._stands, dtype=np.int8)
        # A retracted line names a version, too; what counts is the last word on the note.
        rows = np.flatnonzero(np.isin(unit // _VERSIONS, units // _VERSIONS))
        order = rows[np.lexsort((rows, rater[rows], unit[rows] // _VERSIONS))]
        note, who = unit[order] // _VERSIONS, rater[order]
        is_last = np.ones(len(order), dtype=np.bool_)
        is_last[:-1] = (note[1:] != note[:-1]) | (who[1:] != who[:-1])
        kept = order[is_last]
        counted = unit[kept][(stands[kept] == 1) & np.isin(unit[kept], units)]
        found, counts = np.unique(counted, return_counts=True)
        spread = Counter(counts.tolist())
        spread[0] += len(units) - len(found)
        return [(number, notes) for number, notes in spread.items() if notes]
