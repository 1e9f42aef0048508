"""Saying that a published note still holds: every source opened, by somebody but its author."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims import reads as claims
from thuchu.desk.notes import reads as notes
from thuchu.desk.publishing import reads as publishing
from thuchu.desk.publishing.recheck import still_holds
from thuchu.desk.web.forms import numbers, see_other
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.person import needs, signed_in


@needs(Act.WRITE_NOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def recheck(request: HttpRequest, number: int) -> HttpResponse:
    """The form with its sources."""
    now = timezone.now()
    found, due = notes.note(number, viewer=None, now=now), publishing.recheck(number, now=now)
    if found is None or due is None:
        raise Http404

    def act() -> HttpResponse:
        still_holds(signed_in(request), number, numbers(request, "opened"), now=now)
        return see_other("note", number=number)

    shown = {"note": found, "recheck": due, "claim": claims.claim(found.claim, now=now)}
    return form_page(request, "pages/recheck.html", shown, act)
