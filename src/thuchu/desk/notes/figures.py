"""The counts of notes for a review. Ratings are counted by the batches that entered them: what waits is nobody's."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Count, Sum

from thuchu.desk.ledger.reads import entries_of
from thuchu.desk.notes.batch import RETRACTED
from thuchu.desk.notes.models import CURRENT, Batch, Note, Version
from thuchu.desk.parts import VALUES_A_STATEMENT, parts


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


def batches_between(begin: datetime, end: datetime) -> list[tuple[datetime, int]]:
    """When ratings entered the ledger in that time, and from how many people."""
    rows = Batch.objects.filter(taken_at__gte=begin, taken_at__lt=end).order_by("number")
    return list(rows.values_list("taken_at", "n_people"))


def notes_on(claims: Iterable[int]) -> dict[int, int]:
    """Every note ever written on these claims, with its claim."""
    found: dict[int, int] = {}
    for some in parts(sorted(claims), VALUES_A_STATEMENT):
        found.update(Note.objects.filter(claim__in=some).values_list("pk", "claim_id"))
    return found


def claims_of_any(notes: Set[int]) -> set[int]:
    """The claims that one of these notes was written on, in one pass: for most notes of a desk."""
    rows = Note.objects.filter(pk__gte=min(notes), pk__lte=max(notes)) if notes else Note.objects.none()
    return {claim for note, claim in rows.order_by().values_list("pk", "claim_id") if note in notes}


def raters_in_each(begin: datetime, middle: datetime, end: datetime) -> tuple[Counter[str], Counter[str]]:
    """How many ratings each rater number gave, by entries from `begin` up to `middle`, and from there up to `end`.

    Rater numbers are public; who stands behind one is asked of nobody here (rule 7).
    """
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    parting, last = (int(each.timestamp() * 1000) for each in (middle, end))
    for _, time_ms, _, _, body in entries_of(["ratings.entered"], since=begin):
        if time_ms < last:
            ratings = cast(Sequence[tuple[int, int, str, str, Sequence[str]]], body["ratings"])
            # A list, which is counted in one call: a generator takes three times as long.
            counts[time_ms >= parting].update([rater for _, _, rater, said, _ in ratings if said != RETRACTED])
    return counts
