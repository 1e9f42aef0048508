"""Claims' own counts for the review: what came, what was closed and how, what two people did, what waits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from thuchu.desk.claims.models import (
    CLOSING_REASONS,
    CONFIRMED,
    DECLINED,
    HOWS,
    OVERTURNED,
    PROPOSAL_KINDS,
    UNDONE,
    UPHELD,
    Appeal,
    Claim,
    Grouping,
    Notice,
    Proposal,
)
from thuchu.desk.parts import VALUES_A_STATEMENT, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Claims in a period, from its first moment up to but without its last; erased ones are not counted.

    opened      claims
    questions   kept questions that came to a claim, by how: the share that was grouped by itself is told by it
    acts        what two people did, by kind; `undone` how many of those don't hold any more
    closings    of the acts, those that closed a claim, by reason
    appeals     decided in the period, by outcome; `appealed` filed in it
    bursts      notices of the same message very often
    """

    opened: int
    questions: Mapping[str, int]
    acts: Mapping[str, int]
    closings: Mapping[str, int]
    undone: int
    declined: int
    appealed: int
    appeals: Mapping[str, int]
    bursts: int


def figures(since: datetime, until: datetime) -> Figures:
    """The counts of a period."""
    ended = Proposal.objects.filter(ended_at__gte=since, ended_at__lt=until)
    acts = ended.filter(undoes=None, state__in=(CONFIRMED, UNDONE))
    decided = Appeal.objects.filter(decided_at__gte=since, decided_at__lt=until)
    asked = Grouping.objects.filter(at__gte=since, at__lt=until)
    return Figures(
        opened=Claim.objects.filter(opened_at__gte=since, opened_at__lt=until).count(),
        questions=_by("how", HOWS, asked),
        acts=_by("kind", PROPOSAL_KINDS, acts),
        closings=_by("code", CLOSING_REASONS, acts),
        undone=acts.filter(state=UNDONE).count(),
        declined=ended.filter(state=DECLINED).count(),
        appealed=Appeal.objects.filter(at__gte=since, at__lt=until).count(),
        appeals=_by("outcome", (UPHELD, OVERTURNED), decided),
        bursts=Notice.objects.filter(at__gte=since, at__lt=until).count(),
    )


def waiting() -> int:
    """Claims that somebody waits for now."""
    return Claim.objects.filter(need__isnull=False).count()


def longest_wait_days(now: datetime) -> int:
    """Whole days that the claim which waits longest has waited; 0 when none does."""
    first = Claim.objects.filter(need__isnull=False).order_by("opened_at").values_list("opened_at", flat=True).first()
    return (now - first).days if first else 0


def _by(field: str, values: tuple[str, ...], rows: "QuerySet[Any]") -> dict[str, int]:
    found = dict(rows.order_by().values_list(field).annotate(number=Count("pk")))
    return {value: found.get(value, 0) for value in values}


def opened_between(begin: datetime, end: datetime) -> Iterator[datetime]:
    """When each claim of that time was opened; erased ones are not counted."""
    rows = Claim.objects.filter(opened_at__gte=begin, opened_at__lt=end).order_by()
    yield from rows.values_list("opened_at", flat=True).iterator(chunk_size=5_000)


def opened_at(numbers: Iterable[int]) -> dict[int, datetime]:
    """When each of these claims was opened; erased ones are left out."""
    found: dict[int, datetime] = {}
    for some in parts(sorted(numbers), VALUES_A_STATEMENT):
        found.update(Claim.objects.filter(pk__in=some).values_list("pk", "opened_at"))
    return found
