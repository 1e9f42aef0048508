"""Which days offices work: the years that ship with us, and those a desk loaded in their place.

Tết is announced yearly, and so are days worked in exchange; so a year is data, and one that isn't here is said to be
missing rather than guessed (`missing_year`).
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from thuchu.desk.inquiries import refusals
from thuchu.desk.inquiries.models import NAME_CHARS_MAX, CalendarDay, CalendarYear
from thuchu.desk.inquiries.working_days import (
    BASES,
    KINDS,
    WORKING_WEEKEND,
    Calendar,
    Due,
    NoCalendar,
    SpecialDay,
    Unit,
    calendar_of,
    count,
)
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.wording import day_in_viet_nam
from thuchu.text.forms import normalise

COLUMNS = ("date", "kind", "basis", "name_vi", "name_en")
# A year has some twenty; a file of more than a few years is another file.
ROWS_MAX = 500
# Years that a desk may speak of; others are a slip of the finger.
YEARS = range(2020, 2100)
# From then on the next year's is wanted: what is asked in December is due in January.
WANTED_FROM_MONTH = 11
_SHIPPED = Path(__file__).with_name("holidays")
_SATURDAY = 5


class BadHolidays(ValueError):
    """A file that was not loaded: every line that is wrong, with its column, and what is wanted."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedHolidays:
    """The years that a file brought, and how many days."""

    years: tuple[int, ...]
    days: int


def load_holidays(path: Path, *, now: datetime) -> LoadedHolidays:
    """Take a file's years in place of those there were; days that were reckoned before stay as they were.

    raises  BadHolidays with every wrong line: nothing of the file is loaded then; OSError when it can't be read
    """
    days = read_holidays(path)
    years = sorted({each.day.year for each in days})
    said = digest("\n".join(f"{each.day} {each.kind} {each.basis} {each.name_vi} {each.name_en}" for each in days))
    with transaction.atomic():
        CalendarYear.objects.filter(year__in=years).delete()
        CalendarYear.objects.bulk_create(CalendarYear(year=year, loaded_at=now) for year in years)
        CalendarDay.objects.bulk_create(
            CalendarDay(
                year_id=each.day.year,
                day=each.day,
                kind=each.kind,
                basis=each.basis,
                name_vi=each.name_vi,
                name_en=each.name_en,
            )
            for each in days
        )
        append("holidays.loaded", "holidays", {"years": list(years), "days": len(days), "digest": said}, now=now)
    return LoadedHolidays(years=tuple(years), days=len(days))


def calendar() -> Calendar:
    """Every year that is here: the desk's own, and of the others those that ship with us."""
    own = set(CalendarYear.objects.values_list("year", flat=True))
    shipped = {year: path for year, path in _shipped_years() if year not in own}
    days = [
        SpecialDay(day=row.day, kind=row.kind, basis=row.basis, name_vi=row.name_vi, name_en=row.name_en)
        for row in CalendarDay.objects.order_by("day")
    ]
    for path in shipped.values():
        days += read_holidays(path)
    return calendar_of([*own, *shipped], days)


def due_after(start: date, days: int, unit: Unit) -> Due:
    """The day on which an answer is due, by the calendar that is here; raises CalendarMissing."""
    try:
        return count(start, days, unit, calendar())
    except NoCalendar as missing:
        raise refusals.CalendarMissing(year=missing.year) from None


def missing_year(*, now: datetime) -> int | None:
    """The first year whose holidays are wanted by now and aren't here; None when all is well."""
    today = day_in_viet_nam(now)
    wanted = [today.year, *([today.year + 1] if today.month >= WANTED_FROM_MONTH else [])]
    known = {year for year, _ in _shipped_years()} | set(CalendarYear.objects.values_list("year", flat=True))
    return next((year for year in wanted if year not in known), None)


def read_holidays(path: Path) -> list[SpecialDay]:
    """A file's days in order; raises BadHolidays, OSError."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = [(number, line) for number, line in enumerate(file, 1) if line.strip() and not line.startswith("#")]
    if not lines:
        raise BadHolidays([f"the file is empty; its first line names the columns: {','.join(COLUMNS)}"])
    number, head = lines[0]
    names = [name.strip() for name in next(csv.reader([head]), [])]
    if names != list(COLUMNS):
        raise BadHolidays([f"line {number}: the columns are {','.join(names)[:200]}; wanted: {','.join(COLUMNS)}"])
    if len(lines) - 1 > ROWS_MAX:
        raise BadHolidays([f"the file has {len(lines) - 1} days, {ROWS_MAX} are read at most"])
    wrong: list[str] = []
    found: dict[date, tuple[int, SpecialDay]] = {}
    for number, line in lines[1:]:
        try:
            day = _day([normalise(cell) for cell in next(csv.reader([line]), [])])
        except (ValueError, csv.Error) as error:
            wrong.append(f"line {number}, {error}")
            continue
        if day.day in found:
            wrong.append(f"line {number}, column date: {day.day} stands on line {found[day.day][0]} already")
        found.setdefault(day.day, (number, day))
    if wrong or not found:
        raise BadHolidays(wrong or ["the file names its columns, but no day"])
    return [day for _, (_, day) in sorted(found.items())]


def _day(cells: Sequence[str]) -> SpecialDay:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"all columns: {len(cells)} cells, {len(COLUMNS)} are wanted: {','.join(COLUMNS)}")
    text, kind, basis, name_vi, name_en = cells
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"column date: “{text[:60]}”, wanted is a day such as 2027-04-30") from None
    if day.year not in YEARS:
        raise ValueError(f"column date: {day}, wanted is a year from {YEARS[0]} to {YEARS[-1]}")
    for column, value, allowed in (("kind", kind, KINDS), ("basis", basis, BASES)):
        if value not in allowed:
            raise ValueError(f"column {column}: “{value[:60]}”, wanted is {' or '.join(allowed)}")
    if kind == WORKING_WEEKEND and day.weekday() < _SATURDAY:
        raise ValueError(f"column kind: {day} is no Saturday or Sunday, so that it is worked anyway")
    for column, value in (("name_vi", name_vi), ("name_en", name_en)):
        if not 1 <= len(value) <= NAME_CHARS_MAX:
            raise ValueError(f"column {column}: {len(value)} characters, 1 to {NAME_CHARS_MAX} are wanted")
    return SpecialDay(day=day, kind=kind, basis=basis, name_vi=name_vi, name_en=name_en)


def _shipped_years() -> Iterator[tuple[int, Path]]:
    for path in sorted(_SHIPPED.glob("vn-*.csv")):
        yield int(path.stem.removeprefix("vn-")), path
