"""What coordinators do about a question to an organisation: one small page each."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims import reads as claims
from thuchu.desk.evidence import reads as evidence
from thuchu.desk.evidence.reads import EvidenceView
from thuchu.desk.inquiries import answering, drafting, following, models, sending
from thuchu.desk.inquiries.reads import InquiryView
from thuchu.desk.inquiries.refusals import ChoiceWanted, DaysWrong, DayWrong, DocumentUnknown, InquiryRefused
from thuchu.desk.inquiries.rows import (
    DAYS_BACK_MAX,
    subject,
)
from thuchu.desk.inquiries.working_days import DAYS_MAX, UNITS, WORKING, Unit
from thuchu.desk.notes import reads as notes
from thuchu.desk.reviews.organisations import organisations
from thuchu.desk.web.forms import clean, see_other, sentence, typed
from thuchu.desk.web.forms import number as number_of
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.pages.inquiries import found, inquiry_page
from thuchu.desk.web.person import needs, signed_in
from thuchu.desk.wording import day_in_viet_nam

# Longer is no row's number.
_DIGITS_MAX = 15


@needs(Act.ASK_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """A new draft; from a claim's page with its number."""

    def act() -> HttpResponse:
        return _to(drafting.draft(signed_in(request), _said(request), now=timezone.now()))

    asked = request.GET.get("claim", "")
    begun = {"claims": asked if asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS_MAX else ""}
    return form_page(request, "pages/inquiry_draft.html", _draft_form(request, begun), act)


@needs(Act.ASK_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Other words for a draft."""
    view = found(request, number)

    def act() -> HttpResponse:
        drafting.redraft(signed_in(request), number, _said(request), now=timezone.now())
        return _to(number)

    begun = {
        "organisation": str(view.organisation.id),
        "office": view.office_role,
        "question": view.question,
        "claims": " ".join(map(str, view.claims)),
        "area": view.area.code if view.area else "",
        "event": view.event.code if view.event else "",
    }
    shown = {"inquiry": view, **_draft_form(request, begun)}
    return form_page(request, "pages/inquiry_draft.html", shown, act)


@needs(Act.ASK_ORGANISATION)
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Throw a draft away."""
    found(request, number)
    try:
        drafting.drop(signed_in(request), number)
    except InquiryRefused as refused:
        return inquiry_page(request, number, sentence(refused), 409)
    return see_other("inquiries")


@needs(Act.ASK_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, number: int) -> HttpResponse:
    """It was sent: when, which way, and by which rule an answer is due."""

    def act() -> HttpResponse:
        rule = typed(request, "rule")
        sent = sending.Sent(
            on=_day(request, "on"),
            how=typed(request, "how"),
            rule=rule,
            # The law's days are not for the form to say.
            days=_days(request, DAYS_MAX) if rule == models.BY_DESK else sending.DESK_DAYS,
            unit=_unit(request) if rule == models.BY_DESK else WORKING,
        )
        sending.send(signed_in(request), number, sent, now=timezone.now())
        return _to(number)

    more = {
        "hows": models.HOWS,
        "rules": models.RULES,
        "units": UNITS,
        "days": sending.DESK_DAYS,
        "days_max": DAYS_MAX,
    }
    return _small(request, number, "pages/inquiry_send.html", more, act)


@needs(Act.ASK_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, number: int) -> HttpResponse:
    """The organisation says that it has it."""

    def act() -> HttpResponse:
        following.acknowledge(signed_in(request), number, on=_day(request, "on"), now=timezone.now())
        return _to(number)

    return _small(request, number, "pages/inquiry_acknowledge.html", {}, act)


@needs(Act.ASK_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, number: int) -> HttpResponse:
    """The organisation wrote that it takes longer."""

    def act() -> HttpResponse:
        following.extend(
            signed_in(request),
            number,
            _days(request, following.EXTENSION_DAYS_MAX),
            _unit(request),
            clean(request, "words"),
            on=_day(request, "on"),
            now=timezone.now(),
        )
        return _to(number)

    more = {"units": UNITS, "days_max": following.EXTENSION_DAYS_MAX, "words_max": models.WORDS_CHARS_MAX}
    return _small(request, number, "pages/inquiry_extend.html", more, act)


@needs(Act.ASK_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """What came, in its own words."""
    view = found(request, number)
    documents = _documents(request, view)

    def act() -> HttpResponse:
        chosen = typed(request, "document")
        if chosen and chosen not in {str(each.number) for each in documents}:
            raise DocumentUnknown
        said = answering.Answer(
            outcome=typed(request, "outcome"),
            quoted=clean(request, "quoted"),
            received_on=_day(request, "on"),
            dated=_day(request, "dated") if typed(request, "dated") else None,
            signed_as=clean(request, "signed_as"),
            document=int(chosen) if chosen else None,
        )
        answering.record_answer(signed_in(request), number, said, now=timezone.now())
        return _to(number)

    more = {
        "outcomes": models.OUTCOMES,
        "documents": documents,
        "quoted_max": models.QUOTED_CHARS_MAX,
        "office_max": models.OFFICE_CHARS_MAX,
    }
    return _small(request, number, "pages/inquiry_answer.html", more, act)


@needs(Act.ASK_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """The desk takes it back."""

    def act() -> HttpResponse:
        following.withdraw(signed_in(request), number, clean(request, "words"), now=timezone.now())
        return _to(number)

    return _small(request, number, "pages/inquiry_withdraw.html", {"words_max": models.WORDS_CHARS_MAX}, act)


def _small(request: HttpRequest, number: int, template: str, more: dict[str, Any], act: Any) -> HttpResponse:
    """A page about one inquiry, with the days between which its days must lie."""
    view = found(request, number)
    today = day_in_viet_nam(timezone.now())
    shown = {"inquiry": view, "today": today, "days_back": DAYS_BACK_MAX, **more}
    return form_page(request, template, shown, act)


def _documents(request: HttpRequest, view: InquiryView) -> list[EvidenceView]:
    """What may show the answer: gathered for it, and what notes on its claims rest on; each once, newest first."""
    gathered = evidence.gathered(by=signed_in(request).pseudonym_id, subject=subject(view.number))
    numbers = {each.evidence for each in gathered if each.evidence is not None}
    for note in notes.notes_of(view.claims, viewer=None, now=timezone.now()) if view.claims else ():
        numbers |= {each.number for each in note.evidence}
    return sorted(evidence.evidences(numbers).values(), key=lambda each: -each.number)


def _draft_form(request: HttpRequest, begun: dict[str, str]) -> dict[str, Any]:
    now = timezone.now()
    return {
        "values": request.POST if request.method == "POST" else begun,
        "organisations": organisations(),
        "areas": claims.provinces(now.date()),
        "events": claims.event_names(now=now),
        "question_max": models.QUESTION_CHARS_MAX,
        "office_max": models.OFFICE_CHARS_MAX,
        "claims_max": drafting.CLAIMS_MAX,
    }


def _said(request: HttpRequest) -> drafting.Draft:
    written = typed(request, "claims").replace(",", " ").split()
    if any(not (each.isascii() and each.isdigit() and len(each) <= _DIGITS_MAX) for each in written):
        raise ChoiceWanted
    return drafting.Draft(
        organisation=number_of(request, "organisation") or 0,
        office=clean(request, "office"),
        question=clean(request, "question"),
        claims=[int(each) for each in written],
        area=typed(request, "area"),
        event=number_of(request, "event"),
    )


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(typed(request, name))
    except ValueError:
        raise DayWrong from None


def _days(request: HttpRequest, most: int) -> int:
    days = number_of(request, "days")
    if days is None or not 1 <= days <= most:
        raise DaysWrong(most=most)
    return days


def _unit(request: HttpRequest) -> Unit:
    chosen: dict[str, Unit] = {unit: unit for unit in UNITS}
    if typed(request, "unit") not in chosen:
        raise ChoiceWanted
    return chosen[typed(request, "unit")]


def _to(number: int) -> HttpResponse:
    return see_other("inquiry", number=number)
