"""Taking a place in a shift, giving it back, offering it, taking over what somebody offers.

Nothing here writes an entry: when somebody works is nobody's business for ever, as with taken claims.
"""

from datetime import datetime

from django.db import transaction

from thuchu.desk.shifts import refusals
from thuchu.desk.shifts.models import Duty, Shift
from thuchu.desk.shifts.rows import shift_row


def take(shift_id: int, *, person: int, now: datetime) -> None:
    """Say yes to a shift; saying so twice is saying so once. Raises ShiftFull, OnDutyThen, ShiftOver, NoSuchShift."""
    with transaction.atomic():
        row = _to_come(shift_id, now)
        if Duty.objects.filter(shift=row, person=person).exists():
            return
        if Duty.objects.filter(shift=row).count() >= row.wanted:
            raise refusals.ShiftFull
        _require_free(row, person)
        Duty.objects.create(shift=row, person=person)


def give_back(shift_id: int, *, person: int, now: datetime) -> None:
    """The place is free again; raises NotOnDuty, ShiftOver, NoSuchShift."""
    with transaction.atomic():
        _own(_to_come(shift_id, now), person).delete()


def offer(shift_id: int, *, person: int, now: datetime) -> None:
    """Let another take it over; until somebody does, it stays the person's. Raises as `give_back`."""
    _mark(shift_id, person, now, offered=True)


def keep(shift_id: int, *, person: int, now: datetime) -> None:
    """Offer it no more. Raises as `give_back`."""
    _mark(shift_id, person, now, offered=False)


def take_over(shift_id: int, *, person: int, now: datetime) -> None:
    """Take the place that somebody offers; raises NothingOffered, OnDutyThen, ShiftOver, NoSuchShift."""
    with transaction.atomic():
        row = _to_come(shift_id, now)
        _require_free(row, person)
        place = Duty.objects.filter(shift=row, offered=True).order_by("pk").first()
        if place is None:
            raise refusals.NothingOffered
        place.person, place.offered = person, False
        place.save(update_fields=["person", "offered"])


def hand_over(person: int, to: int, *, now: datetime) -> None:
    """Places to come become another's who accepted that; where they are on duty anyway, the place is free again."""
    with transaction.atomic():
        places = list(Duty.objects.select_related("shift").filter(person=person, shift__ends__gt=now).order_by("pk"))
        for place in places:
            row = place.shift
            if Duty.objects.filter(person=to, shift__starts__lt=row.ends, shift__ends__gt=row.starts).exists():
                place.delete()
            else:
                place.person, place.offered = to, False
                place.save(update_fields=["person", "offered"])


def _mark(shift_id: int, person: int, now: datetime, *, offered: bool) -> None:
    with transaction.atomic():
        place = _own(_to_come(shift_id, now), person)
        place.offered = offered
        place.save(update_fields=["offered"])


def _to_come(shift_id: int, now: datetime) -> Shift:
    row = shift_row(shift_id)
    if row.ends <= now:
        raise refusals.ShiftOver
    return row


def _own(row: Shift, person: int) -> Duty:
    place = Duty.objects.filter(shift=row, person=person).first()
    if place is None:
        raise refusals.NotOnDuty
    return place


def _require_free(row: Shift, person: int) -> None:
    if Duty.objects.filter(person=person, shift__starts__lt=row.ends, shift__ends__gt=row.starts).exists():
        raise refusals.OnDutyThen
