"""The ratings sorted both ways, and the one sum that all else is made of: NumPy's bodies, which are the definition.

`kernels` has the same functions as compiled loops, equal bit for bit; `counting` chooses.  Every sum over ratings runs
over one note or one rater, from its first row to its last: nothing depends on threads, vector width or blocks.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.consensus.ratings import Levels
from thuchu.consensus.values import Bits, Floats, Indices, Numbers

Packed = npt.NDArray[np.uint32]
Table = npt.NDArray[np.float32] | npt.NDArray[np.float64]
# Numbers gathered for each row: enough for a normal equation of two unknowns, and one vector register.
COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Tiles:
    """The rows of some groups once more, cut where the gathered table is: what one tile gathers stays near.

    Rows stand tile by tile, within a tile group by group, in a group's own order; so a group's sum, carried from tile
    to tile, adds the same terms in the same order.

    first, last      whose groups' rows these are
    groups, lengths  (n_runs,) whose rows come next, and how many
    """

    first: int
    last: int
    rows: Packed
    groups: Numbers
    lengths: Numbers


@dataclass(frozen=True, slots=True)
class Side:
    """Ratings grouped by note, or by rater.

    starts  (n + 1,) where each one's rows begin
    rows    (n_ratings,) the other side's place, times four, plus the level
    codes   (n,) numbers in `Ratings`, most rated first: what is gathered often lies together
    counts, value_sum  (n,) number and sum of the ratings, exact
    """

    starts: Indices
    rows: Packed
    codes: Numbers
    counts: Floats
    value_sum: Floats
    tiles: tuple[Tiles, ...] = ()

    def __len__(self) -> int:
        return len(self.codes)


def places(counts: Indices) -> tuple[Numbers, Numbers]:
    """Codes with ratings, most rated first, equals by code; and each code's place there, -1 without ratings."""
    codes = np.argsort(-counts, kind="stable")[: int(np.count_nonzero(counts))].astype(np.int32)
    place = np.full(len(counts), -1, dtype=np.int32)
    place[codes] = np.arange(len(codes), dtype=np.int32)
    return codes, place


def starts_of(lengths: Indices) -> Indices:
    """(n + 1,) where each one's rows begin, one group after the other, and where the last one ends."""
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))


def counts(own: Numbers, other: Numbers, other_in: Bits, n: int) -> Indices:
    """How many rows each number has with the others that take part: (n,)."""
    return np.bincount(own[other_in[other]], minlength=n)


def grouped(own: Numbers, other: Numbers, level: Levels, places: tuple[Numbers, Numbers], starts: Indices) -> Packed:
    """Rows of those that have a place, put into the groups of `own`: (n_ratings,)."""
    group, gathered = places[0][own], places[1][other]
    taken = (group >= 0) & (gathered >= 0)
    order = np.argsort(group[taken], kind="stable")
    return (gathered[taken][order].astype(np.uint32) << np.uint32(2)) | level[taken][order].astype(np.uint32)


def turned(starts: Indices, rows: Packed, other_starts: Indices) -> Packed:
    """The same rows grouped by the other side, each group in the order of these groups."""
    own = np.repeat(np.arange(len(starts) - 1, dtype=np.uint32), np.diff(starts))
    into = np.argsort(rows >> np.uint32(2), kind="stable")
    return (own[into] << np.uint32(2)) | (rows[into] & np.uint32(3))


def value_sums(starts: Indices, rows: Packed) -> Floats:
    """The sum of each group's ratings: exact."""
    return np.add.reduceat((rows & np.uint32(3)).astype(np.int64), starts[:-1]) * 0.5


def connected(starts: Indices, rows: Packed, others: tuple[Indices, Packed]) -> Numbers:
    """For each of the others the least place among all that ratings connect it with: (n_others,).

    `others` are their starts and rows.  A round hands labels to the neighbours and then lets each label follow its own;
    so rounds grow with the logarithm of the longest way.
    """
    gathered, back = rows >> np.uint32(2), others[1] >> np.uint32(2)
    label = np.arange(len(others[0]) - 1, dtype=np.int32)
    while True:
        of_group = np.minimum.reduceat(label[gathered], starts[:-1])
        least = np.minimum.reduceat(of_group[back], others[0][:-1])
        if np.array_equal(least, label):
            return label
        np.minimum.at(label, label.copy(), least)
        label = np.minimum(label, least)
        label = label[label]


def row_sums(starts: Indices, rows: Packed, table: Table) -> Floats:
    """For each group: the sums of the four gathered columns, and of rating × first column: (5, n)."""
    group = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    other = rows >> np.uint32(2)
    value = ((rows & np.uint32(3)) * 0.5).astype(table.dtype)
    n = len(starts) - 1
    sums = [np.bincount(group, weights=table[other, column], minlength=n) for column in range(COLUMNS)]
    return np.stack([*sums, np.bincount(group, weights=value * table[other, 0], minlength=n)])


def squared_errors(starts: Indices, rows: Packed, own: Floats, table: Floats) -> Floats:
    """For each group the sum of (rating - own[0] - other[0] - own[1] × other[1])²: (n,)."""
    group = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    other = rows >> np.uint32(2)
    error = (rows & np.uint32(3)) * 0.5 - own[group, 0] - table[other, 0] - own[group, 1] * table[other, 1]
    return np.bincount(group, weights=error * error, minlength=len(starts) - 1).astype(np.float64)
