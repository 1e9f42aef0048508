"""Events: a time box with official sources pinned, each confirmed by a second person (rules 8 and 10)."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import events as claim_events
from thuchu.desk.claims import evidence_rule, last_day, prebunk_reads, reads
from thuchu.desk.claims.models import ELECTION, ELECTION_SUBJECTS, EVENT_KINDS, SOURCE_SUBJECTS
from thuchu.desk.claims.prebunk_reads import PrebunkView
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.views import EventView
from thuchu.desk.library.reads import of_notes
from thuchu.desk.notes.figures import notes_on
from thuchu.desk.reviews import cycles
from thuchu.desk.reviews import reads as review_reads
from thuchu.desk.reviews.refusals import ReviewRefused
from thuchu.desk.shifts.reads import on_duty
from thuchu.desk.web.forms import clean, see_other, sentence, typed
from thuchu.desk.web.pages.claim import names_of
from thuchu.desk.web.pages.claim_about import ticked
from thuchu.desk.web.pages.claim_forms import form_page, status_of
from thuchu.desk.web.pages.event_parts import facts_shown
from thuchu.desk.web.pages.paging import asked_page, neighbours
from thuchu.desk.web.person import needs, person, signed_in
from thuchu.desk.web.templatetags.claim_words import refusal
from thuchu.desk.web.templatetags.words import VIET_NAM


class Published(NamedTuple):
    """A prebunk and its permanent page."""

    prebunk: PrebunkView
    page: str


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


@needs(Act.MANAGE_EVENTS)
@require_POST
def propose_rule(request: HttpRequest, number: int) -> HttpResponse:
    """The rule of evidence, before the event begins."""
    return _declare(request, number, evidence_rule.propose_evidence_rule)


@needs(Act.MANAGE_EVENTS)
@require_POST
def confirm_rule(request: HttpRequest, number: int) -> HttpResponse:
    """A second person declares it."""
    return _declare(request, number, evidence_rule.confirm_evidence_rule)


@needs(Act.HOLD_REVIEW)
@require_POST
def begin_reviews(request: HttpRequest, number: int) -> HttpResponse:
    """Have it reviewed at short intervals."""
    _found(number)
    try:
        cycles.begin_cycle(signed_in(request), number, now=timezone.now())
    except ReviewRefused as refused:
        return _page(request, number, sentence(refused), 409 if refused.is_conflict else 422)
    return to_event(number)


@never_cache
@require_safe
def frozen(request: HttpRequest, number: int) -> HttpResponse:
    """What stands still on the last day of an election, and since when; before the day it says what is coming."""
    view, quiet = _found(number), last_day.window(number)
    if quiet is None:
        raise Http404
    now = timezone.now()
    shown = {
        "event": view,
        "window": quiet,
        "is_running": quiet.is_running(now),
        "is_over": quiet.ends <= now,
        "minutes": last_day.ROUND_EVERY_SECONDS_MAX // 60,
    }
    return render(request, "pages/event_frozen.html", shown)


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


def _declare(request: HttpRequest, number: int, verb: Callable[..., object]) -> HttpResponse:
    _found(number)
    try:
        verb(number, by=signed_in(request).pseudonym_id, now=timezone.now())
    except ClaimRefused as error:
        return _page(request, number, refusal(error), status_of(error))
    return to_event(number)


def _page(request: HttpRequest, number: int, trouble: str = "", status: int = 200) -> HttpResponse:
    view, who = _found(number), person(request)
    now = timezone.now()
    page = reads.claims_of_event(number, now=now, number=asked_page(request))
    rule, waiting_rule = reads.evidence_rules(number)
    people = [who for each in view.sources for who in (each.pinned_by, each.confirmed_by)]
    people += [who for each in (rule, waiting_rule) if each for who in (each.proposed_by, each.confirmed_by)]
    shown = {
        **facts_shown(view, may_manage=may(who, Act.MANAGE_EVENTS)),
        "event": view,
        "confirmed": [each for each in view.sources if each.confirmed_by is not None],
        "unconfirmed": [each for each in view.sources if each.confirmed_by is None],
        "claims": page.items,
        "page": page,
        "neighbours": neighbours(page.number, has_more=page.has_more, most=reads.EVENT_PAGES_MAX),
        "names": names_of(people),
        "rule": rule,
        "waiting_rule": waiting_rule,
        "has_begun": view.starts <= now,
        "reviews": review_reads.of_event(number, now=now),
        "may_begin_reviews": may(who, Act.HOLD_REVIEW) and not review_reads.has_cycle(number),
        "window": last_day.window(number),
        "may_manage": may(who, Act.MANAGE_EVENTS),
        "me": who.pseudonym_id if who else None,
        "may_take_shift": may(who, Act.TAKE_SHIFT),
        "on_duty": on_duty(number, now=timezone.now()),
        "trouble": trouble,
        "is_over": view.ends <= timezone.now(),
        **_prebunks(number),
    }
    return render(request, "pages/event.html", shown, status=status)


def _prebunks(number: int) -> dict[str, object]:
    """Those that are published, each with its page, and those that are still checked."""
    views = prebunk_reads.of_event(number, now=timezone.now())
    claim_of = notes_on({each.claim_id for each in views if each.is_answered})
    pages = {claim_of[each.note]: each.page_path for each in of_notes(list(claim_of)) if each.note is not None}
    return {
        "prebunks": views,
        "published": [Published(each, pages[each.claim_id]) for each in views if each.claim_id in pages],
        "unpublished": [each for each in views if each.claim_id not in pages],
    }


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
