"""The published objective and its gradient, as a reader would write them down (CONSENSUS section 2.1).

This is the definition that the solver is tested against; it sums as NumPy likes and promises no bits.

    prediction of a rating = global intercept + rater intercept + note intercept + rater factor × note factor

    L = mean of (rating - prediction)²
      + .15 × K_n / N × Σ over notes of intercept²  + .03 × K_n / N × Σ over notes of factor²
      + .15 × K_u / N × Σ over raters of intercept² + .03 × K_u / N × Σ over raters of factor²
      + .15 × global intercept²

with N ratings and K the ratings a note (a rater) has on average: then the sums are means over notes (raters), as
published.  A fixed K says the same of a growing community: a note is pulled to zero as by .15 × K ratings.
"""

from dataclasses import dataclass

import numpy as np

from thuchu.consensus.ratings import Ratings
from thuchu.consensus.values import Fit, Floats, Penalty


@dataclass(frozen=True, slots=True)
class Parameters:
    """All that the objective is a function of."""

    global_intercept: float
    note_intercept: Floats
    note_factor: Floats
    rater_intercept: Floats
    rater_factor: Floats

    @classmethod
    def of(cls, fit: Fit) -> "Parameters":
        """Of a fit that everybody took part in."""
        return cls(fit.global_intercept, fit.note_intercept, fit.note_factor, fit.rater_intercept, fit.rater_factor)


def errors(ratings: Ratings, at: Parameters) -> Floats:
    """Rating less prediction, for each row."""
    note, rater = ratings.note, ratings.rater
    return (
        ratings.value
        - at.global_intercept
        - at.rater_intercept[rater]
        - at.note_intercept[note]
        - at.rater_factor[rater] * at.note_factor[note]
    )


def weights(ratings: Ratings, penalty: Penalty) -> tuple[float, float]:
    """K ÷ N for notes and for raters: one part in as many as there are, unless K is fixed."""
    per_note = penalty.ratings_per_note or len(ratings) / ratings.n_notes
    per_rater = penalty.ratings_per_rater or len(ratings) / ratings.n_raters
    return per_note / len(ratings), per_rater / len(ratings)


def loss(ratings: Ratings, penalty: Penalty, at: Parameters) -> float:
    """The objective."""
    of_note, of_rater = weights(ratings, penalty)
    return float(
        np.mean(errors(ratings, at) ** 2)
        + penalty.global_intercept * at.global_intercept**2
        + of_note * penalty.note_intercept * np.sum(at.note_intercept**2)
        + of_note * penalty.note_factor * np.sum(at.note_factor**2)
        + of_rater * penalty.rater_intercept * np.sum(at.rater_intercept**2)
        + of_rater * penalty.rater_factor * np.sum(at.rater_factor**2)
    )


def gradient(ratings: Ratings, penalty: Penalty, at: Parameters) -> Parameters:
    """How the objective changes with each parameter."""
    note, rater, error = ratings.note, ratings.rater, errors(ratings, at)
    of_note, of_rater = weights(ratings, penalty)
    n = len(ratings)
    by_note = [np.bincount(note, part, ratings.n_notes) for part in (error, error * at.rater_factor[rater])]
    by_rater = [np.bincount(rater, part, ratings.n_raters) for part in (error, error * at.note_factor[note])]
    return Parameters(
        float(2 * penalty.global_intercept * at.global_intercept - 2 * np.mean(error)),
        2 * of_note * penalty.note_intercept * at.note_intercept - 2 * by_note[0] / n,
        2 * of_note * penalty.note_factor * at.note_factor - 2 * by_note[1] / n,
        2 * of_rater * penalty.rater_intercept * at.rater_intercept - 2 * by_rater[0] / n,
        2 * of_rater * penalty.rater_factor * at.rater_factor - 2 * by_rater[1] / n,
    )
