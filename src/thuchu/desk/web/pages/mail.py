"""Being told by mail: leaving an address, confirming it, and having it erased with one press.

A page that does something opens with a button and waits for it: programs that look into mail open every link.
"""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from thuchu.desk.journey import be_told_by_mail, confirm_mail, no_more_mail
from thuchu.desk.limits import client_address
from thuchu.desk.replies.addresses import state_of, stop, to_stop
from thuchu.desk.replies.limits import limiter
from thuchu.desk.replies.refusals import MailRefused, TooFast
from thuchu.desk.replies.sending import is_offered
from thuchu.desk.web.forms import see_other, sentence, typed
from thuchu.desk.web.pages.answer import no_question, page
from thuchu.desk.web.pages.errors import not_found


@never_cache
@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the address and mail the question whether it is theirs; what was typed stays where it can't be taken."""
    address = typed(request, "email")
    if not is_offered():
        return not_found(request)
    try:
        _require_slow(request)
        language = "en" if get_language() == "en" else "vi"
        if not be_told_by_mail(token, address, language=language, now=timezone.now()):
            return no_question(request)
    except MailRefused as error:
        return page(request, token, status=error.status, mail_trouble=sentence(error), email=address)
    return _back(token)


@never_cache
@require_POST
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """Erase the address, from the question's own page."""
    return _back(token) if no_more_mail(token, now=timezone.now()) else no_question(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, link: str) -> HttpResponse:
    """Ask whether the address is theirs; with the button it is."""
    now = timezone.now()
    if request.method == "POST":
        confirm_mail(link, now=now)
    state = state_of(link, now=now)
    return _page(request, "pages/mail_confirm.html", {"state": state}, 200 if state else 404)


# RFC 8058: a mail program presses the button for its reader, without cookies and without looking at the page first.
# Whoever has the link may stop the mail, and can do nothing else with it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_link(request: HttpRequest, link: str) -> HttpResponse:
    """Ask whether the mail should stop; with the button the address is erased. Pressed twice it is gone either way."""
    if request.method == "POST":
        stop(link, now=timezone.now())
        return _page(request, "pages/mail_stop.html", {"is_stopped": True}, 200)
    return _page(request, "pages/mail_stop.html", {"is_stopped": not to_stop(link)}, 200)


def _page(request: HttpRequest, template: str, shown: dict[str, object], status: int) -> HttpResponse:
    response = render(request, template, shown, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _require_slow(request: HttpRequest) -> None:
    wait_s = limiter().wait_seconds(client_address(request.META), time.monotonic())
    if wait_s > 0:
        raise TooFast(int(wait_s) + 1)


def _back(token: str) -> HttpResponse:
    return see_other(f"{reverse('answer', kwargs={'token': token})}#mail")
