"""The minutes of a short review of an event: what was said, in one act; they end by themselves.

Nothing is resolved there: what has to be waits for the closing review, or for the quarterly one.
"""

from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.reviews import attendance, minutes, refusals
from thuchu.desk.reviews.agenda import SHORT_ITEMS, SHORT_MINUTES
from thuchu.desk.reviews.models import (
    ACCEPTED,
    FROZEN,
    HELD_BACK,
    MINUTES_OUT,
    OBJECTION,
    AgendaItem,
    Remark,
    Review,
)
from thuchu.desk.reviews.publish import publish
from thuchu.desk.reviews.rows import require_coordinator, review_row
from thuchu.desk.wording import day_in_viet_nam
from thuchu.privacy import CleanText

LASTS = timedelta(minutes=SHORT_MINUTES * len(SHORT_ITEMS))


def write_down(person: AccountView, slug: str, said: CleanText, *, now: datetime) -> None:
    """It was held: what was said is out for objections, under the first item of its agenda.

    raises  NotYet before its day, ItemsOpen, WordsTooLong, NoSuchReview, WrongState, NotForYou
    """
    require_coordinator(person)
    with transaction.atomic():
        review = review_row(slug, FROZEN)
        if not review.is_short:
            raise refusals.WrongState
        attendance.hold(person, slug, now=now)
        minutes.draft(person, slug, review.meeting_at, review.meeting_at + LASTS, now=now)
        first = AgendaItem.objects.filter(review=review, state=ACCEPTED).order_by("position").first()
        if first is not None:
            minutes.write(person, slug, first.pk, said, now=now)
        minutes.send_out(person, slug, now=now)


def end_those_due(*, now: datetime) -> int:
    """Short reviews whose minutes nobody objects to are published when their week is over; gives back how many."""
    rows = Review.objects.filter(
        state=MINUTES_OUT,
        cycle__isnull=False,
        is_closing=False,
        minutes__objections_until__lt=day_in_viet_nam(now),
    )
    waiting = Remark.objects.filter(kind=OBJECTION, state=HELD_BACK).values("review")
    due = list(rows.exclude(pk__in=waiting).order_by("meeting_at").values_list("slug", flat=True))
    for slug in due:
        with transaction.atomic():
            minutes.finish(None, slug, now=now)
            publish(None, slug, now=now)
    return len(due)
