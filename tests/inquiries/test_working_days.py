"""On which day an answer is due: counted as anybody would with a calendar at the wall."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.desk.inquiries import calendars
from thuchu.desk.inquiries.working_days import (
    DAYS_MAX,
    NoCalendar,
    SpecialDay,
    calendar_of,
    count,
)

YEARS = (2026, 2027)
DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 30))
COUNTS = st.integers(1, DAYS_MAX)
UNITS = st.sampled_from(["working", "calendar"])


def special(day, kind="holiday", name="Lễ"):
    return SpecialDay(day=day, kind=kind, basis="fixed", name_vi=name, name_en="Holiday")


@st.composite
def any_calendar(draw):
    """Some days off anywhere, some weekends that are worked."""
    off = draw(st.sets(DAYS, max_size=40))
    worked = {day for day in draw(st.sets(DAYS, max_size=20)) if day.weekday() >= 5} - off
    found = [special(day) for day in off] + [special(day, "working_weekend") for day in worked]
    # Nothing is due after the last year that is known.
    return calendar_of([*YEARS, 2028], found)


def shipped():
    days = [day for _, path in calendars._shipped_years() for day in calendars.read_holidays(path)]
    return calendar_of(YEARS, days)


@given(DAYS, COUNTS, UNITS, any_calendar())
def test_an_answer_is_never_due_on_a_day_off(start, days, unit, calendar):
    assert not calendar.is_off(count(start, days, unit, calendar).due)


@given(DAYS, COUNTS, any_calendar())
def test_so_many_working_days_are_counted_and_no_more(start, days, calendar):
    due = count(start, days, "working", calendar)

    between = [start + timedelta(days=n) for n in range(1, (due.due - start).days + 1)]
    assert sum(not calendar.is_off(day) for day in between) == days
    assert [each.number for each in due.counted if each.number] == list(range(1, days + 1))
    assert all(calendar.is_off(each.day) == (each.number == 0) for each in due.counted)
    assert due.counted[-1].day == due.due


@given(DAYS, COUNTS, any_calendar())
def test_calendar_days_are_as_long_as_said_and_move_on_from_a_day_off(start, days, calendar):
    due = count(start, days, "calendar", calendar)

    assert due.due >= start + timedelta(days=days)
    after = [start + timedelta(days=n) for n in range(days, (due.due - start).days)]
    assert all(calendar.is_off(day) for day in after)


@given(DAYS, COUNTS, UNITS, any_calendar())
def test_every_day_of_the_way_is_shown_once_and_in_order(start, days, unit, calendar):
    due = count(start, days, unit, calendar)

    assert [each.day for each in due.counted] == [
        start + timedelta(days=n) for n in range(1, (due.due - start).days + 1)
    ]


@given(DAYS, DAYS, COUNTS, COUNTS, UNITS, any_calendar())
def test_later_or_longer_is_never_due_earlier(one, other, fewer, more, unit, calendar):
    (one, other), (fewer, more) = sorted((one, other)), sorted((fewer, more))

    assert count(one, fewer, unit, calendar).due <= count(other, fewer, unit, calendar).due
    assert count(one, fewer, unit, calendar).due <= count(one, more, unit, calendar).due


@given(DAYS, COUNTS, any_calendar(), st.sets(DAYS, max_size=10))
def test_another_day_off_makes_nothing_due_earlier(start, days, calendar, more):
    fuller = calendar_of(calendar.years, [*calendar.special.values(), *map(special, more)])

    assert count(start, days, "working", fuller).due >= count(start, days, "working", calendar).due


def test_five_working_days_over_the_hung_kings_and_the_two_days_after():
    """Friday 24 April 2026: the weekend, a day off in its place, two working days, 30 April and 1 May, a weekend."""
    due = count(date(2026, 4, 24), 5, "working", shipped())

    assert due.due == date(2026, 5, 6)
    off = [(each.day.day, each.why) for each in due.counted if not each.number]
    assert off == [
        (25, "weekend"),
        (26, "holiday"),
        (27, "holiday"),
        (30, "holiday"),
        (1, "holiday"),
        (2, "weekend"),
        (3, "weekend"),
    ]


def test_what_is_asked_before_tet_is_due_after_it():
    assert count(date(2026, 2, 13), 3, "working", shipped()).due == date(2026, 2, 25)
    assert count(date(2027, 2, 4), 1, "working", shipped()).due == date(2027, 2, 12)


def test_calendar_days_that_end_on_a_holiday_end_on_the_next_working_day():
    due = count(date(2026, 4, 24), 6, "calendar", shipped())

    assert due.due == date(2026, 5, 4)
    assert [(each.day.day, each.number, each.why) for each in due.counted[-5:]] == [
        (30, 6, "holiday"),
        (1, 0, "holiday"),
        (2, 0, "weekend"),
        (3, 0, "weekend"),
        (4, 0, "moved"),
    ]


def test_a_weekend_that_is_worked_counts():
    saturday = date(2026, 1, 10)
    calendar = calendar_of([2026], [special(saturday, "working_weekend"), special(date(2026, 1, 2))])

    assert count(date(2026, 1, 9), 1, "working", calendar).due == saturday


def test_a_year_nobody_knows_is_not_guessed():
    with pytest.raises(NoCalendar, match="2028") as missing:
        count(date(2027, 12, 30), 5, "working", shipped())

    assert missing.value.year == 2028


@pytest.mark.parametrize("days", [0, -1, DAYS_MAX + 1])
def test_no_days_or_a_year_of_them_are_not_counted(days):
    with pytest.raises(ValueError, match="days"):
        count(date(2026, 5, 5), days, "working", shipped())


def test_the_years_that_ship_have_the_days_that_the_labour_code_fixes():
    for year in YEARS:
        calendar = shipped()
        for month, day in ((1, 1), (4, 30), (5, 1), (9, 2)):
            assert calendar.special[date(year, month, day)].basis == "fixed"
        tet = [each for each in calendar.special.values() if "Tết Nguyên đán" in each.name_vi and each.day.year == year]
        assert sum("Nghỉ bù" not in each.name_vi for each in tet) == 5
        assert all(each.basis == "expected" for each in tet)
        # A holiday on a weekend is made up: eleven working days are off each year.
        off = [day for day in calendar.special if day.year == year and day.weekday() < 5]
        assert len(off) == 11
