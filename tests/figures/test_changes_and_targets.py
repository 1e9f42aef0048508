"""What is said of a change, and of a target: only what the figures can carry."""

from datetime import date

import pytest

from thuchu.figures.audit import pick
from thuchu.figures.change import (
    COUNTED,
    FELL,
    NO_CLEAR_DIFFERENCE,
    NOT_COMPARABLE,
    ROSE,
    TOO_FEW,
    change,
    changes,
)
from thuchu.figures.definitions import DEFINITIONS
from thuchu.figures.judging import CANT_TELL, MET, NOT_MET, NoTarget, judge, require_target
from thuchu.figures.making import Maker
from thuchu.figures.period import Period
from thuchu.figures.snapshot import Figure, Snapshot
from thuchu.figures.tables import BaseTable

FIRST, SECOND = Period(date(2026, 1, 1), date(2026, 4, 1)), Period(date(2026, 4, 1), date(2026, 7, 1))
BASE = BaseTable.of("waits", ("entry", "seconds", "end"), [])


def share(number, whole, squares=None, key="answered_share", **more):
    return Maker(DEFINITIONS[key], BASE).share(number, whole, squares, **more)


def said(before, after):
    return change(before, after, FIRST, SECOND).word


def test_five_points_in_sixty_are_no_clear_difference():
    assert said(share(30, 60), share(33, 60)) == NO_CLEAR_DIFFERENCE
    assert said(share(30, 60), share(48, 60)) == ROSE
    assert said(share(48, 60), share(30, 60)) == FELL


def test_a_storm_of_one_message_is_no_change():
    """The same shares; but the submissions of a hundred came to five claims."""
    assert said(share(300, 600), share(480, 600)) == ROSE
    assert said(share(300, 600, 5 * 120**2), share(480, 600, 5 * 120**2)) == NO_CLEAR_DIFFERENCE


def test_of_fewer_than_ten_nothing_is_said():
    assert said(share(3, 9), share(90, 100)) == TOO_FEW
    assert said(None, share(90, 100)) == TOO_FEW


def waiting(value, low, high, note=""):
    return Figure(
        key="wait_median",
        klass="public",
        unit="seconds",
        value=value,
        ci_low=low,
        ci_high=high,
        level="95",
        method="kaplan_meier",
        note=note,
        base="00",
    )


def test_a_waiting_time_is_longer_where_the_quotient_says_so():
    assert said(waiting("3600", "3000", "4200"), waiting("7200", "6300", "8100")) == ROSE
    assert said(waiting("3600", "1800", "7000"), waiting("7200", "4000", "14000")) == NO_CLEAR_DIFFERENCE
    assert said(waiting("3600", "3000", "4200"), waiting("9000", "8000", None, "more_than")) == TOO_FEW


def count(value, key="claims_new", n_effective=None):
    return Figure(
        key=key, klass="public", unit="count", value=str(value), method="count", n_effective=n_effective, base="00"
    )


def test_what_comes_more_often_is_told_from_chance():
    assert said(count(100), count(110)) == NO_CLEAR_DIFFERENCE
    assert said(count(100), count(160)) == ROSE
    assert said(count(1000, "asked", "40"), count(1600, "asked", "50")) == NO_CLEAR_DIFFERENCE
    assert said(count(9), count(90)) == TOO_FEW


def test_a_census_is_told_as_it_is():
    found = change(count(4, "order"), count(7, "order"), FIRST, SECOND)

    assert (found.word, found.difference) == (COUNTED, "3.00000")


def snapshot(*figures, tree="aa", definitions="1", period=FIRST):
    return Snapshot(
        review="x",
        period=period,
        ledger_number=1,
        ledger_hash="00",
        definitions=definitions,
        code="1",
        area_tree=tree,
        figures=figures,
    )


def test_across_a_reform_of_areas_nothing_is_compared_without_a_mapping():
    old = snapshot(share(50, 100, key="coverage_area", area="quan-1"), tree="aa")
    new = snapshot(share(90, 100, key="coverage_area", area="phuong-9"), tree="bb", period=SECOND)

    assert [found.word for _, found in changes(old, new)] == [NOT_COMPARABLE]
    assert [found.word for _, found in changes(old, new, {"quan-1": "phuong-9"})] == [ROSE]


def test_a_figure_that_meant_something_else_is_not_compared():
    old, new = snapshot(share(50, 100), definitions="1"), snapshot(share(90, 100), definitions="2", period=SECOND)

    assert [found.word for _, found in changes(old, new)] == [NOT_COMPARABLE]


@pytest.mark.parametrize(
    ("low", "value", "high", "target", "expected"),
    [
        ("3000", "3600", "4200", "4200", MET),
        ("3000", "3600", "4200", "2999", NOT_MET),
        ("3000", "3600", "4200", "3600", CANT_TELL),
        ("3000", "3600", None, "9999999", CANT_TELL),
        ("3000", "3600", None, "2000", NOT_MET),
    ],
)
def test_a_target_is_met_where_the_whole_interval_meets_it(low, value, high, target, expected):
    assert judge(waiting(value, low, high), "at_most", target) == expected


def test_where_there_is_no_figure_nobody_can_tell():
    assert judge(None, "at_most", "1") == CANT_TELL
    assert judge(share(3, 5, key="before_deadline"), "at_least", "0.5") == CANT_TELL


@pytest.mark.parametrize("key", ["raters", "sources", "fate", "answered_share", "claims_closed", "retention", "order"])
def test_no_target_is_set_on_volumes_verdicts_or_publishers(key):
    with pytest.raises(NoTarget, match=f"{key}: a commitment may be measured by wait_median"):
        require_target(key, "at_least", "1")


@pytest.mark.parametrize(("comparator", "target"), [("at_least", "3600"), ("at_most", "soon"), ("at_most", "NaN")])
def test_a_target_that_makes_no_sense_is_refused(comparator, target):
    with pytest.raises(NoTarget):
        require_target("wait_median", comparator, target)


def test_which_answers_are_audited_depends_on_the_salt_and_on_nothing_else():
    answers, one, other = list(range(1, 1000)), "ab" * 32, "cd" * 32

    picked = pick({one: answers})

    assert (len(picked), len(set(picked))) == (100, 100)
    assert pick({one: answers[::-1]}) == picked
    assert pick({other: answers}) != picked
    assert pick({one: answers[:7]}) == answers[:7]
    assert set(pick({one: answers}, 10)) < set(picked)


def test_of_two_weeks_as_many_are_picked_as_each_has_answers():
    busy, quiet = range(1, 9001), range(9001, 10001)

    picked = pick({"ab" * 32: busy, "cd" * 32: quiet})

    assert 82 <= sum(each <= 9000 for each in picked) <= 97
    assert len(picked) == 100
