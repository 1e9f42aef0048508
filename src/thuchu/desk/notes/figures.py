"""The counts of notes for a review. Ratings are counted by the batches that entered them: what waits is nobody's."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Sum

from thuchu.desk.notes.models import CURRENT, Batch, Note, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFigures:
    """Of a period.

    written            new notes, of which `reused` are copies and `ai_drafted` were declared a machine's draft
    edited, withdrawn  new versions of notes; notes that their authors took back
    authors            how many people wrote notes
    batches, ratings   how often ratings entered the ledger, and how many, changed and taken back ones counted
    standing_now       notes that stand, when asked
    """

    written: int
    reused: int
    ai_drafted: int
    edited: int
    withdrawn: int
    authors: int
    batches: int
    ratings: int
    standing_now: int


def figures(begin: datetime, end: datetime) -> NoteFigures:
    """What happened from `begin` up to, not including, `end`."""
    written = Note.objects.filter(written_at__gte=begin, written_at__lt=end)
    batches = Batch.objects.filter(taken_at__gte=begin, taken_at__lt=end)
    taken = batches.aggregate(batches=Count("number"), ratings=Sum("n_ratings"))
    return NoteFigures(
        written=written.count(),
        reused=written.filter(copied_from__isnull=False).count(),
        ai_drafted=written.filter(ai_drafted=True).count(),
        edited=Version.objects.filter(written_at__gte=begin, written_at__lt=end, number__gt=1).count(),
        withdrawn=Note.objects.filter(withdrawn_at__gte=begin, withdrawn_at__lt=end).count(),
        authors=written.values("author").distinct().count(),
        batches=taken["batches"],
        ratings=taken["ratings"] or 0,
        standing_now=Note.objects.filter(state=CURRENT).count(),
    )
