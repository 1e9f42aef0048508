"""How urgent a claim is: one formula, computed by the database when a claim changes, and every so often.

    need =  10 for each doubling of its askers, at most 100
          + 10 for each doubling of the last 24 hours over the 24 before, at most 30, from GROWTH_ASKS_MIN questions on
             (a day without any counts as one)
          +  2 for each whole day it waits, at most 30
          + 50 when an asker needs it by tomorrow, 30 within three days, 10 within a week
          + 20 while an event it belongs to is running

Of two with the same need the one more people ask goes first, then the older one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from thuchu.desk.claims.models import WAITING_STATES, Claim, EventClaim, Grouping

ASKERS_POINTS, ASKERS_DOUBLINGS_MAX = 10, 10
GROWTH_POINTS, GROWTH_DOUBLINGS_MAX = 10, 3
# Two questions after one are chance.
GROWTH_ASKS_MIN = 4
WAITING_POINTS, WAITING_DAYS_MAX = 2, 15
# (days from today, points), soonest first.
NEEDED_BY_POINTS = ((1, 50), (3, 30), (7, 10))
EVENT_POINTS = 20
_DAY = timedelta(days=1)
_WEIGHED = ("askers", "asks_day", "asks_day_before", "opened_at", "needed_by")


def reckon(claim_ids: Sequence[int], *, now: datetime) -> None:
    """Count a few claims' questions anew, and weigh them: for acts that move or remove questions."""
    rows = Claim.objects.filter(pk__in=claim_ids)
    rows.update(askers=_count(Q()), last_asked_at=Coalesce(_last_asked(), F("last_asked_at")))
    _count_anew(rows, now)
    _weigh(rows, now)


def weigh_one(claim_id: int, *, now: datetime) -> None:
    """Give one claim its place in the queue from what its row says: for every question, however many there are.

    Reckoned here: to write the statement that weighs all of them takes longer than everything else about a question.
    """
    found = Claim.objects.filter(pk=claim_id, state__in=WAITING_STATES).annotate(in_event=Exists(_running(now)))
    row = found.values(*_WEIGHED, "in_event", "need").first()
    if row is None:
        return
    need = _need_of(row, now)
    if need != row["need"]:
        Claim.objects.filter(pk=claim_id).update(need=need)


def rises(claim: Claim, *, lately: bool) -> bool:
    """Does one more question bring a claim further up, whose row says what it was before?

    Most don't: places go by doublings.  What else moves a claim is time, which `weigh` sees to.
    """
    before = _doublings(claim.askers), _grown(claim.asks_day, claim.asks_day_before)
    after = _doublings(claim.askers + 1), _grown(claim.asks_day + int(lately), claim.asks_day_before)
    return before != after


def weigh(*, now: datetime) -> int:
    """Bring every waiting claim to its place as of now; gives back how many changed theirs."""
    waiting = Claim.objects.filter(state__in=WAITING_STATES)
    grows = Q(last_asked_at__gt=now - 2 * _DAY) | Q(asks_day__gt=0) | Q(asks_day_before__gt=0)
    _count_anew(waiting.filter(grows | Q(needed_by__lt=now.date())), now)
    return _weigh(waiting, now)


def _count_anew(rows: QuerySet[Claim], now: datetime) -> None:
    rows.update(
        asks_day=_count(Q(at__gt=now - _DAY)),
        asks_day_before=_count(Q(at__gt=now - 2 * _DAY, at__lte=now - _DAY)),
        needed_by=Subquery(
            _questions().filter(needed_by__gte=now.date()).values("claim").annotate(of=Min("needed_by")).values("of")
        ),
    )


def _questions() -> QuerySet[Grouping]:
    return Grouping.objects.filter(claim=OuterRef("pk")).order_by()


def _count(which: Q) -> Combinable:
    counted = _questions().filter(which).values("claim").annotate(of=Count("pk")).values("of")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _last_asked() -> Subquery:
    return Subquery(Grouping.objects.filter(claim=OuterRef("pk")).order_by("-at").values("at")[:1])


def _weigh(rows: QuerySet[Claim], now: datetime) -> int:
    """One statement; rows that keep their place are not written."""
    need = _need(now)
    waiting = rows.filter(state__in=WAITING_STATES)
    return waiting.exclude(need=need).update(need=need)


def _need_of(row: Mapping[str, Any], now: datetime) -> int:
    """What `_need` says, of one row's values."""
    askers = min(_doublings(row["askers"]), ASKERS_DOUBLINGS_MAX)
    growth = _grown(row["asks_day"], row["asks_day_before"])
    waits = min(max((now - row["opened_at"]) // _DAY, 0), WAITING_DAYS_MAX)
    days = (row["needed_by"] - now.date()).days if row["needed_by"] else -1
    soon = next((points for within, points in NEEDED_BY_POINTS if 0 <= days <= within), 0)
    event = EVENT_POINTS if row["in_event"] else 0
    return int(ASKERS_POINTS * askers + GROWTH_POINTS * growth + WAITING_POINTS * waits + soon + event)


def _grown(day: int, day_before: int) -> int:
    """How often the questions of a day doubled, where they are enough to say so."""
    return min(_doublings(day // max(day_before, 1)), GROWTH_DOUBLINGS_MAX) if day >= GROWTH_ASKS_MIN else 0


def _doublings(count: int) -> int:
    """How often one was doubled to make that many, at least."""
    return max(count, 1).bit_length() - 1


def _need(now: datetime) -> Combinable:
    return _askers() + _growth() + _waiting(now) + _needed_by(now) + _event(now)


def _askers() -> Case:
    doublings = range(ASKERS_DOUBLINGS_MAX, 0, -1)
    return _first(*((Q(askers__gte=2**n), ASKERS_POINTS * n) for n in doublings))


def _growth() -> Case:
    return _first(
        *(
            (
                Q(asks_day__gte=GROWTH_ASKS_MIN) & Q(asks_day__gte=2**n) & Q(asks_day__gte=F("asks_day_before") * 2**n),
                GROWTH_POINTS * n,
            )
            for n in range(GROWTH_DOUBLINGS_MAX, 0, -1)
        )
    )


def _waiting(now: datetime) -> Case:
    return _first(*((Q(opened_at__lte=now - n * _DAY), WAITING_POINTS * n) for n in range(WAITING_DAYS_MAX, 0, -1)))


def _needed_by(now: datetime) -> Case:
    today = now.date()
    return _first(
        *((Q(needed_by__gte=today, needed_by__lte=today + days * _DAY), points) for days, points in NEEDED_BY_POINTS)
    )


def _event(now: datetime) -> Case:
    return _first((Q(Exists(_running(now))), EVENT_POINTS))


def _running(now: datetime) -> QuerySet[EventClaim]:
    return EventClaim.objects.filter(claim=OuterRef("pk"), event__starts__lte=now, event__ends__gt=now)


def _first(*cases: tuple[Q, int]) -> Case:
    return Case(
        *(When(condition, then=Value(points)) for condition, points in cases),
        default=Value(0),
        output_field=IntegerField(),
    )
