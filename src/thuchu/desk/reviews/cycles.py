"""Events that are reviewed at short intervals: weekly, then every second day, daily until three days after the day.

A coordinator says so once; from then on the calendar plans one after the other, each for the days since the one before,
and last a closing review of all of it.  D is the event's day: the last one before it ends, in Viet Nam.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.last_day import day_of
from thuchu.desk.claims.models import Event
from thuchu.desk.ledger.append import append
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import CANCELLED, EVENT, OPEN, PLANNED, Cycle, Review
from thuchu.desk.reviews.planning import MEETING_TIME, days_of, plan_row, short_days
from thuchu.desk.reviews.rows import THE_MACHINE, require_coordinator
from thuchu.desk.wording import VIET_NAM, day_in_viet_nam

# Before the desk opens, about the days that are over.
SHORT_TIME = time(8, 30)
# Weekly up to D-14, every second day up to D-3, daily up to D+3 (REVIEWS B4).
WEEKLY_UNTIL, SECOND_DAYS_UNTIL, DAILY_UNTIL = -14, -3, 3
# Within the 14 days after D in which it must be held, with time before and some left.
CLOSING_AFTER = 10


def begin_cycle(person: AccountView, event_id: int, *, now: datetime) -> str:
    """Have an event reviewed at short intervals; gives back the name of the first review.

    raises  NoSuchRow, AlreadyDone, EventIsOver, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    today = day_in_viet_nam(now)
    with transaction.atomic():
        event = Event.objects.filter(pk=event_id).first()
        if event is None:
            raise refusals.NoSuchRow
        if Cycle.objects.filter(event=event).exists():
            raise refusals.AlreadyDone
        if today > day_of(event.ends) + timedelta(days=DAILY_UNTIL):
            raise refusals.EventIsOver(days=DAILY_UNTIL)
        cycle = Cycle.objects.create(event=event, begun_on=today, begun_by=by)
        append("review.cycle_begun", f"event:{event_id}", {"day": day_of(event.ends).isoformat(), "by": by}, now=now)
        return _plan_next(cycle, now)


def keep_cycles(*, now: datetime) -> int:
    """Plan the next review of each event that is reviewed so; gives back how many."""
    done = 0
    for number in Cycle.objects.exclude(reviews__is_closing=True).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            cycle = Cycle.objects.select_for_update().select_related("event").get(pk=number)
            if not cycle.reviews.filter(state__in=(PLANNED, OPEN)).exists():
                _plan_next(cycle, now)
                done += 1
    return done


def next_day(day: date, after: date) -> date | None:
    """The day of the next short review of an event whose day is `day`; None where the closing one is next."""
    place = (after - day).days
    if place < WEEKLY_UNTIL:
        # The week's day on which D itself is.
        place += 7 - (place - WEEKLY_UNTIL) % 7
    elif place < SECOND_DAYS_UNTIL:
        place = min(place + 2, SECOND_DAYS_UNTIL)
    else:
        place += 1
    return day + timedelta(days=place) if place <= DAILY_UNTIL else None


def _plan_next(cycle: Cycle, now: datetime) -> str:
    """Inside the caller's transaction, where none of its reviews is to come."""
    day, today = day_of(cycle.event.ends), day_in_viet_nam(now)
    last = cycle.reviews.order_by("-meeting_at", "-pk").first()
    begin = cycle.begun_on
    if last is not None:
        # The days of one that wasn't held are looked at in the next.
        held = cycle.reviews.exclude(state=CANCELLED).order_by("-period_end").first()
        begin = held.period_end if held else cycle.begun_on
    earliest = max(today, begin, day_in_viet_nam(last.meeting_at) if last else today)
    meeting = next_day(day, earliest)
    if meeting is None:
        return _plan_closing(cycle, day, last, now)
    slug = f"su-kien-{cycle.event_id}-{meeting.isoformat()}"
    row = Review(slug=slug, kind=EVENT, event=cycle.event, cycle=cycle, period_start=begin, period_end=meeting)
    row.previous = last
    at = datetime.combine(meeting, SHORT_TIME, tzinfo=VIET_NAM)
    return plan_row(row, short_days(at, opens_on=today), by=THE_MACHINE, now=now)


def _plan_closing(cycle: Cycle, day: date, last: Review | None, now: datetime) -> str:
    """All of the event, from its beginning until the short reviews ended."""
    today, end = day_in_viet_nam(now), day + timedelta(days=DAILY_UNTIL + 1)
    meeting = max(day + timedelta(days=CLOSING_AFTER), today + timedelta(days=1), end)
    begin = min(day_in_viet_nam(cycle.event.starts), day)
    slug = f"su-kien-{cycle.event_id}-tong-ket"
    row = Review(slug=slug, kind=EVENT, event=cycle.event, cycle=cycle, is_closing=True)
    row.period_start, row.period_end, row.previous = begin, end, last
    at = datetime.combine(meeting, MEETING_TIME, tzinfo=VIET_NAM)
    return plan_row(row, days_of(at, earliest=max(today, end)), by=THE_MACHINE, now=now)
