"""On which day an answer is due, counted so that anybody can count along: plain Python, the calendar is an argument.

The day from which it is counted is no day of the count: the next one is the first.  In working days those off are
passed over; in calendar days every day counts, and an end on a day off moves to the next working day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

HOLIDAY, WORKING_WEEKEND = "holiday", "working_weekend"
KINDS = (HOLIDAY, WORKING_WEEKEND)
# Days that a calendar says for sure, and days that stand there as they are expected to be announced.
FIXED, EXPECTED = "fixed", "expected"
BASES = (FIXED, EXPECTED)
# Three months: longer is no answer that somebody with a doubtful message waits for.
DAYS_MAX = 60
_SATURDAY = 5
_ONE = timedelta(days=1)

Unit = Literal["working", "calendar"]
WORKING: Unit = "working"
CALENDAR: Unit = "calendar"
UNITS: tuple[Unit, ...] = (WORKING, CALENDAR)
# Why a day stands in a count as it does: it counts, or it is off, or the count was over and it is the day moved to.
Why = Literal["", "weekend", "holiday", "working_weekend", "moved"]


class NoCalendar(LookupError):
    """Nobody said which days are off in that year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the calendar has no year {year}; load one with `thuchu holidays load FILE`")
        self.year = year


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A day off that is no weekend, or a weekend's day on which offices work."""

    day: date
    kind: str
    name_vi: str
    name_en: str
    basis: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days offices work: of these years, and of no others."""

    years: frozenset[int]
    special: Mapping[date, SpecialDay]

    def why(self, day: date) -> Why:
        """Why a day counts or doesn't: "" and "working_weekend" do; raises NoCalendar."""
        if day.year not in self.years:
            raise NoCalendar(day.year)
        found = self.special.get(day)
        if found is not None:
            return "holiday" if found.kind == HOLIDAY else "working_weekend"
        return "weekend" if day.weekday() >= _SATURDAY else ""

    def is_off(self, day: date) -> bool:
        """Is it a day on which offices don't work? Raises NoCalendar."""
        return self.why(day) in ("weekend", "holiday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One day of a count: its number in it, 0 for one that was passed over or moved to, and why."""

    day: date
    number: int
    why: Why
    name_vi: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day that an answer is due on, with every day of the way there."""

    start: date
    days: int
    unit: Unit
    due: date
    counted: tuple[Counted, ...]


def calendar_of(years: Iterable[int], days: Iterable[SpecialDay]) -> Calendar:
    """The calendar of those years with those special days; what lies outside them is left out."""
    known = frozenset(years)
    return Calendar(known, {each.day: each for each in days if each.day.year in known})


def count(start: date, days: int, unit: Unit, calendar: Calendar) -> Due:
    """The day that is `days` after `start`, and the way there.

    raises  ValueError for less than one day or more than DAYS_MAX, NoCalendar for a year that nobody loaded
    """
    if not 1 <= days <= DAYS_MAX:
        raise ValueError(f"{days} days: 1 to {DAYS_MAX} are counted")
    way: list[Counted] = []
    day, number = start, 0
    while number < days:
        day += _ONE
        counts = unit == CALENDAR or not calendar.is_off(day)
        number += counts
        way.append(_counted(day, number if counts else 0, calendar))
    while calendar.is_off(day):
        day += _ONE
        moved = _counted(day, 0, calendar)
        way.append(moved if calendar.is_off(day) else _moved_to(moved))
    return Due(start=start, days=days, unit=unit, due=day, counted=tuple(way))


def _counted(day: date, number: int, calendar: Calendar) -> Counted:
    found = calendar.special.get(day)
    names = (found.name_vi, found.name_en) if found else ("", "")
    return Counted(day=day, number=number, why=calendar.why(day), name_vi=names[0], name_en=names[1])


def _moved_to(way: Counted) -> Counted:
    return Counted(day=way.day, number=0, why="moved", name_vi=way.name_vi, name_en=way.name_en)
