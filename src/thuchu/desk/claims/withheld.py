"""What is withheld now, and words without it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from thuchu.desk.claims.models import CONFIRMED, WITHHOLD, Claim, Proposal
from thuchu.desk.claims.views import WITHHELD, Passage


def withheld_in(subjects: Iterable[str], *, now: datetime) -> dict[str, tuple[Passage, ...]]:
    """For other rooms: the passages of their things ("note:12") that are withheld now; those without are left out."""
    rows = _in_force(now).filter(subject__in=[subject for subject in subjects if subject])
    found: dict[str, tuple[Passage, ...]] = {}
    for row in rows:
        found[row.subject] = (*found.get(row.subject, ()), _passage(row))
    return found


def withheld_of(claim_ids: Sequence[int], *, now: datetime) -> dict[int, tuple[Passage, ...]]:
    """The passages of claims' own words that are withheld now."""
    found: dict[int, tuple[Passage, ...]] = {}
    for row in _in_force(now).filter(subject="", claim__in=claim_ids):
        found[row.claim_id] = (*found.get(row.claim_id, ()), _passage(row))
    return found


def claims_withheld_since(begin: datetime) -> list[int]:
    """Claims of which a passage, or one of a note on them, was withheld at some time since then, by number."""
    rows = Proposal.objects.filter(kind=WITHHOLD, state=CONFIRMED, undoes=None, until__gt=begin)
    return list(rows.order_by("claim").values_list("claim", flat=True).distinct())


def without(text: str, passages: Iterable[Passage]) -> str:
    """`text` with a mark in place of each passage; passages may overlap."""
    for passage in sorted(_joined(passages), reverse=True):
        text = text[: passage[0]] + WITHHELD + text[passage[1] :]
    return text


def shown_words(rows: Sequence[Claim], *, now: datetime) -> Mapping[int, str]:
    """Claims' words as everybody may read them."""
    hidden = withheld_of([row.pk for row in rows], now=now)
    return {row.pk: without(row.wording, hidden.get(row.pk, ())) for row in rows}


def _in_force(now: datetime) -> QuerySet[Proposal]:
    acts = Proposal.objects.filter(kind=WITHHOLD, state=CONFIRMED, undoes=None, until__gt=now)
    return acts.filter(passage_start__isnull=False).order_by("pk")


def _passage(row: Proposal) -> Passage:
    return Passage(
        start=row.passage_start or 0,
        end=row.passage_end or 0,
        until=row.until or row.proposed_at,
        reason=row.code,
        why=row.reason,
        court_order=row.court_order,
        proposal_id=row.pk,
    )


def _joined(passages: Iterable[Passage]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((passage.start, passage.end) for passage in passages):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
