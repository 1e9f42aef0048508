"""Holding a review, for coordinators: one page with what its state allows, one address that takes what is sent."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk import journey
from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims import reads as claims
from thuchu.desk.reviews import (
    agenda,
    amending,
    attendance,
    freezing,
    minutes,
    planning,
    publish,
    refusals,
    remarks,
    resolving,
    short,
)
from thuchu.desk.reviews.models import AMENDABLE, METHODS, OUTCOMES, PRESENCES, SEATS, WAYS
from thuchu.desk.reviews.organisations import organisations
from thuchu.desk.reviews.views import ReviewView
from thuchu.desk.web.forms import clean, number, see_other, typed
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.pages.review_pages import found
from thuchu.desk.web.person import needs, signed_in
from thuchu.desk.wording import VIET_NAM

# Longer numbers are no number of any row.
ITEM_DIGITS_MAX = 15
Verb = Callable[[HttpRequest, str], None]


@needs(Act.HOLD_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """A review between quarters."""

    def act() -> HttpResponse:
        period = (_day(request, "begin"), _day(request, "end"))
        meeting_at = _moment(request, "meeting_at")
        event, area, now = number(request, "event"), typed(request, "area"), timezone.now()
        slug = planning.plan_extraordinary(signed_in(request), period, meeting_at, event=event, area=area, now=now)
        return see_other("review_run", slug=slug)

    now = timezone.now()
    shown = {"events": claims.event_names(now=now), "areas": claims.provinces(now.date())}
    return form_page(request, "pages/review_plan.html", shown, act)


@needs(Act.HOLD_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be done with it now; a form says in `act` which of it was chosen."""
    view = found(slug)

    def act() -> HttpResponse:
        verb = _VERBS.get(typed(request, "act"))
        if verb is None:
            raise refusals.ChoiceUnknown
        verb(request, slug)
        return see_other("review_run", slug=slug)

    return form_page(request, "pages/review_run.html", _shown(request, view), act)


def _shown(request: HttpRequest, view: ReviewView) -> dict[str, object]:
    me = signed_in(request).pseudonym_id
    return {
        "review": view,
        "line": view.line,
        "me": me,
        "questions": [each for each in view.remarks if each.kind == "question" and each.state == "held"],
        "objections": [each for each in view.remarks if each.kind == "objection" and each.state == "held"],
        "unconfirmed": [each for each in view.amendments if each.at is None],
        "organisations": organisations(),
        "seats": SEATS,
        "presences": PRESENCES,
        "ways": WAYS,
        "methods": METHODS,
        "outcomes": OUTCOMES,
        "amendable": AMENDABLE,
        "text_max": resolving.TEXT_CHARS_MAX,
        "part_max": minutes.PART_CHARS_MAX,
        "answer_max": remarks.ANSWER_CHARS_MAX,
        "minutes_max": agenda.MINUTES_MAX,
        "people_max": attendance.PEOPLE_MAX,
        "name_max": attendance.NAME_SHOWN_CHARS_MAX,
        "now": timezone.now(),
    }


def _arrange(request: HttpRequest, slug: str) -> None:
    meeting_at, place, link = _moment(request, "meeting_at"), clean(request, "place"), clean(request, "link")
    planning.arrange(signed_in(request), slug, meeting_at, place, link, now=timezone.now())


def _cancel(request: HttpRequest, slug: str) -> None:
    planning.cancel(signed_in(request), slug, clean(request, "reason"), now=timezone.now())


def _open(request: HttpRequest, slug: str) -> None:
    journey.open_review(signed_in(request), slug, now=timezone.now())


def _accept(request: HttpRequest, slug: str) -> None:
    minutes_planned = _count(request, "minutes")
    agenda.accept(signed_in(request), slug, _row(request, "item"), minutes_planned, now=timezone.now())


def _refuse(request: HttpRequest, slug: str) -> None:
    agenda.refuse(signed_in(request), slug, _row(request, "item"), clean(request, "reason"), now=timezone.now())


def _order(request: HttpRequest, slug: str) -> None:
    places: list[tuple[int, int]] = []
    for name in request.POST:
        prefix, _, item = name.partition("-")
        if prefix == "place":
            place = number(request, name)
            if place is None or not item.isascii() or not item.isdigit() or len(item) > ITEM_DIGITS_MAX:
                raise refusals.OrderWrong
            places.append((place, int(item)))
    agenda.order(signed_in(request), slug, [item for _, item in sorted(places)], now=timezone.now())


def _close_item(request: HttpRequest, slug: str) -> None:
    agenda.close_item(signed_in(request), slug, _row(request, "item"), now=timezone.now())


def _seat(request: HttpRequest, slug: str) -> None:
    taken = attendance.Seat(
        role=typed(request, "role"),
        organisation=number(request, "organisation"),
        presence=typed(request, "presence"),
        way=typed(request, "way"),
        name=clean(request, "name"),
        people=_count(request, "people") if typed(request, "role") == "public" else 1,
    )
    attendance.seat(signed_in(request), slug, taken, now=timezone.now())


def _mark(request: HttpRequest, slug: str) -> None:
    attendance.mark(signed_in(request), slug, _row(request, "seat"), typed(request, "presence"), now=timezone.now())


def _erase_name(request: HttpRequest, slug: str) -> None:
    attendance.erase_name(signed_in(request), slug, _row(request, "seat"), now=timezone.now())


def _freeze(request: HttpRequest, slug: str) -> None:
    journey.freeze_review(signed_in(request), slug, now=timezone.now())


def _correct(request: HttpRequest, slug: str) -> None:
    freezing.correct(signed_in(request), slug, clean(request, "why"), now=timezone.now())


def _hold(request: HttpRequest, slug: str) -> None:
    attendance.hold(signed_in(request), slug, now=timezone.now())


def _write_down(request: HttpRequest, slug: str) -> None:
    short.write_down(signed_in(request), slug, clean(request, "said"), now=timezone.now())


def _record(request: HttpRequest, slug: str) -> None:
    counts = [typed(request, "agreed"), typed(request, "against"), typed(request, "abstaining")]
    votes = None
    if any(counts):
        votes = (_count(request, "agreed"), _count(request, "against"), _count(request, "abstaining"))
    resolved = resolving.Resolved(
        text=clean(request, "text"),
        method=typed(request, "method"),
        outcome=typed(request, "outcome"),
        votes=votes,
        reasons_against=clean(request, "reasons_against"),
        item=number(request, "item"),
        takes_effect_on=_day(request, "takes_effect_on") if typed(request, "takes_effect_on") else None,
        supersedes=typed(request, "supersedes"),
    )
    resolving.record(signed_in(request), slug, resolved, now=timezone.now())


def _confirm(request: HttpRequest, _slug: str) -> None:
    resolving.confirm(signed_in(request), typed(request, "resolution"), now=timezone.now())


def _take_back(request: HttpRequest, _slug: str) -> None:
    resolving.take_back(signed_in(request), typed(request, "resolution"), now=timezone.now())


def _draft(request: HttpRequest, slug: str) -> None:
    begun, ended = _moment(request, "begun_at"), _moment(request, "ended_at")
    minutes.draft(signed_in(request), slug, begun, ended, now=timezone.now())


def _write(request: HttpRequest, slug: str) -> None:
    minutes.write(signed_in(request), slug, _row(request, "item"), clean(request, "text"), now=timezone.now())


def _send_out(request: HttpRequest, slug: str) -> None:
    minutes.send_out(signed_in(request), slug, now=timezone.now())


def _finish(request: HttpRequest, slug: str) -> None:
    minutes.finish(signed_in(request), slug, now=timezone.now())


def _answer(request: HttpRequest, _slug: str) -> None:
    shown, said = typed(request, "shown") == "yes", clean(request, "answer")
    remarks.answer(signed_in(request), _row(request, "remark"), said, is_shown=shown, now=timezone.now())


def _publish(request: HttpRequest, slug: str) -> None:
    publish.publish(signed_in(request), slug, now=timezone.now())


def _amend(request: HttpRequest, slug: str) -> None:
    amending.propose(
        signed_in(request),
        slug,
        typed(request, "what"),
        typed(request, "about"),
        clean(request, "after"),
        clean(request, "why"),
        resolved_in=typed(request, "resolved_in"),
        now=timezone.now(),
    )


def _agree(request: HttpRequest, _slug: str) -> None:
    amending.confirm(signed_in(request), _row(request, "amendment"), now=timezone.now())


def _decline(request: HttpRequest, _slug: str) -> None:
    amending.decline(signed_in(request), _row(request, "amendment"))


_VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "arrange": _arrange,
        "cancel": _cancel,
        "open": _open,
        "accept": _accept,
        "refuse": _refuse,
        "order": _order,
        "close_item": _close_item,
        "seat": _seat,
        "mark": _mark,
        "erase_name": _erase_name,
        "freeze": _freeze,
        "correct": _correct,
        "write_down": _write_down,
        "hold": _hold,
        "record": _record,
        "confirm": _confirm,
        "take_back": _take_back,
        "draft": _draft,
        "write": _write,
        "send_out": _send_out,
        "finish": _finish,
        "answer": _answer,
        "publish": _publish,
        "amend": _amend,
        "agree": _agree,
        "decline": _decline,
    }
)


def _row(request: HttpRequest, name: str) -> int:
    """A row's number from a field; 0 for anything else, and no row has it."""
    return number(request, name) or 0


def _count(request: HttpRequest, name: str) -> int:
    """A whole number that somebody typed; raises ChoiceUnknown for anything else."""
    found = number(request, name)
    if found is None:
        raise refusals.ChoiceUnknown
    return found


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(typed(request, name))
    except ValueError:
        raise refusals.TimeWrong(days=planning.PLANNED_DAYS_MAX) from None


def _moment(request: HttpRequest, name: str) -> datetime:
    """A moment as somebody in Viet Nam writes it."""
    try:
        moment = datetime.fromisoformat(typed(request, name)).replace(tzinfo=VIET_NAM)
    except ValueError:
        raise refusals.TimeWrong(days=planning.PLANNED_DAYS_MAX) from None
    # What is further away is a slip of the finger, and calendars end.
    if not 2000 <= moment.year < 2200:
        raise refusals.TimeWrong(days=planning.PLANNED_DAYS_MAX)
    return moment
