"""Claims: when each was opened, first answered, closed; which are one; how long each waited."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from thuchu.figures.definitions import TABLES
from thuchu.figures.ledger.reading import Reads, number_of
from thuchu.figures.period import Period, midnight_ms, week_begins, week_of
from thuchu.figures.suppression import HIDDEN, pooled, share_is_shown
from thuchu.figures.tables import BaseTable, Row

ANSWERED, NOT_CHECKABLE, WITHDRAWN, OPEN = "answered", "not_checkable", "withdrawn", "open"
MS_AN_HOUR = 3_600_000
# An answer within three days: what an area's share is of.
WITHIN_MS = 72 * MS_AN_HOUR
# (name, hours from, hours up to): how long what waits has waited.
AGES = (
    ("0_1d", 0, 24),
    ("1_3d", 24, 72),
    ("3_7d", 72, 168),
    ("7_30d", 168, 720),
    ("30d_more", 720, 2**40),
)
_NUMBERS = "q"
# Later than any entry: what never happened.
_NEVER = 2**62

_Times = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Claims after merges: each is one that others may lead to; times in milliseconds, `_NEVER` for what wasn't."""

    root: _Times
    opened: _Times
    answered: _Times
    closed: _Times
    withdrawn: _Times

    def ended(self) -> _Times:
        """When each stopped waiting for the first time."""
        return np.minimum(np.minimum(self.answered, self.closed), self.withdrawn)


class Claims:
    """Reads what happens to claims; facts after the period's end only where they say which claims are one."""

    ALSO_AFTER: ClassVar[frozenset[str]] = frozenset(
        {
            "claim.merged",
            "claim.split",
            "claim.merge_undone",
            "claim.split_undone",
            "claim.closing_undone",
            "claim.areas_set",
        }
    )

    def __init__(self, period: Period) -> None:
        self._period = period
        self._end = period.end_ms
        # What happens to every claim is kept in columns, a line an entry: of a hundred thousand objects, or of as many
        # places in a dictionary, each costs more than the entry.
        self._opened, self._opened_ms = array(_NUMBERS), array(_NUMBERS)
        self._agreed_note, self._agreed_claim, self._agreed_ms = array(_NUMBERS), array(_NUMBERS), array(_NUMBERS)
        # (lines of fact-checks read by then, when, which note lost its agreement).
        self._lost: list[tuple[int, int, int]] = []
        self._withdrawn: dict[int, int] = {}
        # By the number of the act, so that one that is taken back can be struck out.
        self._merges: dict[int, tuple[int, int, int]] = {}
        self._splits: dict[int, tuple[int, int]] = {}
        self._closings: dict[int, tuple[int, int]] = {}
        self._unsplit: list[tuple[int, int]] = []
        # Claim -> codes, a line each.
        self._areas: dict[int, str] = {}

    def reads(self) -> Mapping[str, Reads]:
        """What is called for which kind."""
        return {
            "claim.opened": self._read_opened,
            "claim.erased": self._read_erased,
            "claim.merged": self._read_merged,
            "claim.split": self._read_split,
            "claim.closed": self._read_closed,
            "claim.merge_undone": self._read_merge_undone,
            "claim.split_undone": self._read_split_undone,
            "claim.closing_undone": self._read_closing_undone,
            "claim.areas_set": self._read_areas,
            "fact_check.agreed": self._read_agreed,
            "fact_check.no_longer_agreed": self._read_lost,
        }

    def tables(self, tree: Mapping[str, str]) -> list[BaseTable]:
        """claims_weeks, waits, backlog, backlog_oldest, coverage_area."""
        self._open_splits()
        parents = self._parents()
        groups = self._groups(parents)
        return [
            self._weeks(groups),
            self._waits(groups),
            *self._backlog(groups, parents),
            self._coverage(groups, parents, tree),
        ]

    def _read_opened(self, time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        self._opened.append(number_of(subject))
        self._opened_ms.append(time_ms)

    def _read_erased(self, time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        self._withdrawn[number_of(subject)] = time_ms

    def _read_merged(self, time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._merges[int(body["proposal"])] = (time_ms, number_of(subject), int(body["into"]))

    def _read_split(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._splits[int(body["proposal"])] = (number_of(subject), int(body["into"]))

    def _read_closed(self, time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._closings[int(body["proposal"])] = (time_ms, number_of(subject))

    def _read_merge_undone(self, _time_ms: int, _subject: str, body: Mapping[str, Any]) -> None:
        self._merges.pop(int(body["act"]), None)

    def _read_split_undone(self, _time_ms: int, _subject: str, body: Mapping[str, Any]) -> None:
        split = self._splits.pop(int(body["act"]), None)
        if split is not None:
            self._unsplit.append(split)

    def _read_closing_undone(self, _time_ms: int, _subject: str, body: Mapping[str, Any]) -> None:
        self._closings.pop(int(body["act"]), None)

    def _read_areas(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        self._areas[number_of(subject)] = "\n".join(body["areas"])

    def _read_agreed(self, time_ms: int, _subject: str, body: Mapping[str, Any]) -> None:
        self._agreed_note.append(body["note"])
        self._agreed_claim.append(body["claim"])
        self._agreed_ms.append(time_ms)

    def _read_lost(self, time_ms: int, _subject: str, body: Mapping[str, Any]) -> None:
        self._lost.append((len(self._agreed_note), time_ms, int(body["note"])))

    def _open_splits(self) -> None:
        """A claim that was split off waits since the claim does that its questions were under."""
        splits = [*self._splits.values(), *self._unsplit]
        wanted = {claim for pair in splits for claim in pair}
        opened = (
            {claim: at for claim, at in zip(self._opened, self._opened_ms, strict=True) if claim in wanted}
            if splits
            else {}
        )
        # One that was split again comes after the one it was split from.
        for claim, into in sorted(splits, key=lambda pair: pair[1]):
            if claim in opened and into not in opened:
                opened[into] = opened[claim]
                self._opened.append(into)
                self._opened_ms.append(opened[claim])

    def _parents(self) -> dict[int, int]:
        """Claim -> the one that it leads to, of those that lead to another."""
        leads = {claim: into for _, claim, into in self._merges.values()}
        # A claim that was split off and taken back leads where it came from.
        leads |= {into: claim for claim, into in self._unsplit}
        return {claim: _root(claim, leads) for claim in leads}

    def _groups(self, parents: Mapping[int, int]) -> Groups:
        claims, opened = _column(self._opened), _column(self._opened_ms)
        roots = claims.copy()
        if parents:
            merged = np.flatnonzero(np.isin(claims, np.array(sorted(parents), dtype=np.int64)))
            roots[merged] = [parents[claim] for claim in claims[merged].tolist()]
        root, place = np.unique(roots, return_inverse=True)
        closed = np.array(list(self._closings.values()), dtype=np.int64).reshape(-1, 2)
        withdrawn = np.array(list(self._withdrawn.items()), dtype=np.int64).reshape(-1, 2)
        ends = (
            (_column(self._agreed_claim), _column(self._agreed_ms)),
            (closed[:, 1], closed[:, 0]),
            (withdrawn[:, 0], withdrawn[:, 1]),
        )
        first = np.full(len(root), _NEVER, dtype=np.int64)
        np.minimum.at(first, place, opened)
        return Groups(
            root,
            first,
            *(self._earliest(of, at, claims, place) for of, at in ends),
        )

    @staticmethod
    def _earliest(of: _Times, at: _Times, claims: _Times, place: npt.NDArray[np.intp]) -> _Times:
        """The first of a group's times: `of` which claim, `at` when."""
        found = np.full(int(place.max(initial=-1)) + 1, _NEVER, dtype=np.int64)
        if len(claims) and len(of):
            order = np.argsort(claims)
            where = np.minimum(np.searchsorted(claims, of, sorter=order), len(claims) - 1)
            row = order[where]
            known = claims[row] == of
            np.minimum.at(found, place[row[known]], at[known])
        return found

    def _weeks(self, groups: Groups) -> BaseTable:
        merged = np.array([time_ms for time_ms, _, _ in self._merges.values()], dtype=np.int64)
        counted = (groups.opened, groups.answered, merged, groups.closed)
        weeks = [self._by_week(times) for times in counted]
        every = [week_of(monday) for monday in _days_of_weeks(self._period)]
        rows: list[Row] = [(week, *(found.get(week, 0) for found in weeks)) for week in every]
        return _table("claims_weeks", rows)

    def _by_week(self, times: _Times) -> dict[str, int]:
        inside = times[(times >= self._period.begin_ms) & (times < self._end)]
        days = _days_of_weeks(self._period)
        starts = np.array([midnight_ms(day) for day in days], dtype=np.int64)
        counts = np.bincount(np.searchsorted(starts, inside, "right") - 1, minlength=len(days))
        return {week_of(day): int(number) for day, number in zip(days, counts, strict=True)}

    def _waits(self, groups: Groups) -> BaseTable:
        """Every claim that waited in the period at all."""
        begin, ended = self._period.begin_ms, groups.ended()
        waited = (groups.opened < self._end) & ((groups.opened >= begin) | (ended >= begin))
        opened, ended = groups.opened[waited], np.minimum(ended[waited], self._end)
        entry = np.maximum(begin - opened, 0) // 1000
        # A clock that was set back between two entries makes no time negative.
        seconds = np.maximum(ended - opened, 0) // 1000
        ends = np.select(
            [ended == times[waited] for times in (groups.answered, groups.closed, groups.withdrawn)], [0, 1, 3], 2
        )
        order = np.lexsort((ends, seconds, entry))
        # In the order of their words, and already checked: a hundred thousand rows are the largest table.
        words = (ANSWERED, NOT_CHECKABLE, OPEN, WITHDRAWN)
        columns = (entry[order].tolist(), seconds[order].tolist(), [words[end] for end in ends[order].tolist()])
        return BaseTable("waits", TABLES["waits"].columns, tuple(zip(*columns, strict=True)))

    def _backlog(self, groups: Groups, parents: Mapping[int, int]) -> list[BaseTable]:
        turned = self._turned(parents)
        plain = ~np.isin(groups.root, np.array(sorted(turned), dtype=np.int64))
        ended = groups.ended()
        places = {root: place for place, root in enumerate(groups.root.tolist()) if root in turned}
        rows: list[Row] = []
        oldest: list[Row] = []
        for day in week_begins(self._period):
            at = midnight_ms(day)
            since = groups.opened[plain & (groups.opened < at) & (ended >= at)]
            back = [_since(groups, place, turned[root], at) for root, place in places.items()]
            ages = at - np.concatenate([since, np.array([each for each in back if each is not None], dtype=np.int64)])
            for name, low, high in AGES:
                number = np.count_nonzero((ages >= low * MS_AN_HOUR) & (ages < high * MS_AN_HOUR))
                rows.append((day.isoformat(), name, int(number)))
            if len(ages):
                oldest.append((day.isoformat(), int(ages.max()) // 1000))
        return [_table("backlog", rows), _table("backlog_oldest", oldest)]

    def _turned(self, parents: Mapping[int, int]) -> dict[int, list[tuple[int, bool]]]:
        """Root -> when its last fact-check lost its agreement, and when one was agreed again, in order."""
        if not self._lost:
            return {}
        on = dict(zip(self._agreed_note, self._agreed_claim, strict=True))
        claims = {on[note] for _, _, note in self._lost if note in on}
        rows = np.flatnonzero(np.isin(_column(self._agreed_claim), np.array(sorted(claims), dtype=np.int64)))
        agreed = [(row + 1, self._agreed_ms[row], self._agreed_note[row], True) for row in rows.tolist()]
        lost = [(after, at, note, False) for after, at, note in self._lost if note in on]
        standing: dict[int, set[int]] = defaultdict(set)
        found: dict[int, list[tuple[int, bool]]] = defaultdict(list)
        # A loss stands after the lines that were read before it.
        for _, at, note, is_agreed in sorted(agreed + lost, key=lambda turn: (turn[0], not turn[3])):
            root = parents.get(on[note], on[note])
            was_answered = bool(standing[root])
            (standing[root].add if is_agreed else standing[root].discard)(note)
            if bool(standing[root]) != was_answered:
                found[root].append((at, is_agreed))
        return found

    def _coverage(self, groups: Groups, parents: Mapping[int, int], tree: Mapping[str, str]) -> BaseTable:
        """Claims that could be seen for 72 hours by the period's end, and couldn't by its beginning."""
        early, late = self._period.begin_ms - WITHIN_MS, self._end - WITHIN_MS
        seen = (groups.opened >= early) & (groups.opened < late)
        soon = seen & (groups.answered - groups.opened <= WITHIN_MS)
        answered = set(groups.root[soon].tolist())
        counted = set(groups.root[seen].tolist())
        about: dict[str, set[int]] = defaultdict(set)
        for claim, codes in self._areas.items():
            root = parents.get(claim, claim)
            if root in counted:
                for code in codes.splitlines():
                    about[code].add(root)
        rows: list[Row] = [
            (
                group.area,
                group.scope,
                group.claims,
                group.answered if share_is_shown(group.answered, group.claims) else HIDDEN,
            )
            for group in pooled(about, answered, tree)
        ]
        return _table("coverage_area", rows)


def _column(numbers: "array[int]") -> _Times:
    return np.frombuffer(numbers, dtype=np.int64)


def _table(name: str, rows: Iterable[Row]) -> BaseTable:
    return BaseTable.of(name, TABLES[name].columns, rows)


def _root(claim: int, leads: Mapping[int, int]) -> int:
    way = {claim}
    while (claim := leads.get(claim, claim)) not in way:
        way.add(claim)
    return claim


def _since(groups: Groups, place: int, turns: list[tuple[int, bool]], at: int) -> int | None:
    """Since when a claim waits whose answer was once lost; None where it doesn't at that time."""
    if groups.opened[place] >= at or min(groups.closed[place], groups.withdrawn[place]) < at:
        return None
    since: int | None = int(groups.opened[place])
    for time_ms, is_answered in [(int(groups.answered[place]), True), *turns]:
        if time_ms < at:
            since = None if is_answered else time_ms
    return since


def _days_of_weeks(period: Period) -> list[date]:
    """The first day of every week that the period has a part of, within it."""
    return [period.begin, *(day for day in week_begins(period) if day < period.end)]
