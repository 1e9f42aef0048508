"""Intake's own counts: when questions came.  Those that were erased are not counted."""

from collections.abc import Iterator
from datetime import datetime

from thuchu.desk.intake.models import FirstQuestion, Submission


def first_asked_at() -> datetime | None:
    """When this desk was first asked anything; None when it never was."""
    return FirstQuestion.objects.values_list("asked_at", flat=True).first()


def asked_between(begin: datetime, end: datetime) -> Iterator[datetime]:
    """When each kept question of that time came."""
    rows = Submission.objects.filter(asked_at__gte=begin, asked_at__lt=end).order_by()
    yield from rows.values_list("asked_at", flat=True).iterator(chunk_size=5_000)
