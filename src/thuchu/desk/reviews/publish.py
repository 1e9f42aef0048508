"""The end of a review: everything of it named by digests in one entry, and the next one planned."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.reviews.minutes import digest_of
from thuchu.desk.reviews.models import (
    FINAL,
    MINUTES_OUT,
    PUBLISHED,
    QUARTERLY,
    Edition,
    Minutes,
    Resolution,
    Snapshot,
    SnapshotTable,
)
from thuchu.desk.reviews.planning import plan_quarterly
from thuchu.desk.reviews.refusals import WrongState
from thuchu.desk.reviews.rows import THE_MACHINE, papers_are_due, require_coordinator, review_row, step, subject
from thuchu.log.entry import Value


def publish(person: AccountView | None, slug: str, *, now: datetime) -> None:
    """Publish a review whose minutes are final; what is wrong with it afterwards is amended, in the open.

    person  a coordinator, or None: the calendar, since coordinators brought it to its end
    raises  NoSuchReview, WrongState, NotForYou
    """
    by = THE_MACHINE if person is None else require_coordinator(person).pseudonym_id
    with transaction.atomic():
        review = review_row(slug, MINUTES_OUT)
        if not Minutes.objects.filter(review=review, phase=FINAL).exists():
            raise WrongState
        snapshots = Snapshot.objects.filter(review=review).order_by("number")
        tables = SnapshotTable.objects.filter(snapshot__review=review).order_by("table_id").distinct()
        resolutions = Resolution.objects.filter(review=review).order_by("number")
        body: dict[str, Value] = {
            "snapshots": list(snapshots.values_list("sha256", flat=True)),
            "tables": list(tables.values_list("table_id", flat=True)),
            "resolutions": [f"{row.number} {digest(row.text)}" for row in resolutions],
            "minutes_digest": digest_of(review),
            "editions": sorted(Edition.objects.filter(review=review).values_list("sha256", flat=True)),
            "by": by,
        }
        entry = append("review.published", subject(review), body, now=now)
        step(review, PUBLISHED)
        review.published_at = entry.seq
        review.save(update_fields=["state", "published_at"])
        papers_are_due(slug, entry)
        if review.kind == QUARTERLY:
            plan_quarterly(now=now)
