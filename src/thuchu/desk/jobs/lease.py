"""Who holds a job, and until when: taking the next one, keeping it, giving it back, taking it from the lost.

Every change names worker and attempt, so that a worker whose lease was given to another can't end that one's job.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from thuchu.desk.jobs.models import DONE, ERROR_CHARS_MAX, FAILED, PRIORITIES, RUNNING, WAITING, Job
from thuchu.desk.jobs.pace import DESK, Pace
from thuchu.desk.jobs.retry import wait_after

# The rest is freed at the next look.
LOST_MAX = 100
LOST = "the worker was lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A job that this worker holds; `attempt` counts from 1."""

    number: int
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    worker: str
    attempt: int


def take_next(worker: str, *, now: datetime, pace: Pace = DESK) -> Lease | None:
    """The most urgent job that is due, longest due first; None when none is. Two workers never take the same."""
    # A look without the write lock: an idle desk writes nothing.
    if not Job.objects.filter(state=WAITING, run_at__lte=now).exists():
        return None
    moment = connection.ops.adapt_datetimefield_value(now)
    until = connection.ops.adapt_datetimefield_value(now + timedelta(seconds=pace.lease_seconds))
    with connection.cursor() as cursor:
        cursor.execute(_take_sql(), [worker, until, *[moment] * len(PRIORITIES)])
        row = cursor.fetchone()
    if row is None:
        return None
    number, name, arguments, attempt = row
    arguments = json.loads(arguments) if isinstance(arguments, str) else arguments
    return Lease(
        number=number,
        name=name,
        args=tuple(arguments["args"]),
        kwargs=arguments["kwargs"],
        worker=worker,
        attempt=attempt,
    )


def keep(lease: Lease, *, now: datetime, pace: Pace = DESK) -> bool:
    """Hold it for another lease; False when it is no longer ours."""
    return bool(_ours(lease).update(locked_until=now + timedelta(seconds=pace.lease_seconds)))


def report(lease: Lease, done: int, total: int) -> bool:
    """Write down how far it is; False when it is no longer ours."""
    total = max(total, 0)
    return bool(_ours(lease).update(progress_done=min(max(done, 0), total), progress_total=total))


def end_well(lease: Lease, *, now: datetime) -> bool:
    """It is done; False when it was no longer ours to end."""
    return bool(_ours(lease).update(state=DONE, finished_at=now, worker="", locked_until=None))


def end_badly(lease: Lease, error: str, *, now: datetime, pace: Pace = DESK) -> bool:
    """It raised: later again, or given up after pace.attempts_max; False when it was no longer ours to end."""
    return _give_back(_ours(lease), lease.number, lease.attempt, error, now, pace)


def take_from_the_lost(*, now: datetime, pace: Pace = DESK) -> int:
    """Free the jobs of workers that haven't been heard of; gives back how many there were, at most LOST_MAX."""
    lost = Job.objects.filter(state=RUNNING, locked_until__lt=now).order_by("pk")
    rows = list(lost.values_list("pk", "attempts", "worker")[:LOST_MAX])
    return sum(
        # Only as it was seen: its worker may have been slow, not lost, and have come back.
        _give_back(
            lost.filter(pk=number, attempts=attempts, worker=worker).order_by(), number, attempts, LOST, now, pace
        )
        for number, attempts, worker in rows
    )


def _ours(lease: Lease) -> QuerySet[Job]:
    held = Q(pk=lease.number, state=RUNNING, worker=lease.worker, attempts=lease.attempt)
    return Job.objects.filter(held)


def _give_back(row: QuerySet[Job], number: int, attempts: int, error: str, now: datetime, pace: Pace) -> bool:
    ended: dict[str, Any] = {"worker": "", "locked_until": None, "last_error": error[-ERROR_CHARS_MAX:]}
    if attempts >= pace.attempts_max:
        return bool(row.update(state=FAILED, finished_at=now, **ended))
    return bool(row.update(state=WAITING, run_at=now + wait_after(number, attempts, pace), **ended))


def _take_sql() -> str:
    """One statement, so that looking and taking are one step; of each priority only the first row is looked at.

    SQLite has one writer; a database with row locks passes over rows that another worker is taking.
    """
    skip = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    firsts = ", ".join(
        f"(SELECT id FROM jobs_job WHERE state = '{WAITING}' AND priority = {priority} AND run_at <= %s "  # noqa: S608 (our own constants)
        f"ORDER BY run_at, id LIMIT 1 {skip})"
        for priority in PRIORITIES
    )
    return (
        f"UPDATE jobs_job SET state = '{RUNNING}', worker = %s, locked_until = %s, attempts = attempts + 1, "  # noqa: S608 (our own constants)
        f"progress_done = 0, progress_total = 0 WHERE id = COALESCE({firsts}) AND state = '{WAITING}' "
        "RETURNING id, name, arguments, attempts"
    )
