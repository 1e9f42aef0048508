"""Organisations that sit at the table, own commitments or are asked: named for everybody, added by coordinators."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import reads as claims
from thuchu.desk.reviews import organisations as verbs
from thuchu.desk.reviews import reads
from thuchu.desk.reviews.models import NAME_CHARS_MAX
from thuchu.desk.web.forms import clean, see_other, typed
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.person import needs, person, signed_in


@never_cache
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All of them, those that ended, too."""
    return form_page(request, "pages/organisations.html", _shown(request), lambda: see_other("organisations"))


@needs(Act.HOLD_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new one."""

    def act() -> HttpResponse:
        names = (clean(request, "name_vi"), clean(request, "name_en"))
        verbs.add_organisation(signed_in(request), names, typed(request, "area"), now=timezone.now())
        return see_other("organisations")

    return form_page(request, "pages/organisations.html", _shown(request), act)


@needs(Act.HOLD_REVIEW)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """It is no more."""

    def act() -> HttpResponse:
        verbs.end_organisation(signed_in(request), number, now=timezone.now())
        return see_other("organisations")

    return form_page(request, "pages/organisations.html", _shown(request), act)


def _shown(request: HttpRequest) -> dict[str, object]:
    return {
        "organisations": reads.organisations(with_ended=True),
        "areas": claims.provinces(timezone.now().date()),
        "may_hold": may(person(request), Act.HOLD_REVIEW),
        "name_max": NAME_CHARS_MAX,
    }
