"""What is new, for those who follow the desk: everything, or what was agreed about a topic, an area or an event."""

from typing import Literal

from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.views import NameView
from thuchu.desk.library import reads as library
from thuchu.desk.library.reads import FactCheckView
from thuchu.desk.notes.models import Note

Of = Literal["topic", "area", "event"]
# What readers of feeds ask for every hour or so; more than a day's news of a large desk.
FEED_ITEMS_MAX = 50
# Longer numbers are no event's.
_DIGITS_MAX = 15


def followed(of: Of, code: str) -> NameView | None:
    """The topic, area or event that somebody follows; None when there is none."""
    if of == "event":
        is_number = code.isascii() and code.isdigit() and len(code) <= _DIGITS_MAX
        return claims.event_name(int(code)) if is_number else None
    return claims.topic(code) if of == "topic" else claims.area(code)


def news(of: Of | None = None, code: str = "") -> tuple[FactCheckView, ...]:
    """Fact-checks in any state, what changed last first, at most FEED_ITEMS_MAX.

    of, code  what they are about, as `followed` knows it; imported fact-checks are about nothing that we know of, and
              stand in the feed of everything alone
    """
    if of is None:
        return library.last_changed(FEED_ITEMS_MAX)
    if of == "event":
        about = claims.about_event(int(code))
    else:
        about = claims.about_topic(code) if of == "topic" else claims.about_area(code)
    return library.last_changed(FEED_ITEMS_MAX, notes=Note.objects.filter(claim__in=about).values("pk"))
