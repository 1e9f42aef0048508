"""Yes-or-no marks explained by raters and notes: the published tag models, minimised properly.

A rating's logit is g + b_u + y_n·x_u + c_n·ρ_u: a global intercept, a rater's, factors, and a note's intercept times
the rater's reputation ρ (CONSENSUS sections 6.3 and 6.5).  Newton's method with conjugate gradients from a fixed start,
to a minimum and not to a number of steps; sums run from the first row to the last: the same bits everywhere.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from thuchu.consensus.counting import Counter
from thuchu.consensus.elementary import sigmoid, softplus
from thuchu.consensus.solve import total
from thuchu.consensus.values import Bits, Floats

# Promised less than this part of the objective, a step is too short for the objective to tell: it is taken whole, and
# is the last one.  What is left then is its square.
TOLERANCE = 1e-11
# Tables of a hundred thousand ratings took twenty to thirty.
STEPS_MAX = 200
PRODUCTS_MAX = 300
_HALVINGS_MAX = 40
# A step must lower the objective by this part of what its slope promises.
_DESCENT = 1e-4
_CURVATURE_MIN = 1e-12

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """One row a rating: whose, of what, whether it carries the mark, and how much it weighs."""

    note: Places
    rater: Places
    mark: Floats
    weight: Floats
    n_notes: int
    n_raters: int
    counter: Counter = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Point:
    """Parameters of notes, of raters, and of all."""

    note_factor: Floats
    note_intercept: Floats
    rater_factor: Floats
    rater_intercept: Floats
    reputation: Floats
    global_intercept: float = 0.0

    def flat(self) -> Floats:
        parts = (self.note_factor, self.note_intercept, self.rater_factor, self.rater_intercept, self.reputation)
        return np.concatenate((*parts, [self.global_intercept]))

    def moved(self, flat: Floats) -> "Point":
        y, c, x, b, reputation = _parts(flat, len(self.note_factor), len(self.rater_factor))
        return Point(y, c, x, b, reputation, float(flat[-1]))


def _parts(flat: Floats, n_notes: int, n_raters: int) -> list[Floats]:
    """All parameters but the last, one after the other."""
    ends = np.cumsum([n_notes] * 2 + [n_raters] * 3)
    return list(np.split(flat[:-1], ends[:-1]))


NAMES = ("note_factor", "note_intercept", "rater_factor", "rater_intercept", "reputation", "global_intercept")


@dataclass(frozen=True, slots=True)
class Shape:
    """What is free, and how strongly each free parameter is pulled to zero: ridge times its square, by `NAMES`.

    Of what the rows' loss sums to, not of its mean.
    """

    ridge: dict[str, float]

    def of(self, point: Point) -> tuple[Bits, Floats]:
        free, ridge = [], []
        for name in NAMES:
            length = np.size(getattr(point, name))
            free.append(np.full(length, name in self.ridge))
            ridge.append(np.full(length, self.ridge.get(name, 0.0)))
        return np.concatenate(free), np.concatenate(ridge)


def minimise(marks: Marks, start: Point, shape: Shape) -> Point:
    """The minimum of Σ weight × (softplus(z) - mark × z) + Σ ridge × parameter², downhill from the start."""
    free, ridge = shape.of(start)
    flat = start.flat()
    here = _loss(marks, start.moved(flat), flat, ridge)
    for _ in range(STEPS_MAX):
        local = _Local.at(marks, start.moved(flat))
        gradient = np.where(free, local.gathered(local.error) + 2 * ridge * flat, 0.0)
        curvature = np.maximum(local.diagonal() + 2 * ridge, _CURVATURE_MIN)
        step = _direction(local, gradient, ridge, curvature, free)
        slope, length = total(gradient * step), 1.0
        if -slope <= TOLERANCE * here:
            return start.moved(flat + step)
        for _ in range(_HALVINGS_MAX):
            there = _loss(marks, start.moved(flat + length * step), flat + length * step, ridge)
            if there <= here + _DESCENT * length * slope:
                break
            length /= 2
        flat, here = flat + length * step, there
    return start.moved(flat)


def loss_and_slope(marks: Marks, point: Point, flat: Floats, ridge: Floats) -> tuple[float, Floats]:
    """The objective at a point, and its gradient in all parameters, free or not."""
    local = _Local.at(marks, point)
    return _loss(marks, point, flat, ridge), local.gathered(local.error) + 2 * ridge * flat


def _loss(marks: Marks, point: Point, flat: Floats, ridge: Floats) -> float:
    z = _logits(marks, point)
    return total(marks.weight * (softplus(z) - marks.mark * z)) + total(ridge * flat * flat)


def _logits(marks: Marks, point: Point) -> Floats:
    note, rater = marks.note, marks.rater
    z = point.note_factor[note] * point.rater_factor[rater] + point.note_intercept[note] * point.reputation[rater]
    answer: Floats = z + point.rater_intercept[rater] + point.global_intercept
    return answer


@dataclass(frozen=True, slots=True)
class _Local:
    """The objective near a point, row by row: its slope and curvature in the logit, and the point's own parameters.

    notes, raters  (n, 2) factors and intercepts, factors and reputations
    """

    marks: Marks
    error: Floats
    bend: Floats
    notes: Floats
    raters: Floats
    y: Floats
    c: Floats
    x: Floats
    reputation: Floats

    @classmethod
    def at(cls, marks: Marks, point: Point) -> "_Local":
        likely = sigmoid(_logits(marks, point))
        return cls(
            marks,
            marks.weight * (likely - marks.mark),
            marks.weight * likely * (1 - likely),
            np.stack((point.note_factor, point.note_intercept), axis=1),
            np.stack((point.rater_factor, point.reputation), axis=1),
            point.note_factor[marks.note],
            point.note_intercept[marks.note],
            point.rater_factor[marks.rater],
            point.reputation[marks.rater],
        )

    def gathered(self, each: Floats) -> Floats:
        """What a slope in each row's logit is in the parameters."""
        return self._sums(each * self.x, each * self.reputation, each * self.y, each, each * self.c, each)

    def diagonal(self) -> Floats:
        bend = self.bend
        return self._sums(
            bend * self.x * self.x,
            bend * self.reputation * self.reputation,
            bend * self.y * self.y,
            bend,
            bend * self.c * self.c,
            bend,
        )

    def product(self, step: Floats) -> Floats:
        """The curvature times a step, that of the products of parameters included; compiled where Numba is."""
        marks = self.marks
        kernels = marks.counter.compiled
        if kernels is not None:
            of_notes, of_raters, bent = kernels.logistic_product(
                marks.note, marks.rater, self.error, self.bend, self.notes, self.raters, step, float(step[-1])
            )
            return np.concatenate((of_notes.T.reshape(-1), of_raters.T.reshape(-1), [total(bent)]))
        y, c, x, b, reputation = _parts(step, marks.n_notes, marks.n_raters)
        y, c, x, reputation = y[marks.note], c[marks.note], x[marks.rater], reputation[marks.rater]
        z = y * self.x + self.y * x + c * self.reputation + self.c * reputation + b[marks.rater] + step[-1]
        bent = self.bend * z
        return self._sums(
            bent * self.x + self.error * x,
            bent * self.reputation + self.error * reputation,
            bent * self.y + self.error * y,
            bent,
            bent * self.c + self.error * c,
            bent,
        )

    def _sums(self, y: Floats, c: Floats, x: Floats, b: Floats, reputation: Floats, g: Floats) -> Floats:
        marks = self.marks
        return np.concatenate(
            [np.bincount(marks.note, weights=part, minlength=marks.n_notes) for part in (y, c)]
            + [np.bincount(marks.rater, weights=part, minlength=marks.n_raters) for part in (x, b, reputation)]
            + [np.array([total(g)])]
        )


def _direction(local: _Local, gradient: Floats, ridge: Floats, curvature: Floats, free: Bits) -> Floats:
    """Downhill by conjugate gradients; where the curvature turns negative, as far as they came."""
    step = np.zeros_like(gradient)
    left = -gradient
    ahead = left / curvature
    along = ahead
    size = total(left * ahead)
    goal = size * min(0.1, size) ** 2
    for number in range(PRODUCTS_MAX):
        bent = np.where(free, local.product(along) + 2 * ridge * along, 0.0)
        bending = total(along * bent)
        if bending <= _CURVATURE_MIN * total(along * along):
            return along if number == 0 else step
        length = size / bending
        step = step + length * along
        left = left - length * bent
        ahead = left / curvature
        before, size = size, total(left * ahead)
        if size <= goal:
            break
        along = ahead + (size / before) * along
    return step


def started(n_notes: int, rater_factor: Floats) -> Point:
    """Everything at zero but the raters' factors, and reputations of one."""
    nothing = np.zeros(n_notes)
    return Point(nothing, nothing, rater_factor, np.zeros_like(rater_factor), np.ones_like(rater_factor))


def with_weight(marks: Marks, weight: Floats) -> Marks:
    return replace(marks, weight=weight)
