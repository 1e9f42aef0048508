"""Finding a fact's row for a verb, and what every change of one must leave behind."""

from datetime import datetime

from django.db.models import Max

from thuchu.desk.claims.models import Event
from thuchu.desk.evidence import reads as evidence_reads
from thuchu.desk.evidence.models import ROTTEN
from thuchu.desk.facts.models import CONFIRMED, PINNED, PinnedFact
from thuchu.desk.facts.refusals import EventOver, NoSource, NoSuchEvent, NoSuchFact, QuoteMissing, SourceChanged
from thuchu.procedure import field_of


def event_row(event_id: int, *, now: datetime) -> Event:
    """An event that isn't over; raises NoSuchEvent, EventOver."""
    row = Event.objects.filter(pk=event_id).first()
    if row is None:
        raise NoSuchEvent
    if row.ends <= now:
        raise EventOver
    return row


def live_fact(fact_id: int) -> PinnedFact:
    """A fact that is pinned or confirmed, its row locked where the database does; raises NoSuchFact."""
    rows = PinnedFact.objects.select_for_update().filter(pk=fact_id, state__in=(PINNED, CONFIRMED))
    row = rows.first()
    if row is None:
        raise NoSuchFact
    return row


def require_shown(evidence: int, field: str) -> None:
    """The source shows the sentence word for word, as far as anybody looked; raises a FactRefused otherwise."""
    view = evidence_reads.evidence(evidence)
    if view is None:
        raise NoSource
    if not view.sentence or view.quote_differs:
        raise QuoteMissing(field=field_of(field).name_vi)
    if view.rot in ROTTEN:
        raise SourceChanged(field=field_of(field).name_vi)


def next_change() -> int:
    """The number of the next change that askers may have to be told; inside the caller's transaction."""
    return (PinnedFact.objects.aggregate(last=Max("change"))["last"] or 0) + 1


def subject(event_id: int) -> str:
    """An event as the ledger names it."""
    return f"event:{event_id}"
