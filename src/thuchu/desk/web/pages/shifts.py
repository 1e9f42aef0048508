"""Shifts of an event: laid out by coordinators, taken, given back and swapped by whoever checks; public as a number."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.views import EventView
from thuchu.desk.shifts import lay_out, reads, refusals, take
from thuchu.desk.shifts.forget import KEPT_DAYS
from thuchu.desk.shifts.models import WANTED_MAX
from thuchu.desk.web.forms import number as number_in
from thuchu.desk.web.forms import see_other, sentence, typed
from thuchu.desk.web.pages.claim import names_of
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.person import needs, signed_in
from thuchu.desk.web.templatetags.words import VIET_NAM

_VERBS = {
    "take": take.take,
    "give-back": take.give_back,
    "offer": take.offer,
    "keep": take.keep,
    "take-over": take.take_over,
}
_HOURS, _WANTED = 4, 2


@needs(Act.TAKE_SHIFT)
@require_safe
def shifts(request: HttpRequest, number: int) -> HttpResponse:
    """All of an event, with the reader's own; for coordinators with who has which."""
    return _page(request, _event(number))


@needs(Act.TAKE_SHIFT)
@require_POST
def do(request: HttpRequest, number: int, shift: int, what: str) -> HttpResponse:
    """Take one, give it back, offer it, keep it, take it over."""
    event, verb = _event(number), _VERBS.get(what)
    if verb is None:
        raise Http404
    try:
        verb(shift, person=signed_in(request).pseudonym_id, now=timezone.now())
    except refusals.ShiftRefused as refused:
        return _page(request, event, sentence(refused), 409 if refused.is_conflict else 422)
    return see_other(f"{reverse('shifts', kwargs={'number': number})}#shift-{shift}")


@needs(Act.MANAGE_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """Divide a time into shifts."""
    event = _event(number)

    def act() -> HttpResponse:
        lay_out.lay_out(
            number,
            times=(_moment(typed(request, "starts")), _moment(typed(request, "ends"))),
            hours=number_in(request, "hours") or 0,
            wanted=number_in(request, "wanted") or 0,
            now=timezone.now(),
        )
        return see_other("shifts", number=number)

    shown = {"event": event, "hours_max": lay_out.SHIFT_HOURS_MAX, "wanted_max": WANTED_MAX}
    return form_page(request, "pages/shifts_plan.html", {**shown, "hours": _HOURS, "wanted": _WANTED}, act)


@needs(Act.MANAGE_EVENTS)
@require_POST
def cancel(request: HttpRequest, number: int, shift: int) -> HttpResponse:
    """Nobody is wanted then."""
    event = _event(number)
    try:
        lay_out.cancel(shift, now=timezone.now())
    except refusals.ShiftRefused as refused:
        return _page(request, event, sentence(refused), 409 if refused.is_conflict else 422)
    return see_other("shifts", number=number)


def _page(request: HttpRequest, event: EventView, trouble: str = "", status: int = 200) -> HttpResponse:
    who = signed_in(request)
    may_plan = may(who, Act.MANAGE_EVENTS)
    found = reads.shifts_of(event.id, reader=who.pseudonym_id, with_people=may_plan, now=timezone.now())
    shown = {
        "event": event,
        "shifts": [each for each in found if not each.is_over],
        "past": [each for each in found if each.is_over],
        "names": names_of(person for each in found for person in each.people),
        "may_plan": may_plan,
        "kept_days": KEPT_DAYS,
        "trouble": trouble,
    }
    return render(request, "pages/shifts.html", shown, status=status)


def _event(number: int) -> EventView:
    view = claims.event(number, now=timezone.now())
    if view is None:
        raise Http404
    return view


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=VIET_NAM)
    except ValueError:
        raise refusals.WrongTimes(most=lay_out.SHIFT_HOURS_MAX) from None
