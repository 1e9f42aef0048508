"""The organisations that may be asked and may own commitments: a public list that coordinators keep."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import reads as claims
from thuchu.desk.reviews import organisations as verbs
from thuchu.desk.reviews.models import NAME_CHARS_MAX
from thuchu.desk.reviews.organisations import OrganisationView
from thuchu.desk.web.forms import clean, see_other, sentence, typed
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.person import needs, person, signed_in


@never_cache
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All of them, those that ended below."""
    return _page(request)


@needs(Act.ASK_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """One more."""

    def act() -> HttpResponse:
        verbs.add_organisation(
            signed_in(request),
            clean(request, "name_vi"),
            clean(request, "name_en"),
            area=typed(request, "area"),
            now=timezone.now(),
        )
        return see_other("organisations")

    return form_page(request, "pages/organisation_add.html", _form(), act)


@needs(Act.ASK_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Another name or area."""
    view = _found(number)

    def act() -> HttpResponse:
        verbs.change_organisation(
            signed_in(request),
            number,
            clean(request, "name_vi"),
            clean(request, "name_en"),
            area=typed(request, "area"),
            now=timezone.now(),
        )
        return see_other("organisations")

    return form_page(request, "pages/organisation_change.html", {"organisation": view, **_form()}, act)


@needs(Act.ASK_ORGANISATION)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """It is no more."""
    try:
        verbs.end_organisation(signed_in(request), number, now=timezone.now())
    except verbs.OrganisationRefused as refused:
        return _page(request, sentence(refused), 409)
    return see_other("organisations")


def _page(request: HttpRequest, trouble: str = "", status: int = 200) -> HttpResponse:
    listed = verbs.organisations(with_ended=True)
    shown = {
        "standing": [each for each in listed if each.ended_on is None],
        "ended": [each for each in listed if each.ended_on is not None],
        "may_ask": may(person(request), Act.ASK_ORGANISATION),
        "trouble": trouble,
    }
    return render(request, "pages/organisations.html", shown, status=status)


def _found(number: int) -> OrganisationView:
    view = verbs.organisation(number)
    if view is None or view.ended_on is not None:
        raise Http404
    return view


def _form() -> dict[str, object]:
    return {"areas": claims.provinces(timezone.now().date()), "name_max": NAME_CHARS_MAX}
