"""A poster for a notice board: who answers, where to ask, in letters to be typed and in a code to be scanned."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thuchu.desk.claims import reads
from thuchu.desk.web import qr

# Longer numbers are no event's.
_DIGITS_MAX = 15


@require_safe
def poster(request: HttpRequest) -> HttpResponse:
    """One sheet of A4 in the reader's language, for everything, for an area (`?area=`) or for an event (`?event=`)."""
    code, number = request.GET.get("area", ""), request.GET.get("event", "")
    area = reads.area(code) if code else None
    event = reads.event_name(int(number)) if _is_number(number) else None
    if (code and area is None) or (number and event is None):
        raise Http404
    address = settings.THUCHU_ADDRESS
    if event is not None:
        address += f"/e/{event.code}"
    elif area is not None:
        address += f"/?area={area.code}"
    today = timezone.now().date()
    shown = {
        "about": event or area,
        "address_shown": address.partition("://")[2].removesuffix("/"),
        "picture": qr.drawn(address),
        "areas": reads.provinces(today),
        "events": reads.event_names(now=timezone.now()),
        "area_code": area.code if area else "",
        "event_code": event.code if event else "",
    }
    return render(request, "pages/poster.html", shown)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX
