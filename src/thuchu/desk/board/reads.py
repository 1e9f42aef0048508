"""The board as its page shows it: sums of whole weeks and months, no small number among them (rule 7)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thuchu.desk.board.count import RANGES
from thuchu.desk.board.models import Day
from thuchu.privacy.small_counts import SHOWN_MIN

WEEKS, MONTHS = 26, 12
# The share of days on which ratings were entered is told of so many, the last ones.
LATELY_DAYS = 28
_HALF, _NINE_TENTHS = 50, 90


@dataclass(frozen=True, slots=True)
class Figure:
    """A count; `value` is None where it isn't known, and where it is small: then only that it is."""

    value: int | None
    is_small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """From Monday `begin` to Sunday `end`: questions, claims that they opened, and what waited at its end."""

    begin: date
    end: date
    asked: Figure
    opened: Figure
    waiting: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Claims first answered in it; in so many whole hours half of them were, and nine of ten.

    None where too few were answered to say.
    """

    begin: date
    answered: Figure
    half_hours: int | None
    nine_tenths_hours: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How many rounds took in ratings of `least` people or more, up to the next range; of the first: fewer than 10."""

    least: int
    most: int | None
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All of it, up to the end of the day `up_to`; None before the first day was counted.

    days_with_ratings  of the last `days` (LATELY_DAYS, or fewer on a young desk): on how many ratings were entered
    """

    up_to: date | None
    waiting: Figure
    weeks: tuple[Week, ...]
    months: tuple[Month, ...]
    ranges: tuple[Range, ...]
    rounds: int
    days: int
    days_with_ratings: int


def last_day() -> date | None:
    """The last day that was counted."""
    return Day.objects.order_by("-day").values_list("day", flat=True).first()


def board() -> Board:
    """The board; one query."""
    days = list(Day.objects.order_by("-day")[: max(WEEKS * 7 + 6, MONTHS * 31)])[::-1]
    lately = days[-LATELY_DAYS:]
    weeks = _weeks(days)
    ranges = _ranges([day for day in days if weeks and day.day >= weeks[0].begin] or days)
    return Board(
        up_to=days[-1].day if days else None,
        waiting=_figure(next((day.waiting for day in reversed(days) if day.waiting is not None), None)),
        weeks=weeks,
        months=_months(days),
        ranges=ranges,
        rounds=sum(each.rounds for each in ranges),
        days=len(lately),
        days_with_ratings=sum(bool(day.batches) for day in lately),
    )


def _weeks(days: Sequence[Day]) -> tuple[Week, ...]:
    """Those that are over and of which every day was counted."""
    by_monday: dict[date, list[Day]] = {}
    for day in days:
        by_monday.setdefault(day.day - timedelta(days=day.day.weekday()), []).append(day)
    whole = [(monday, week) for monday, week in sorted(by_monday.items()) if len(week) == 7]
    return tuple(
        Week(
            begin=monday,
            end=monday + timedelta(days=6),
            asked=_figure(sum(day.asked for day in week)),
            opened=_figure(sum(day.opened for day in week)),
            waiting=_figure(week[-1].waiting),
        )
        for monday, week in whole[-WEEKS:]
    )


def _months(days: Sequence[Day]) -> tuple[Month, ...]:
    by_first: dict[date, Counter[int]] = {}
    for day in days:
        waits = by_first.setdefault(day.day.replace(day=1), Counter())
        waits.update({int(hours): count for hours, count in day.waits.items()})
    return tuple(_month(first, waits) for first, waits in sorted(by_first.items())[-MONTHS:])


def _month(first: date, waits: Mapping[int, int]) -> Month:
    total = sum(waits.values())
    enough = total >= SHOWN_MIN
    return Month(
        begin=first,
        answered=_figure(total),
        half_hours=_within(waits, _HALF) if enough else None,
        nine_tenths_hours=_within(waits, _NINE_TENTHS) if enough else None,
    )


def _within(waits: Mapping[int, int], percent: int) -> int:
    """The fewest hours in which so many of a hundred were answered."""
    wanted = -(-sum(waits.values()) * percent // 100)
    for hours, count in sorted(waits.items()):
        wanted -= count
        if wanted <= 0:
            return hours
    raise ValueError("no waits to choose from")


def _ranges(days: Iterable[Day]) -> tuple[Range, ...]:
    found: Counter[int] = Counter()
    for day in days:
        found.update({int(least): count for least, count in day.batches.items()})
    most = [following - 1 for following in RANGES[1:]]
    return tuple(
        Range(least=least, most=upper, rounds=found[least]) for least, upper in zip(RANGES, [*most, None], strict=True)
    )


def _figure(count: int | None) -> Figure:
    if count is not None and 0 < count < SHOWN_MIN:
        return Figure(None, is_small=True)
    return Figure(count)
