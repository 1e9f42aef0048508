"""What pages may ask of shifts: for coordinators who, for contributors which places are free, for everybody about how
many are on duty now.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from thuchu.desk.shifts.models import Duty, Shift

# What everybody is told of how many are on duty, each range by its lowest number (rule 7): a number that went from 2
# to 1 when somebody's notes ceased would say who it was. A range moves with whole shifts, hardly with one person.
RANGES = (0, 1, 3, 6, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftView:
    """One shift, for whoever may take one.

    free     places nobody has; `offered` those whose owner would give them to somebody else
    is_mine  the reader has a place, `is_mine_offered` and offers it
    people   who has one, for coordinators alone; empty for everybody else
    covered  once who they were is erased: how many; else None
    """

    id: int
    starts: datetime
    ends: datetime
    wanted: int
    free: int
    offered: int
    is_mine: bool
    is_mine_offered: bool
    is_over: bool
    people: tuple[int, ...]
    covered: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """How many are on duty now, as everybody may know: from `least` to `most`, which is None where there is no end."""

    least: int
    most: int | None


def shifts_of(event_id: int, *, reader: int, with_people: bool, now: datetime) -> tuple[ShiftView, ...]:
    """An event's shifts in order of time; `with_people` for coordinators."""
    return _views(Shift.objects.filter(event=event_id).order_by("starts", "pk"), reader, with_people, now)


def shifts_to_come(person: int, *, now: datetime) -> tuple[tuple[int, ShiftView], ...]:
    """(event, shift) of the places that somebody has, soonest first."""
    rows = Shift.objects.filter(duties__person=person, ends__gt=now).order_by("starts", "pk")
    events = dict(rows.values_list("pk", "event_id"))
    return tuple((events[view.id], view) for view in _views(rows, person, False, now))


def has_shifts(event_id: int) -> bool:
    """Has anybody laid some out?"""
    return Shift.objects.filter(event=event_id).exists()


def on_duty(event_id: int, *, now: datetime) -> OnDuty | None:
    """About how many are on duty at an event now; None while no shift is running."""
    running = Shift.objects.filter(event=event_id, starts__lte=now, ends__gt=now)
    if not running.exists():
        return None
    number = Duty.objects.filter(shift__in=running).count()
    place = max(index for index, least in enumerate(RANGES) if number >= least)
    return OnDuty(least=RANGES[place], most=RANGES[place + 1] - 1 if place + 1 < len(RANGES) else None)


def _views(rows: "QuerySet[Shift]", reader: int, with_people: bool, now: datetime) -> tuple[ShiftView, ...]:
    found = list(rows.prefetch_related("duties"))
    return tuple(_view(row, reader, with_people, now) for row in found)


def _view(row: Shift, reader: int, with_people: bool, now: datetime) -> ShiftView:
    duties = sorted(row.duties.all(), key=lambda each: each.pk)
    mine = [each for each in duties if each.person == reader]
    return ShiftView(
        id=row.pk,
        starts=row.starts,
        ends=row.ends,
        wanted=row.wanted,
        free=max(row.wanted - len(duties), 0),
        offered=sum(each.offered and each.person != reader for each in duties),
        is_mine=bool(mine),
        is_mine_offered=any(each.offered for each in mine),
        is_over=row.ends <= now,
        people=tuple(each.person for each in duties) if with_people else (),
        covered=row.covered,
    )
