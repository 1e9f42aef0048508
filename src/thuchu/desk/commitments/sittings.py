"""When reviews meet, as a calendar shows it, with how often each was changed: its entries in the ledger count that."""

from datetime import UTC, datetime, time

from django.utils.translation import gettext

from thuchu.desk.commitments import meetings
from thuchu.desk.commitments.calendars import Sitting
from thuchu.desk.ledger.kinds import KINDS
from thuchu.desk.ledger.reads import entries_of
from thuchu.desk.reviews.models import Review
from thuchu.desk.wording import VIET_NAM

# That answers were picked for the random check, each Monday, changes no meeting.
_OF_REVIEWS = tuple(kind for kind in KINDS if kind.startswith("review.") and kind != "review.audit_drawn")


def sittings() -> list[Sitting]:
    """All reviews, first to last, in the language of the page."""
    changes: dict[str, list[int]] = {}
    for _, time_ms, _, subject, _ in entries_of(_OF_REVIEWS):
        changes.setdefault(subject, []).append(time_ms)
    return [_sitting(row, changes.get(f"review:{row.slug}", [])) for row in meetings.reviews()]


def _sitting(row: Review, changes: list[int]) -> Sitting:
    # One that came from before there were entries changed last on the day it opened.
    opened = datetime.combine(row.opens_on, time(), tzinfo=VIET_NAM)
    return Sitting(
        slug=row.slug,
        title=gettext("Open review %(slug)s") % {"slug": row.slug},
        state=row.state,
        starts_at=row.meeting_at,
        place=row.place,
        link=row.link,
        changes=max(0, len(changes) - 1),
        changed_at=datetime.fromtimestamp(changes[-1] / 1000, UTC) if changes else opened,
    )
