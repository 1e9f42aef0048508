"""Intervals of shares: published examples, and never narrower for things that fare alike."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.figures.exact import text
from thuchu.figures.intervals import Share, newcombe, squares, wilson

shares = st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_wilson_of_newcombes_published_examples():
    """Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3."""
    published = {(81, 263): ("0.2553", "0.3662"), (15, 148): ("0.0624", "0.1605"), (0, 20): ("0.0000", "0.1611")}

    for (part, whole), expected in published.items():
        assert tuple(f"{end:.4f}" for end in wilson(Share(part, whole))) == expected


def test_newcombe_of_his_published_examples():
    """Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10."""
    published = {
        ((56, 70), (48, 80)): ("0.0524", "0.3339"),
        ((9, 10), (3, 10)): ("0.1705", "0.8090"),
        ((10, 10), (0, 20)): ("0.6791", "1.0000"),
    }

    for (one, other), expected in published.items():
        assert tuple(f"{end:.4f}" for end in newcombe(Share(*one), Share(*other))) == expected


def test_forty_alike_submissions_are_worth_one_claim():
    assert Share(40, 40, squares([40])).n_effective == 1
    assert Share(20, 40, squares([1] * 40)).n_effective == 40


@given(shares, st.integers(1, 50))
def test_clusters_never_make_an_interval_narrower(share, size):
    part, whole = share
    sizes = [min(size, whole - done) for done in range(0, whole, size)]

    plain, clustered = wilson(Share(part, whole)), wilson(Share(part, whole, squares(sizes)))

    assert clustered[0] <= plain[0]
    assert clustered[1] >= plain[1]


@given(shares, shares)
def test_a_difference_lies_in_its_interval_and_turns_around_with_its_shares(one, other):
    first, second = Share(*one), Share(*other)

    low, high = newcombe(first, second, "99")

    assert low <= number_of(first.value - second.value) + Decimal("1e-30")
    assert number_of(first.value - second.value) - Decimal("1e-30") <= high
    assert newcombe(second, first, "99") == (high.copy_negate(), low.copy_negate())


def number_of(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


@pytest.mark.parametrize(
    ("part", "whole", "sizes"), [(3, 2, None), (-1, 2, None), (0, 0, None), (1, 4, [1]), (1, 4, [5])]
)
def test_what_is_no_share_is_refused(part, whole, sizes):
    with pytest.raises(ValueError, match="no s"):
        Share(part, whole, squares(sizes) if sizes else None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("0.70946969"), "0.709470"),
        (Decimal("0.5"), "0.500000"),
        (Decimal("96.4"), "96.4000"),
        (1_234_565, "1234560"),
        (Decimal("1234575"), "1234580"),
        (0, "0"),
        (Decimal("-0.00001234565"), "-0.0000123456"),
        (0.1, "0.100000"),
    ],
)
def test_reals_have_six_digits_rounded_half_to_even(value, expected):
    assert text(value) == expected
