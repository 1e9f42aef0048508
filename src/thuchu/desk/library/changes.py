"""What fact-checks said and don't say any more: withdrawn, disputed, another verdict; and names with what they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from thuchu.desk.library.models import FactCheck, PastVersion

# What is shown of a row; its explanation may be long.
_SHOWN = ("public_id", "note", "claim", "language", "verdict", "verdict_words", "state", "disputed", "withdrawn_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed about a fact-check.

    kind   withdrawn, disputed, another_verdict or no_longer_agreed
    said   the verdict before, with the publisher's own words where there are some; None for none of our five
    state  how the fact-check stands now, with `verdict` and `verdict_words` where it is current
    """

    kind: str
    at: datetime
    id: str
    note: int | None
    claim: str
    language: str
    publisher: str
    said: str | None
    said_words: str
    state: str
    disputed: bool
    verdict: str | None
    verdict_words: str
    reason: str


def latest(limit: int) -> list[Change]:
    """At most `limit` of each kind that the library knows by itself, newest first within a kind."""
    withdrawn = _rows().filter(state=FactCheck.WITHDRAWN, withdrawn_at__isnull=False).order_by("-withdrawn_at", "-pk")
    # Only notes of this desk are ever disputed: they are few beside what was imported.
    disputed = _rows().filter(note__isnull=False, disputed=True).order_by("-updated_at", "-pk")
    return [
        *(_change("withdrawn", row, row.withdrawn_at or row.updated_at) for row in withdrawn[:limit]),
        *(_change("disputed", row, row.updated_at) for row in disputed[:limit]),
        *(_change("another_verdict", past.fact_check, past.until, past) for past in _other_verdicts()[:limit]),
    ]


def lost(names_at: Sequence[tuple[str, datetime]]) -> list[Change]:
    """Those that lost their agreement at these moments; what was erased since is left out.  Two queries."""
    rows = {row.public_id: row for row in _rows().filter(public_id__in={name for name, _ in names_at})}
    pasts: dict[int, list[PastVersion]] = {}
    for past in PastVersion.objects.filter(fact_check__in=rows.values()).order_by("pk"):
        pasts.setdefault(past.fact_check_id, []).append(past)
    found = []
    for name, at in names_at:
        if name in rows:
            # What it said then is what was replaced first since, or what it says to this day.
            then = next((past for past in pasts.get(rows[name].pk, ()) if past.until > at), None)
            found.append(_change("no_longer_agreed", rows[name], at, then))
    return found


def _rows() -> QuerySet[FactCheck]:
    return FactCheck.objects.select_related("publisher").only(
        *_SHOWN, "withdrawn_reason", "updated_at", "publisher__name"
    )


def _other_verdicts() -> QuerySet[PastVersion]:
    """Newest first: rows are written in the order of time, so that their numbers tell it without an index."""
    next_one = PastVersion.objects.filter(fact_check=OuterRef("fact_check"), pk__gt=OuterRef("pk")).order_by("pk")
    said_next = Subquery(next_one.annotate(said=Coalesce("verdict", Value(""))).values("said")[:1])
    rows = PastVersion.objects.annotate(
        said=Coalesce("verdict", Value("")), became=Coalesce(said_next, F("fact_check__verdict"), Value(""))
    )
    return rows.exclude(said=F("became")).select_related("fact_check__publisher").order_by("-pk")


def _change(kind: str, row: FactCheck, at: datetime, then: PastVersion | None = None) -> Change:
    return Change(
        kind=kind,
        at=at,
        id=row.public_id,
        note=row.note,
        claim=then.claim if then else row.claim,
        language=row.language,
        publisher="" if row.note else row.publisher.name,
        said=then.verdict if then else row.verdict,
        said_words=then.verdict_words if then else row.verdict_words,
        state=row.state,
        disputed=row.disputed,
        verdict=row.verdict,
        verdict_words=row.verdict_words,
        reason=row.withdrawn_reason,
    )
