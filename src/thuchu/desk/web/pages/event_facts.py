"""Facts of an event: what holds in one area, and the pages on which coordinators prepare, confirm and keep them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.views import EventView
from thuchu.desk.evidence import reads as evidence
from thuchu.desk.evidence.reads import EvidenceView
from thuchu.desk.evidence.requests import request_capture
from thuchu.desk.facts import keeping, pinning, preparing
from thuchu.desk.facts import reads as facts
from thuchu.desk.facts import steps as event_steps
from thuchu.desk.facts.models import VALUE_CHARS_MAX
from thuchu.desk.facts.refusals import NoSource, NoSuchFact, WrongTime
from thuchu.desk.facts.templates import Template, template_of
from thuchu.desk.replies.figures import told_again
from thuchu.desk.web.forms import clean, number, numbers, see_other, typed
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.pages.event_parts import steps_of_kind
from thuchu.desk.web.person import needs, signed_in
from thuchu.desk.web.templatetags.words import VIET_NAM


@never_cache
@require_safe
def area(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """What official sources say for one area of an event."""
    view, place, now = _found(number), claims.area(code), timezone.now()
    if place is None:
        raise Http404
    shown = {
        "event": view,
        "place": place,
        "facts": facts.of_area(number, code, now=now),
    }
    return render(request, "pages/event_area.html", shown)


@needs(Act.MANAGE_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, number: int) -> HttpResponse:
    """The address of an official page, and one sentence of it: a worker fetches it."""
    view = _found(number)

    def act() -> HttpResponse:
        request_capture(
            typed(request, "address"),
            clean(request, "quote"),
            by=signed_in(request).pseudonym_id,
            now=timezone.now(),
            subject=f"event:{number}",
        )
        return see_other(f"/e/{number}/prepare")

    return form_page(request, "pages/event_source.html", {"event": view}, act)


@needs(Act.MANAGE_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, number: int) -> HttpResponse:
    """Every field of the template in one form, for one area, from one source."""
    view, template = _with_template(number)
    by, now = signed_in(request).pseudonym_id, timezone.now()
    requests = evidence.gathered(by=by, subject=f"event:{number}")
    sources = _sources(number, [each.evidence for each in requests if each.evidence])

    def act() -> HttpResponse:
        preparing.prepare(
            number,
            _chosen(request, sources),
            _filled(request, template),
            holds=pinning.Holds(area=typed(request, "area"), check_days=_days(request)),
            by=by,
            now=now,
            home=settings.THUCHU_HOME,
        )
        return see_other(f"/e/{number}/agree")

    shown = {
        "event": view,
        "sources": sources,
        "coming": [each for each in requests if each.evidence is None],
        "areas": facts.areas_to_fill(number, day=now.date()),
        "fields": [_box(request, field) for field in template.fields],
        "value_max": VALUE_CHARS_MAX,
        "days": pinning.CHECK_DAYS,
        "days_max": pinning.CHECK_DAYS_MAX,
    }
    return form_page(request, "pages/event_prepare.html", shown, act)


@needs(Act.MANAGE_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, number: int) -> HttpResponse:
    """What waits for a second person: they tick what they have read in its source."""
    view, by, now = _found(number), signed_in(request).pseudonym_id, timezone.now()
    waiting = [each for each in facts.of_event(number, now=now) if each.standing == "waiting"]

    def act() -> HttpResponse:
        ticked = numbers(request, "fact")
        if not {each.id for each in waiting}.issuperset(ticked):
            raise NoSuchFact
        pinning.confirm(ticked, by=by, now=now)
        return see_other(f"/e/{number}#facts")

    standing = facts.facts([each.replaces for each in waiting if each.replaces], now=now)
    shown = {
        "event": view,
        "waiting": [{"fact": each, "before": standing.get(each.replaces or 0)} for each in waiting],
        "me": by,
        "ticked": numbers(request, "fact"),
    }
    return form_page(request, "pages/event_agree.html", shown, act)


@needs(Act.MANAGE_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, number: int) -> HttpResponse:
    """When each step of the event is, as an official source has it."""
    view, template = _with_template(number)

    def act() -> HttpResponse:
        moments = {step.code: _moment(typed(request, f"step-{step.code}")) for step in template.steps}
        event_steps.set_steps(number, moments, by=signed_in(request).pseudonym_id, now=timezone.now())
        return see_other(f"/e/{number}#steps")

    boxes = [
        {**each, "typed": typed(request, f"step-{each['step'].code}")} for each in steps_of_kind(view.kind, number)
    ]
    return form_page(request, "pages/event_steps.html", {"event": view, "steps": boxes}, act)


@needs(Act.MANAGE_EVENTS)
@require_safe
def told(request: HttpRequest, number: int) -> HttpResponse:
    """Facts that hold no more, and how many of those who were told them have been told so (rule 9)."""
    view, now = _found(number), timezone.now()
    ended = [
        each for each in facts.of_event(number, now=now, ended=True) if each.standing in ("replaced", "taken_down")
    ]
    counts = told_again({each.name: each.ended_at for each in ended if each.ended_at and each.confirmed_by}, end=now)
    rows = [{"fact": each, "told": counts[each.name]} for each in ended if each.name in counts]
    return render(request, "pages/event_told.html", {"event": view, "rows": rows})


@needs(Act.MANAGE_EVENTS)
@require_POST
def check(request: HttpRequest, number: int, fact: int) -> HttpResponse:
    """Somebody opened the source again, and it still says so."""
    return _keep(request, number, fact, keeping.check_again)


@needs(Act.MANAGE_EVENTS)
@require_POST
def down(request: HttpRequest, number: int, fact: int) -> HttpResponse:
    """It holds no more."""
    return _keep(request, number, fact, keeping.take_down)


def _keep(request: HttpRequest, number: int, fact: int, verb: Callable[..., None]) -> HttpResponse:
    view = _found(number)

    def act() -> HttpResponse:
        known = facts.facts([fact], now=timezone.now()).get(fact)
        if known is None or known.event != number:
            raise NoSuchFact
        verb(fact, by=signed_in(request).pseudonym_id, now=timezone.now())
        return see_other(f"/e/{number}#facts")

    return form_page(request, "pages/event_kept.html", {"event": view}, act)


def _found(number: int) -> EventView:
    view = claims.event(number, now=timezone.now())
    if view is None:
        raise Http404
    return view


def _with_template(number: int) -> tuple[EventView, Template]:
    view = _found(number)
    template = template_of(view.kind)
    if template is None:
        raise Http404
    return view, template


def _sources(number: int, gathered: list[int]) -> list[EvidenceView]:
    """Pages to choose from: those that this person had fetched for the event, and those it rests on already."""
    views = [*evidence.evidences(gathered).values(), *facts.sources_of(number)]
    # A picture has no words to look for.
    return list({view.capture: view for view in reversed(views) if view.sentence}.values())[::-1]


def _chosen(request: HttpRequest, sources: list[EvidenceView]) -> int:
    chosen = number(request, "source")
    if chosen is None or chosen not in {view.number for view in sources}:
        raise NoSource
    return chosen


def _filled(request: HttpRequest, template: Template) -> list[preparing.Filled]:
    return [
        preparing.Filled(
            field=field.code,
            value_vi=clean(request, f"{field.code}-vi"),
            value_en=clean(request, f"{field.code}-en"),
            sentence=clean(request, f"{field.code}-quote"),
        )
        for field in template.fields
        if typed(request, f"{field.code}-vi")
    ]


def _box(request: HttpRequest, field: Any) -> dict[str, Any]:
    """A field with what was typed into its three boxes."""
    return {"field": field, **{name: typed(request, f"{field.code}-{name}") for name in ("vi", "en", "quote")}}


def _days(request: HttpRequest) -> int:
    if not typed(request, "days"):
        return pinning.CHECK_DAYS
    days = number(request, "days")
    if days is None:
        raise WrongTime(most=pinning.CHECK_DAYS_MAX)
    return days


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=VIET_NAM)
    except ValueError:
        raise WrongTime(most=pinning.CHECK_DAYS_MAX) from None
