"""What commands and pages may ask of the jobs."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from thuchu.desk.jobs.models import FAILED, RUNNING, STATES, WAITING, Job

SHOWN_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """One job; `ended_at` is None until it ended, `last_error` a kind and a place; it isn't tried before `run_at`."""

    number: int
    name: str
    state: str
    attempts: int
    progress_done: int
    progress_total: int
    last_error: str
    run_at: datetime
    ended_at: datetime | None


def counts() -> dict[str, int]:
    """How many jobs are in each state; states without one count 0."""
    found = dict(Job.objects.order_by().values_list("state").annotate(number=Count("pk")))
    return {state: found.get(state, 0) for state in STATES}


def failed() -> tuple[JobView, ...]:
    """Jobs that were given up, last one first, at most SHOWN_MAX."""
    return _views(FAILED, "-finished_at")


def running() -> tuple[JobView, ...]:
    """Jobs that a worker holds now, at most SHOWN_MAX."""
    return _views(RUNNING, "pk")


def waiting() -> tuple[JobView, ...]:
    """Jobs that wait for their time or a worker, the first due first, at most SHOWN_MAX."""
    return _views(WAITING, "run_at")


def last_error(name: str, key: str) -> str:
    """What went wrong with the newest job of that name that isn't done and whose key begins so; "" for nothing."""
    rows = Job.objects.filter(name=name, key__startswith=key, state__in=(WAITING, RUNNING, FAILED)).order_by("-pk")
    return rows.values_list("last_error", flat=True).first() or ""


def oldest_wait_seconds(now: datetime) -> float:
    """How long the job that is longest overdue waits; 0.0 when none is."""
    due = Job.objects.filter(state=WAITING, run_at__lte=now).order_by("run_at").values_list("run_at", flat=True)
    first = due.first()
    return (now - first).total_seconds() if first else 0.0


def _views(state: str, order: str) -> tuple[JobView, ...]:
    rows = Job.objects.filter(state=state).order_by(order)[:SHOWN_MAX]
    return tuple(
        JobView(
            number=row.pk,
            name=row.name,
            state=row.state,
            attempts=row.attempts,
            progress_done=row.progress_done,
            progress_total=row.progress_total,
            last_error=row.last_error,
            run_at=row.run_at,
            ended_at=row.finished_at,
        )
        for row in rows
    )
