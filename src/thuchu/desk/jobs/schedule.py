"""Periodic jobs: written once a period however many workers look, and after a long night once, not once an hour.

A period is a number: whole stretches of `every_seconds` since 1970.  The database refuses a second row of the same
period, and a second live row of the same periodic job: one that takes longer than its period is never doubled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thuchu.desk.jobs.models import DONE, FAILED, LATER, Job
from thuchu.desk.jobs.queue import write
from thuchu.desk.jobs.retry import retry


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job without arguments that the worker writes by itself every so often."""

    name: str
    every_seconds: int

    def period(self, now: datetime) -> int:
        """The number of the period that `now` is in."""
        return int(now.timestamp()) // self.every_seconds

    @property
    def key(self) -> str:
        """The key of its live row."""
        return f"every:{self.name}"


def write_due(schedule: Iterable[Periodic], *, now: datetime) -> int:
    """Write what this period hasn't seen yet; gives back how many jobs that were."""
    return sum(_write(periodic, now) for periodic in schedule)


def _write(periodic: Periodic, now: datetime) -> bool:
    period = periodic.period(now)
    rows = Job.objects.filter(key=periodic.key)
    # Read first, without the write lock: of many looks, one a period finds something to write.
    live = rows.exclude(state=DONE).first()
    if (live and live.state != FAILED) or rows.filter(period__gte=period).exists():
        return False
    with transaction.atomic():
        if live:
            return _once_more(live.pk, period, now)
        # What it did in earlier periods is of no use to anybody: two rows a periodic job are the most there are.
        rows.filter(state=DONE).delete()
        row = Job(name=periodic.name, key=periodic.key, period=period, priority=LATER, run_at=now, created_at=now)
        return write(row) is not None


def _once_more(number: int, period: int, now: datetime) -> bool:
    """A new period is a new chance for what failed in an earlier one: one row, not a dead letter an hour."""
    if not retry(number, now=now):
        return False
    return bool(Job.objects.filter(pk=number).update(period=period))
