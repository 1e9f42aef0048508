"""What coordinators should see now: the same message very often in a short time."""

from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.claims.models import BURST, Grouping, Notice
from thuchu.desk.claims.refusals import ClaimRefused

# A commune's desk is asked twenty questions a day; as many of one claim within an hour are a wave that has just begun.
BURST_ASKS = 20
BURST_HOURS = 1
# A wave lasts for days; one notice a day says so.
NOTICE_HOURS_MIN = 24


def look_for_burst(claim_id: int, *, now: datetime) -> bool:
    """Raise a notice when a claim was asked BURST_ASKS times within BURST_HOURS; False when there is none to raise."""
    times = Grouping.objects.filter(claim=claim_id).order_by("-at").values_list("at", flat=True)
    earlier = list(times[BURST_ASKS - 1 : BURST_ASKS])
    if not earlier or earlier[0] <= now - timedelta(hours=BURST_HOURS):
        return False
    noticed = Notice.objects.filter(claim=claim_id, kind=BURST)
    if noticed.filter(seen_by=None).exists() or noticed.filter(at__gt=now - timedelta(hours=NOTICE_HOURS_MIN)).exists():
        return False
    Notice.objects.create(kind=BURST, claim_id=claim_id, asks=BURST_ASKS, at=now)
    return True


def see(notice_id: int, *, by: int) -> None:
    """Somebody has seen to it; raises ClaimRefused for a notice that isn't there. Saying it twice is saying it once."""
    with transaction.atomic():
        notice = Notice.objects.filter(pk=notice_id).first()
        if notice is None:
            raise ClaimRefused("no_such_notice")
        if notice.seen_by is None:
            notice.seen_by = by
            notice.save(update_fields=["seen_by"])
