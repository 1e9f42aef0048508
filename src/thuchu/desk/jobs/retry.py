"""When a job that failed is tried again: by itself, later each time, and at the end only by a person."""

import hashlib
from datetime import datetime, timedelta

from thuchu.desk.jobs.models import FAILED, WAITING, Job
from thuchu.desk.jobs.pace import DESK, Pace


def wait_after(number: int, attempts: int, pace: Pace = DESK) -> timedelta:
    """How long the job waits after so many attempts: doubled each time, spread by a quarter to either side.

    The spread comes from the job's number, so that jobs that failed together don't come back together, and the same
    job always waits the same.
    """
    doubled = min(pace.backoff_seconds * 2 ** min(attempts - 1, 60), pace.backoff_seconds_max)
    digest = hashlib.blake2b(f"{number}:{attempts}".encode(), digest_size=4).digest()
    spread = int.from_bytes(digest) / 2**32 / 2
    return timedelta(seconds=doubled * (0.75 + spread))


def retry(number: int, *, now: datetime) -> bool:
    """Give a failed job its attempts back; False when there is no failed job of that number."""
    failed = Job.objects.filter(pk=number, state=FAILED)
    return bool(failed.update(state=WAITING, attempts=0, run_at=now, finished_at=None))
