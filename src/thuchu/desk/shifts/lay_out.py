"""Laying out shifts, and cancelling one: a coordinator's acts; the ledger learns times and places, never who."""

from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.claims.models import Event
from thuchu.desk.ledger.append import append
from thuchu.desk.shifts import refusals
from thuchu.desk.shifts.models import WANTED_MAX, Shift
from thuchu.desk.shifts.rows import event_subject, shift_row

# Longer nobody stays attentive.
SHIFT_HOURS_MAX = 12
# Four weeks of six a day.
SHIFTS_OF_AN_EVENT_MAX = 168


def lay_out(event_id: int, *, times: tuple[datetime, datetime], hours: int, wanted: int, now: datetime) -> int:
    """Divide a time into shifts of so many hours, the last one as long as what is left; gives back how many.

    times   from, until: within the event
    wanted  how many people at once
    raises  ShiftRefused
    """
    if not 1 <= wanted <= WANTED_MAX:
        raise refusals.WrongNumber(most=WANTED_MAX)
    starts, ends = times
    if not 1 <= hours <= SHIFT_HOURS_MAX or not starts < ends:
        raise refusals.WrongTimes(most=SHIFT_HOURS_MAX)
    with transaction.atomic():
        event = Event.objects.filter(pk=event_id).first()
        if event is None:
            raise refusals.NoSuchEvent
        if starts < event.starts or ends > event.ends or ends <= now:
            raise refusals.WrongTimes(most=SHIFT_HOURS_MAX)
        length = timedelta(hours=hours)
        number = -(-(ends - starts) // length)
        if Shift.objects.filter(event=event).count() + number > SHIFTS_OF_AN_EVENT_MAX:
            raise refusals.ShiftsEnough(most=SHIFTS_OF_AN_EVENT_MAX)
        for place in range(number):
            _add(event, starts + place * length, min(starts + (place + 1) * length, ends), wanted, now)
    return number


def cancel(shift_id: int, *, now: datetime) -> None:
    """Nobody is wanted then: it goes, with who had said yes; raises ShiftRefused for one that is over."""
    with transaction.atomic():
        row = shift_row(shift_id)
        if row.ends <= now:
            raise refusals.ShiftOver
        row.delete()
        append("event.shift_cancelled", event_subject(row.event_id), {"shift": shift_id}, now=now)


def _add(event: Event, starts: datetime, ends: datetime, wanted: int, now: datetime) -> None:
    row = Shift.objects.create(event=event, starts=starts, ends=ends, wanted=wanted)
    body = {"shift": row.pk, "starts": int(starts.timestamp()), "ends": int(ends.timestamp()), "wanted": wanted}
    append("event.shift_laid_out", event_subject(event.pk), body, now=now)
