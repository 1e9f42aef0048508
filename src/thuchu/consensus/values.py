"""What the room is given and what it gives back, as plain values; and its errors."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Bits = npt.NDArray[np.bool_]
# Ids as their owner wrote them: whole numbers, or text (public person ids are 64 hexadecimal digits).
Ids = npt.NDArray[np.int64] | npt.NDArray[np.str_]


class ConsensusError(Exception):
    """Something in what was given; the message says what, where, and what is allowed."""


class BadRatings(ConsensusError):
    """A column of the ratings holds what it may not hold."""


class RowsDisagree(BadRatings):
    """Two rows that can't both be right.

    what  what is wrong with them, without saying where they stand
    rows  counted from 0, the earlier one first
    """

    def __init__(self, what: str, rows: tuple[int, int]) -> None:
        super().__init__(f"rows {rows[0]} and {rows[1]}: {what}")
        self.what, self.rows = what, rows


class TooFewRatings(ConsensusError):
    """Nothing is left to fit once notes and raters with too few ratings are out."""


@dataclass(frozen=True, slots=True)
class Penalty:
    """How strongly the objective pulls towards zero (CONSENSUS section 2.1: the published constants).

    ratings_per_note, ratings_per_rater  the constants K of section 2.2: a note's ridge weighs as much as
        `note_intercept * ratings_per_note` ratings.  None takes them from the rows, as the published code does.
    """

    rater_intercept: float = 0.15
    note_intercept: float = 0.15
    global_intercept: float = 0.15
    rater_factor: float = 0.03
    note_factor: float = 0.03
    ratings_per_note: float | None = None
    ratings_per_rater: float | None = None


@dataclass(frozen=True, slots=True)
class Minimum:
    """Another minimum of the objective that was found and left: how much higher it lies, and how it came about."""

    loss: float
    gap: float
    raters_flipped: int


@dataclass(frozen=True, slots=True)
class Fit:
    """Intercepts and factors at the minimum of the objective; float64, in the order of the codes of `Ratings`.

    A note or rater that took no part (too few ratings) has NaN everywhere.

    loss           the objective there
    gradient_norm  Euclidean norm of its whole gradient
    squared_error  mean squared error over the rows that took part
    ratings_per_note, ratings_per_rater  the K that were used
    others         higher minima that were found by turning a loosely connected block over
    rater_ids      (n_raters,) as in the ratings, so that a later fit may begin from this one
    components     (n_raters,) which raters are connected by common notes; -1 for one that took no part
    """

    global_intercept: float
    note_intercept: Floats
    note_factor: Floats
    rater_intercept: Floats
    rater_factor: Floats
    loss: float
    gradient_norm: float
    squared_error: float
    n_ratings: int
    n_notes: int
    n_raters: int
    ratings_per_note: float
    ratings_per_rater: float
    passes: int
    newton_steps: int
    others: tuple[Minimum, ...]
    components: Numbers
    rater_ids: Ids
