"""What an asker says of a question that waits: it is none of these, where and by when, and that it can be checked."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.wishes import Wishes
from thuchu.desk.journey import appeal_for, none_of_these, wish_for
from thuchu.desk.web.forms import clean, see_other, typed
from thuchu.desk.web.pages.answer import no_question, page
from thuchu.desk.web.pages.claim_forms import status_of
from thuchu.desk.web.templatetags.claim_words import refusal


@never_cache
@require_POST
def none(request: HttpRequest, token: str) -> HttpResponse:
    """It is none of what we showed: it waits like any other."""
    if not none_of_these(token, now=timezone.now()):
        return no_question(request)
    return _back(token, "waits")


@never_cache
@require_POST
def wishes(request: HttpRequest, token: str) -> HttpResponse:
    """Where they are, and by when they need to know."""
    wished = Wishes(area=typed(request, "area"), needed_by=_day(typed(request, "needed_by")))
    if not wish_for(token, wished, now=timezone.now()):
        return no_question(request)
    return _back(token, "waits")


@never_cache
@require_POST
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """A third person should look at it; what was typed stays where it can't be taken."""
    try:
        if not appeal_for(token, clean(request, "words"), now=timezone.now()):
            return no_question(request)
    except ClaimRefused as error:
        return page(request, token, trouble=refusal(error), appeal=typed(request, "words"), status=status_of(error))
    return _back(token, "waits")


def _back(token: str, where: str) -> HttpResponse:
    return see_other(f"{reverse('answer', kwargs={'token': token})}#{where}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
