"""Who was on duty is forgotten: with the account, and for everybody two weeks after the event."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from thuchu.desk.ledger.append import append
from thuchu.desk.shifts.models import Duty, Shift
from thuchu.desk.shifts.rows import event_subject
from thuchu.desk.traces import forget_pages

# Until the closing review of the event, which may ask how long shifts should have been.
KEPT_DAYS = 14


def free_all(person: int) -> int:
    """Give every place of somebody back, past ones too: they leave. Gives back how many there were."""
    count, _ = Duty.objects.filter(person=person).delete()
    if count:
        transaction.on_commit(forget_pages)
    return count


def forget_over(*, now: datetime) -> int:
    """Erase who was on duty at events that ended KEPT_DAYS ago; of each, shifts and places stay as numbers.

    returns  how many events; doing it again does nothing
    """
    over = Shift.objects.filter(covered=None, event__ends__lte=now - timedelta(days=KEPT_DAYS))
    events = list(over.order_by("event").values_list("event", flat=True).distinct())
    for event in events:
        _forget(event, now)
    return len(events)


def _forget(event_id: int, now: datetime) -> None:
    with transaction.atomic():
        rows = list(Shift.objects.select_for_update().filter(event=event_id, covered=None).order_by("pk"))
        counts = dict(Duty.objects.filter(shift__in=rows).values_list("shift").annotate(n=Count("pk")).order_by())
        for row in rows:
            row.covered = min(counts.get(row.pk, 0), row.wanted)
        Shift.objects.bulk_update(rows, ["covered"])
        Duty.objects.filter(shift__in=rows).delete()
        wanted, covered = sum(row.wanted for row in rows), sum(row.covered or 0 for row in rows)
        body = {"shifts": len(rows), "wanted": wanted, "covered": covered}
        append("event.shifts_over", event_subject(event_id), body, now=now)
        transaction.on_commit(forget_pages)
