"""The minimum of the objective, found the same way every time: alternating exact solves, then Newton's method.

For given rater parameters the best notes and global intercept are the exact solution of a linear system (2×2 blocks
with one border, CONSENSUS section 2.4); so the objective is a function of the raters alone, and Newton's steps are
taken on that: half as many products as on all parameters.  The steps' linear systems go through conjugate gradients,
whose products read the rows once by note and once by rater.  All sums are sequential in the canonical order.
"""

import math
from dataclasses import dataclass

import numpy as np

from thuchu.consensus.counting import Counter
from thuchu.consensus.layout import Layout
from thuchu.consensus.rows import Side
from thuchu.consensus.values import Floats, Penalty

# No parameter is further from the minimum than about this.
TOLERANCE = 1e-9
# Alternating sweeps before Newton's steps: after these the objective is within 1e-5 of its minimum on mixed data.
SWEEPS = 6
# One percent of new ratings moves those whom they touch, and them mostly by themselves: two or three sweeps see to it.
SWEEPS_WARM = 4
# Far more than was ever needed (the flattest data tried took 9); then the gradient's norm tells what is left.
NEWTON_STEPS_MAX = 60
PRODUCTS_MAX = 500
# A step's system is solved to this share of its right-hand side at first, then to what the last step's length deserves.
FORCING_MAX = 0.1
FORCING_MIN = 1e-6
# The first rater factors lie evenly within ± this: small enough to learn a direction before it fills in.
START = 0.3
# Gaps below this are rounding: sums of ten million terms.
LOSS_NOISE = 1e-14
_BLOCK = 1024
# The fraction whose multiples fill an interval most evenly (the golden ratio's).
EVEN = 0.6180339887498949


@dataclass(slots=True)
class Work:
    """What one solve has to read, and how much it has read."""

    layout: Layout
    penalty: Penalty
    counter: Counter
    passes: int = 0
    newton_steps: int = 0

    @property
    def ratings_per_note(self) -> float:
        return self.penalty.ratings_per_note or self.layout.n_ratings / len(self.layout.notes)

    @property
    def ratings_per_rater(self) -> float:
        return self.penalty.ratings_per_rater or self.layout.n_ratings / len(self.layout.raters)

    def note_ridge(self) -> tuple[float, float]:
        k = self.ratings_per_note
        return self.penalty.note_intercept * k, self.penalty.note_factor * k

    def rater_ridge(self) -> tuple[float, float]:
        k = self.ratings_per_rater
        return self.penalty.rater_intercept * k, self.penalty.rater_factor * k

    def sums(self, side: Side, *columns: Floats) -> Floats:
        """`row_sums` over four columns of the other side's.

        Double precision throughout: with single precision half as much is gathered, but turning each number into a
        double costs more than that saves.
        """
        self.passes += 1
        if self.counter.on_pass is not None:
            self.counter.on_pass()
        table = np.empty((len(columns[0]), len(columns)))
        for number, column in enumerate(columns):
            table[:, number] = column
        return self.counter.row_sums(side, table)


@dataclass(frozen=True, slots=True)
class Blocks:
    """Each entity's 2×2 system: a11, a12, a22, and the right-hand side less what the global intercept takes."""

    a11: Floats
    a12: Floats
    a22: Floats
    right: tuple[Floats, Floats]
    count: Floats

    def solved(self, first: Floats, second: Floats) -> tuple[Floats, Floats]:
        determinant = self.a11 * self.a22 - self.a12 * self.a12
        return (
            (self.a22 * first - self.a12 * second) / determinant,
            (self.a11 * second - self.a12 * first) / determinant,
        )


@dataclass(frozen=True, slots=True)
class Solved:
    """One side at its best for the other side's parameters, with the global intercept.

    border_*  each block's solution for the global intercept's column, and what is left of its own equation
    """

    intercept: Floats
    factor: Floats
    global_intercept: float
    blocks: Blocks
    border: tuple[Floats, Floats]
    border_left: float

    def through(self, first: Floats, second: Floats, border: float) -> tuple[Floats, Floats, float]:
        """The solution of the bordered system for another right-hand side."""
        one, two = self.blocks.solved(first, second)
        step = (border - total(self.blocks.count * one) - total(self.blocks.a12 * two)) / self.border_left
        return one - step * self.border[0], two - step * self.border[1], step


def total(values: Floats) -> float:
    """The sum, in blocks from first to last: the same bits on every machine."""
    whole = len(values) // _BLOCK * _BLOCK
    parts = np.add.accumulate(values[:whole].reshape(-1, _BLOCK), axis=1)[:, -1]
    rest = np.add.accumulate(values[whole:])[-1:]
    return float(np.add.accumulate(np.concatenate((parts, rest, [0.0])))[-1])


def solve_side(work: Work, side: Side, ridge: tuple[float, float], intercept: Floats, factor: Floats) -> Solved:
    """The best intercepts, factors and global intercept of `side` for the other side's."""
    sums = work.sums(side, factor, factor * factor, intercept, intercept * factor)
    count = side.counts
    left = side.value_sum - sums[2], sums[4] - sums[3]
    blocks = Blocks(count + ridge[0], sums[0], sums[1] + ridge[1], left, count)
    one, two = blocks.solved(*left)
    border = blocks.solved(count, blocks.a12)
    n_ratings = work.layout.n_ratings
    border_left = n_ratings * (1 + work.penalty.global_intercept) - total(count * border[0] + blocks.a12 * border[1])
    global_intercept = total(left[0] - count * one - blocks.a12 * two) / border_left
    return Solved(
        one - global_intercept * border[0],
        two - global_intercept * border[1],
        global_intercept,
        blocks,
        border,
        border_left,
    )


def loss_at(work: Work, intercept: Floats, factor: Floats, notes: Solved) -> float:
    """The objective at raters and their best notes, without reading a row again.

    At the best notes the squared errors are what the raters leave less what the notes' right-hand sides explain.
    """
    raters = work.layout.raters
    k_intercept, k_factor = work.rater_ridge()
    squares = work.layout.value_squares - total(
        2 * intercept * raters.value_sum - raters.counts * intercept * intercept
    )
    explained = total(notes.blocks.right[0] * notes.intercept + notes.blocks.right[1] * notes.factor)
    explained += notes.global_intercept * total(notes.blocks.right[0])
    penalties = total(k_intercept * (intercept * intercept) + k_factor * (factor * factor))
    return float(squares - explained + penalties) / work.layout.n_ratings


@dataclass(frozen=True, slots=True)
class Point:
    """Raters, their best notes, and the objective there."""

    intercept: Floats
    factor: Floats
    notes: Solved
    loss: float


@dataclass(frozen=True, slots=True)
class Slope:
    """The objective's gradient in the raters (times half the number of ratings), and their blocks of its curvature."""

    first: Floats
    second: Floats
    blocks: Blocks

    def size(self) -> float:
        """How far the alternating step would go, weighed by the blocks."""
        step = self.blocks.solved(self.first, self.second)
        return total(self.first * step[0] + self.second * step[1])


def at(work: Work, intercept: Floats, factor: Floats) -> Point:
    notes = solve_side(work, work.layout.notes, work.note_ridge(), intercept, factor)
    return Point(intercept, factor, notes, loss_at(work, intercept, factor, notes))


def slope(work: Work, point: Point) -> Slope:
    solved = point.notes
    raters = solve_side(work, work.layout.raters, work.rater_ridge(), solved.intercept, solved.factor)
    blocks, shared = raters.blocks, solved.global_intercept
    first = blocks.a11 * point.intercept + blocks.a12 * point.factor - (blocks.right[0] - shared * blocks.count)
    second = blocks.a12 * point.intercept + blocks.a22 * point.factor - (blocks.right[1] - shared * blocks.a12)
    return Slope(first, second, blocks)


def product(work: Work, point: Point, steep: Slope, intercept: Floats, factor: Floats) -> tuple[Floats, Floats]:
    """The curvature of the objective in the raters, notes following at their best, times a direction."""
    solved, shared = point.notes, point.notes.global_intercept
    sums = work.sums(
        work.layout.notes,
        factor,
        point.factor * factor,
        intercept,
        point.factor * intercept + point.intercept * factor,
    )
    first = sums[2] + solved.factor * sums[0]
    second = sums[3] + 2 * solved.factor * sums[1] - sums[4] + (shared + solved.intercept) * sums[0]
    one, two, moved = solved.through(first, second, total(first))
    back = work.sums(
        work.layout.raters,
        two,
        solved.factor * two,
        one,
        solved.factor * one + solved.intercept * two,
    )
    blocks = steep.blocks
    given_first = back[2] + point.factor * back[0] + moved * blocks.count
    given_second = (
        back[3] + 2 * point.factor * back[1] - back[4] + (shared + point.intercept) * back[0] + moved * blocks.a12
    )
    return (
        blocks.a11 * intercept + blocks.a12 * factor - given_first,
        blocks.a12 * intercept + blocks.a22 * factor - given_second,
    )


def direction(work: Work, point: Point, steep: Slope, forcing: float) -> tuple[Floats, Floats]:
    """Conjugate gradients on the step's system, with each rater's own 2×2 block as preconditioner.

    Stops once the residual has shrunk to `forcing`, or where the curvature is not positive: what was found until then
    goes downhill.
    """
    left = -steep.first, -steep.second
    step = np.zeros_like(left[0]), np.zeros_like(left[0])
    eased = steep.blocks.solved(*left)
    along = eased
    size = total(left[0] * eased[0] + left[1] * eased[1])
    wanted = forcing * forcing * size
    for _ in range(PRODUCTS_MAX):
        bent = product(work, point, steep, *along)
        curvature = total(along[0] * bent[0] + along[1] * bent[1])
        if curvature <= 0:
            return step if step[0].any() or step[1].any() else along
        length = size / curvature
        step = step[0] + length * along[0], step[1] + length * along[1]
        left = left[0] - length * bent[0], left[1] - length * bent[1]
        eased = steep.blocks.solved(*left)
        before, size = size, total(left[0] * eased[0] + left[1] * eased[1])
        if size <= wanted:
            break
        along = eased[0] + size / before * along[0], eased[1] + size / before * along[1]
    return step


def spread_evenly(n: int, number: int) -> Floats:
    """n fixed numbers between -½ and ½ that fill the interval evenly, another sequence for each `number`."""
    steps = np.arange(1, n + 1, dtype=np.float64) * (EVEN * (number + 1))
    spread: Floats = steps - np.floor(steps) - 0.5
    return spread


def start(work: Work, number: int = 0) -> Point:
    """Intercepts 0, factors evenly spread by canonical number: fixed, and nowhere exactly zero."""
    n = len(work.layout.raters)
    return at(work, np.zeros(n), 2 * START * spread_evenly(n, number))


def sweep(work: Work, point: Point) -> Point:
    """Raters at their best for these notes, factors balanced, then notes for those raters; never uphill."""
    notes = point.notes
    raters = solve_side(work, work.layout.raters, work.rater_ridge(), notes.intercept, notes.factor)
    return at(work, raters.intercept, raters.factor * _balance(work, raters.factor, notes.factor))


def _balance(work: Work, rater_factor: Floats, note_factor: Floats) -> float:
    """What to multiply rater factors by, and divide note factors by, so that both sides' penalties are least together.

    The products stay as they are.  Alternation alone balances them slowly: a half of what is left a sweep.
    """
    of_raters = work.rater_ridge()[1] * total(rater_factor * rater_factor)
    of_notes = work.note_ridge()[1] * total(note_factor * note_factor)
    if not (of_raters > 0 and of_notes > 0):
        return 1.0
    return math.sqrt(math.sqrt(of_notes / of_raters))


def descend(work: Work, point: Point, tolerance: float = TOLERANCE) -> Point:
    """Newton's steps to the minimum in whose valley the point lies."""
    forcing = FORCING_MAX
    for _ in range(NEWTON_STEPS_MAX):
        work.newton_steps += 1
        steep = slope(work, point)
        if steep.size() <= (LOSS_NOISE * tolerance) * work.layout.n_ratings:
            return point
        step = direction(work, point, steep, forcing)
        after = _down(work, point, step)
        if after is None:
            return point
        length = float(max(np.abs(step[0]).max(), np.abs(step[1]).max()))
        full = after[1] == 1.0
        point = after[0]
        # Newton's error is about the square of the step, that of the unfinished linear solve its share of the step.
        if full and length * length + 3 * forcing * length <= tolerance:
            return point
        # The next step's length, from what this one has left; solved just well enough for its own square, or, where it
        # can be the last, for the tolerance.
        expected = max(length * length, 4 * forcing * length, 1e-300)
        forcing = min(FORCING_MAX, max(FORCING_MIN, expected, tolerance / (6 * expected)))
    return point


def follow(work: Work, point: Point, tolerance: float = TOLERANCE) -> Point:
    """From near a minimum to it: sweeps until one moves nothing by more than `tolerance`, or else Newton's steps."""
    for _ in range(SWEEPS_WARM):
        before, point = point, sweep(work, point)
        if _moved(before, point) <= tolerance:
            return point
    return descend(work, point, tolerance)


def _moved(before: Point, after: Point) -> float:
    pairs = (
        (before.intercept, after.intercept),
        (before.factor, after.factor),
        (before.notes.intercept, after.notes.intercept),
        (before.notes.factor, after.notes.factor),
    )
    return max(float(np.abs(one - other).max()) for one, other in pairs)


def _down(work: Work, point: Point, step: tuple[Floats, Floats]) -> tuple[Point, float] | None:
    """The step, halved until the objective does not rise; None where rounding is all that is left."""
    share = 1.0
    while share > 1e-4:
        after = at(work, point.intercept + share * step[0], point.factor + share * step[1])
        if after.loss <= point.loss + LOSS_NOISE:
            return after, share
        share /= 2
    return None
