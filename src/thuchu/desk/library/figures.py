"""The library's own counts: when notes of this desk first became fact-checks."""

from collections.abc import Iterable
from datetime import datetime

from thuchu.desk.library.models import FactCheck
from thuchu.desk.parts import VALUES_A_STATEMENT, parts


def agreed_between(begin: datetime, end: datetime) -> list[int]:
    """Numbers of the notes that were first published in that time."""
    rows = FactCheck.objects.filter(note__isnull=False, imported_at__gte=begin, imported_at__lt=end)
    return [note for note in rows.order_by("note").values_list("note", flat=True) if note is not None]


def first_agreed_at(notes: Iterable[int]) -> dict[int, datetime]:
    """When each of these notes was first published; those that never were are left out."""
    found: dict[int, datetime] = {}
    for some in parts(sorted(notes), VALUES_A_STATEMENT):
        rows = FactCheck.objects.filter(note__in=some).values_list("note", "imported_at")
        found.update((note, at) for note, at in rows if note is not None)
    return found
