"""Events: a time box with official sources pinned, each confirmed by a second person (rules 8 and 10)."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import events as claim_events
from thuchu.desk.claims import reads
from thuchu.desk.claims.models import ELECTION, ELECTION_SUBJECTS, EVENT_KINDS, SOURCE_SUBJECTS
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.views import EventView
from thuchu.desk.web.forms import clean, see_other, typed
from thuchu.desk.web.pages.claim import names_of
from thuchu.desk.web.pages.claim_about import ticked
from thuchu.desk.web.pages.claim_forms import form_page, status_of
from thuchu.desk.web.pages.event_parts import facts_shown
from thuchu.desk.web.pages.paging import asked_page, neighbours
from thuchu.desk.web.person import needs, person, signed_in
from thuchu.desk.web.templatetags.claim_words import refusal
from thuchu.desk.web.templatetags.words import VIET_NAM

# What is further away is a slip of the finger, and calendars end.
YEARS = range(2000, 2200)


@never_cache
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """All of them, what runs now first."""
    now = timezone.now()
    listed = reads.events(now=now)
    shown = {
        "running": [each for each in listed if each.is_running],
        "coming": [each for each in listed if each.starts > now],
        "over": [each for each in listed if each.ends <= now],
        "may_manage": may(person(request), Act.MANAGE_EVENTS),
    }
    return render(request, "pages/events.html", shown)


@never_cache
@require_safe
def event(request: HttpRequest, number: int) -> HttpResponse:
    """One of them."""
    return _page(request, number)


@needs(Act.MANAGE_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_event(request: HttpRequest) -> HttpResponse:
    """A new one."""

    def act() -> HttpResponse:
        number = claim_events.open_event(
            typed(request, "kind"),
            names=(clean(request, "name_vi"), clean(request, "name_en")),
            times=_times(request),
            areas=ticked(request, "area"),
            by=signed_in(request).pseudonym_id,
            now=timezone.now(),
        )
        return to_event(number)

    shown = {"kinds": EVENT_KINDS, "chosen": request.POST.getlist("area"), **_form()}
    return form_page(request, "pages/event_open.html", shown, act)


@needs(Act.MANAGE_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Other names, times or areas."""
    view = _found(number)

    def act() -> HttpResponse:
        claim_events.change_event(
            number,
            names=(clean(request, "name_vi"), clean(request, "name_en")),
            times=_times(request),
            areas=ticked(request, "area"),
            by=signed_in(request).pseudonym_id,
            now=timezone.now(),
        )
        return to_event(number)

    chosen = request.POST.getlist("area") if request.method == "POST" else [area.code for area in view.areas]
    return form_page(request, "pages/event_change.html", {"event": view, "chosen": chosen, **_form()}, act)


@needs(Act.MANAGE_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: HttpRequest, number: int) -> HttpResponse:
    """An official source, with the words that matter; of an election only the fixed subjects are offered (rule 10)."""
    view = _found(number)

    def act() -> HttpResponse:
        claim_events.pin_source(
            number,
            typed(request, "about"),
            title=clean(request, "title"),
            address=typed(request, "address"),
            words=clean(request, "words"),
            by=signed_in(request).pseudonym_id,
            now=timezone.now(),
        )
        return to_event(number)

    subjects = ELECTION_SUBJECTS if view.kind == ELECTION else SOURCE_SUBJECTS
    shown = {"event": view, "subjects": subjects, "title_max": claim_events.TITLE_CHARS_MAX}
    return form_page(request, "pages/event_pin.html", {**shown, "words_max": claim_events.WORDS_CHARS_MAX}, act)


@needs(Act.MANAGE_EVENTS)
@require_POST
def confirm(request: HttpRequest, number: int, source: int) -> HttpResponse:
    """A second person has read it."""
    return _do(request, number, source, claim_events.confirm_source)


@needs(Act.MANAGE_EVENTS)
@require_POST
def take_down(request: HttpRequest, number: int, source: int) -> HttpResponse:
    """It says something else now."""
    return _do(request, number, source, claim_events.take_down_source)


def to_event(number: int) -> HttpResponse:
    """On to the event."""
    return see_other(reverse("event", kwargs={"number": number}))


def _do(request: HttpRequest, number: int, source: int, verb: Callable[..., None]) -> HttpResponse:
    if source not in {each.id for each in _found(number).sources}:
        return _page(request, number, refusal(ClaimRefused("no_such_source")), 422)
    try:
        verb(source, by=signed_in(request).pseudonym_id, now=timezone.now())
    except ClaimRefused as error:
        return _page(request, number, refusal(error), status_of(error))
    return to_event(number)


def _page(request: HttpRequest, number: int, trouble: str = "", status: int = 200) -> HttpResponse:
    view, who = _found(number), person(request)
    page = reads.claims_of_event(number, now=timezone.now(), number=asked_page(request))
    shown = {
        **facts_shown(view, may_manage=may(who, Act.MANAGE_EVENTS)),
        "event": view,
        "confirmed": [each for each in view.sources if each.confirmed_by is not None],
        "unconfirmed": [each for each in view.sources if each.confirmed_by is None],
        "claims": page.items,
        "page": page,
        "neighbours": neighbours(page.number, has_more=page.has_more, most=reads.EVENT_PAGES_MAX),
        "names": names_of(who for each in view.sources for who in (each.pinned_by, each.confirmed_by)),
        "may_manage": may(who, Act.MANAGE_EVENTS),
        "me": who.pseudonym_id if who else None,
        "trouble": trouble,
    }
    return render(request, "pages/event.html", shown, status=status)


def _found(number: int) -> EventView:
    view = reads.event(number, now=timezone.now())
    if view is None:
        raise Http404
    return view


def _form() -> dict[str, object]:
    today = timezone.now().date()
    return {
        "areas": reads.provinces(today),
        "has_communes": reads.has_communes(today),
        "most": claim_events.EVENT_AREAS_MAX,
        "name_max": claim_events.NAME_CHARS_MAX,
        "days_max": claim_events.EVENT_DAYS_MAX,
    }


def _times(request: HttpRequest) -> tuple[datetime, datetime]:
    """From and until, as somebody in Viet Nam writes them."""
    return _moment(typed(request, "starts")), _moment(typed(request, "ends"))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=VIET_NAM)
    except ValueError:
        raise ClaimRefused("wrong_time", limit=claim_events.EVENT_DAYS_MAX) from None
    if moment.year not in YEARS:
        raise ClaimRefused("wrong_time", limit=claim_events.EVENT_DAYS_MAX)
    return moment
