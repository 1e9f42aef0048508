"""What becomes of a fact: looked at again, taken down, or archived with its event; never deleted."""

from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.facts.models import ARCHIVED, CONFIRMED, PINNED, TAKEN_DOWN, PinnedFact
from thuchu.desk.facts.pinning import CHECK_DAYS, CHECK_DAYS_MAX
from thuchu.desk.facts.refusals import NoSuchFact, WrongTime
from thuchu.desk.facts.rows import event_row, live_fact, next_change, require_shown, subject
from thuchu.desk.ledger.append import append

# One transaction's worth; the rest goes an hour later.
ARCHIVED_AT_ONCE_MAX = 1_000


def check_again(fact_id: int, *, days: int = CHECK_DAYS, by: int, now: datetime) -> None:
    """Somebody has opened the source again, and it still says so: the fact answers for some days more.

    raises  FactRefused, also where our own last look at the source says otherwise
    """
    with transaction.atomic():
        row = live_fact(fact_id)
        if row.state != CONFIRMED:
            raise NoSuchFact
        event = event_row(row.event_id, now=now)
        require_shown(row.evidence_id, row.field)
        next_check = min(now + timedelta(days=days), event.ends)
        if not 1 <= days <= CHECK_DAYS_MAX or next_check <= now:
            raise WrongTime(most=CHECK_DAYS_MAX)
        row.checked_at, row.next_check_at, row.change = now, next_check, next_change()
        row.save(update_fields=["checked_at", "next_check_at", "change"])
        body = {"fact": row.pk, "next_check": int(next_check.timestamp()), "by": by}
        append("event.fact_checked", subject(row.event_id), body, now=now)


def take_down(fact_id: int, *, by: int, now: datetime) -> None:
    """It no longer holds, or never did; everybody told it is told so. Raises FactRefused."""
    with transaction.atomic():
        row = live_fact(fact_id)
        row.state, row.ended_at, row.change = TAKEN_DOWN, now, next_change()
        row.save(update_fields=["state", "ended_at", "change"])
        append("event.fact_taken_down", subject(row.event_id), {"fact": row.pk, "by": by}, now=now)


def archive_over(*, now: datetime) -> int:
    """Archive the facts of events that are over; gives back how many. What nobody confirmed in time is taken down."""
    over = PinnedFact.objects.filter(state__in=(PINNED, CONFIRMED), event__ends__lte=now).order_by("pk")
    with transaction.atomic():
        rows = list(over.select_for_update()[:ARCHIVED_AT_ONCE_MAX])
        for row in rows:
            row.state, row.ended_at = (ARCHIVED if row.state == CONFIRMED else TAKEN_DOWN), now
            row.change = next_change()
            row.save(update_fields=["state", "ended_at", "change"])
            kind = "event.fact_archived" if row.state == ARCHIVED else "event.fact_lapsed"
            append(kind, subject(row.event_id), {"fact": row.pk}, now=now)
    return len(rows)
