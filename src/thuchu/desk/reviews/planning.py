"""When reviews are: a quarterly one by itself, others as coordinators plan them; states that follow from the day.

All days are those of Viet Nam.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.models import Event
from thuchu.desk.intake.figures import first_asked_at
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.reviews import auditing, refusals
from thuchu.desk.reviews.agenda import lay_out
from thuchu.desk.reviews.models import (
    CANCELLED,
    EVENT,
    EXTRAORDINARY,
    FROZEN,
    OPEN,
    PLANNED,
    PUBLISHED,
    QUARTERLY,
    Review,
)
from thuchu.desk.reviews.organisations import area_row
from thuchu.desk.reviews.rows import (
    THE_MACHINE,
    require_coordinator,
    review_row,
    step,
    subject,
    words,
)
from thuchu.desk.wording import VIET_NAM, day_in_viet_nam
from thuchu.desk.wording import day as written_day
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

# After the quarter's end there is time for answers under way; whoever works in an office has Tuesdays.
MEETING_WEEKDAY, MEETING_WEEK = 1, 2
MEETING_TIME = time(14, 0)
# Days before the meeting and after it, as the reviews' page promises them.
OPENS_BEFORE, FREEZES_BEFORE, MINUTES_AFTER, FINAL_AFTER = 30, 7, 3, 10
# A meeting further away is a slip of the finger; a period longer than a year is another report.
PLANNED_DAYS_MAX = 400
REASON_CHARS_MAX = 1_000
PLACE_CHARS_MAX, LINK_CHARS_MAX = 200, 500
_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
# Of a short review of an event: whoever was there reads three sentences by the next day.
SHORT_MINUTES_AFTER, SHORT_FINAL_AFTER = 1, 10
# Its figures freeze in the hour before.
SHORT_FREEZES_BEFORE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a review, reckoned from its meeting."""

    opens_on: date
    freezes_on: date
    meeting_at: datetime
    minutes_due_on: date
    final_on: date


def days_of(meeting_at: datetime, *, earliest: date | None = None) -> Days:
    """What is due when; nothing before `earliest`, for a meeting that was called at short notice."""
    held_on = day_in_viet_nam(meeting_at)
    opens, freezes = held_on - timedelta(days=OPENS_BEFORE), held_on - timedelta(days=FREEZES_BEFORE)
    if earliest is not None:
        opens, freezes = max(opens, earliest), max(freezes, earliest)
    minutes, final = held_on + timedelta(days=MINUTES_AFTER), held_on + timedelta(days=FINAL_AFTER)
    return Days(opens, freezes, meeting_at, minutes, final)


def short_days(meeting_at: datetime, *, opens_on: date) -> Days:
    """What is due when: figures freeze in the hour before, minutes are three sentences."""
    held_on = day_in_viet_nam(meeting_at)
    minutes, final = held_on + timedelta(days=SHORT_MINUTES_AFTER), held_on + timedelta(days=SHORT_FINAL_AFTER)
    return Days(min(opens_on, held_on), held_on, meeting_at, minutes, final)


def quarter_of(day: date) -> tuple[date, date]:
    """The quarter a day belongs to: its first day, and the first one after it."""
    begin = date(day.year, day.month - (day.month - 1) % 3, 1)
    return begin, _months_later(begin, 3)


def quarter_name(day: date) -> str:
    """`2026-q1`."""
    return f"{day.year}-q{(day.month - 1) // 3 + 1}"


def meeting_after(end: date) -> datetime:
    """The second Tuesday from a day on, at 14:00."""
    first = end + timedelta(days=(MEETING_WEEKDAY - end.weekday()) % 7)
    return datetime.combine(first + timedelta(weeks=MEETING_WEEK - 1), MEETING_TIME, tzinfo=VIET_NAM)


def plan_quarterly(*, now: datetime) -> str:
    """The next quarterly review where none is under way; gives back its name, "" where there is nothing to plan.

    The first one is planned once somebody has asked this desk something.
    """
    with transaction.atomic():
        last = Review.objects.select_for_update().filter(kind=QUARTERLY).order_by("-period_start").first()
        if last is None and first_asked_at() is None:
            return ""
        if last is not None and last.state not in (PUBLISHED, CANCELLED):
            return ""
        begin, end = quarter_of(last.period_end if last else day_in_viet_nam(now))
        row = Review(slug=quarter_name(begin), kind=QUARTERLY, period_start=begin, period_end=end)
        return plan_row(row, days_of(meeting_after(end)), by=THE_MACHINE, now=now)


def plan_extraordinary(
    person: AccountView,
    period: tuple[date, date],
    meeting_at: datetime,
    *,
    event: int | None = None,
    area: str = "",
    now: datetime,
) -> str:
    """A review outside the quarters, of an event if one is named; gives back its name.

    period  first day, and the first day after
    area    a code: what is spoken of lies there; "" for the whole desk. Figures are the whole desk's either way
    raises  TimeWrong, AreaUnknown, NoSuchRow for an event that isn't here, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    today = day_in_viet_nam(now)
    _require_near(meeting_at, today)
    begin, end = period
    if not begin < end <= begin + timedelta(days=PLANNED_DAYS_MAX):
        raise refusals.TimeWrong(days=PLANNED_DAYS_MAX)
    with transaction.atomic():
        about = Event.objects.filter(pk=event).first() if event is not None else None
        if event is not None and about is None:
            raise refusals.NoSuchRow
        kind = EVENT if about else EXTRAORDINARY
        held_in = quarter_name(day_in_viet_nam(meeting_at))
        stem = f"{held_in}-su-kien-" if about else f"{held_in}-bat-thuong-"
        row = Review(kind=kind, event=about, area=area_row(area, now=now), period_start=begin, period_end=end)
        row.slug = f"{stem}{Review.objects.filter(slug__startswith=stem).count() + 1}"
        return plan_row(row, days_of(meeting_at, earliest=today), by=by, now=now)


def arrange(
    person: AccountView, slug: str, meeting_at: datetime, place: CleanText, link: CleanText, *, now: datetime
) -> None:
    """Another time, or where it is; the other days move with the meeting. Until the figures are frozen.

    raises  TimeWrong, WordsTooLong, PlaceWrong, NoSuchReview, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    today = day_in_viet_nam(now)
    _require_near(meeting_at, today)
    room, address = words(place, PLACE_CHARS_MAX, least=0), _address(link)
    with transaction.atomic():
        row = review_row(slug, PLANNED, OPEN)
        if row.cycle_id is not None and day_in_viet_nam(meeting_at) < row.period_end:
            raise refusals.NotYet(day=written_day(row.period_end))
        opens_on = min(today, row.opens_on)
        days = short_days(meeting_at, opens_on=opens_on) if row.is_short else days_of(meeting_at, earliest=opens_on)
        _set(row, days)
        row.place, row.link = room, address
        row.save(update_fields=[*_DAYS, "place", "link"])
        body: dict[str, Value] = {**_said(days), "place_digest": digest(f"{room}\n{address}"), "by": by}
        append("review.arranged", subject(row), body, now=now)


def cancel(person: AccountView, slug: str, reason: CleanText, *, now: datetime) -> None:
    """It isn't held; its page stays and says why.

    raises  WordsWanted, WordsTooLong, NoSuchReview, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    why = words(reason, REASON_CHARS_MAX)
    with transaction.atomic():
        row = review_row(slug, PLANNED, OPEN, FROZEN)
        step(row, CANCELLED)
        row.reason = why
        row.save(update_fields=["state", "reason"])
        auditing.erase(row)
        append("review.cancelled", subject(row), {"reason_digest": digest(why), "by": by}, now=now)


def open_review(
    person: AccountView | None, slug: str, *, about: Mapping[str, Sequence[str]] = _NOTHING, now: datetime
) -> None:
    """Open the agenda, a coordinator before its day, or None: the calendar.

    about   what the desk's own items are about, as `agenda.lay_out` takes it
    raises  NoSuchReview, WrongState, NotForYou
    """
    by = THE_MACHINE if person is None else require_coordinator(person).pseudonym_id
    with transaction.atomic():
        row = review_row(slug, PLANNED)
        step(row, OPEN)
        row.save(update_fields=["state"])
        items, links = lay_out(row, about, now=now)
        append("review.opened", subject(row), {"items": items, "links": links, "by": by}, now=now)


def due_to_open(*, now: datetime) -> list[str]:
    """Reviews whose agenda opens by itself, since nobody has opened it by its day."""
    rows = Review.objects.filter(state=PLANNED, opens_on__lte=day_in_viet_nam(now)).order_by("opens_on", "pk")
    return list(rows.values_list("slug", flat=True))


def begins_at(slug: str) -> datetime:
    """The first moment of a review's period; raises NoSuchReview."""
    begin = Review.objects.filter(slug=slug).values_list("period_start", flat=True).first()
    if begin is None:
        raise refusals.NoSuchReview
    return datetime.combine(begin, time(), tzinfo=VIET_NAM)


def due_to_freeze(*, now: datetime) -> list[str]:
    """Reviews whose figures freeze by themselves, since nobody has frozen them by their day."""
    rows = Review.objects.filter(state=OPEN, freezes_on__lte=day_in_viet_nam(now)).order_by("freezes_on", "pk")
    soon = now + SHORT_FREEZES_BEFORE
    return [row.slug for row in rows if not row.is_short or row.meeting_at <= soon]


_DAYS = ("opens_on", "freezes_on", "meeting_at", "minutes_due_on", "final_on")


def plan_row(row: Review, days: Days, *, by: int, now: datetime) -> str:
    """Write down a review that is planned, inside the caller's transaction; gives back its name."""
    row.state = PLANNED
    _set(row, days)
    # Quarterly ones follow one another, whatever is held between them.
    if row.kind == QUARTERLY:
        row.previous = Review.objects.filter(kind=QUARTERLY).order_by("-period_start").first()
    row.save(force_insert=True)
    body: dict[str, Value] = {
        "kind": row.kind,
        "period": [row.period_start.isoformat(), row.period_end.isoformat()],
        "previous": row.previous.slug if row.previous else "",
        "event": row.event_id or 0,
        "area": row.area.code if row.area else "",
        "closing": row.is_closing,
        "by": by,
        **_said(days),
    }
    append("review.planned", subject(row), body, now=now)
    return row.slug


def _set(row: Review, days: Days) -> None:
    for name in _DAYS:
        setattr(row, name, getattr(days, name))


def _said(days: Days) -> dict[str, Value]:
    return {
        "meeting": int(days.meeting_at.timestamp()),
        "opens": days.opens_on.isoformat(),
        "freezes": days.freezes_on.isoformat(),
        "minutes": days.minutes_due_on.isoformat(),
        "final": days.final_on.isoformat(),
    }


def _require_near(meeting_at: datetime, today: date) -> None:
    held_on = day_in_viet_nam(meeting_at)
    if not today <= held_on <= today + timedelta(days=PLANNED_DAYS_MAX):
        raise refusals.TimeWrong(days=PLANNED_DAYS_MAX)


def _address(link: CleanText) -> str:
    """An address of a page, or none; one in which something had to be covered leads to a person."""
    text = words(link, LINK_CHARS_MAX, least=0)
    if text and (not text.startswith("https://") or link.findings or any(letter.isspace() for letter in text)):
        raise refusals.PlaceWrong
    return text


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)
