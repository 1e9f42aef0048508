"""`fit`: from ratings to the lowest minimum found, in the numbering of the ratings."""

from dataclasses import dataclass, replace

import numpy as np

from thuchu.consensus import blocks, solve
from thuchu.consensus.blocks import Components
from thuchu.consensus.counting import Counter
from thuchu.consensus.layout import TakingPart, lay_out
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.solve import LOSS_NOISE, Point, Work
from thuchu.consensus.values import BadRatings, Fit, Floats, Ids, Minimum, Numbers, Penalty

# A turned community that ends this near the point it came from has fallen back into the same valley.
_SAME = 1e-6
# Two higher minima this near are one, found twice.
_SAME_LOSS = 1e-12
# As many starts as their fits together read about this many rows, so that small tables get the most.
STARTS_RATINGS = 12_000
STARTS_MAX = 24
# Where there are several starts, each goes this far, and the lowest few from there to their minimum.
SWEEPS_TO_CHOOSE = 12
FOLLOWED = 3


def fit(
    ratings: Ratings,
    penalty: Penalty | None = None,
    *,
    part: TakingPart | None = None,
    warm: Fit | None = None,
    tolerance: float = solve.TOLERANCE,
    counter: Counter | None = None,
) -> Fit:
    """Intercepts and factors at the minimum of the published objective (CONSENSUS section 2.1).

    part     who takes part (`layout.enough`); everybody unless said
    warm     start at this fit's raters, by their ids, and stay in their valley: for looking, never for statuses
    exact    same bits for the same rows in any order, any number of threads, with or without Numba
    raises   TooFewRatings when no rating takes part
    """
    counter = counter or Counter()
    work = Work(lay_out(ratings, part, counter, for_passes=True), penalty or Penalty(), counter)
    others: list[Minimum] = []
    if warm is None:
        point, others = _from_starts(work, tolerance)
        point = _turned(work, point, tolerance, others)
    else:
        point = solve.at(work, *_known(warm, ratings.rater_ids[work.layout.raters.codes]))
        point = solve.follow(work, point, tolerance)
    gaps = tuple(replace(other, gap=max(other.loss - point.loss, 0.0)) for other in others)
    return _result(ratings, work, point, gaps)


def _known(warm: Fit, ids: Ids) -> tuple[Floats, Floats]:
    """What an earlier fit says of these raters; 0 of whom it doesn't know."""
    if warm.rater_ids.dtype.kind != ids.dtype.kind:
        raise BadRatings("the earlier fit knows its raters by another kind of ids; both must be whole numbers, or text")
    order = np.argsort(warm.rater_ids, kind="stable")
    place = order[np.minimum(np.searchsorted(warm.rater_ids, ids, sorter=order), len(order) - 1)]
    is_known = warm.rater_ids[place] == ids
    intercept, factor = (
        np.where(is_known, np.nan_to_num(column[place]), 0.0) for column in (warm.rater_intercept, warm.rater_factor)
    )
    return intercept, factor


def _from_starts(work: Work, tolerance: float) -> tuple[Point, list[Minimum]]:
    """The lowest minimum from a fixed list of starts: a small table has several, a large mixed one never had."""
    many = min(max(STARTS_RATINGS // work.layout.n_ratings, 1), STARTS_MAX)
    points = []
    for number in range(many):
        point = solve.start(work, number)
        for _ in range((solve.SWEEPS if many == 1 else SWEEPS_TO_CHOOSE) - 1):
            point = solve.sweep(work, point)
        points.append(point)
    points.sort(key=lambda point: point.loss)
    others: list[Minimum] = []
    best = solve.descend(work, points[0], tolerance)
    for point in points[1:FOLLOWED]:
        best = _lower(best, solve.descend(work, point, tolerance), others, 0)
    return best, others


def _lower(one: Point, other: Point, others: list[Minimum], raters_turned: int) -> Point:
    """The lower of two minima, the first where they are as low; the higher is noted where it is another one."""
    if _same(one, other):
        return one
    lower, higher = (other, one) if other.loss < one.loss - LOSS_NOISE else (one, other)
    if all(abs(higher.loss - known.loss) > _SAME_LOSS for known in others):
        others.append(Minimum(higher.loss, 0.0, raters_turned))
    return lower


def _turned(work: Work, point: Point, tolerance: float, others: list[Minimum]) -> Point:
    """Each loosely joined community turned over in trial, the lower minimum kept."""
    for mask in blocks.communities(work):
        turned = solve.at(work, point.intercept, np.where(mask, -point.factor, point.factor))
        turned = solve.descend(work, solve.sweep(work, turned), tolerance)
        point = _lower(point, turned, others, int(mask.sum()))
    return point


def _same(one: Point, other: Point) -> bool:
    apart = float(np.abs(one.notes.intercept - other.notes.intercept).max())
    turned = min(float(np.abs(one.factor - sign * other.factor).max()) for sign in (1.0, -1.0))
    return apart <= _SAME and turned <= _SAME


@dataclass(frozen=True, slots=True)
class Measured:
    """The objective and its gradient, from the rows anew."""

    loss: float
    gradient_norm: float
    squared_error: float


def measured(work: Work, point: Point) -> Measured:
    """What the point is worth, by sums that the solver did not make its steps from."""
    layout, notes = work.layout, point.notes
    own = np.stack((notes.intercept + notes.global_intercept, notes.factor), axis=1)
    table = np.stack((point.intercept, point.factor), axis=1)
    squares = solve.total(work.counter.squared_errors(layout.notes, own, table))
    k_note, k_rater = work.note_ridge(), work.rater_ridge()
    penalties = solve.total(k_note[0] * notes.intercept**2 + k_note[1] * notes.factor**2)
    penalties += solve.total(k_rater[0] * point.intercept**2 + k_rater[1] * point.factor**2)
    penalties += work.penalty.global_intercept * layout.n_ratings * notes.global_intercept**2
    steep = solve.slope(work, point)
    of_notes = solve_notes(work, point)
    norm = sum(solve.total(part * part) for part in (steep.first, steep.second, *of_notes[:2])) + of_notes[2] ** 2
    n = layout.n_ratings
    return Measured((squares + penalties) / n, 2 * float(np.sqrt(norm)) / n, squares / n)


def solve_notes(work: Work, point: Point) -> tuple[Floats, Floats, float]:
    """What is left of the notes' and the global intercept's equations at the point."""
    notes, blocks_ = point.notes, point.notes.blocks
    first = blocks_.a11 * notes.intercept + blocks_.a12 * notes.factor
    first -= blocks_.right[0] - notes.global_intercept * blocks_.count
    second = blocks_.a12 * notes.intercept + blocks_.a22 * notes.factor
    second -= blocks_.right[1] - notes.global_intercept * blocks_.a12
    error = solve.total(
        blocks_.right[0]
        - notes.global_intercept * blocks_.count
        - blocks_.count * notes.intercept
        - blocks_.a12 * notes.factor
    )
    return first, second, work.penalty.global_intercept * work.layout.n_ratings * notes.global_intercept - error


def _result(ratings: Ratings, work: Work, point: Point, others: tuple[Minimum, ...]) -> Fit:
    layout, worth = work.layout, measured(work, point)
    parts: Components = blocks.connected(layout, work.counter)
    sign = blocks.signs(point.factor, parts.raters)
    components = np.full(ratings.n_raters, -1, dtype=np.int32)
    components[layout.raters.codes] = parts.raters
    return Fit(
        global_intercept=point.notes.global_intercept,
        note_intercept=_by_code(point.notes.intercept, layout.notes.codes, ratings.n_notes),
        note_factor=_by_code(sign[parts.notes] * point.notes.factor, layout.notes.codes, ratings.n_notes),
        rater_intercept=_by_code(point.intercept, layout.raters.codes, ratings.n_raters),
        rater_factor=_by_code(sign[parts.raters] * point.factor, layout.raters.codes, ratings.n_raters),
        loss=worth.loss,
        gradient_norm=worth.gradient_norm,
        squared_error=worth.squared_error,
        n_ratings=layout.n_ratings,
        n_notes=len(layout.notes),
        n_raters=len(layout.raters),
        ratings_per_note=work.ratings_per_note,
        ratings_per_rater=work.ratings_per_rater,
        passes=work.passes,
        newton_steps=work.newton_steps,
        others=others,
        components=components,
        rater_ids=ratings.rater_ids,
    )


def _by_code(values: Floats, codes: Numbers, n: int) -> Floats:
    column = np.full(n, np.nan)
    column[codes] = values
    return column
