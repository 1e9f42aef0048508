"""What anybody may say to a review, without an account: propose, ask about a figure, object to minutes."""

import time
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thuchu.desk.intake.limits import limiter
from thuchu.desk.limits import client_address
from thuchu.desk.reviews import agenda, remarks
from thuchu.desk.reviews.models import LINK_KINDS
from thuchu.desk.web.forms import clean, see_other, typed
from thuchu.desk.web.pages.box import too_fast
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.pages.review_pages import found
from thuchu.desk.web.person import person
from thuchu.figures import DEFINITIONS


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Something to speak of."""
    view = found(slug)

    def act() -> None:
        # One link a line: what comes after its number says nothing that is kept.
        links = [line for line in typed(request, "links").splitlines() if line.strip()]
        kind, title, text = typed(request, "kind"), clean(request, "title"), clean(request, "text")
        agenda.propose(person(request), slug, kind, title, text, links=links, now=timezone.now())

    shown = {
        "line": view.line,
        "is_open": view.line.state == "open",
        "kinds": agenda.OFFERED_KINDS,
        "link_kinds": LINK_KINDS,
        "title_max": agenda.TITLE_CHARS_MAX,
        "text_max": agenda.TEXT_CHARS_MAX,
    }
    return _page(request, "pages/review_propose.html", shown, slug, act)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A question on a figure, answered in writing beside it."""
    view = found(slug)
    if key not in DEFINITIONS or view.frozen is None:
        raise Http404

    def act() -> None:
        remarks.ask(person(request), slug, key, clean(request, "text"), now=timezone.now())

    shown = {"line": view.line, "key": key, "is_open": view.line.state == "frozen", "text_max": remarks.TEXT_CHARS_MAX}
    return _page(request, "pages/review_ask.html", shown, slug, act)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, slug: str) -> HttpResponse:
    """An objection to minutes that are out."""
    view = found(slug)
    if view.minutes is None or view.minutes.phase == "draft":
        raise Http404

    def act() -> None:
        remarks.object_to(person(request), slug, clean(request, "text"), now=timezone.now())

    is_open = view.minutes.phase == "out"
    shown = {"line": view.line, "minutes": view.minutes, "is_open": is_open, "text_max": remarks.TEXT_CHARS_MAX}
    return _page(request, "pages/review_object.html", shown, slug, act)


def _page(
    request: HttpRequest, template: str, shown: dict[str, object], slug: str, act: Callable[[], None]
) -> HttpResponse:
    def send() -> HttpResponse:
        wait_s = limiter().wait_seconds(client_address(request.META), time.monotonic())
        if wait_s:
            trouble = too_fast(wait_s)
            values = {**shown, "trouble": trouble.sentence, "typed": request.POST, "is_sent": True}
            response = render(request, template, values, status=trouble.status)
            for name, value in trouble.headers.items():
                response[name] = value
            return response
        act()
        return see_other("review_sent", slug=slug)

    return form_page(request, template, shown, send)


@never_cache
@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """It came, and waits for somebody to look at it."""
    return render(request, "pages/review_sent.html", {"line": found(slug).line})
