"""What the pages about coming in share: whose line it is, how long a sign-in is fresh, what a refusal looks like."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.limits import Line, tries
from thuchu.desk.accounts.refusals import AccountRefused
from thuchu.desk.accounts.session import SignedIn, is_fresh, sign_in, was
from thuchu.desk.limits import client_address
from thuchu.desk.web import drafts
from thuchu.desk.web.carried import sent
from thuchu.desk.web.forms import see_other, sentence
from thuchu.desk.web.person import View, recognise
from thuchu.desk.web.way_in import way_in

# Where somebody goes who signed in for no page in particular.
AFTER_SIGN_IN = "/my-work/"
_TOO_FAST = (refusals.TooFast, refusals.LockedFor, refusals.Busy)
_CONFLICT = (
    refusals.NameTaken,
    refusals.PasskeyKnown,
    refusals.RoleHeld,
    refusals.LastWayIn,
    refusals.LastOperator,
    refusals.NothingOffered,
    refusals.LastCoordinator,
)


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
    """Sign in; forms that were open before are worthless from now on.

    Of an earlier session the notes that the same person was writing are taken along, and nothing else.
    """
    begun = drafts.taken(request.session) if was(request.session) == proof.account_id else {}
    sign_in(request.session, proof, now=timezone.now())
    drafts.put_back(request.session, begun)
    rotate_token(request)
    recognise(request)


def question(ask: Callable[[], str]) -> HttpResponse:
    """What a browser asks its device, as JSON; or `{"trouble": …}` in words, for the page to show."""
    try:
        return HttpResponse(ask(), content_type="application/json")
    except AccountRefused as refusal:
        return JsonResponse({"trouble": sentence(refusal)}, status=status_of(refusal))


def fresh(view: View) -> View:
    """Keys, codes and the account itself change only shortly after signing in; others sign in once more and return.

    What was written into a form comes back with them; passwords, codes and answers of devices don't.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request.session, now=timezone.now()):
            return view(request, *args, **kwargs)
        is_look = request.method in ("GET", "HEAD")
        target = request.path if is_look else reverse("account")
        address = f"{reverse('sign_in')}?{urlencode({'next': target})}"
        if "application/json" in request.headers.get("accept", ""):
            return JsonResponse({"to": address}, status=403)
        carried = sent(request, own_account=True)
        if carried:
            return way_in(request, after=request.path, carried=carried, status=403)
        return see_other(address)

    return guarded
