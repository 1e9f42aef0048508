"""What belongs to one event: its claims, how long they waited, and what had to be corrected in answers to them.

A claim belongs to it that stands under it at the ledger number, with all that are merged into it.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from thuchu.figures.definitions import TABLES
from thuchu.figures.ledger.claims import Claims, Groups
from thuchu.figures.ledger.reading import Reads, number_of
from thuchu.figures.period import Period
from thuchu.figures.tables import BaseTable

SAID_OTHERWISE, NO_LONGER_AGREED = "said_otherwise", "no_longer_agreed"
# What was published of a note: its verdict, and the numbers of its evidence.
_Said = tuple[str, frozenset[int]]


class OfEvent(Claims):
    """Reads what happens to claims, and keeps those of one event; and every turn of what was published on them."""

    ALSO_AFTER: ClassVar[frozenset[str]] = Claims.ALSO_AFTER | {"event.claim_added", "event.claim_removed"}

    def __init__(self, period: Period, event: int = 0) -> None:
        super().__init__(period)
        self._event = event
        self._under: set[int] = set()
        self._evidence: dict[tuple[int, int], frozenset[int]] = {}
        self._published: dict[int, _Said] = {}
        # (claim, which turn), of those in the period.
        self._turns: list[tuple[int, str]] = []
        self._on: dict[int, int] = {}

    def reads(self) -> Mapping[str, Reads]:
        """What is called for which kind."""
        return {
            **super().reads(),
            "event.claim_added": self._read_added,
            "event.claim_removed": self._read_removed,
            "note.written": self._read_written,
            "note.edited": self._read_edited,
            "fact_check.agreed": self._read_said,
            "fact_check.no_longer_agreed": self._read_unsaid,
        }

    def tables(self, _tree: Mapping[str, str]) -> list[BaseTable]:
        """waits, backlog, backlog_oldest, event_corrections."""
        self._open_splits()
        parents = self._parents()
        roots = {parents.get(claim, claim) for claim in self._under}
        groups = _only(self._groups(parents), roots)
        turns = Counter(what for claim, what in self._turns if parents.get(claim, claim) in roots)
        rows = [(what, turns[what]) for what in (SAID_OTHERWISE, NO_LONGER_AGREED)]
        corrections = BaseTable.of("event_corrections", TABLES["event_corrections"].columns, rows)
        return [self._waits(groups), *self._backlog(groups, parents), corrections]

    def _read_added(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        if number_of(subject) == self._event:
            self._under.add(int(body["claim"]))

    def _read_removed(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        if number_of(subject) == self._event:
            self._under.discard(int(body["claim"]))

    def _read_written(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._evidence[number_of(subject), 1] = frozenset(body["evidence"])

    def _read_edited(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._evidence[number_of(subject), int(body["version"])] = frozenset(body["evidence"])

    def _read_said(self, time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._read_agreed(time_ms, subject, body)
        note = int(body["note"])
        said = (str(body["verdict"]), self._evidence.get((note, int(body["version"])), frozenset()))
        before = self._published.get(note, said)
        self._published[note], self._on[note] = said, int(body["claim"])
        if said != before:
            self._turn(time_ms, note, SAID_OTHERWISE)

    def _read_unsaid(self, time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._read_lost(time_ms, subject, body)
        if int(body["note"]) in self._on:
            self._turn(time_ms, int(body["note"]), NO_LONGER_AGREED)

    def _turn(self, time_ms: int, note: int, what: str) -> None:
        if self._period.holds(time_ms):
            self._turns.append((self._on[note], what))


def _only(groups: Groups, roots: set[int]) -> Groups:
    kept = np.isin(groups.root, np.array(sorted(roots), dtype=np.int64))
    return Groups(
        groups.root[kept], groups.opened[kept], groups.answered[kept], groups.closed[kept], groups.withdrawn[kept]
    )
