"""Questions to organisations, for everybody to see: what was asked of whom, until when, and what came or didn't."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import reads as claims
from thuchu.desk.inquiries import reads
from thuchu.desk.inquiries.calendars import missing_year
from thuchu.desk.inquiries.reads import InquiryView
from thuchu.desk.web.pages.paging import asked_page, neighbours
from thuchu.desk.web.person import person
from thuchu.desk.web.spreadsheets import csv_file
from thuchu.desk.wording import day_in_viet_nam

COLUMNS = (
    "number",
    "organisation",
    "office",
    "question",
    "claims",
    "sent_on",
    "how",
    "due_rule",
    "original_due_on",
    "due_on",
    "state",
    "timeliness",
    "days_late",
    "answered_on",
    "answer",
    "document",
    "page_url",
)


@never_cache
@require_safe
def inquiries(request: HttpRequest) -> HttpResponse:
    """All of them in the order of the alphabet, and this quarter's in counts."""
    now = timezone.now()
    may_ask = may(person(request), Act.ASK_ORGANISATION)
    page = reads.inquiries(now=now, number=asked_page(request))
    start, end = _quarter(day_in_viet_nam(now))
    shown = {
        "page": page,
        "neighbours": neighbours(page.number, has_more=page.has_more, most=reads.PAGES_MAX),
        "counts": reads.of_period(start, end, now=now),
        "quarter": start,
        "may_ask": may_ask,
        "drafts": reads.drafts(now=now) if may_ask else (),
        "missing_year": missing_year(now=now) if may_ask else None,
    }
    return render(request, "pages/inquiries.html", shown)


@never_cache
@require_safe
def table(_request: HttpRequest) -> HttpResponse:
    """The same as a file, whole."""
    return csv_file("inquiries.csv", COLUMNS, map(_row, reads.all_inquiries(now=timezone.now())))


@never_cache
@require_safe
def inquiry(request: HttpRequest, number: int) -> HttpResponse:
    """One of them; a draft for those who may send it."""
    return inquiry_page(request, number)


def inquiry_page(request: HttpRequest, number: int, trouble: str = "", status: int = 200) -> HttpResponse:
    """The page of one, perhaps with why something wasn't done."""
    view, now = found(request, number), timezone.now()
    shown = {
        "inquiry": view,
        "claims": claims.wordings(view.claims, now=now),
        "may_ask": may(person(request), Act.ASK_ORGANISATION),
        "is_waiting": view.timeliness in ("waiting", "overdue"),
        "trouble": trouble,
    }
    return render(request, "pages/inquiry.html", shown, status=status)


def found(request: HttpRequest, number: int) -> InquiryView:
    """The inquiry of a page about it; 404 where there is none that this person may see."""
    is_theirs = may(person(request), Act.ASK_ORGANISATION)
    view = reads.inquiry(number, now=timezone.now(), with_drafts=is_theirs)
    if view is None:
        raise Http404
    return view


def _quarter(today: date) -> tuple[date, date]:
    first = 3 * ((today.month - 1) // 3) + 1
    after = date(today.year, first + 3, 1) if first < 10 else date(today.year + 1, 1, 1)
    return date(today.year, first, 1), after


def _row(view: InquiryView) -> tuple[object, ...]:
    answer = view.answers[0] if view.answers else None
    return (
        view.number,
        view.organisation.name_vi,
        view.office_role,
        view.question,
        " ".join(map(str, view.claims)),
        view.sent_on,
        view.how,
        view.due_rule,
        view.steps[0].due_on if view.steps else None,
        view.due_on,
        view.state,
        view.timeliness,
        view.days_late,
        answer.received_on if answer else None,
        "\n\n".join(each.quoted for each in view.answers),
        " ".join(each.document.address for each in view.answers if each.document),
        f"{settings.THUCHU_ADDRESS}/inquiries/{view.number}",
    )
