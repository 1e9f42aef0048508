"""Days in calendars (RFC 5545): what is due as VTODO, when reviews meet as VEVENT.  No names, and nobody is invited.

A name (UID) stays for ever, SEQUENCE and LAST-MODIFIED rise with each change, and what was cancelled stays and says so.
The same rows make the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, Todo

from thuchu.desk.commitments.reads import CommitmentView
from thuchu.desk.wording import VIET_NAM

ICS_TYPE = "text/calendar; charset=utf-8"
# The zone by name, since calendars know no offset: they are told its rules with it.
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# What a review's agenda takes; nobody says when a meeting ends before it does.
MEETING = timedelta(hours=2)
_NOON = time(12, tzinfo=VIET_NAM)
_TODO = {
    "agreed": "NEEDS-ACTION",
    "under_way": "IN-PROCESS",
    "reported_done": "IN-PROCESS",
    "confirmed": "COMPLETED",
    "dropped": "CANCELLED",
    "replaced": "CANCELLED",
}
# Apart from the cancelled ones, a planned day may still move.
_EVENT = {"planned": "TENTATIVE", "open": "TENTATIVE", "cancelled": "CANCELLED"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A review as a calendar shows it; `changes` counts its entries in the ledger, `changed_at` is the last one's."""

    slug: str
    title: str
    state: str
    starts_at: datetime
    place: str
    link: str
    changes: int
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Whose calendar it is: `host` stands in every name, `address` before every page."""

    name: str
    address: str
    host: str
    language: str


def commitments_calendar(views: Iterable[CommitmentView], desk: Desk, *, title: str) -> bytes:
    """One VTODO a commitment, those that ended too."""
    calendar = _calendar(desk, title)
    for view in views:
        todo = Todo()
        _name(todo, f"{view.number}@{desk.host}", f"{desk.address}/commitments/{view.number}")
        _moments(todo, view.agreed_at, view.changed_at, view.changes)
        todo.add("summary", f"{view.number}: {view.text}")
        todo.add("description", "\n".join((view.owner[desk.language], view.measure[desk.language])))
        # A date is a whole day: VALUE=DATE.
        todo.add("due", view.due_on)
        todo.add("status", _TODO[view.state])
        if view.state == "confirmed" and view.done_on is not None:
            todo.add("completed", datetime.combine(view.done_on, _NOON).astimezone(UTC))
        calendar.add_component(todo)
    return bytes(calendar.to_ical())


def reviews_calendar(sittings: Iterable[Sitting], desk: Desk, *, title: str) -> bytes:
    """One VEVENT a review, cancelled ones too, in Viet Nam's time with its rules."""
    calendar = _calendar(desk, title)
    for each in sittings:
        event = Event()
        _name(event, f"review-{each.slug}@{desk.host}", f"{desk.address}/reviews/{each.slug}/")
        _moments(event, each.changed_at, each.changed_at, each.changes)
        event.add("summary", each.title)
        starts = each.starts_at.astimezone(_ZONE)
        event.add("dtstart", starts)
        event.add("dtend", starts + MEETING)
        event.add("status", _EVENT.get(each.state, "CONFIRMED"))
        if each.place or each.link:
            event.add("location", each.place or each.link)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _calendar(desk: Desk, title: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Thuc Hu//desk//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    # Whoever subscribed asks again once a day; the days themselves move a few times a year.
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    return calendar


def _name(component: Component, uid: str, page: str) -> None:
    component.add("uid", uid)
    component.add("url", page)


def _moments(component: Component, made: datetime, changed: datetime, changes: int) -> None:
    component.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    component.add("created", made.astimezone(UTC).replace(microsecond=0))
    component.add("last-modified", changed.astimezone(UTC).replace(microsecond=0))
    component.add("sequence", changes)
