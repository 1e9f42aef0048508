"""Intake's own counts: when questions came.  Those that were erased are not counted."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from django.db.models import CharField, Count, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

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
    counts = {
        f"n{place}": Count("pk", filter=Q(asked_at__gte=begin, asked_at__lt=end))
        for place, (begin, end) in enumerate(pairwise(moments))
    }
    return list(Submission.objects.aggregate(**counts).values()) if counts else []


def asked_by_door(begin: datetime, end: datetime) -> dict[str, int]:
    """The kept questions of that time by the door they came through, every door."""
    rows = Submission.objects.filter(asked_at__gte=begin, asked_at__lt=end).order_by().values_list("door")
    found = dict(rows.annotate(number=Count("pk")))
    return {door: found.get(door, 0) for door, _ in Submission.DOORS}


def answered_at_once(begin: datetime, end: datetime) -> list[int]:
    """Numbers of the kept questions of that time that were answered at once, and whose words are here."""
    first = Cast(KeyTextTransform("1", KeyTextTransform("0", "tellings")), CharField())
    rows = Submission.objects.annotate(first=first).filter(asked_at__gte=begin, asked_at__lt=end, first="answer")
    return list(rows.exclude(text=ERASED_TEXT).order_by("pk").values_list("pk", flat=True))


def said_not_theirs(begin: datetime, end: datetime) -> int:
    """Kept questions of that time that were answered at once, and whose askers said before `end` that it isn't it."""
    first = Cast(KeyTextTransform("1", KeyTextTransform("0", "tellings")), CharField())
    rows = Submission.objects.annotate(first=first).filter(asked_at__gte=begin, asked_at__lt=end, first="answer")
    return rows.filter(feedback__says="is_not_it", feedback__said_at__lt=end).distinct().count()
