"""Fitting probabilities to what came true: shared by the script that fits what ships and by a desk that learns."""

import numpy as np
import numpy.typing as npt

from thuchu.matching.scoring import Floats

Flags = npt.NDArray[np.bool_]

_ROUNDS_MAX = 50
_STEP_MIN = 1e-8
# Wrong answers added to those seen: what was not seen among some hundred messages may still come.
_UNSEEN = 1.0


def fit_logistic(
    seen: Floats, right: Floats, worth: Floats, pull: float, start: tuple[Floats, float] | None = None
) -> tuple[Floats, float]:
    """Weights and constant at the greatest penalised likelihood (Newton's method).

    seen   (n, k) a row a message · right (n,) 0 or 1 · worth (n,) what each row counts
    pull   ridge, in units of each column's spread: towards nothing, or towards `start` (weights and constant)
    """
    middle, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-9
    scaled = np.column_stack(((seen - middle) / spread, np.ones(len(seen))))
    penalty = np.full(scaled.shape[1], pull)
    penalty[-1] = pull if start else 1e-6
    origin = np.append(start[0] * spread, start[1] + start[0] @ middle) if start else np.zeros(scaled.shape[1])
    weights = origin.copy()
    for _ in range(_ROUNDS_MAX):
        probability = sigmoid(scaled @ weights)
        gradient = scaled.T @ (worth * (probability - right)) + penalty * (weights - origin)
        bend = (scaled * (worth * probability * (1 - probability))[:, None]).T @ scaled + np.diag(penalty)
        step = np.linalg.solve(bend, gradient)
        weights = weights - step
        if np.abs(step).max() < _STEP_MIN:
            break
    logistic: Floats = weights[:-1] / spread
    return logistic, float(weights[-1] - logistic @ middle)


def sigmoid(logit: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(logit, -30.0, 30.0)))


def answer_threshold(
    probability: Floats, right: Flags, there: Flags, worth: Floats, precision: float, false_answers: float
) -> float:
    """The lowest probability from which answers keep both aims, one unseen wrong answer counted in; 1 where none does.

    right  (n,) whether the first candidate answers the message · there (n,) whether its document was there at all
    """
    order = np.argsort(-probability, kind="stable")
    worth, right, there = worth[order], right[order], there[order]
    answers, wrong = np.cumsum(worth), np.cumsum(worth * ~right) + _UNSEEN
    false = np.cumsum(worth * ~there) + _UNSEEN
    precise = wrong <= (1 - precision) * (answers + _UNSEEN)
    quiet = false <= false_answers * worth[~there].sum()
    # Between two equal probabilities no threshold can be drawn.
    last_of_equals = np.append(np.diff(probability[order]) < 0, True)
    fine = np.flatnonzero(precise & quiet & last_of_equals)
    return float(probability[order][fine[-1]]) if len(fine) else 1.0
