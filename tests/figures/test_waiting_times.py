"""Waiting times: equal to exact rational arithmetic, ties and all, and the same digits at every run."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.figures.waiting import aalen_johansen, band_at, kaplan_meier, median, median_interval

DAY_S = 86_400


def oracle(seconds, is_end, entry):
    """Kaplan and Meier in fractions: [(time, share that still waits)]."""
    waits, survival = [], Fraction(1)
    for time in sorted({second for second, end in zip(seconds, is_end, strict=True) if end}):
        at_risk = sum(
            second >= time and (came < time or came == 0) for second, came in zip(seconds, entry, strict=True)
        )
        ends = sum(second == time and end for second, end in zip(seconds, is_end, strict=True))
        survival *= Fraction(at_risk - ends, at_risk)
        waits.append((time, survival))
    return waits


def incidence_oracle(seconds, ends, within):
    """Aalen and Johansen in fractions; an end is 0 (not seen), 1 (ours) or 2 (another)."""
    survival, share = Fraction(1), Fraction(0)
    for time in sorted({second for second, end in zip(seconds, ends, strict=True) if end and second <= within}):
        at_risk = sum(second >= time for second in seconds)
        ours = sum(second == time and end == 1 for second, end in zip(seconds, ends, strict=True))
        others = sum(second == time and end == 2 for second, end in zip(seconds, ends, strict=True))
        share += survival * Fraction(ours, at_risk)
        survival *= Fraction(at_risk - ours - others, at_risk)
    return share


def random_sets():
    """500 small sets, many with ties; entries later than the beginning in every third."""
    random = np.random.default_rng(20_261)
    for number in range(500):
        n = int(random.integers(0, 14))
        seconds = random.integers(1, 12, n)
        is_end = random.random(n) < random.choice([0.0, 0.3, 0.7, 1.0])
        entry = random.integers(0, seconds) if number % 3 == 0 and n else np.zeros(n, dtype=np.int64)
        yield seconds, is_end, entry


def test_the_curve_is_that_of_exact_arithmetic_on_500_random_sets():
    halves = 0
    for seconds, is_end, entry in random_sets():
        expected = oracle(seconds.tolist(), is_end.tolist(), entry.tolist())

        curve = kaplan_meier(seconds, is_end, entry)

        assert curve.times.tolist() == [time for time, _ in expected]
        assert curve.survival == pytest.approx([float(share) for _, share in expected], abs=1e-12)
        exact = next((time for time, share in expected if share <= Fraction(1, 2)), None)
        assert median(curve) == exact
        halves += any(share == Fraction(1, 2) for _, share in expected)
    # The case that other software gets wrong came up often enough.
    assert halves >= 20


def test_the_share_with_other_ends_is_that_of_exact_arithmetic_on_500_random_sets():
    random = np.random.default_rng(20_262)
    for _ in range(500):
        n = int(random.integers(1, 14))
        seconds, ends = random.integers(0, 12, n), random.integers(0, 3, n)

        got = aalen_johansen(seconds, ends == 1, ends == 2, within=8)

        assert got.value == pytest.approx(float(incidence_oracle(seconds.tolist(), ends.tolist(), 8)), abs=1e-12)
        assert 0 <= got.interval[0] <= got.value + 1e-15
        assert got.value - 1e-15 <= got.interval[1] <= 1


def test_a_curve_at_exactly_one_half_has_its_median_there():
    """The float of this exact half is 0.5000000000000001; lifelines 0.30.3 goes on to 97."""
    seconds = np.array([7, 8, 9, 20, 27, 35, 44, 53, 55, 75, 87, 87, 97, 107, 194])
    is_end = np.array([1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0], dtype=bool)

    curve = kaplan_meier(seconds, is_end)

    assert dict(oracle(seconds.tolist(), is_end.tolist(), [0] * 15))[75] == Fraction(1, 2)
    assert median(curve) == 75
    assert median_interval(curve) == (9, 107)


def test_where_nobody_was_answered_there_is_no_median():
    curve = kaplan_meier(np.array([5, 6, 7]), np.zeros(3, dtype=bool))

    assert (median(curve), median_interval(curve), curve.last) == (None, (None, None), 7)


def test_of_one_answered_claim_its_time_is_the_median():
    curve = kaplan_meier(np.array([5]), np.ones(1, dtype=bool))

    assert (median(curve), curve.at(4), curve.at(5)) == (5, 1.0, 0.0)


def test_of_no_claim_nothing_is_said():
    curve = kaplan_meier(np.array([], dtype=np.int64), np.array([], dtype=bool))

    assert (median(curve), median_interval(curve), curve.n) == (None, (None, None), 0)
    assert not curve.reaches(1)


def test_an_answer_within_the_same_second_counts_also_beside_a_backlog():
    curve = kaplan_meier(np.array([0, 10, 20]), np.array([True, True, False]), np.array([0, 0, 5]))

    assert curve.times.tolist() == [0, 10]
    assert curve.at(0) == 0.5


def test_what_was_closed_otherwise_is_not_counted_as_still_waiting():
    """Half are closed as not checkable on the first day, the others answered on the second: half were answered."""
    seconds = np.array([DAY_S // 2] * 10 + [DAY_S + 1] * 10)
    is_other = np.array([True] * 10 + [False] * 10)

    share = aalen_johansen(seconds, ~is_other, is_other, within=2 * DAY_S)

    assert share.value == 0.5


@given(
    st.lists(st.tuples(st.integers(0, 50), st.booleans(), st.integers(0, 50)), max_size=30),
    st.randoms(use_true_random=False),
)
def test_the_order_of_claims_moves_nothing(claims, random):
    shuffled = list(claims)
    random.shuffle(shuffled)

    one, other = (
        kaplan_meier(*(np.array([row[place] for row in rows], dtype=kind) for place, kind in enumerate(KINDS)))
        for rows in (claims, shuffled)
    )

    assert one.survival.tobytes() == other.survival.tobytes()
    assert one.variance.tobytes() == other.variance.tobytes()
    assert median_interval(one) == median_interval(other)
    assert band_at(one, 25) == band_at(other, 25)


KINDS = (np.int64, np.bool_, np.int64)


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=30), st.integers(0, 60))
def test_the_band_holds_the_curve(claims, at):
    curve = kaplan_meier(np.array([row[0] for row in claims]), np.array([row[1] for row in claims], dtype=bool))

    low, high = band_at(curve, at)

    assert 0 <= low <= curve.at(at) + 1e-12
    assert curve.at(at) - 1e-12 <= high <= 1
