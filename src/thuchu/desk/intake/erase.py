"""Erasing questions: when the asker says so, and when the desk's stated time is over (rule 2)."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.intake.models import Feedback, Submission
from thuchu.desk.intake.status_link import digest
from thuchu.desk.traces import forget_pages

# One transaction's worth: askers of today wait for it no longer than for each other.
ERASE_ROWS = 500
# What stands in place of a text that was erased while its asker's page stays: no message can be this.
ERASED_TEXT = "[…]"

# Called with the numbers of questions in the transaction that erases them, before they are gone.
Before = Callable[[Sequence[int]], None]


def delete(token: str, *, before: Before) -> bool:
    """Erase the question behind a private link, with what was said of it; False when there is none."""
    with transaction.atomic():
        numbers = list(Submission.objects.filter(token_digest=digest(token)).values_list("pk", flat=True))
        _erase(numbers, before)
        transaction.on_commit(forget_pages)
    return bool(numbers)


def erase_expired(*, keep_days: int, now: datetime, before: Before) -> int:
    """Erase every question whose last answer is more than `keep_days` days old; gives back how many there were."""
    old = Submission.objects.filter(told_at__lt=now - timedelta(days=keep_days)).order_by("told_at")
    count = 0
    while numbers := list(old.values_list("pk", flat=True)[:ERASE_ROWS]):
        with transaction.atomic():
            _erase(numbers, before)
        count += len(numbers)
    # Every time: where a reader was in the way when somebody erased a question, this is the next try.
    transaction.on_commit(forget_pages)
    return count


def erase_texts(numbers: Sequence[int]) -> None:
    """Erase what was asked, and what was said of it; the asker's page stays, to say why there is no answer."""
    with transaction.atomic():
        for start in range(0, len(numbers), ERASE_ROWS):
            some = numbers[start : start + ERASE_ROWS]
            Feedback.objects.filter(submission__in=some).delete()
            Submission.objects.filter(pk__in=some).update(text=ERASED_TEXT, links=[])
        transaction.on_commit(forget_pages)


def _erase(numbers: Sequence[int], before: Before) -> None:
    if numbers:
        before(numbers)
        Submission.objects.filter(pk__in=numbers).delete()
