"""How independently was each rating given?  People who turn up together, and agree, speak for fewer than they are.

Forty accounts of one person are no forty people, and one who weighs them so lets that person decide.  What gives them
away is their record: on the notes they were made for they meet far more often than people do who come and go as they
like, and they say the same.  How often two raters would meet by chance follows from how much either rated at the time
and from how popular notes were then, counted by what is left of the ratings after this very discount: a bloc's own
notes are no excuse for meeting there.

Only whole numbers, +, -, ×, ÷ and square roots, in a fixed order: the same bits on every machine.
"""

from dataclasses import dataclass

import numpy as np

from thuchu.consensus.ratings import Ratings
from thuchu.consensus.rows import starts_of
from thuchu.consensus.values import Bits, Floats, Indices

# A note that more people rated is no meeting place: it tells nothing of two of them, and has too many pairs to count.
MEETING_PLACE_MAX = 200
# So many times a table has at the most.
TIMES_MAX = 64
# Meetings beyond chance count from so many standard deviations on.  Among people who choose for themselves every
# fortieth pair is beyond.
DEVIATIONS = 2.0
# Discount, popularity without it, discount again: a fourth turn moved no weight by more than 1e-2.
TURNS = 3
# Keeps a time at which no note is a meeting place from dividing by zero.
_POPULAR_MIN = 1e-9
# Fewer meetings can't be beyond chance by two deviations.
_MEETINGS_MIN = 3
# Pairs, or meetings, that are held in memory at a time.
_PORTION = 2_000_000


@dataclass(frozen=True, slots=True)
class Meetings:
    """Pairs of raters, by place, the earlier first, ascending: on how many notes they met, and said the same."""

    one: Indices
    other: Indices
    met: Indices
    agreed: Indices

    def where(self, keep: Bits) -> "Meetings":
        return Meetings(self.one[keep], self.other[keep], self.met[keep], self.agreed[keep])


@dataclass(frozen=True, slots=True)
class _Table:
    """All ratings, rater by rater and a rater's by note; and note by note, a note's by rater.

    order      which row of the table stands here
    starts     where each rater's rows begin; note_starts and by_note: each note's rows, as places in this order
    is_place   (n_notes,) whether few enough rated it
    time       (n_notes,) in which part of the table's time it was rated
    """

    order: Indices
    rater: Indices
    note: Indices
    level: Indices
    starts: Indices
    note_starts: Indices
    by_note: Indices
    is_place: Bits
    time: Indices

    @classmethod
    def of(cls, ratings: Ratings, notes_per_time: int) -> "_Table":
        order = np.argsort(ratings.rater.astype(np.int64) * max(ratings.n_notes, 1) + ratings.note, kind="stable")
        note = ratings.note[order].astype(np.int64)
        many = np.bincount(note, minlength=ratings.n_notes)
        rater = ratings.rater[order].astype(np.int64)
        return cls(
            order=order,
            rater=rater,
            note=note,
            level=ratings.level[order].astype(np.int64),
            starts=starts_of(np.bincount(rater, minlength=ratings.n_raters)),
            note_starts=starts_of(many),
            by_note=np.argsort(note, kind="stable"),
            is_place=many <= MEETING_PLACE_MAX,
            time=_times(many > 0, notes_per_time),
        )

    @property
    def n_notes(self) -> int:
        return len(self.time)

    @property
    def n_raters(self) -> int:
        return len(self.starts) - 1


def company(ratings: Ratings, notes_per_time: int) -> Floats:
    """(n_ratings,) how many others, each as far as they are one with its rater, said the same of the same note.

    notes_per_time  so many notes at least, by age, are one time
    """
    if not len(ratings):
        return np.zeros(0)
    table = _Table.of(ratings, notes_per_time)
    meetings = _meetings(table)
    found = np.zeros(len(ratings))
    for _ in range(TURNS):
        by_chance, deviation = _by_chance(table, meetings, 1 / (1 + found))
        alike = (meetings.met - by_chance - DEVIATIONS * deviation) / meetings.met * (meetings.agreed / meetings.met)
        found = _company(table, meetings.where(alike > 0), alike[alike > 0])
        # Who doesn't meet more often than by chance now won't when a bloc's notes are popular no more.
        meetings = meetings.where(meetings.met > by_chance)
    in_rows = np.empty_like(found)
    in_rows[table.order] = found
    return in_rows


def _times(is_rated: Bits, notes_per_time: int) -> Indices:
    """Notes are numbered by their first entry: so many of them, one after the other, are one time."""
    age: Indices = np.cumsum(is_rated) - is_rated
    return np.floor_divide(age, max(notes_per_time, -(-int(is_rated.sum()) // TIMES_MAX)))


def _meetings(table: _Table) -> Meetings:
    """All pairs that met often enough to be beyond chance, counted some raters at a time."""
    others = np.where(table.is_place[table.note], np.diff(table.note_starts)[table.note], 0)
    until = np.concatenate(([0], np.cumsum(others)))[table.starts]
    found = []
    first = 0
    while first < table.n_raters:
        last = max(int(np.searchsorted(until, until[first] + _PORTION, side="right")) - 1, first + 1)
        mine, theirs = _side_by_side(table, others, int(table.starts[first]), int(table.starts[last]))
        says_same = table.level[theirs] == table.level[mine]
        found.append(_counted(table.rater[mine] * table.n_raters + table.rater[theirs], says_same))
        first = last
    key, met, agreed = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return Meetings(key // table.n_raters, key % table.n_raters, met, agreed)


def _side_by_side(table: _Table, others: Indices, first: int, last: int) -> tuple[Indices, Indices]:
    """Rows from first to last, each beside every row of its note by a later rater."""
    lengths = others[first:last]
    mine = np.repeat(np.arange(first, last), lengths)
    within = np.arange(len(mine)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    theirs = table.by_note[table.note_starts[table.note[mine]] + within]
    later = theirs > mine
    return mine[later], theirs[later]


def _counted(key: Indices, says_same: Bits) -> tuple[Indices, Indices, Indices]:
    """Distinct pairs ascending, how often each, and how often they agreed; only those that met often enough."""
    both = np.sort(key * 2 + says_same)
    key = both >> 1
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
    met = np.diff(np.append(starts, len(key)))
    agreed = np.add.reduceat(both & 1, starts) if len(starts) else starts
    often = met >= _MEETINGS_MIN
    return key[starts[often]], met[often], agreed[often]


def _by_chance(table: _Table, meetings: Meetings, weight: Floats) -> tuple[Floats, Floats]:
    """(pairs,) how often two raters would meet who come and go as they like, and the standard deviation of that.

    At any time a rater is at each note with a chance that goes with how much they rated then and how popular it was.
    """
    n_times = int(table.time.max()) + 1
    popular = np.where(table.is_place, np.bincount(table.note, weights=weight, minlength=table.n_notes), 0.0)
    in_all = np.bincount(table.time, weights=popular, minlength=n_times)
    both = (popular / np.maximum(in_all, _POPULAR_MIN)[table.time]) ** 2
    meet = np.bincount(table.time, weights=both, minlength=n_times).tolist()
    sure = np.bincount(table.time, weights=both * both, minlength=n_times).tolist()
    expected, variance = np.zeros(len(meetings.met)), np.ones(len(meetings.met))
    for time, rated in enumerate(_rated(table, n_times)):
        pairs = rated[meetings.one] * rated[meetings.other]
        expected += pairs * meet[time]
        variance += np.maximum(pairs * (meet[time] - pairs * sure[time]), 0)
    return expected, np.sqrt(variance)


def _rated(table: _Table, n_times: int) -> Floats:
    """(n_times, n_raters) at how many meeting places each rater was, at each time."""
    rows = np.flatnonzero(table.is_place[table.note])
    flat = np.bincount(
        table.time[table.note[rows]] * table.n_raters + table.rater[rows], minlength=table.n_raters * n_times
    )
    return flat.reshape(n_times, -1).astype(np.float64)


def _company(table: _Table, linked: Meetings, alike: Floats) -> Floats:
    """(n_ratings,) by rater: how many others, each by how alike they are, said the same of the same note."""
    key = table.rater * table.n_notes + table.note
    many = np.diff(table.starts)
    # From the shorter record of a pair into the longer one.
    turn = many[linked.one] > many[linked.other]
    short, long = np.where(turn, linked.other, linked.one), np.where(turn, linked.one, linked.other)
    until = np.concatenate(([0], np.cumsum(many[short])))
    company = np.zeros(len(key))
    first = 0
    while first < len(short):
        last = max(int(np.searchsorted(until, until[first] + _PORTION, side="right")) - 1, first + 1)
        pair = np.repeat(np.arange(first, last), many[short[first:last]])
        mine = table.starts[short[pair]] + np.arange(len(pair)) - (until[pair] - until[first])
        wanted = long[pair] * table.n_notes + table.note[mine]
        theirs = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        same = (key[theirs] == wanted) & (table.level[theirs] == table.level[mine])
        for rows in (mine[same], theirs[same]):
            company += np.bincount(rows, weights=alike[pair[same]], minlength=len(key))
        first = last
    return company
