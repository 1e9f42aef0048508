"""Tokens for one's own programs: a list, one form, and the token itself, shown once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from thuchu.desk.accounts import api_tokens as tokens
from thuchu.desk.accounts.models import SCOPES
from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import api_tokens as tokens_of
from thuchu.desk.accounts.refusals import AccountRefused
from thuchu.desk.intake.limits import TOKEN_TIMES
from thuchu.desk.web.entering import fresh, line_of, status_of
from thuchu.desk.web.forms import clean, number, see_other, sentence, typed
from thuchu.desk.web.person import needs, signed_in

# What the form begins with: long enough for a season's project.
_DAYS = 90


@require_safe
@needs(Act.MAKE_TOKEN)
def listed(request: HttpRequest) -> HttpResponse:
    """The list, and the form."""
    return _page(request)


@require_POST
@needs(Act.MAKE_TOKEN)
@fresh
def make(request: HttpRequest) -> HttpResponse:
    """Make one, and show it as the answer itself: we keep its digest alone."""
    scopes, days = request.POST.getlist("scope"), number(request, "days") or 0
    try:
        secret = tokens.make(
            signed_in(request), clean(request, "name"), scopes, days=days, line=line_of(request), now=timezone.now()
        )
    except AccountRefused as refusal:
        return _page(request, refusal)
    return render(request, "pages/api_token_made.html", {"secret": secret})


@require_POST
@needs(Act.MAKE_TOKEN)
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Make one worthless; pressed twice, it is gone either way."""
    tokens.revoke(signed_in(request), number)
    return see_other("account_tokens")


def _page(request: HttpRequest, refusal: AccountRefused | None = None) -> HttpResponse:
    was_sent = refusal is not None
    about = {
        "trouble": sentence(refusal) if refusal else "",
        "tokens": tokens_of(signed_in(request).id, now=timezone.now()),
        "name": typed(request, "name"),
        "scopes": SCOPES,
        "chosen": request.POST.getlist("scope") if was_sent else [SCOPES[0]],
        "days": tokens.DAYS,
        "chosen_days": number(request, "days") if was_sent else _DAYS,
        "times": TOKEN_TIMES,
        "tokens_max": tokens.TOKENS_MAX,
    }
    return render(request, "pages/api_tokens.html", about, status=status_of(refusal) if refusal else 200)
