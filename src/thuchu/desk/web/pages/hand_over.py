"""Handing a coordinator's role over: what one has open, whom one asks, and what others ask of oneself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from thuchu.desk import journey
from thuchu.desk.accounts import hand_over
from thuchu.desk.accounts.models import COORDINATOR
from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import role_holders
from thuchu.desk.accounts.refusals import AccountRefused
from thuchu.desk.claims.hand_over import Held, held_by
from thuchu.desk.claims.reads import wordings
from thuchu.desk.shifts.reads import shifts_to_come
from thuchu.desk.web.entering import status_of
from thuchu.desk.web.forms import number as number_of
from thuchu.desk.web.forms import see_other, sentence
from thuchu.desk.web.person import needs, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.HAND_OVER)
def page(request: HttpRequest) -> HttpResponse:
    """What there is to hand over; ask somebody."""
    if request.method != "POST":
        return _page(request)
    try:
        hand_over.offer(signed_in(request), number_of(request, "to") or 0, now=timezone.now())
    except AccountRefused as refusal:
        return _page(request, refusal)
    return see_other("hand_over")


@require_POST
@needs(Act.HAND_OVER)
def back(request: HttpRequest) -> HttpResponse:
    """Ask nobody any more."""
    hand_over.take_back(signed_in(request))
    return see_other("hand_over")


@require_POST
@needs(Act.HAND_OVER)
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Take over what somebody has open."""
    try:
        journey.take_over(signed_in(request), number, now=timezone.now())
    except AccountRefused as refusal:
        return _page(request, refusal)
    return see_other("hand_over")


@require_POST
@needs(Act.HAND_OVER)
def decline(request: HttpRequest, number: int) -> HttpResponse:
    """Not I."""
    hand_over.decline(signed_in(request), number)
    return see_other("hand_over")


def _page(request: HttpRequest, refusal: AccountRefused | None = None) -> HttpResponse:
    me = signed_in(request)
    others = [each for each in role_holders() if each.role == COORDINATOR and each.pseudonym_id != me.pseudonym_id]
    about = {
        "others": others,
        "asked": hand_over.offered_to(me),
        "mine": _held(me.pseudonym_id),
        "theirs": [(each, _held(each.id)) for each in hand_over.offered_by(me)],
        "days": hand_over.OFFER_DAYS,
        "trouble": sentence(refusal) if refusal else "",
    }
    return render(request, "pages/hand_over.html", about, status=status_of(refusal) if refusal else 200)


def _held(person: int) -> dict[str, object]:
    now = timezone.now()
    held: Held = held_by(person, now=now)
    words = wordings([*held.claims, *held.proposed], now=now)
    return {
        "claims": [(number, words.get(number, "")) for number in held.claims],
        "proposed": [(number, words.get(number, "")) for number in held.proposed],
        "shifts": shifts_to_come(person, now=now),
    }
