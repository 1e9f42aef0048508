"""What a review counts of publishing."""

from collections.abc import Iterable
from datetime import datetime

from thuchu.desk.claims.reads import about_event
from thuchu.desk.library.figures import first_agreed_at
from thuchu.desk.notes.figures import notes_on
from thuchu.desk.publishing.models import Recheck
from thuchu.desk.wording import day_in_viet_nam


def first_answered_at(claims: Iterable[int]) -> dict[int, datetime]:
    """When each of these claims was first answered by a note that this desk published; others are left out."""
    on = notes_on(claims)
    found: dict[int, datetime] = {}
    for note, at in first_agreed_at(on).items():
        found[on[note]] = min(found.get(on[note], at), at)
    return found


def due_under(event: int, end: datetime) -> int:
    """Published notes on an event's claims that were due to be looked at again before that moment, as is known now."""
    return Recheck.objects.filter(due_on__lt=day_in_viet_nam(end), note__claim__in=about_event(event)).count()
