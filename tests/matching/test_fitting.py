"""Probabilities fitted to what came true, and the threshold from which a desk dares."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.matching.fitting import answer_threshold, fit_logistic, sigmoid


def drawn(n: int, weights: np.ndarray, constant: float) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(5)
    seen = chance.normal(size=(n, len(weights)))
    right = chance.random(n) < sigmoid(seen @ weights + constant)
    return seen, right.astype(np.float64)


def test_it_finds_the_curve_that_the_outcomes_were_drawn_from() -> None:
    seen, right = drawn(50_000, np.array([1.5, -0.7]), 0.4)

    weights, constant = fit_logistic(seen, right, np.ones(len(seen)), pull=0.1)

    assert weights == pytest.approx([1.5, -0.7], abs=0.05)
    assert constant == pytest.approx(0.4, abs=0.05)


def test_few_outcomes_move_a_start_little_and_many_move_it_far() -> None:
    start = np.array([0.0, 0.0]), 0.0
    few, few_right = drawn(20, np.array([2.0, -2.0]), 0.0)
    many, many_right = drawn(20_000, np.array([2.0, -2.0]), 0.0)

    moved_little, _ = fit_logistic(few, few_right, np.ones(20), 30.0, start)
    moved_far, _ = fit_logistic(many, many_right, np.ones(20_000), 30.0, start)

    assert abs(moved_little[0]) < 0.5
    assert moved_far == pytest.approx([2.0, -2.0], abs=0.15)


def test_a_start_that_fits_stays_where_it_is() -> None:
    seen, right = drawn(50_000, np.array([1.0]), -1.0)

    weights, constant = fit_logistic(seen, right, np.ones(len(seen)), 30.0, (np.array([1.0]), -1.0))

    assert weights == pytest.approx([1.0], abs=0.05)
    assert constant == pytest.approx(-1.0, abs=0.05)


def threshold(probability: list[float], right: list[bool], there: list[bool], **aims: float) -> float:
    aims = {"precision": 0.97, "false_answers": 0.01, **aims}
    return answer_threshold(np.array(probability), np.array(right), np.array(there), np.ones(len(probability)), **aims)


def test_without_a_hundred_messages_nobody_dares() -> None:
    assert threshold([0.99, 0.98, 0.02], [True, True, False], [True, True, False]) == 1.0


def test_it_goes_down_to_where_wrong_answers_begin() -> None:
    probability = [0.9] * 200 + [0.5] * 50 + [0.1] * 250
    right = [True] * 200 + [False] * 50 + [False] * 250
    there = [True] * 250 + [False] * 250

    assert threshold(probability, right, there) == 0.9


def test_false_answers_hold_it_back_though_precision_would_not() -> None:
    probability = [0.9] * 500 + [0.8] * 5 + [0.1] * 495
    right = [True] * 500 + [False] * 500
    there = [True] * 500 + [False] * 500

    assert threshold(probability, right, there) == 0.9
    assert threshold(probability, right, there, false_answers=0.02) == 0.8


@given(
    st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.7, 0.9]), st.booleans(), st.booleans()), min_size=1, max_size=400)
)
@settings(max_examples=200)
def test_whatever_was_seen_the_aims_hold_above_it(rows: list[tuple[float, bool, bool]]) -> None:
    probability = np.array([p for p, _, _ in rows])
    there = np.array([t for _, _, t in rows])
    right = np.array([r and t for _, r, t in rows])

    found = answer_threshold(probability, right, there, np.ones(len(rows)), 0.9, 0.1)

    answered = probability >= found
    if answered.any():
        assert right[answered].mean() >= 0.9
        assert (answered & ~there).sum() <= 0.1 * (~there).sum()
