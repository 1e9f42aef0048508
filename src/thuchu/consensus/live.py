"""New ratings at once, raters frozen: for looking.  What comes out is provisional by name and type, never a status."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.consensus import notes as closed
from thuchu.consensus.layout import TakingPart, lay_out
from thuchu.consensus.params import ConsensusParams
from thuchu.consensus.ratings import Ratings, levels
from thuchu.consensus.scores import frozen_at
from thuchu.consensus.values import BadRatings, Fit, Floats, Ids

# Room for new notes at the start, as a share of those that are there; twice as much whenever it is full.
_SPARE = 8


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
        self._layout = lay_out(ratings, TakingPart(np.ones(ratings.n_notes, dtype=np.bool_), taking))
        self._frozen = frozen_at(found, params, self._layout)
        codes = self._layout.raters.codes
        self._rater = {rater: place for place, rater in enumerate(ratings.rater_ids[codes].tolist())}
        self._note_ids: list[int | str] = ratings.note_ids[self._layout.notes.codes].tolist()
        self._note = {note: place for place, note in enumerate(self._note_ids)}
        n = len(self._note_ids)
        self._sums = np.zeros((5, n + n // _SPARE + 1))
        self._sums[:, :n] = closed.note_sums(self._layout, self._frozen)
        # What was said since, by places of note and rater.
        self._said: dict[tuple[int, int], float] = {}

    def update(self, notes: Sequence[int | str], raters: Sequence[int | str], values: Sequence[float]) -> Provisional:
        """Count new ratings, and re-score the notes they touch: new ones, too, from what is said of them here.

        repeats  what a rater says of a note takes the place of what the same one said of it before
        raises   BadRatings; nothing is counted then
        """
        level = levels(values)
        if not len(notes) == len(raters) == len(level):
            raise BadRatings(f"{len(notes)} notes, {len(raters)} raters, {len(level)} values; there must be as many")
        kind = type(self._note_ids[0])
        strange = [note for note in notes if not isinstance(note, kind)]
        if strange:
            raise BadRatings(f"note {strange[0]!r} is no {kind.__name__}, as the ids of this state's notes are")
        touched = [self._place(note) for note in notes]
        for note, rater, value in zip(touched, raters, (level * 0.5).tolist(), strict=True):
            place = self._rater.get(rater)
            if place is not None:
                self._count(note, place, value)
        places = np.array(sorted(set(touched)), dtype=np.int64)
        now = closed.solved(self._sums[:, places], self._frozen.note_ridge)
        return Provisional(
            np.array([self._note_ids[place] for place in places.tolist()]),
            now.intercept,
            now.factor,
            self._sums[0, places].astype(np.int64),
        )

    def _place(self, note: int | str) -> int:
        place = self._note.setdefault(note, len(self._note_ids))
        if place == len(self._note_ids):
            self._note_ids.append(note)
            if place == self._sums.shape[1]:
                self._sums = np.concatenate((self._sums, np.zeros_like(self._sums)), axis=1)
        return place

    def _count(self, note: int, rater: int, value: float) -> None:
        before = self._said_before(note, rater)
        if before is not None:
            self._sums[:, note] -= self._terms(rater, before)
        self._sums[:, note] += self._terms(rater, value)
        self._said[note, rater] = value

    def _said_before(self, note: int, rater: int) -> float | None:
        if (note, rater) in self._said:
            return self._said[note, rater]
        side = self._layout.notes
        if note >= len(side):
            return None
        rows = side.rows[side.starts[note] : side.starts[note + 1]]
        at = int(np.searchsorted(rows >> np.uint32(2), rater))
        is_there = at < len(rows) and int(rows[at]) >> 2 == rater
        return (int(rows[at]) & 3) * 0.5 if is_there else None

    def _terms(self, rater: int, value: float) -> Floats:
        factor = float(self._frozen.rater_factor[rater])
        left = value - self._frozen.global_intercept - float(self._frozen.rater_intercept[rater])
        return np.array([1.0, factor, factor * factor, left, left * factor])
