"""Ratings in a canonical form: the same rows in any order, and with entry numbers under any names, are the same value.

Sums of floating-point numbers depend on the order of their terms, so the order is part of the definition.  Where
ratings carry an entry number (the ledger's), rows stand by it, and notes and raters are numbered by their first entry:
then no name can change a bit.  Elsewhere notes and raters are numbered by their ids, and rows count by (note, rater).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from thuchu.consensus.values import BadRatings, Bits, Floats, Ids, Indices, Numbers, RowsDisagree

# A rating in halves: 0 not helpful, 1 somewhat helpful, 2 helpful.
Levels = npt.NDArray[np.int8]
# What raters ticked beside their rating, a bit a tag (`tags.NAMES`).
Tags = npt.NDArray[np.uint32]
# A table of ids is used for numbering where it is at most this many times as long as the rows: then it costs less than
# sorting them.
_SPAN_PER_ROW = 4
# So many rows of a column are numbered at a time: what lies between ids and numbers stays in the nearest memory.
_ROWS_AT_ONCE = 1 << 15
# A row packs an entity's number and the level into 32 bits (`rows`).
ENTITIES_MAX = 1 << 30
_NO_IDS: Ids = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Ratings:
    """One row a rating; `note` and `rater` number into `note_ids` and `rater_ids`.

    level  0, 1, 2: not helpful, somewhat helpful, helpful
    entry  ascending entry numbers, or None
    time   milliseconds, or None
    tags   what was ticked beside each rating (`tags`), or None
    """

    note: Numbers
    rater: Numbers
    level: Levels
    note_ids: Ids
    rater_ids: Ids
    entry: Indices | None = None
    time: Indices | None = None
    tags: Tags | None = None

    def __len__(self) -> int:
        return len(self.note)

    @property
    def n_notes(self) -> int:
        return len(self.note_ids)

    @property
    def n_raters(self) -> int:
        return len(self.rater_ids)

    @property
    def value(self) -> Floats:
        return self.level * np.float64(0.5)

    @property
    def ticks(self) -> Tags:
        """The tags, where they must be there."""
        if self.tags is None:
            raise BadRatings("these ratings were read without the tags beside them")
        return self.tags

    def where(self, keep: Bits) -> "Ratings":
        """The rows marked, with the same numbering."""
        return self.taken(keep)

    def by_note(self) -> "Ratings":
        """The same rows by the numbers of their notes, then raters: sums over rows are then the same in any order."""
        pair = self.note.astype(np.int64) * max(self.n_raters, 1) + self.rater
        order = np.argsort(pair, kind="stable")
        return self.taken(order)

    def taken(self, order: npt.NDArray[np.intp] | Bits) -> "Ratings":
        """These rows, in this order, or those marked."""
        return replace(
            self,
            note=self.note[order],
            rater=self.rater[order],
            level=self.level[order],
            entry=None if self.entry is None else self.entry[order],
            time=None if self.time is None else self.time[order],
            tags=None if self.tags is None else self.tags[order],
        )


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of ids as a reader has them: distinct ids in any order, and each row's place among them."""

    numbers: Numbers
    ids: Ids

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Halves:
    """A column of ratings in halves: 0, 1, 2."""

    levels: Levels


def read(
    notes: Sequence[object] | Ids | Coded,
    raters: Sequence[object] | Ids | Coded,
    values: Sequence[float] | npt.NDArray[np.generic] | Halves,
    *,
    entries: Sequence[int] | Indices | None = None,
    times: Sequence[int] | Indices | None = None,
    tags: Tags | None = None,
) -> Ratings:
    """Ratings from columns in any order.

    values   0, 0.5 or 1, or halves named so
    repeats  one rater's ratings of one note count once: the last by entry, else by time; without either (or at one
             time) they must say the same
    raises   BadRatings that names column and row, counted from 0
    """
    level = _in_halves(values.levels) if isinstance(values, Halves) else levels(values)
    note, note_ids = _numbered("note", notes)
    rater, rater_ids = _numbered("rater", raters)
    entry, time = _whole("entry", entries), _whole("time", times)
    for name, column in (("rater", rater), ("rating", level), ("entry", entry), ("time", time), ("tags", tags)):
        if column is not None and len(column) != len(note):
            raise BadRatings(f"column {name} has {len(column)} rows, column note {len(note)}; they must be as long")
    ratings = Ratings(note, rater, level, note_ids, rater_ids, entry, time, tags)
    if entry is None or not len(entry):
        return _once_each(ratings)
    order = _entry_order(entry)
    try:
        return _once_each(_by_first_entry(ratings if order is None else ratings.taken(order)))
    except RowsDisagree as error:
        # By its rows as they came.
        rows = error.rows if order is None else tuple(int(order[row]) for row in error.rows)
        raise RowsDisagree(error.what, (min(rows), max(rows))) from None


def levels(values: Sequence[float] | npt.NDArray[np.generic]) -> Levels:
    """0, 0.5, 1 as halves."""
    column = np.asarray(values)
    try:
        doubled = column.astype(np.float64) * 2
    except (TypeError, ValueError):
        raise BadRatings("column rating holds something that is no number; allowed are 0, 0.5 and 1") from None
    wrong = ~((doubled == 0) | (doubled == 1) | (doubled == 2))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise BadRatings(f"column rating, row {row}: {column[row]} is not 0, 0.5 or 1")
    return doubled.astype(np.int8)


def _in_halves(column: Levels) -> Levels:
    wrong = (column < 0) | (column > 2)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise BadRatings(f"column rating, row {row}: {column[row]} halves; 0, 1 and 2 are allowed")
    return column


def _whole(name: str, values: Sequence[int] | Indices | None) -> Indices | None:
    if values is None:
        return None
    column = np.asarray(values)
    if column.dtype.kind not in "iu":
        if not len(column):
            return np.zeros(0, dtype=np.int64)
        raise BadRatings(f"column {name} must hold whole numbers, not {column.dtype}")
    if len(column) and int(column.min()) < 0:
        row = int(np.argmin(column))
        raise BadRatings(f"column {name}, row {row}: {column[row]} is negative")
    return column.astype(np.int64)


def _numbered(name: str, values: Sequence[object] | Ids | Coded) -> tuple[Numbers, Ids]:
    """Each id's number among the sorted distinct ids, and those ids."""
    if isinstance(values, Coded):
        # Distinct already: sorting them is all that is left to do.
        order = np.argsort(values.ids, kind="stable")
        number = np.empty(len(order), dtype=np.int32)
        number[order] = np.arange(len(order), dtype=np.int32)
        _few_enough(name, len(order))
        return (number[values.numbers] if len(number) else values.numbers), values.ids[order]
    column, ids = np.asarray(values), _NO_IDS
    if not len(column):
        return np.zeros(0, dtype=np.int32), ids
    if column.dtype.kind == "u" and int(column.max()) >= 1 << 63:
        raise BadRatings(f"column {name} holds a number of more than 63 bits; give such ids as text")
    if column.dtype.kind in "iu":
        numbers, ids = _numbered_whole(column.astype(np.int64, copy=False))
    elif column.dtype.kind in "US":
        if (column == column.dtype.type()).any():
            raise BadRatings(f"column {name}, row {int(np.argmax(column == column.dtype.type()))}: the id is empty")
        distinct, numbers = np.unique(column.astype(np.str_), return_inverse=True)
        ids = distinct
    else:
        # A column of floating-point numbers has lost digits of long ids already (trap T40).
        raise BadRatings(f"column {name} must hold whole numbers or text, not {column.dtype}")
    _few_enough(name, len(ids))
    return numbers.astype(np.int32, copy=False), ids


def _few_enough(name: str, n_ids: int) -> None:
    if n_ids >= ENTITIES_MAX:
        raise BadRatings(f"column {name} holds {n_ids} different ids; {ENTITIES_MAX - 1} are the most")


def _numbered_whole(column: Indices) -> tuple[Indices | Numbers, Indices]:
    least = int(column.min())
    span = int(column.max()) - least + 1
    if span > _SPAN_PER_ROW * len(column):
        ids, numbers = np.unique(column, return_inverse=True)
        return numbers, ids
    there = np.zeros(span, dtype=np.bool_)
    parts = [slice(first, first + _ROWS_AT_ONCE) for first in range(0, len(column), _ROWS_AT_ONCE)]
    for part in parts:
        there[column[part] - least] = True
    number = np.cumsum(there, dtype=np.int32) - np.int32(1)
    numbers = np.empty(len(column), dtype=np.int32)
    for part in parts:
        numbers[part] = number[column[part] - least]
    return numbers, np.flatnonzero(there) + least


def _entry_order(entry: Indices) -> npt.NDArray[np.intp] | None:
    """How to put the rows in the order of their entries; None where they are."""
    if (entry[1:] > entry[:-1]).all():
        return None
    order = np.argsort(entry, kind="stable")
    twice = np.flatnonzero(np.diff(entry[order]) == 0)
    if len(twice):
        rows = int(order[twice[0]]), int(order[twice[0] + 1])
        raise RowsDisagree(f"both have entry number {entry[rows[0]]}, and entry numbers are unique", rows)
    return order


def _by_first_entry(ratings: Ratings) -> Ratings:
    """Notes and raters numbered by their first row."""
    note, note_ids = _by_first_use(ratings.note, ratings.note_ids)
    rater, rater_ids = _by_first_use(ratings.rater, ratings.rater_ids)
    return replace(ratings, note=note, rater=rater, note_ids=note_ids, rater_ids=rater_ids)


def _by_first_use(numbers: Numbers, ids: Ids) -> tuple[Numbers, Ids]:
    first = np.unique(numbers, return_index=True)[1]
    order = np.argsort(first, kind="stable")
    renumbered = np.empty(len(ids), dtype=np.int32)
    renumbered[order] = np.arange(len(ids), dtype=np.int32)
    return renumbered[numbers], ids[order]


def _once_each(ratings: Ratings) -> Ratings:
    """One row for each pair of note and rater; the common case, no pair twice, costs one sort at most."""
    pair = ratings.note.astype(np.int64) * max(ratings.n_raters, 1) + ratings.rater
    if (pair[1:] > pair[:-1]).all():
        return ratings
    in_order = np.sort(pair)
    if (in_order[1:] > in_order[:-1]).all():
        return ratings
    del in_order
    rank = ratings.entry if ratings.entry is not None else ratings.time
    keys = (pair,) if rank is None else (rank, pair)
    # Rows of one rater and note that nothing puts in order must be the same, tags included.
    said = ratings.level.astype(np.int64)
    if ratings.tags is not None:
        said += ratings.tags.astype(np.int64) << 2
    order = np.lexsort((said, *keys))
    same_pair = np.diff(pair[order]) == 0
    undecided = same_pair & (np.diff(said[order]) != 0)
    if rank is not None:
        undecided &= np.diff(rank[order]) == 0
    if undecided.any():
        row, other = sorted(int(order[int(np.argmax(undecided)) + step]) for step in (0, 1))
        raise RowsDisagree(
            f"rater {ratings.rater_ids[ratings.rater[row]]} rated note {ratings.note_ids[ratings.note[row]]} twice, "
            "differently, and nothing says which is the later one",
            (row, other),
        )
    keep = np.zeros(len(pair), dtype=np.bool_)
    keep[order[np.append(~same_pair, True)]] = True
    return ratings.where(keep)
