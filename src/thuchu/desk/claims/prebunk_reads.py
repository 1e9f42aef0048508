"""What other rooms and pages may ask of prebunks: values, never rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from thuchu.desk.claims.models import CLOSED_STATES, Claim, Prebunk, Twist
from thuchu.desk.claims.withheld import shown_words

# A prebunk says what is so. When the world changes afterwards, that it was so may be said, too.
FIRST_VERDICTS, LATER_VERDICTS = ("true",), ("true", "outdated")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrebunkView:
    """A prebunk: the true procedure in `wording`, where to look it up, how it is usually told wrong.

    is_answered  a note on it is agreed: only then it is published
    is_frozen    a note on it was rated: what it says stays
    """

    claim_id: int
    event_id: int
    step: str
    wording: str
    language: str
    look_up: str
    twists: tuple[str, ...]
    is_answered: bool
    is_frozen: bool


def of_claim(claim_id: int, *, now: datetime) -> PrebunkView | None:
    """What makes this claim a prebunk; None for one that somebody asked."""
    found = _views(Prebunk.objects.filter(pk=claim_id), now)
    return found[0] if found else None


def of_event(event_id: int, *, now: datetime) -> tuple[PrebunkView, ...]:
    """An event's prebunks in the order they were written; closed ones are left out."""
    rows = Prebunk.objects.filter(event=event_id).exclude(claim__state__in=CLOSED_STATES)
    return _views(rows.order_by("pk"), now)


def twists_of(claim_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """How each of these prebunks is usually told wrong; claims that are none are left out."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Twist.objects.filter(prebunk__in=list(claim_ids)).order_by("prebunk", "place")
    for claim, words in rows.values_list("prebunk", "words"):
        found[claim].append(words)
    return {claim: tuple(words) for claim, words in found.items()}


def verdicts_on(claim_id: int) -> tuple[str, ...] | None:
    """What notes on a prebunk may say; None for any other claim."""
    row = Claim.objects.filter(pk=claim_id, prebunk__isnull=False).values_list("frozen_at").first()
    if row is None:
        return None
    return FIRST_VERDICTS if row[0] is None else LATER_VERDICTS


def among(claim_ids: Iterable[int]) -> frozenset[int]:
    """Which of these claims are prebunks."""
    return frozenset(Prebunk.objects.filter(pk__in=list(claim_ids)).values_list("pk", flat=True))


def _views(rows: "QuerySet[Prebunk]", now: datetime) -> tuple[PrebunkView, ...]:
    found = list(rows.select_related("claim").prefetch_related("twists"))
    words = shown_words([row.claim for row in found], now=now)
    return tuple(
        PrebunkView(
            claim_id=row.pk,
            event_id=row.event_id,
            step=row.step,
            wording=words[row.pk],
            language=row.claim.language,
            look_up=row.look_up,
            twists=tuple(each.words for each in sorted(row.twists.all(), key=lambda each: each.place)),
            is_answered=row.claim.state == "answered",
            is_frozen=row.claim.frozen_at is not None,
        )
        for row in found
    )
