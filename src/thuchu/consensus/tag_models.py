"""Two published models of tags: whom to believe about harassment, and whom about poor sources (CONSENSUS 6.3, 6.5).

Both start from the factors of the ratings' own fit, never from chance (trap T17), and are minimised, not stopped after
some steps.  Used by `community_notes` only, where tags were read.
"""

from dataclasses import dataclass, replace

import numpy as np

from thuchu.consensus import logistic, tags
from thuchu.consensus.counting import Counter
from thuchu.consensus.layout import TakingPart, enough
from thuchu.consensus.logistic import Marks, Point, Shape
from thuchu.consensus.params import ConsensusParams
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.values import Bits, Fit, Floats, Penalty

# How much less a rating without the tag weighs than one with it (section 6.5, rounds 1 and 2, round 3).
_WEIGHT, _LAST_WEIGHT = 100.0, 500.0
_FACTOR_RIDGE, _NOTE_RIDGE, _RATER_RIDGE, _REPUTATION_RIDGE = 0.03, 0.03, 0.3, 1.5
# Keeps a note without any weight from dividing by zero.
_NOTE_WEIGHT_MIN = 2.0**-20
# Harassment starts from twice the factors of the ratings' fit.
_HARASSMENT_START = 2.0


@dataclass(frozen=True, slots=True)
class Coded:
    """The rows of a model and where its notes and raters stand among the ratings' codes."""

    marks: Marks
    notes: Bits
    raters: Bits

    @classmethod
    def of(cls, ratings: Ratings, part: TakingPart, mark: Bits, weight: float, counter: Counter) -> "Coded":
        rows = part.rows(ratings)
        n_notes, n_raters = int(part.notes.sum()), int(part.raters.sum())
        own = mark[rows].astype(np.float64)
        marks = Marks(
            (np.cumsum(part.notes) - 1)[ratings.note[rows]],
            (np.cumsum(part.raters) - 1)[ratings.rater[rows]],
            own,
            np.where(own > 0, weight, 1.0),
            n_notes,
            n_raters,
            counter,
        )
        return cls(marks, part.notes, part.raters)


def _spread(values: Floats, taking: Bits) -> Floats:
    column = np.full(len(taking), np.nan)
    column[taking] = values
    return column


def harassment(
    ratings: Ratings, first: Fit, stays: Bits, params: ConsensusParams, counter: Counter | None = None
) -> Floats:
    """How far raters of all sides call a note harassment: (n_notes,), NaN where nothing can be said.

    first  the ratings' own fit, whose factors it starts from
    stays  whose ratings count
    """
    asked = _asked(ratings, stays)
    mark = tags.ticked(asked.ticks, tags.HARASSMENT)[_harassment_part(asked, params).rows(asked)]
    # Without one of each there is nothing to tell apart.
    if not mark.any() or mark.all():
        return np.full(ratings.n_notes, np.nan)
    coded, start, shape = harassment_problem(ratings, first, stays, params, counter)
    return _spread(logistic.minimise(coded.marks, start, shape).note_intercept, coded.notes)


def _asked(ratings: Ratings, stays: Bits) -> Ratings:
    """Ratings that say something of harassment: that it is, or by being helpful or giving another reason that not."""
    asked = (ratings.level == 2) | tags.ticked(ratings.ticks, tags.HARASSMENT, "notHelpfulOther")
    return ratings.where(asked & stays[ratings.rater])


def _harassment_part(asked: Ratings, params: ConsensusParams) -> TakingPart:
    return enough(asked, params.harassment_per_note_min, params.harassment_per_rater_min)


def harassment_problem(
    ratings: Ratings, first: Fit, stays: Bits, params: ConsensusParams, counter: Counter | None = None
) -> tuple[Coded, Point, Shape]:
    """What is minimised, and where from."""
    asked = _asked(ratings, stays)
    part = _harassment_part(asked, params)
    mark = tags.ticked(asked.ticks, tags.HARASSMENT)
    positive = float(mark[part.rows(asked)].mean())
    coded = Coded.of(asked, part, mark, (1 - positive) / positive, counter or Counter())
    penalty, marks = Penalty(), coded.marks
    k_note, k_rater = len(marks.note) / marks.n_notes, len(marks.note) / marks.n_raters
    shape = Shape({
        "note_factor": penalty.note_factor * k_note,
        "note_intercept": penalty.note_intercept * k_note,
        "rater_factor": penalty.rater_factor * k_rater,
        "rater_intercept": penalty.rater_intercept * k_rater,
        "global_intercept": penalty.global_intercept * len(marks.note),
    })  # fmt: skip
    start = replace(
        logistic.started(marks.n_notes, _HARASSMENT_START * np.nan_to_num(first.rater_factor[part.raters])),
        note_factor=_HARASSMENT_START * np.nan_to_num(first.note_factor[part.notes]),
    )
    return coded, start, shape


def harassment_penalty(ratings: Ratings, intercept: Floats, params: ConsensusParams) -> Floats:
    """Agreeing ratings that each rater loses for calling harassment helpful: (n_raters,)."""
    worth = np.where(intercept >= params.harassment_min, intercept, 0.0)
    lost = params.harassment_penalty * worth / params.harassment_min
    helpful = ratings.level == 2
    answer: Floats = np.bincount(
        ratings.rater[helpful], weights=lost[ratings.note[helpful]], minlength=ratings.n_raters
    ).astype(np.float64)
    return answer


@dataclass(frozen=True, slots=True)
class Diligence:
    """What the rounds over the second fit's ratings leave: by code of note and rater, NaN for those not in it."""

    note_intercept: Floats
    second: Point
    last: Point
    notes: Bits
    raters: Bits
    ratings_per_note: float


def diligence(
    ratings: Ratings, part: TakingPart, rater_factor: Floats, counter: Counter | None = None
) -> Diligence | None:
    """Three rounds: notes and raters; the raters' reputations; notes again, by those of repute (section 6.5).

    None where all ratings say so, or none does: there is nothing to tell apart.
    """
    mark = tags.ticked(ratings.ticks, *tags.DILIGENCE_TAGS)
    rows = part.rows(ratings)
    if not mark[rows].any() or mark[rows].all():
        return None
    used = ratings.where(rows)
    part = TakingPart(
        np.bincount(used.note, minlength=ratings.n_notes) > 0, np.bincount(used.rater, minlength=ratings.n_raters) > 0
    )
    coded = Coded.of(ratings, part, mark, _WEIGHT, counter or Counter())
    marks = coded.marks
    k_note, k_rater = len(marks.note) / marks.n_notes, len(marks.note) / marks.n_raters
    note, rater = _NOTE_RIDGE * k_note, _RATER_RIDGE * k_rater
    factors = {"note_factor": _FACTOR_RIDGE * k_note, "rater_factor": _FACTOR_RIDGE * k_rater}
    start = logistic.started(marks.n_notes, rater_factor[part.raters])
    free = {"rater_intercept": rater, "global_intercept": 0.0}
    first = logistic.minimise(marks, start, Shape({**factors, **free, "note_intercept": note}))
    second = logistic.minimise(marks, first, Shape({**factors, **free, "reputation": _REPUTATION_RIDGE * k_rater}))
    reputed = _reputed(marks, second.reputation)
    last = logistic.minimise(reputed, second, Shape({**free, "note_intercept": note}))
    return Diligence(_spread(last.note_intercept, part.notes), second, last, part.notes, part.raters, k_note)


def _reputed(marks: Marks, reputation: Floats) -> Marks:
    """Round 3's weights: more for raters of repute, less each for notes with many."""
    weight = np.where(marks.mark > 0, _LAST_WEIGHT, 1.0)
    weight = weight * (0.1 + np.sqrt(np.maximum(reputation[marks.rater], 0))) / 1.1
    of_note = np.bincount(marks.note, weights=weight, minlength=marks.n_notes)
    return logistic.with_weight(marks, weight / np.sqrt(of_note[marks.note] + _NOTE_WEIGHT_MIN))


def diligence_now(ratings: Ratings, part: TakingPart, known: Diligence, counter: Counter | None = None) -> Floats:
    """Each note's low diligence with raters frozen: (n_notes,); one convex equation a note, twice."""
    coded = Coded.of(ratings, part, tags.ticked(ratings.ticks, *tags.DILIGENCE_TAGS), _WEIGHT, counter or Counter())
    marks = coded.marks
    second, last = _aligned(known, known.second, part), _aligned(known, known.last, part)
    ridge = {"note_factor": _FACTOR_RIDGE * known.ratings_per_note}
    turned = logistic.minimise(marks, second, Shape(ridge))
    start = replace(last, note_factor=turned.note_factor, note_intercept=np.zeros(marks.n_notes))
    reputed = _reputed(marks, start.reputation)
    found = logistic.minimise(reputed, start, Shape({"note_intercept": _NOTE_RIDGE * known.ratings_per_note}))
    return _spread(found.note_intercept, part.notes)


def _aligned(known: Diligence, point: Point, part: TakingPart) -> Point:
    """A point's parameters for other notes and raters; zero for those it does not know."""

    def notes(values: Floats) -> Floats:
        return np.nan_to_num(_spread(values, known.notes)[part.notes])

    def raters(values: Floats) -> Floats:
        return np.nan_to_num(_spread(values, known.raters)[part.raters])

    return Point(
        notes(point.note_factor),
        notes(point.note_intercept),
        raters(point.rater_factor),
        raters(point.rater_intercept),
        raters(point.reputation),
        point.global_intercept,
    )
