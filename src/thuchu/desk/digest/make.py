"""Making the digest of the week that is over: once, from what everybody may read."""

from datetime import UTC, date, datetime, time, timedelta

from thuchu.desk.claims.reads import waiting_longest
from thuchu.desk.commitments.reads import register
from thuchu.desk.commitments.timeliness import OVERDUE
from thuchu.desk.digest.models import Week
from thuchu.desk.inquiries.reads import all_inquiries
from thuchu.desk.library.figures import agreed_between
from thuchu.desk.library.reads import of_notes
from thuchu.desk.notes.reads import unrated
from thuchu.desk.publishing.corrections import PAGE_ITEMS, corrections
from thuchu.desk.publishing.reads import due
from thuchu.desk.reviews.reads import reviews
from thuchu.desk.wording import VIET_NAM, day_in_viet_nam

# What somebody reads on a Monday; the pages that it leads to have the rest.
ITEMS_MAX = 10


def make_week(*, now: datetime) -> int:
    """Make the digest of the last whole week, where there is none yet; gives back how many it made."""
    today = day_in_viet_nam(now)
    monday = today - timedelta(days=today.weekday() + 7)
    if Week.objects.filter(pk=monday).exists():
        return 0
    begin, end = _midnight(monday), _midnight(monday + timedelta(days=7))
    changed = [each for each in corrections().items if begin <= each.at < end]
    to_come = [each for each in reviews(now=now) if each.meeting_at > now and each.state != "cancelled"]
    late = [each.number for each in register(now=now) if each.is_open and each.timeliness.code == OVERDUE]
    Week.objects.create(
        monday=monday,
        made_at=now,
        waiting=waiting_longest(limit=ITEMS_MAX),
        unrated=unrated(limit=ITEMS_MAX),
        due=[each.fact_check.id for each in due(now=now, limit=ITEMS_MAX)],
        agreed=[each.id for each in of_notes(agreed_between(begin, end))][:ITEMS_MAX],
        corrections=min(len(changed), PAGE_ITEMS),
        overdue=late[:ITEMS_MAX],
        unanswered=[each.number for each in all_inquiries(now=now) if each.timeliness == "overdue"][:ITEMS_MAX],
        review=to_come[-1].slug if to_come else "",
    )
    return 1


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIET_NAM).astimezone(UTC)
