"""Frozen figures judge: met, not met, or can't tell where the interval holds the target."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.desk.claims.models import Area
from thuchu.desk.commitments.judging import judge_all
from thuchu.desk.commitments.models import Judgement, Update
from thuchu.desk.ledger.reads import newest_of
from thuchu.figures import Figure, Period, Snapshot
from thuchu.figures.judging import judge

QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1))


def figure(value, low=None, high=None):
    has_interval = low is not None or high is not None
    return Figure(
        key="wait_median",
        klass="public",
        value=value,
        unit="seconds",
        ci_low=low,
        ci_high=high,
        level="95" if has_interval else None,
        method="kaplan_meier",
        base="b" * 64,
    )


def snapshot(*figures):
    return Snapshot(
        review="2026-q4",
        period=QUARTER,
        ledger_number=9,
        ledger_hash="c" * 64,
        definitions="2026-11",
        code="0",
        area_tree="d" * 64,
        figures=figures,
        tables={},
    )


@pytest.mark.parametrize(
    ("comparator", "seen", "outcome"),
    [
        ("at_most", ("80", "70", "90"), "met"),
        ("at_most", ("120", "110", "130"), "not_met"),
        ("at_most", ("80", "70", "100"), "met"),
        ("at_most", ("110", "100", "130"), "cant_tell"),
        ("at_most", ("80", "70", "110"), "cant_tell"),
        ("at_most", ("120", "110", None), "not_met"),
        ("at_most", ("95", "90", None), "cant_tell"),
        ("at_most", ("100", None, None), "met"),
        ("at_most", ("101", None, None), "not_met"),
        ("at_least", ("120", "110", "130"), "met"),
        ("at_least", ("80", "70", "90"), "not_met"),
        ("at_least", ("110", "100", "130"), "met"),
        ("at_least", ("90", "80", "100"), "cant_tell"),
        ("at_least", ("100", None, None), "met"),
        ("at_least", ("99.999999", None, None), "not_met"),
        ("at_least", ("120", "110", None), "met"),
        ("at_least", (None, None, None), "cant_tell"),
    ],
)
def test_a_figure_and_its_interval_are_held_against_the_target(comparator, seen, outcome):
    assert judge(figure(*seen), comparator, "100") == outcome


def test_a_figure_that_is_not_there_says_nothing():
    assert judge(None, "at_most", "100") == "cant_tell"


numbers = st.fractions(min_value=0, max_value=1_000, max_denominator=100).map(lambda each: round(float(each), 6))


@given(st.tuples(numbers, numbers, numbers).map(sorted), numbers)
def test_a_verdict_on_a_target_holds_for_every_value_of_the_interval(ends, aim):
    low, value, high = map(str, ends)
    within = [Fraction(each) for each in (low, value, high)]

    most, least = (judge(figure(value, low, high), way, str(aim)) for way in ("at_most", "at_least"))

    aim = Fraction(str(aim))
    assert (most == "met") == all(each <= aim for each in within)
    assert (most == "not_met") == all(each > aim for each in within)
    assert (least == "met") == all(each >= aim for each in within)
    assert (least == "not_met") == all(each < aim for each in within)


def test_a_figure_of_an_area_is_judged_by_that_areas_own(desk):
    Area.objects.create(code="c1", name_vi="An Bình", name_en="An Binh", kind="country", valid_from=date(2025, 7, 1))
    desk.review("2026-q4", date(2026, 10, 1), date(2027, 1, 1), state="frozen")
    number = desk.agree(measure="figure", figure="coverage_area", target="80", area="c1", due_on=date(2026, 12, 20))
    share = replace(figure("0.9", "0.85", "0.95"), key="coverage_area", unit="share")
    low = replace(share, value="0.2", ci_low="0.1", ci_high="0.3", area="c2")

    outcomes = judge_all("2026-q4", snapshot(low, replace(share, area="c1")), now=datetime(2027, 1, 5, tzinfo=UTC))

    assert outcomes == {number: "met"}


def test_a_figure_that_is_met_ends_its_commitment_on_the_day_it_was_due(desk):
    quarter = desk.review("2026-q4", date(2026, 10, 1), date(2027, 1, 1), state="frozen")
    due, later = desk.agree_on_figure(due_on=date(2026, 12, 20)), desk.agree_on_figure(due_on=date(2027, 1, 1))
    desk.now = datetime(2027, 1, 5, tzinfo=UTC)

    outcomes = judge_all(quarter.slug, snapshot(figure("79200", "70000", "86000")), now=desk.now)

    assert outcomes == {due: "met"}
    assert (desk.row(due).state, desk.row(later).state) == ("confirmed", "agreed")
    entries = newest_of(["commitment.judged", "commitment.confirmed"], limit=2)
    assert [(each.kind, dict(each.body)) for each in entries] == [
        ("commitment.confirmed", {"on": "2026-12-20", "by_role": "figure"}),
        ("commitment.judged", {"outcome": "met", "review": "2026-q4"}),
    ]
    assert len(Judgement.objects.get().snapshot) == 64


@pytest.mark.parametrize(("key", "part", "target"), [("inquiries", "sent", "3"), ("practice", "last_ten", "60")])
def test_a_target_on_a_figure_of_parts_is_held_against_one_of_them(desk, key, part, target):
    desk.review("2026-q4", date(2026, 10, 1), date(2027, 1, 1), state="frozen")
    number = desk.agree_on_figure(figure=key, target=target, due_on=date(2026, 12, 20))
    other, meant = (replace(figure(value), key=key, part=name) for value, name in (("0", "other"), ("4", part)))

    assert judge_all("2026-q4", snapshot(other, meant), now=desk.now) == {number: "met"}


def test_what_was_met_a_quarter_late_was_done_on_that_quarters_last_day(desk):
    desk.review("2026-q4", date(2026, 10, 1), date(2027, 1, 1), state="frozen")
    number = desk.agree_on_figure(due_on=date(2026, 12, 20))
    desk.now = datetime(2027, 1, 5, tzinfo=UTC)
    assert judge_all("2026-q4", snapshot(figure("99000", "90000", "110000")), now=desk.now) == {number: "not_met"}
    assert desk.row(number).state == "agreed"

    desk.review("2027-q1", date(2027, 1, 1), date(2027, 4, 1), state="frozen")
    desk.now = datetime(2027, 4, 5, tzinfo=UTC)
    judge_all("2027-q1", snapshot(figure("60000", "50000", "70000")), now=desk.now)

    assert Update.objects.latest("pk").on == date(2027, 3, 31)


def test_a_figure_that_is_not_met_takes_a_report_back(desk):
    desk.review("2026-q4", date(2026, 10, 1), date(2027, 1, 1), state="frozen")
    number = desk.agree_on_figure(due_on=date(2026, 12, 20))
    desk.report(number)

    judge_all("2026-q4", snapshot(figure("99000", "90000", "110000")), now=desk.now)

    assert desk.row(number).state == "under_way"


def test_judging_twice_is_judging_once(desk):
    desk.review("2026-q4", date(2026, 10, 1), date(2027, 1, 1), state="frozen")
    number = desk.agree_on_figure(due_on=date(2026, 12, 20))

    assert judge_all("2026-q4", snapshot(), now=desk.now) == {number: "cant_tell"}
    assert judge_all("2026-q4", snapshot(figure("1")), now=desk.now) == {}

    assert desk.row(number).state == "agreed"


def test_a_deliverable_is_no_figures_matter(desk):
    desk.review("2026-q4", date(2026, 10, 1), date(2027, 1, 1), state="frozen")
    desk.agree(due_on=date(2026, 12, 20))

    assert judge_all("2026-q4", snapshot(figure("1")), now=desk.now) == {}


def test_an_unknown_review_judges_nothing(desk):
    with pytest.raises(LookupError):
        judge_all("2030-q1", snapshot(), now=desk.now)
