"""Inviting somebody: a link that its maker passes on by hand, shown once."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from thuchu.desk.accounts import invite as inviting
from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.places import INVITATION_DAYS
from thuchu.desk.accounts.refusals import AccountRefused
from thuchu.desk.web.forms import see_other
from thuchu.desk.web.pages.account import own_page
from thuchu.desk.web.person import needs, signed_in


@require_POST
@needs(Act.INVITE)
def invite(request: HttpRequest) -> HttpResponse:
    """Make the link, and show it as the answer itself: we keep its digest alone."""
    try:
        token = inviting.invite(signed_in(request), now=timezone.now())
    except AccountRefused as refusal:
        return own_page(request, refusal)
    link = settings.THUCHU_ADDRESS + reverse("join", kwargs={"token": token})
    return render(request, "pages/invited.html", {"link": link, "days": INVITATION_DAYS})


@require_POST
@needs(Act.INVITE)
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Make an invitation worthless; one that was used meanwhile is gone from the list, too."""
    inviting.take_back(signed_in(request), number)
    return see_other("account")
