"""Saying a claim in better words, and in another language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims import wording
from thuchu.desk.web.forms import clean, typed
from thuchu.desk.web.pages.claim import found
from thuchu.desk.web.pages.claim_forms import form_page, to_claim
from thuchu.desk.web.person import needs, signed_in


@needs(Act.TAKE_CLAIM)
@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: HttpRequest, number: int) -> HttpResponse:
    """Better words, until the first rating."""
    claim = found(number)

    def act() -> HttpResponse:
        wording.reword(number, clean(request, "wording"), by=signed_in(request).pseudonym_id, now=timezone.now())
        return to_claim(number)

    shown = {"claim": claim, "chars_max": wording.WORDING_CHARS_MAX}
    return form_page(request, "pages/claim_reword.html", shown, act)


@needs(Act.TAKE_CLAIM)
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, number: int) -> HttpResponse:
    """The same in another language, beside it."""
    claim = found(number)

    def act() -> HttpResponse:
        by, language = signed_in(request).pseudonym_id, typed(request, "language")
        wording.translate(number, language, clean(request, "wording"), by=by, now=timezone.now())
        return to_claim(number)

    languages = [code for code, _name in settings.LANGUAGES if code != claim.language]
    shown = {"claim": claim, "languages": languages, "chars_max": wording.WORDING_CHARS_MAX}
    return form_page(request, "pages/claim_translate.html", shown, act)
