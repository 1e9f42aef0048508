"""Forgetting jobs that are done: a queue is no history."""

from datetime import datetime, timedelta

from thuchu.desk.jobs.models import DONE, Job

# Long enough to ask on Monday what happened on Friday.
DONE_KEEP_DAYS = 7
# One transaction's worth; the rest goes next time.
FORGET_ROWS_MAX = 5_000


def forget_done(*, now: datetime) -> int:
    """Delete what was done more than DONE_KEEP_DAYS ago, at most FORGET_ROWS_MAX; gives back how many there were.

    The last row of a periodic job stays: it says that its period has been.
    """
    old = Job.objects.filter(state=DONE, period=None, finished_at__lt=now - timedelta(days=DONE_KEEP_DAYS))
    numbers = list(old.order_by("finished_at").values_list("pk", flat=True)[:FORGET_ROWS_MAX])
    count, _ = Job.objects.filter(pk__in=numbers).delete()
    return count
