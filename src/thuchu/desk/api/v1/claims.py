"""GET /api/v1/claims and /notes: what waits and what was found so far, as the public pages show it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from thuchu.desk.api.numbers import ID_MAX, NO_ZERO_BYTE
from thuchu.desk.api.problems import documented
from thuchu.desk.claims import reads
from thuchu.desk.claims.queue import Filter, queue
from thuchu.desk.claims.views import ClaimView, NameView, ProposalView, QueueRow
from thuchu.desk.evidence.reads import EvidenceView
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes.reads import NoteView

router = Router(tags=["claims"])

# Nobody reads so far by hand; a dump gives everything at once.
PAGE_MAX = 10_000

Verdict = Literal["false", "misleading", "outdated", "unproven", "true"]
Situation = Literal["waiting", "being_rated", "answered", "merged", "not_a_fact", "private"]


class Named(Schema):
    """A topic or an area: its code, its names."""

    code: str
    name_vi: str
    name_en: str


class ReasonOut(Schema):
    """Why a claim stands where it does; `value` is how many, how many times, a day, or the number of an event."""

    kind: Literal["asked_by", "growing", "waiting_days", "needed_by", "event"]
    value: int | float | date


class QueueItem(Schema):
    """One claim that waits."""

    id: int
    wording: str
    language: str
    state: Literal["open", "in_rating"]
    askers: int
    opened_at: datetime
    reasons: list[ReasonOut]
    is_taken: bool
    page_url: str


class QueueOut(Schema):
    """One page of what waits, the most needed first."""

    items: list[QueueItem]
    page: int
    has_more: bool


class ActOut(Schema):
    """What two people did to a claim, or one proposes: in public, with its reason; names of people are on the page."""

    id: int
    kind: Literal["merge", "split", "not_checkable", "withhold"]
    state: Literal["proposed", "confirmed", "declined", "taken_back", "undone"]
    undoes: int | None
    other: int | None
    code: str
    reason: str
    proposed_at: datetime
    ended_at: datetime | None


class EvidenceOut(Schema):
    """The sentence that a note rests on, scrubbed; the page itself is never served."""

    number: int
    address: str
    host: str
    title: str
    sentence: str
    before: str
    after: str
    description: str
    fetched_at: datetime
    how: Literal["fetched", "uploaded"]
    digest: str
    quote_differs: bool
    rot: str


class NoteOut(Schema):
    """What one contributor found: no answer of the desk before people who usually disagree agree on it."""

    number: int
    claim: int
    state: Literal["current", "withdrawn"]
    verdict: Verdict
    text: str
    author: str
    ai_drafted: bool
    versions: int
    written_at: datetime
    changed_at: datetime
    copied_from: int | None
    evidence: list[EvidenceOut]
    page_url: str


class ClaimOut(Schema):
    """One claim with its notes; `leads_to` of a merged one is where its questions are."""

    id: int
    wording: str
    language: str
    situation: Situation
    is_frozen: bool
    opened_at: datetime
    last_asked_at: datetime
    askers: int
    needed_by: date | None
    leads_to: int | None
    topics: list[Named]
    areas: list[Named]
    events: list[Named]
    acts: list[ActOut]
    notes: list[NoteOut]
    page_url: str


class QueueIn(Schema):
    """Which claims; all that wait when nothing is said."""

    topic: str = Field("", max_length=40, pattern=NO_ZERO_BYTE, description="Code of a topic.")
    area: str = Field("", max_length=40, pattern=NO_ZERO_BYTE, description="Code of an area; what is inside it counts.")
    event: int | None = Field(None, ge=1, le=ID_MAX, description="Number of an event.")
    language: str = Field("", max_length=12, pattern=NO_ZERO_BYTE)
    page: int = Field(1, ge=1, le=PAGE_MAX)


@router.get(
    "/claims",
    response=QueueOut,
    summary="What waits to be checked",
    operation_id="queue",
    openapi_extra=documented(422),
)
def waiting(request: HttpRequest, wanted: Query[QueueIn]) -> QueueOut:
    """Claims nobody has answered yet, the most needed first, each with the reason of its place."""
    which = Filter(topic=wanted.topic, area=wanted.area, event=wanted.event or 0, language=wanted.language)
    found = queue(now=timezone.now(), which=which, number=wanted.page)
    return QueueOut(items=[_queue_item(row) for row in found.rows], page=found.number, has_more=found.has_more)


@router.get(
    "/claims/{int:number}",
    response=ClaimOut,
    summary="One claim with its notes",
    operation_id="one_claim",
    openapi_extra=documented(404),
)
def one_claim(request: HttpRequest, number: int) -> ClaimOut:
    """The claim of that number, in whatever state; one that was erased is not found."""
    now = timezone.now()
    view = reads.claim(number, now=now) if number <= ID_MAX else None
    if view is None:
        raise Http404
    found = notes.notes_of([view.id, *view.merged_here], viewer=None, now=now)
    return _claim(view, [_note(note) for note in found])


@router.get(
    "/notes/{int:number}",
    response=NoteOut,
    summary="One note",
    operation_id="one_note",
    openapi_extra=documented(404),
)
def one_note(request: HttpRequest, number: int) -> NoteOut:
    """The note of that number, as it stands now."""
    view = notes.note(number, viewer=None, now=timezone.now()) if number <= ID_MAX else None
    if view is None:
        raise Http404
    return _note(view)


def _queue_item(row: QueueRow) -> QueueItem:
    return QueueItem(
        id=row.claim_id,
        wording=row.wording,
        language=row.language,
        state="open" if row.state == "open" else "in_rating",
        askers=row.askers,
        opened_at=row.opened_at,
        reasons=[ReasonOut(kind=reason.kind, value=reason.value) for reason in row.reasons],
        is_taken=row.assignment is not None,
        page_url=f"{settings.THUCHU_ADDRESS}/c/{row.claim_id}",
    )


def _claim(view: ClaimView, found: list[NoteOut]) -> ClaimOut:
    return ClaimOut(
        id=view.id,
        wording=view.wording,
        language=view.language,
        situation=view.situation,
        is_frozen=view.is_frozen,
        opened_at=view.opened_at,
        last_asked_at=view.last_asked_at,
        askers=view.askers,
        needed_by=view.needed_by,
        leads_to=view.leads_to,
        topics=named(view.topics),
        areas=named(view.areas),
        events=named(view.events),
        acts=[_act(act) for act in view.acts],
        notes=found,
        page_url=f"{settings.THUCHU_ADDRESS}/c/{view.id}",
    )


def named(views: Iterable[NameView]) -> list[Named]:
    """Topics, areas or events with their names."""
    return [Named(code=view.code, name_vi=view.name_vi, name_en=view.name_en) for view in views]


def _act(view: ProposalView) -> ActOut:
    return ActOut.model_validate({name: getattr(view, name) for name in ActOut.model_fields})


def _note(view: NoteView) -> NoteOut:
    return NoteOut.model_validate(
        {
            "number": view.number,
            "claim": view.claim,
            "state": view.state,
            "verdict": view.verdict,
            "text": view.text,
            "author": view.author.name,
            "ai_drafted": view.ai_drafted,
            "versions": view.versions,
            "written_at": view.written_at,
            "changed_at": view.changed_at,
            "copied_from": view.copied_from,
            "evidence": [_evidence(each) for each in view.evidence],
            "page_url": f"{settings.THUCHU_ADDRESS}/n/{view.number}",
        }
    )


def _evidence(view: EvidenceView) -> EvidenceOut:
    return EvidenceOut.model_validate({name: getattr(view, name) for name in EvidenceOut.model_fields})
