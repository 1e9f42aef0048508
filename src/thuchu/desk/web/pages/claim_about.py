"""What a claim is about: its topics, its areas, the events it belongs to."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims import areas as claim_areas
from thuchu.desk.claims import reads
from thuchu.desk.claims import topics as claim_topics
from thuchu.desk.claims.events import put_under_event, take_from_event
from thuchu.desk.web.forms import numbers, typed
from thuchu.desk.web.pages.claim import found
from thuchu.desk.web.pages.claim_forms import form_page, to_claim
from thuchu.desk.web.person import needs, signed_in


def ticked(request: HttpRequest, name: str) -> list[str]:
    """Codes from boxes that may be ticked several times, and from a field of codes with spaces between them."""
    return [*request.POST.getlist(name), *typed(request, f"more_{name}").replace(",", " ").split()]


@needs(Act.SET_TOPICS)
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest, number: int) -> HttpResponse:
    """Up to three of the desk's topics."""
    claim = found(number)

    def act() -> HttpResponse:
        by = signed_in(request).pseudonym_id
        claim_topics.set_topics(number, ticked(request, "topic"), by=by, now=timezone.now())
        return to_claim(number)

    chosen = request.POST.getlist("topic") if request.method == "POST" else [topic.code for topic in claim.topics]
    shown = {
        "claim": claim,
        "topics": reads.topics(),
        "chosen": chosen,
        "most": claim_topics.TOPICS_OF_A_CLAIM_MAX,
    }
    return form_page(request, "pages/claim_topics.html", shown, act)


@needs(Act.SET_AREAS)
@require_http_methods(["GET", "HEAD", "POST"])
def areas(request: HttpRequest, number: int) -> HttpResponse:
    """Where it is about."""
    claim = found(number)

    def act() -> HttpResponse:
        by = signed_in(request).pseudonym_id
        claim_areas.set_areas(number, ticked(request, "area"), by=by, now=timezone.now())
        return to_claim(number)

    today = timezone.now().date()
    listed = reads.provinces(today)
    codes = {area.code for area in listed}
    chosen = request.POST.getlist("area") if request.method == "POST" else [area.code for area in claim.areas]
    shown = {
        "claim": claim,
        "areas": [*listed, *(area for area in claim.areas if area.code not in codes)],
        "chosen": chosen,
        "has_communes": reads.has_communes(today),
        "most": claim_areas.AREAS_OF_A_CLAIM_MAX,
    }
    return form_page(request, "pages/claim_areas.html", shown, act)


@needs(Act.MANAGE_EVENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def events(request: HttpRequest, number: int) -> HttpResponse:
    """Which events it belongs to."""
    claim = found(number)
    now = timezone.now()
    listed = reads.event_names(now=now)
    known = {event.code for event in listed}
    listed = (*listed, *(event for event in claim.events if event.code not in known))
    before = {int(event.code) for event in claim.events}

    def act() -> HttpResponse:
        by, wanted = signed_in(request).pseudonym_id, set(numbers(request, "event"))
        for event in sorted(wanted - before):
            put_under_event(event, number, by=by, now=now)
        for event in sorted(before - wanted):
            take_from_event(event, number, by=by, now=now)
        return to_claim(number)

    chosen = request.POST.getlist("event") if request.method == "POST" else [event.code for event in claim.events]
    shown = {"claim": claim, "events": listed, "chosen": chosen}
    return form_page(request, "pages/claim_events.html", shown, act)
