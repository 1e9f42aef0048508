"""The counts of evidence for a review."""

from dataclasses import dataclass
from datetime import datetime

from thuchu.desk.evidence.models import FETCHED, ROTTEN, UPLOADED, Capture, Check


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFigures:
    """Of a period: captures by how they came; how often a quote's source rotted, and showed it again.

    rotten_now  quotes whose source doesn't show them at the period's end
    """

    fetched: int
    uploaded: int
    rotted: int
    recovered: int
    rotten_now: int


def figures(begin: datetime, end: datetime) -> EvidenceFigures:
    """What happened from `begin` up to, not including, `end`."""
    captures = Capture.objects.filter(fetched_at__gte=begin, fetched_at__lt=end)
    turns = Check.objects.filter(since__gte=begin, since__lt=end)
    at_the_end = Check.objects.filter(since__lt=end).exclude(until__lte=end)
    return EvidenceFigures(
        fetched=captures.filter(how=FETCHED).count(),
        uploaded=captures.filter(how=UPLOADED).count(),
        rotted=turns.filter(state__in=ROTTEN).exclude(before__in=ROTTEN).count(),
        recovered=turns.filter(before__in=ROTTEN).exclude(state__in=ROTTEN).count(),
        rotten_now=at_the_end.filter(state__in=ROTTEN).count(),
    )
