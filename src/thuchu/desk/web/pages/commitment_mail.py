"""Where owners of commitments read mail: left by who holds reviews, confirmed and stopped by who reads it.

A page that does something opens with a button and waits for it: programs that look into mail open every link.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.commitments import owner_mail, refusals
from thuchu.desk.replies.addresses import CONFIRM_HOURS
from thuchu.desk.replies.sending import is_offered
from thuchu.desk.web.forms import see_other, typed
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.person import needs, signed_in


@needs(Act.HOLD_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest) -> HttpResponse:
    """Which owners are reached, and one more; an address itself is shown to nobody."""

    def act() -> HttpResponse:
        if not is_offered():
            raise refusals.NoMail
        language = "en" if typed(request, "language") == "en" else "vi"
        owner, address = typed(request, "owner"), typed(request, "email")
        owner_mail.leave_address(signed_in(request), owner, address, language=language, now=timezone.now())
        return see_other("commitment_addresses")

    shown = {"addresses": owner_mail.addresses(), "is_offered": is_offered(), "hours": CONFIRM_HOURS}
    return form_page(request, "pages/commitment_addresses.html", shown, act)


@needs(Act.HOLD_REVIEW)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Erase an owner's address."""
    owner_mail.take_back(signed_in(request), typed(request, "owner"), now=timezone.now())
    return see_other("commitment_addresses")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, link: str) -> HttpResponse:
    """Ask whether the address is theirs; with the button it is."""
    now = timezone.now()
    if request.method == "POST":
        owner_mail.confirm_address(link, now=now)
    state = owner_mail.state_of(link, now=now)
    return _page(request, "pages/commitment_mail_confirm.html", {"state": state}, 200 if state else 404)


# RFC 8058: a mail program presses the button for its reader, without cookies and without looking at the page first.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_link(request: HttpRequest, link: str) -> HttpResponse:
    """Ask whether the mail should stop; with the button the address is erased. Pressed twice it is gone either way."""
    if request.method == "POST":
        owner_mail.stop(link, now=timezone.now())
        return _page(request, "pages/commitment_mail_stop.html", {"is_stopped": True}, 200)
    return _page(request, "pages/commitment_mail_stop.html", {"is_stopped": not owner_mail.to_stop(link)}, 200)


def _page(request: HttpRequest, template: str, shown: dict[str, object], status: int) -> HttpResponse:
    response = render(request, template, shown, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
