"""What people say is wrong, for everybody to see: until when it is to be answered, and what became of it."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.library import reads as library
from thuchu.desk.publishing import reads
from thuchu.desk.publishing import reports as verbs
from thuchu.desk.publishing.models import OUTCOMES_OF_IMPORTED, OUTCOMES_OF_NOTES
from thuchu.desk.publishing.reads import ReportView
from thuchu.desk.web.forms import clean, see_other, typed
from thuchu.desk.web.pages.claim import names_of
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.pages.paging import asked_page, neighbours
from thuchu.desk.web.person import needs, person, signed_in


@never_cache
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """All of them: what waits first."""
    page = reads.reports(now=timezone.now(), number=asked_page(request))
    around = neighbours(page.number, has_more=page.has_more, most=reads.REPORT_PAGES_MAX)
    return render(request, "pages/reports.html", {"page": page, "neighbours": around, "days": verbs.DUE_DAYS})


@never_cache
@require_safe
def report(request: HttpRequest, number: int) -> HttpResponse:
    """One of them; the words themselves for those who work here."""
    return _page(request, _found(number), lambda: see_other("report", number=number))


@needs(Act.ANSWER_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """The first person's outcome and answer."""
    view = _found(number)

    def act() -> HttpResponse:
        outcome, words = typed(request, "outcome"), clean(request, "answer")
        verbs.answer(signed_in(request), number, outcome, words, now=timezone.now())
        return see_other("report", number=number)

    return _page(request, view, act)


@needs(Act.ANSWER_REPORT)
@require_POST
def agree(request: HttpRequest, number: int) -> HttpResponse:
    """The second person agrees."""

    def act() -> HttpResponse:
        verbs.agree(signed_in(request), number, now=timezone.now())
        return see_other("report", number=number)

    return _page(request, _found(number), act)


@needs(Act.ANSWER_REPORT)
@require_POST
def disagree(request: HttpRequest, number: int) -> HttpResponse:
    """The second person doesn't, or the first one takes it back."""

    def act() -> HttpResponse:
        verbs.disagree(signed_in(request), number)
        return see_other("report", number=number)

    return _page(request, _found(number), act)


def _found(number: int) -> ReportView:
    view = reads.report(number, now=timezone.now())
    if view is None:
        raise Http404
    return view


def _page(request: HttpRequest, view: ReportView, act: Callable[[], HttpResponse]) -> HttpResponse:
    who = person(request)
    shown = {
        "report": view,
        "fact_check": library.fact_check(view.fact_check) if view.fact_check else None,
        "outcomes": OUTCOMES_OF_NOTES if view.note else OUTCOMES_OF_IMPORTED,
        "names": names_of((view.answered_by, view.confirmed_by)),
        "may_answer": may(who, Act.ANSWER_REPORT),
        "me": who.pseudonym_id if who else None,
        "chars_max": verbs.ANSWER_CHARS_MAX,
    }
    return form_page(request, "pages/report.html", shown, act)
