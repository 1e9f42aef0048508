"""The queue: what waits, in order of need (`need`), each with the reasons for its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from thuchu.desk.claims import prebunk_reads
from thuchu.desk.claims.areas import with_children
from thuchu.desk.claims.models import Assignment, Claim, ClaimArea, ClaimTopic, EventClaim
from thuchu.desk.claims.need import GROWTH_ASKS_MIN, NEEDED_BY_POINTS
from thuchu.desk.claims.reads import assignment_view
from thuchu.desk.claims.views import QueuePage, QueueRow, Reason
from thuchu.desk.claims.withheld import shown_words

PAGE_ITEMS = 50
# Ten pages deep nobody reads on, and a database would have to.
PAGES_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which claims: those of a topic, an area or below it, an event, a language; only such as nobody has taken."""

    topic: str = ""
    area: str = ""
    event: int = 0
    language: str = ""
    only_free: bool = False


EVERYTHING = Filter()


def queue(*, now: datetime, which: Filter = EVERYTHING, number: int = 1) -> QueuePage:
    """One page of what waits, the most needed first; claims of one need in the order of askers, then of age."""
    number = min(max(number, 1), PAGES_MAX)
    rows = _chosen(which, now).order_by("-need", "-askers", "pk")
    start = (number - 1) * PAGE_ITEMS
    found = list(rows[start : start + PAGE_ITEMS + 1])
    return QueuePage(rows=_views(found[:PAGE_ITEMS], now), number=number, has_more=len(found) > PAGE_ITEMS)


def taken_by(person: int, *, now: datetime) -> tuple[QueueRow, ...]:
    """What somebody works on, what ends soonest first."""
    rows = Claim.objects.filter(assignment__person=person, assignment__until__gt=now, need__isnull=False)
    return _views(list(rows.order_by("assignment__until")), now)


def _chosen(which: Filter, now: datetime) -> QuerySet[Claim]:
    rows = Claim.objects.filter(need__isnull=False)
    if which.language:
        rows = rows.filter(language=which.language)
    if which.topic:
        rows = rows.filter(Exists(ClaimTopic.objects.filter(claim=OuterRef("pk"), topic__code=which.topic)))
    if which.area:
        rows = rows.filter(Exists(ClaimArea.objects.filter(claim=OuterRef("pk"), area__in=with_children(which.area))))
    if which.event:
        rows = rows.filter(Exists(EventClaim.objects.filter(claim=OuterRef("pk"), event=which.event)))
    if which.only_free:
        rows = rows.filter(~Exists(Assignment.objects.filter(claim=OuterRef("pk"), until__gt=now)))
    return rows


def _views(rows: list[Claim], now: datetime) -> tuple[QueueRow, ...]:
    numbers = [row.pk for row in rows]
    words = shown_words(rows, now=now)
    taken = {row.claim_id: row for row in Assignment.objects.filter(claim__in=numbers, until__gt=now)}
    events = _running_events(numbers, now)
    unasked = prebunk_reads.among(numbers)
    return tuple(
        QueueRow(
            claim_id=row.pk,
            wording=words[row.pk],
            language=row.language,
            state=row.state,
            need=row.need or 0,
            askers=row.askers,
            opened_at=row.opened_at,
            reasons=tuple(_reasons(row, events.get(row.pk), now)),
            assignment=assignment_view(taken[row.pk]) if row.pk in taken else None,
            is_prebunk=row.pk in unasked,
        )
        for row in rows
    )


def _running_events(numbers: list[int], now: datetime) -> Mapping[int, int]:
    running = Q(event__starts__lte=now, event__ends__gt=now)
    found = EventClaim.objects.filter(running, claim__in=numbers).order_by("-event__ends")
    return dict(found.values_list("claim_id", "event_id"))


def _reasons(row: Claim, event: int | None, now: datetime) -> Iterable[Reason]:
    """The parts of `need` that count for this claim, in the order of what each can weigh."""
    if row.needed_by is not None and _is_soon(row.needed_by, now.date()):
        yield Reason(kind="needed_by", value=row.needed_by)
    if row.asks_day >= GROWTH_ASKS_MIN and row.asks_day >= 2 * row.asks_day_before:
        yield Reason(kind="growing", value=round(row.asks_day / max(row.asks_day_before, 1), 1))
    if row.askers > 1:
        yield Reason(kind="asked_by", value=row.askers)
    if event is not None:
        yield Reason(kind="event", value=event)
    days = (now - row.opened_at).days
    if days > 0:
        yield Reason(kind="waiting_days", value=days)


def _is_soon(day: date, today: date) -> bool:
    return today <= day <= today + timedelta(days=NEEDED_BY_POINTS[-1][0])
