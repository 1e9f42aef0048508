"""New ratings at once, raters frozen: for looking.  What comes out is provisional by name and type, never a status."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.consensus import notes as closed
from thuchu.consensus.layout import TakingPart, lay_out
from thuchu.consensus.notes import Frozen
from thuchu.consensus.params import ConsensusParams
from thuchu.consensus.ratings import Ratings, levels
from thuchu.consensus.values import BadRatings, Fit, Floats, Ids


@dataclass(frozen=True, slots=True)
class Provisional:
    """Touched notes after new ratings.  Not a status: only a cold start over all ratings gives one."""

    note_ids: Ids
    intercept: Floats
    factor: Floats
    n_ratings: npt.NDArray[np.int64]


class Scorer:
    """The sums of every note under one fit; a new rating touches one note's.

    Ratings by raters that took no part in the fit don't count yet, as in published final scoring.
    """

    def __init__(self, ratings: Ratings, found: Fit, params: ConsensusParams) -> None:
        taking = ~np.isnan(found.rater_factor)
        layout = lay_out(ratings, TakingPart(np.ones(ratings.n_notes, dtype=np.bool_), taking))
        k = found.ratings_per_note
        self._ridge = params.penalty.note_intercept * k, params.penalty.note_factor * k
        codes = layout.raters.codes
        frozen = Frozen(found.global_intercept, found.rater_intercept[codes], found.rater_factor[codes], self._ridge)
        self._sums = np.zeros((5, ratings.n_notes))
        self._sums[:, layout.notes.codes] = closed.note_sums(layout, frozen)
        self._fit = found
        self._note_ids = ratings.note_ids
        self._note = {note: code for code, note in enumerate(ratings.note_ids.tolist())}
        self._rater = {rater: code for code, rater in enumerate(ratings.rater_ids.tolist()) if taking[code]}

    def update(self, notes: Sequence[int | str], raters: Sequence[int | str], values: Sequence[float]) -> Provisional:
        """Count new ratings, each the first of its rater on its note, and re-score the notes they touch.

        raises  BadRatings for a note that the state does not know; nothing is counted then
        """
        level = levels(values)
        unknown = [note for note in notes if note not in self._note]
        if unknown:
            raise BadRatings(f"note {unknown[0]} is not in this state; start again from all ratings")
        touched = [self._note[note] for note in notes]
        for note, rater, value in zip(touched, raters, (level * 0.5).tolist(), strict=True):
            code = self._rater.get(rater)
            if code is not None:
                self._sums[:, note] += self._terms(code, value)
        codes = np.array(sorted(set(touched)), dtype=np.int64)
        values_now = closed.solved(self._sums[:, codes], self._ridge)
        return Provisional(
            self._note_ids[codes],
            values_now.intercept,
            values_now.factor,
            self._sums[0, codes].astype(np.int64),
        )

    def _terms(self, rater: int, value: float) -> Floats:
        factor = float(self._fit.rater_factor[rater])
        left = value - self._fit.global_intercept - float(self._fit.rater_intercept[rater])
        return np.array([1.0, factor, factor * factor, left, left * factor])
