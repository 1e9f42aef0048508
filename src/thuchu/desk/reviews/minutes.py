"""Minutes in three phases: a draft from what the desk knows, a week for objections, the final ones.

Agenda, figures, attendance and resolutions stand in them by themselves; the secretary writes what was said to an item.
"""

from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import (
    ACCEPTED,
    DRAFT,
    FINAL,
    HELD,
    HELD_BACK,
    MINUTES_OUT,
    NOT_QUORATE,
    OBJECTION,
    OUT,
    AgendaItem,
    Minutes,
    MinutesPart,
    Participant,
    Remark,
    Resolution,
    Review,
    Snapshot,
)
from thuchu.desk.reviews.rows import (
    THE_MACHINE,
    item_row,
    papers_are_due,
    require_coordinator,
    review_row,
    step,
    subject,
    words,
)
from thuchu.desk.wording import day as written_day
from thuchu.desk.wording import day_in_viet_nam
from thuchu.log.entry import Value, canonical_json
from thuchu.privacy import CleanText

PART_CHARS_MAX = 10_000
# Whoever was there has a week with a weekend in it.
OBJECTION_DAYS = 7
# A meeting that lasted longer has a slip of the finger in its times.
HOURS_MAX = 24


def draft(person: AccountView, slug: str, begun_at: datetime, ended_at: datetime, *, now: datetime) -> None:
    """Minutes from agenda, figures and resolutions in one act; they wait for what was said.

    raises  TimeWrong, AlreadyDone, NoSuchReview, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    if not begun_at < ended_at <= begun_at + timedelta(hours=HOURS_MAX):
        raise refusals.TimeWrong(days=1)
    with transaction.atomic():
        review = review_row(slug, HELD, NOT_QUORATE)
        if Minutes.objects.filter(review=review).exists():
            raise refusals.AlreadyDone
        Minutes.objects.create(review=review, begun_at=begun_at, ended_at=ended_at, drafted_by=by)
        items = AgendaItem.objects.filter(review=review, state=ACCEPTED)
        MinutesPart.objects.bulk_create(MinutesPart(item=item) for item in items)
        body: dict[str, Value] = {
            "begun": int(begun_at.timestamp()),
            "ended": int(ended_at.timestamp()),
            "items": len(items),
            "by": by,
        }
        append("review.minutes_drafted", subject(review), body, now=now)


def write(person: AccountView, slug: str, item: int, text: CleanText, *, now: datetime) -> None:
    """What was said to one item; while objections are heard, too, each time with an entry.

    raises  WordsTooLong, NoSuchRow, NoSuchReview, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    said = words(text, PART_CHARS_MAX, least=0)
    with transaction.atomic():
        review = review_row(slug, HELD, NOT_QUORATE, MINUTES_OUT)
        _minutes(review, DRAFT, OUT)
        part = MinutesPart.objects.select_for_update().get(item=item_row(review, item))
        before, part.text = digest(part.text), said
        part.save(update_fields=["text"])
        body: dict[str, Value] = {"item": item, "before_digest": before, "digest": digest(said), "by": by}
        append("review.minutes_written", subject(review), body, now=now)


def send_out(person: AccountView, slug: str, *, now: datetime) -> None:
    """Everybody reads them, and may object for a week; raises Unconfirmed, NoSuchReview, WrongState, NotForYou."""
    by = require_coordinator(person).pseudonym_id
    with transaction.atomic():
        review = review_row(slug, HELD, NOT_QUORATE)
        row = _minutes(review, DRAFT)
        if Resolution.objects.filter(review=review, confirmed_by=None).exists():
            raise refusals.Unconfirmed
        row.phase, row.out_on = OUT, day_in_viet_nam(now)
        row.objections_until = row.out_on + timedelta(days=OBJECTION_DAYS)
        row.save(update_fields=["phase", "out_on", "objections_until"])
        step(review, MINUTES_OUT)
        review.save(update_fields=["state"])
        until = row.objections_until.isoformat()
        body: dict[str, Value] = {"digest": digest_of(review), "until": until, "by": by}
        papers_are_due(slug, append("review.minutes_out", subject(review), body, now=now))


def finish(person: AccountView | None, slug: str, *, now: datetime) -> None:
    """They are final once the week is over and every objection has its answer.

    person  a coordinator, or None: the calendar, for a short review of an event
    raises  NotYet, ItemsOpen, NoSuchReview, WrongState, NotForYou
    """
    by = THE_MACHINE if person is None else require_coordinator(person).pseudonym_id
    with transaction.atomic():
        review = review_row(slug, MINUTES_OUT)
        if person is None and not review.is_short:
            raise refusals.WrongState
        row = _minutes(review, OUT)
        today, until = day_in_viet_nam(now), row.objections_until
        if until is None or today <= until:
            raise refusals.NotYet(day=written_day(until and until + timedelta(days=1)))
        if Remark.objects.filter(review=review, kind=OBJECTION, state=HELD_BACK).exists():
            raise refusals.ItemsOpen
        row.phase, row.final_on = FINAL, today
        row.save(update_fields=["phase", "final_on"])
        entry = append("review.minutes_final", subject(review), {"digest": digest_of(review), "by": by}, now=now)
        papers_are_due(slug, entry)


def digest_of(review: Review) -> str:
    """SHA-256 over what the minutes say: agenda, attendance without names, figures, resolutions, what was said."""
    items = AgendaItem.objects.filter(review=review, state=ACCEPTED).select_related("part").order_by("position")
    resolutions = Resolution.objects.filter(review=review).order_by("number")
    people = Participant.objects.filter(review=review).order_by("pk")
    said: dict[str, Value] = {
        "review": review.slug,
        "items": [[item.position, item.kind, item.title, item.text, item.part.text] for item in items],
        "people": [[row.role, row.organisation_id or 0, row.presence, row.way, row.people] for row in people],
        "figures": list(Snapshot.objects.filter(review=review).order_by("number").values_list("sha256", flat=True)),
        "resolutions": [[row.number, row.text, row.method, row.outcome, row.reasons_against] for row in resolutions],
    }
    return digest(canonical_json(said).decode())


def _minutes(review: Review, *phases: str) -> Minutes:
    row = Minutes.objects.select_for_update().filter(review=review, phase__in=phases).first()
    if row is None:
        raise refusals.WrongState
    return row
