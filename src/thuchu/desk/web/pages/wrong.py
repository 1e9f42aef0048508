"""“This is wrong”: anybody may say so of a note or a fact-check, without an account."""

import time
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thuchu.desk.intake.limits import limiter
from thuchu.desk.library import reads as library
from thuchu.desk.limits import client_address
from thuchu.desk.notes import reads as notes
from thuchu.desk.publishing import reports
from thuchu.desk.web.forms import clean, see_other
from thuchu.desk.web.pages.box import too_fast
from thuchu.desk.web.pages.claim_forms import form_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Of a note that stands."""
    found = notes.note(number, viewer=None, now=timezone.now())
    if found is None or found.state != "current":
        raise Http404
    about = {"note": found.number, "back": reverse("note", kwargs={"number": number})}

    def send() -> int:
        return reports.report_note(number, clean(request, "words"), clean(request, "address"), now=timezone.now())

    return _page(request, about, send)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fact_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Of a fact-check that its publisher hasn't withdrawn."""
    view = library.fact_check(public_id)
    if view is None or view.state == "withdrawn":
        raise Http404
    about = {"fact_check": view, "back": view.page_path}

    def send() -> int:
        words, address = clean(request, "words"), clean(request, "address")
        return reports.report_fact_check(public_id, words, address, now=timezone.now())

    return _page(request, about, send)


def _page(request: HttpRequest, about: dict[str, object], send: Callable[[], int]) -> HttpResponse:
    shown = {
        **about,
        "words_max": reports.WORDS_CHARS_MAX,
        "address_max": reports.ADDRESS_CHARS_MAX,
        "days": reports.DUE_DAYS,
    }

    def act() -> HttpResponse:
        wait_s = limiter().wait_seconds(client_address(request.META), time.monotonic())
        if wait_s:
            trouble = too_fast(wait_s)
            values = {**shown, "trouble": trouble.sentence, "typed": request.POST}
            response = render(request, "pages/wrong.html", values, status=trouble.status)
            for name, value in trouble.headers.items():
                response[name] = value
            return response
        return see_other("report", number=send())

    return form_page(request, "pages/wrong.html", shown, act)
