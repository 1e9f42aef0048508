"""How a note's ratings lie over the axis on which people usually differ: counts in parts of it, never who.

The axis is the order of everybody's leaning in this round, cut into fifths.  Neighbouring fifths are put together until
five people or more stand in each part; below ten people, or where no two sides can be told, there is nothing.  Which
end is left is decided anew for each note: the one that finds it more helpful.  So the solver's sign, which means
nothing, changes nothing, and no end has a name.

A plot moves only when five people or more have said something of the note since it last moved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu import consensus

# Rule 7: no part with fewer people, and no move for fewer.
PEOPLE_A_PART_MIN = 5
# With fewer there would be one part, which says nothing that the counts beside it don't.
PEOPLE_MIN = 10
FIFTHS = 5

_Numbers = npt.NDArray[np.int64]
# A row a fifth: not helpful, somewhat, helpful.
_Table = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """So many neighbouring fifths, and how many there rated which way."""

    fifths: int
    helpful: int
    somewhat_helpful: int
    not_helpful: int

    @property
    def people(self) -> int:
        return self.helpful + self.somewhat_helpful + self.not_helpful

    def with_next(self, other: "Part") -> "Part":
        return Part(
            self.fifths + other.fifths,
            self.helpful + other.helpful,
            self.somewhat_helpful + other.somewhat_helpful,
            self.not_helpful + other.not_helpful,
        )


@dataclass(frozen=True, slots=True, order=True)
class Plot:
    """A note's version, and its parts from the end that finds it more helpful; none where there is nothing to show."""

    note: int
    version: int
    parts: tuple[Part, ...]


def plots(ratings: consensus.Ratings, scores: consensus.Scores, moving: Mapping[int, tuple[int, int]]) -> list[Plot]:
    """The plots of notes that may move.

    moving  the consensus's note id -> (note, version)
    """
    where = _positions(scores)
    wanted = sorted(moving)
    if where is None:
        return [Plot(*moving[unit], ()) for unit in wanted]
    twice_rank, n = where
    takes_part = twice_rank[ratings.rater] >= 0
    rows = np.flatnonzero(np.isin(ratings.note_ids, wanted)[ratings.note] & takes_part)
    rank = twice_rank[ratings.rater[rows]]
    ends = [_counted(ratings, rows, each, n) for each in (rank, 2 * n - rank)]
    slopes = [_slopes(table).tolist() for table in ends]
    # Plain numbers: a note's few counts are put together faster by hand than by arrays.
    tables = [table.tolist() for table in ends]
    code_of = {unit: code for code, unit in enumerate(ratings.note_ids.tolist()) if unit in moving}
    return [
        Plot(*moving[unit], _parts([(slopes[end][code_of[unit]], tables[end][code_of[unit]]) for end in (0, 1)]))
        for unit in wanted
    ]


def _counted(ratings: consensus.Ratings, rows: _Numbers, twice_rank: _Numbers, n: int) -> _Numbers:
    """(n_notes, FIFTHS, 3): how many in which fifth rated not, somewhat and fully helpful."""
    fifth = np.minimum(twice_rank * FIFTHS // (2 * n), FIFTHS - 1)
    cell = (ratings.note[rows].astype(np.int64) * FIFTHS + fifth) * 3 + ratings.level[rows]
    return np.bincount(cell, minlength=ratings.n_notes * FIFTHS * 3).reshape(-1, FIFTHS, 3)


def _positions(scores: consensus.Scores) -> tuple[_Numbers, int] | None:
    """Twice each rater's middle rank, -1 for who took no part, and how many took part; None without two sides.

    Middle ranks: people of one leaning stand in one place, whatever their numbers are.
    """
    params = scores.params
    if not scores.fits or scores.evidence_bits < params.evidence_bits or scores.smaller_side < params.smaller_side_min:
        return None
    factor = scores.fits[0].rater_factor
    takes_part = np.isfinite(factor)
    ordered = np.sort(factor[takes_part])
    twice = np.searchsorted(ordered, factor, side="left") + np.searchsorted(ordered, factor, side="right")
    return np.where(takes_part, twice, -1).astype(np.int64), len(ordered)


def _parts(ends: Sequence[tuple[int, _Table]]) -> tuple[Part, ...]:
    """The parts from the better end; of two ends that are alike the one that reads as less, so that it is one of them.

    ends  the slope and the counts as seen from either
    """
    if sum(map(sum, ends[0][1])) < PEOPLE_MIN:
        return ()
    least = min(slope for slope, _ in ends)
    return min(_merged(table) for slope, table in ends if slope == least)


def _slopes(tables: _Numbers) -> _Numbers:
    """Below 0 where the first fifths find a note more helpful than the last ones; integers: nothing is rounded."""
    people, level = tables.sum(axis=2), tables @ np.array([0, 1, 2])
    place = np.arange(FIFTHS)
    return np.asarray(people.sum(axis=1) * (level @ place) - level.sum(axis=1) * (people @ place), dtype=np.int64)


def _merged(table: _Table) -> tuple[Part, ...]:
    parts = [Part(1, helpful, somewhat, not_helpful) for not_helpful, somewhat, helpful in table]
    while min(part.people for part in parts) < PEOPLE_A_PART_MIN:
        place = min(range(len(parts)), key=lambda i: (parts[i].people, i))
        sides = [i for i in (place - 1, place + 1) if 0 <= i < len(parts)]
        first = min(place, min(sides, key=lambda i: (parts[i].people, i)))
        parts[first : first + 2] = [parts[first].with_next(parts[first + 1])]
        if len(parts) == 1:
            return ()
    return tuple(parts)
