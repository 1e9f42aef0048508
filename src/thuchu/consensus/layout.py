"""From ratings to what the solver runs over: who takes part, and their rows grouped both ways."""

from dataclasses import dataclass

import numpy as np

from thuchu.consensus import rows
from thuchu.consensus.counting import Counter
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.rows import Side
from thuchu.consensus.values import Bits, TooFewRatings


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows that take part, by note and by rater.

    Within a note rows stand by the rater's place, within a rater by the note's: most rated first, equals by code.  So
    the sums don't depend on the order in which rows came, and where codes come from entry numbers on no name.

    value_squares  the sum of all squared ratings, exact
    """

    notes: Side
    raters: Side
    value_squares: float

    @property
    def n_ratings(self) -> int:
        return len(self.notes.rows)


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Which notes and which raters take part, by code; a row does where both do."""

    notes: Bits
    raters: Bits

    def rows(self, ratings: Ratings) -> Bits:
        return self.notes[ratings.note] & self.raters[ratings.rater]


def enough(ratings: Ratings, per_note_min: int, per_rater_min: int, counter: Counter | None = None) -> TakingPart:
    """Notes with too few ratings go, then raters with too few of what is left, then notes again.

    Each step once, as published; a rater may be left with fewer (CONSENSUS section 3 step 10).
    """
    count = (counter or Counter()).bodies.counts
    raters = np.ones(ratings.n_raters, dtype=np.bool_)
    notes = count(ratings.note, ratings.rater, raters, ratings.n_notes) >= max(per_note_min, 1)
    raters = count(ratings.rater, ratings.note, notes, ratings.n_raters) >= max(per_rater_min, 1)
    notes &= count(ratings.note, ratings.rater, raters, ratings.n_notes) >= max(per_note_min, 1)
    return TakingPart(notes, raters)


def lay_out(
    ratings: Ratings, part: TakingPart | None = None, counter: Counter | None = None, *, for_passes: bool = False
) -> Layout:
    """Both groupings of the rows that take part (all of them unless said).

    for_passes  they will be read many times: then large ones are cut into tiles as well
    """
    counter = counter or Counter()
    bodies = counter.bodies
    part = part or enough(ratings, 1, 1, counter)
    note_counts = bodies.counts(ratings.note, ratings.rater, part.raters, ratings.n_notes) * part.notes
    rater_counts = bodies.counts(ratings.rater, ratings.note, part.notes, ratings.n_raters) * part.raters
    if not note_counts.any():
        raise TooFewRatings("there are no ratings to fit, or none is left after the minimum counts")
    (notes, note_place), (raters, rater_place) = rows.places(note_counts), rows.places(rater_counts)
    note_starts, rater_starts = rows.starts_of(note_counts[notes]), rows.starts_of(rater_counts[raters])
    places = note_place, rater_place
    note_rows = bodies.grouped(ratings.note, ratings.rater, ratings.level, places, note_starts)
    rater_rows = bodies.turned(note_starts, note_rows, rater_starts)
    note_rows = bodies.turned(rater_starts, rater_rows, note_starts)
    note_sums = bodies.value_sums(note_starts, note_rows)
    rater_sums = bodies.value_sums(rater_starts, rater_rows)
    note_tiles = counter.tiles(note_starts, note_rows, len(raters)) if for_passes else ()
    rater_tiles = counter.tiles(rater_starts, rater_rows, len(notes)) if for_passes else ()
    # Σr² = Σr - ¼ × (how many are ½), and a half is an odd number of halves.
    halves = np.count_nonzero(note_rows & np.uint32(1))
    return Layout(
        Side(
            note_starts,
            note_rows,
            notes,
            note_counts[notes].astype(np.float64),
            note_sums,
            note_tiles,
        ),
        Side(
            rater_starts,
            rater_rows,
            raters,
            rater_counts[raters].astype(np.float64),
            rater_sums,
            rater_tiles,
        ),
        float(note_sums.sum()) - halves * 0.25,
    )
