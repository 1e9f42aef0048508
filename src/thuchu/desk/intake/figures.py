"""Intake's own counts: when questions came.  Those that were erased are not counted."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from django.db.models import Count, Value

from thuchu.desk.intake.erase import ERASED_TEXT
from thuchu.desk.intake.models import FirstQuestion, Submission


def first_asked_at() -> datetime | None:
    """When this desk was first asked anything; None when it never was."""
    return FirstQuestion.objects.values_list("asked_at", flat=True).first()


def asked_between(begin: datetime, end: datetime) -> Iterator[datetime]:
    """When each kept question of that time came."""
    rows = Submission.objects.filter(asked_at__gte=begin, asked_at__lt=end).order_by()
    yield from rows.values_list("asked_at", flat=True).iterator(chunk_size=5_000)


def asked_in_each(moments: Sequence[datetime]) -> list[int]:
    """How many kept questions came from each of these moments up to the next one; one number less than moments."""
    # Each reads its own stretch of the index, where sums over all rows would try every row for every one of them.
    stretches = [
        Submission.objects.filter(asked_at__gte=begin, asked_at__lt=end)
        .order_by()
        .values_list(Value(place))
        .annotate(number=Count("pk"))
        for place, (begin, end) in enumerate(pairwise(moments))
    ]
    found = dict(stretches[0].union(*stretches[1:], all=True)) if stretches else {}
    return [found.get(place, 0) for place in range(len(stretches))]


def asked_by_door(begin: datetime, end: datetime) -> dict[str, int]:
    """The kept questions of that time by the door they came through, every door."""
    rows = Submission.objects.filter(asked_at__gte=begin, asked_at__lt=end).order_by().values_list("door")
    found = dict(rows.annotate(number=Count("pk")))
    return {door: found.get(door, 0) for door, _ in Submission.DOORS}


def answered_at_once(begin: datetime, end: datetime) -> list[int]:
    """Numbers of the kept questions of that time that were answered at once, and whose words are here."""
    rows = Submission.objects.filter(asked_at__gte=begin, asked_at__lt=end, first_kind="answer")
    return list(rows.exclude(text=ERASED_TEXT).order_by("pk").values_list("pk", flat=True))


def said_not_theirs(begin: datetime, end: datetime) -> int:
    """Kept questions of that time that were answered at once, and whose askers said before `end` that it isn't it."""
    rows = Submission.objects.filter(asked_at__gte=begin, asked_at__lt=end, first_kind="answer")
    return rows.filter(feedback__says="is_not_it", feedback__said_at__lt=end).distinct().count()
