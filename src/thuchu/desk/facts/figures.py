"""Facts' own counts for a review: what is due to be checked again."""

from datetime import datetime

from thuchu.desk.facts.models import CONFIRMED, PinnedFact


def due_under(event: int, before: datetime) -> int:
    """Confirmed facts of an event whose next check was due before then, and hasn't been made."""
    return PinnedFact.objects.filter(event=event, state=CONFIRMED, next_check_at__lt=before).count()
