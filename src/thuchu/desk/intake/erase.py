"""Erasing questions: when the asker says so, and when the desk's stated time is over (rule 2)."""

from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.intake.models import Submission
from thuchu.desk.intake.status_link import digest
from thuchu.desk.traces import forget_pages


def delete(token: str) -> bool:
    """Erase the question behind a private link, with what was said of it; False when there is none."""
    with transaction.atomic():
        count, _ = Submission.objects.filter(token_digest=digest(token)).delete()
        transaction.on_commit(forget_pages)
    return bool(count)


def erase_expired(*, keep_days: int, now: datetime) -> int:
    """Erase every question whose last answer is more than `keep_days` days old; gives back how many there were."""
    with transaction.atomic():
        old = Submission.objects.filter(told_at__lt=now - timedelta(days=keep_days))
        count = old.count()
        if count:
            old.delete()
        # Every time: where a reader was in the way when somebody erased a question, this is the next try.
        transaction.on_commit(forget_pages)
    return count
