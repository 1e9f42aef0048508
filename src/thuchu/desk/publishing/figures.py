"""What a review counts of publishing."""

from datetime import datetime

from thuchu.desk.claims.reads import about_event
from thuchu.desk.publishing.models import Recheck
from thuchu.desk.wording import day_in_viet_nam


def due_under(event: int, end: datetime) -> int:
    """Published notes on an event's claims that were due to be looked at again before that moment, as is known now."""
    return Recheck.objects.filter(due_on__lt=day_in_viet_nam(end), note__claim__in=about_event(event)).count()
