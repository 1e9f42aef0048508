"""GET /api/v1/events: their times and sources; of one also its pinned facts and what was written beforehand."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from thuchu.desk.api.answers import FactOut, fact_out
from thuchu.desk.api.numbers import ID_MAX
from thuchu.desk.api.problems import documented
from thuchu.desk.api.v1.claims import Named, named
from thuchu.desk.claims import prebunk_reads, reads
from thuchu.desk.claims.prebunk_reads import PrebunkView
from thuchu.desk.claims.views import EventView
from thuchu.desk.facts import reads as facts
from thuchu.desk.facts.reads import FactView, Standing

router = Router(tags=["events"])


class SourceOut(Schema):
    """An official source of an event that two people confirmed."""

    about: str
    title: str
    address: str
    words: str


class EventOut(Schema):
    """An event: its time box, its official sources, how many claims stand under it."""

    id: int
    kind: str
    name_vi: str
    name_en: str
    starts: datetime
    ends: datetime
    is_running: bool
    areas: list[Named]
    sources: list[SourceOut]
    claims: int
    page_url: str


class PinnedFactOut(FactOut):
    """A fact that two people read in its source; only one whose standing is "current" answers questions."""

    standing: Standing
    valid_from: datetime
    valid_until: datetime
    next_check_at: datetime


class PrebunkOut(Schema):
    """The true procedure of a step, where to look it up, how it is usually told wrong; `claim` has its notes."""

    claim: int
    step: str
    wording: str
    language: str
    look_up: str
    twists: list[str]
    is_answered: bool
    page_url: str


class EventInFullOut(EventOut):
    """An event with its pinned facts, those of all areas first, and its prebunks, in the order they were written."""

    facts: list[PinnedFactOut]
    prebunks: list[PrebunkOut]


@router.get("/events", response=list[EventOut], summary="Events", operation_id="events")
def events(request: HttpRequest) -> list[EventOut]:
    """Events that run or are to come first, then those that are over."""
    return [EventOut(**_event(view)) for view in reads.events(now=timezone.now())]


@router.get(
    "/events/{int:number}",
    response=EventInFullOut,
    summary="One event with its pinned facts",
    operation_id="one_event",
    openapi_extra=documented(404),
)
def one_event(request: HttpRequest, number: int) -> EventInFullOut:
    """The event of that number, over or not; facts that wait for a second person are left out."""
    now = timezone.now()
    view = reads.event(number, now=now) if number <= ID_MAX else None
    if view is None:
        raise Http404
    pinned = facts.of_event(view.id, now=now)
    return EventInFullOut(
        **_event(view),
        facts=[_pinned(each) for each in pinned if each.standing != "waiting"],
        prebunks=[_prebunk(each) for each in prebunk_reads.of_event(view.id, now=now)],
    )


def _event(view: EventView) -> dict[str, Any]:
    same = ("id", "kind", "name_vi", "name_en", "starts", "ends", "is_running", "claims")
    sources = (each for each in view.sources if each.confirmed_by is not None)
    return {
        **{name: getattr(view, name) for name in same},
        "areas": named(view.areas),
        "sources": [SourceOut(about=s.about, title=s.title, address=s.address, words=s.words) for s in sources],
        "page_url": f"{settings.THUCHU_ADDRESS}/e/{view.id}",
    }


def _pinned(view: FactView) -> PinnedFactOut:
    return PinnedFactOut(
        **fact_out(view).model_dump(),
        standing=view.standing,
        valid_from=view.valid_from,
        valid_until=view.valid_until,
        next_check_at=view.next_check_at,
    )


def _prebunk(view: PrebunkView) -> PrebunkOut:
    return PrebunkOut(
        claim=view.claim_id,
        step=view.step,
        wording=view.wording,
        language=view.language,
        look_up=view.look_up,
        twists=list(view.twists),
        is_answered=view.is_answered,
        page_url=f"{settings.THUCHU_ADDRESS}/c/{view.claim_id}",
    )
