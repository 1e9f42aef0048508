"""Prebunks: what is so at a step of an event, where to look it up, how it is told wrong; written before the day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims import prebunk_reads, reads
from thuchu.desk.claims.models import TWISTS_MAX
from thuchu.desk.claims.prebunk import TWIST_CHARS_MAX, change_prebunk, steps_of, write_prebunk
from thuchu.desk.claims.views import EventView
from thuchu.desk.claims.wording import WORDING_CHARS_MAX
from thuchu.desk.web.forms import clean, typed
from thuchu.desk.web.pages.claim_forms import form_page, to_claim
from thuchu.desk.web.person import needs, signed_in
from thuchu.privacy import CleanText

_TWISTS = [f"twist_{place}" for place in range(1, TWISTS_MAX + 1)]


@needs(Act.WRITE_NOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: int) -> HttpResponse:
    """A new one of an event."""
    event = _event(number)

    def act() -> HttpResponse:
        claim = write_prebunk(
            number,
            typed(request, "step"),
            clean(request, "wording"),
            look_up=typed(request, "look_up"),
            twists=_twists(request),
            by=signed_in(request).pseudonym_id,
            now=timezone.now(),
        )
        return to_claim(claim)

    shown = {**_form(request, event), "wording_max": WORDING_CHARS_MAX}
    return form_page(request, "pages/prebunk.html", shown, act)


@needs(Act.WRITE_NOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Said better, until the first rating."""
    view = prebunk_reads.of_claim(number, now=timezone.now())
    if view is None:
        raise Http404

    def act() -> HttpResponse:
        change_prebunk(
            number,
            typed(request, "step"),
            look_up=typed(request, "look_up"),
            twists=_twists(request),
            by=signed_in(request).pseudonym_id,
            now=timezone.now(),
        )
        return to_claim(number)

    form = _form(request, _event(view.event_id))
    if request.method != "POST":
        words = [*view.twists, *[""] * TWISTS_MAX]
        form |= {"step": view.step, "look_up": view.look_up, "twists": list(zip(_TWISTS, words, strict=False))}
    return form_page(request, "pages/prebunk.html", {**form, "prebunk": view}, act)


def _form(request: HttpRequest, event: EventView) -> dict[str, object]:
    return {
        "event": event,
        "steps": steps_of(event.kind),
        "step": typed(request, "step"),
        "look_up": typed(request, "look_up"),
        "twists": [(name, typed(request, name)) for name in _TWISTS],
        "twist_max": TWIST_CHARS_MAX,
    }


def _twists(request: HttpRequest) -> list[CleanText]:
    return [clean(request, name) for name in _TWISTS if typed(request, name)]


def _event(number: int) -> EventView:
    view = reads.event(number, now=timezone.now())
    if view is None:
        raise Http404
    return view
