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
    wanted = np.array(sorted(moving), dtype=np.int64)
    codes = np.flatnonzero(np.isin(ratings.note_ids, wanted))
    if where is None:
        return [Plot(*moving[unit], ()) for unit in wanted.tolist()]
    twice_rank, n = where
    rows = np.flatnonzero(np.isin(ratings.note, codes) & (twice_rank[ratings.rater] >= 0))
    counts = {}
    for mirrored in (False, True):
        rank = 2 * n - twice_rank[ratings.rater[rows]] if mirrored else twice_rank[ratings.rater[rows]]
        fifth = np.minimum(rank * FIFTHS // (2 * n), FIFTHS - 1)
        table = np.zeros((ratings.n_notes, FIFTHS, 3), dtype=np.int64)
        np.add.at(table, (ratings.note[rows], fifth, ratings.level[rows].astype(np.int64)), 1)
        counts[mirrored] = table
    code_of = dict(zip(ratings.note_ids[codes].tolist(), codes.tolist(), strict=True))
    found = []
    for unit in wanted.tolist():
        code = code_of.get(unit)
        both = [] if code is None else [counts[mirrored][code] for mirrored in (False, True)]
        found.append(Plot(*moving[unit], _parts(both)))
    return found


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


def _parts(both: Sequence[_Numbers]) -> tuple[Part, ...]:
    """The parts of the better end first; of two ends that are alike, whichever: their pictures are the same."""
    if not both or int(both[0].sum()) < PEOPLE_MIN:
        return ()
    return min((_slope(table), _merged(table)) for table in both)[1]


def _slope(table: _Numbers) -> int:
    """Below 0 where the first fifths find it more helpful than the last ones; integers: nothing is rounded."""
    people, level = table.sum(axis=1), table @ np.array([0, 1, 2])
    place = np.arange(FIFTHS)
    return int(people.sum() * (level @ place) - level.sum() * (people @ place))


def _merged(table: _Numbers) -> tuple[Part, ...]:
    parts = [Part(1, int(row[2]), int(row[1]), int(row[0])) for row in table]
    while min(part.people for part in parts) < PEOPLE_A_PART_MIN:
        place = min(range(len(parts)), key=lambda i: (parts[i].people, i))
        sides = [i for i in (place - 1, place + 1) if 0 <= i < len(parts)]
        first = min(place, min(sides, key=lambda i: (parts[i].people, i)))
        parts[first : first + 2] = [parts[first].with_next(parts[first + 1])]
        if len(parts) == 1:
            return ()
    return tuple(parts)
