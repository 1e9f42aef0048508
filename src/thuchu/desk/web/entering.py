"""What the pages about coming in share: whose line it is, how long a sign-in is fresh, what a refusal looks like."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.limits import Line, tries
from thuchu.desk.accounts.passkeys import has_a_name, site
from thuchu.desk.accounts.refusals import AccountRefused
from thuchu.desk.accounts.session import SignedIn, is_fresh, sign_in
from thuchu.desk.limits import client_address
from thuchu.desk.web.forms import see_other, sentence
from thuchu.desk.web.person import View, recognise

# Where somebody goes who signed in for no page in particular.
AFTER_SIGN_IN = "/my-work/"
_TOO_FAST = (refusals.TooFast, refusals.LockedFor, refusals.Busy)
_CONFLICT = (refusals.NameTaken, refusals.PasskeyKnown, refusals.RoleHeld, refusals.LastWayIn, refusals.LastOperator)


def line_of(request: HttpRequest) -> Line:
    """The line this request comes from, for the limiter alone."""
    return Line(limiter=tries(), address=client_address(request.META), clock_s=time.monotonic())


def status_of(refusal: AccountRefused) -> int:
    """429 for who must wait, 409 where something stands in the way, 410 for a link that is over, 422 for the rest."""
    if isinstance(refusal, _TOO_FAST):
        return 429
    if isinstance(refusal, _CONFLICT):
        return 409
    return 410 if isinstance(refusal, refusals.InvitationGone) else 422


def enter(request: HttpRequest, proof: SignedIn) -> None:
    """Sign in; forms that were open before are worthless from now on."""
    sign_in(request.session, proof, now=timezone.now())
    rotate_token(request)
    recognise(request)


def passkeys_here(request: HttpRequest) -> Literal["yes", "number", "elsewhere"]:
    """Can a passkey be used on this page: not at a bare number, and not at another address than the desk's own."""
    if not has_a_name(site()):
        return "number"
    origin = f"{request.scheme}://{request.get_host()}"
    return "yes" if origin == settings.THUCHU_ORIGIN else "elsewhere"


def question(ask: Callable[[], str]) -> HttpResponse:
    """What a browser asks its device, as JSON; or `{"trouble": …}` in words, for the page to show."""
    try:
        return HttpResponse(ask(), content_type="application/json")
    except AccountRefused as refusal:
        return JsonResponse({"trouble": sentence(refusal)}, status=status_of(refusal))


def fresh(view: View) -> View:
    """Keys, codes and the account itself change only shortly after signing in; others sign in once more and return.

    What a form sent is not carried along: who comes back from it stands on the page of the account.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request.session, now=timezone.now()):
            return view(request, *args, **kwargs)
        target = request.path if request.method in ("GET", "HEAD") else reverse("account")
        address = f"{reverse('sign_in')}?{urlencode({'next': target})}"
        if "application/json" in request.headers.get("accept", ""):
            return JsonResponse({"to": address}, status=403)
        return see_other(address)

    return guarded
