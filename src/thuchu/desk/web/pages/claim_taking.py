"""Taking a claim to work on it, giving it back, asking for more time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims import assign
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.web.forms import inside, see_other, typed
from thuchu.desk.web.pages.claim_forms import status_of
from thuchu.desk.web.person import needs, signed_in
from thuchu.desk.web.templatetags.claim_words import refusal


@needs(Act.TAKE_CLAIM)
@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """It is theirs for two days."""
    return _do(request, number, assign.take)


@needs(Act.TAKE_CLAIM)
@require_POST
def extend(request: HttpRequest, number: int) -> HttpResponse:
    """Two more days."""
    return _do(request, number, assign.extend)


@needs(Act.TAKE_CLAIM)
@require_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Others may take it."""
    return _do(request, number, assign.release)


def _do(request: HttpRequest, number: int, verb: Callable[..., datetime | None]) -> HttpResponse:
    claim_page = reverse("claim", kwargs={"number": number})
    try:
        verb(number, person=signed_in(request).pseudonym_id, now=timezone.now())
    except ClaimRefused as error:
        shown: dict[str, Any] = {"trouble": refusal(error), "number": number, "exists": error.code != "no_such_claim"}
        return render(request, "pages/claim_not_taken.html", shown, status=status_of(error))
    return see_other(inside(request, typed(request, "next"), claim_page))
