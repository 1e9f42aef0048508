"""The last day of an election: from the beginning of the day before it until the polls close, some things stand still.

Nobody changes then what belongs together, who may be answered from, or by which numbers (docs/adr, the last day).  The
window follows from the event's own rows and from nothing else, and while it runs its times can't be moved.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from thuchu.desk.claims.models import ELECTION, Claim, Event, EventClaim
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.rows import root_of, with_merged
from thuchu.desk.wording import VIET_NAM, day_in_viet_nam

# "D−24 h": the whole day before the day itself is quiet, too.
HOURS_BEFORE_THE_DAY = 24
# A round is looked for at least so often then; that five people must have rated stays as it is (rule 7).
ROUND_EVERY_SECONDS_MAX = 600
# No window is longer: the day before, and the day itself.
_LONGEST = timedelta(hours=HOURS_BEFORE_THE_DAY + 24)
# The shortest time there is: an election that ends at midnight was on the day before.
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The last day of one election: [begins, ends); `ends` is when its polls close."""

    event: int
    begins: datetime
    ends: datetime

    def is_running(self, now: datetime) -> bool:
        """Do things stand still now?"""
        return self.begins <= now < self.ends


def day_of(ends: datetime) -> date:
    """The day itself (D): the last one, in Viet Nam, before an event ends."""
    return day_in_viet_nam(ends - _MOMENT)


def window(event_id: int) -> Window | None:
    """An election's last day; None for another kind of event, which may end later than anybody thought."""
    row = Event.objects.filter(pk=event_id, kind=ELECTION).first()
    return _window(row) if row else None


def running(*, now: datetime) -> Window | None:
    """The last day that runs now; of several the one that ends last."""
    found = [each for each in map(_window, _near(now)) if each.is_running(now)]
    return max(found, key=lambda each: (each.ends, each.event), default=None)


def require_order_may_change(claim_ids: Iterable[int], *, now: datetime) -> None:
    """Nothing that is under an election on its last day is merged, split, or taken from it; raises ClaimRefused."""
    windows = {each.event: each for each in map(_window, _near(now)) if each.is_running(now)}
    if not windows:
        return
    group: set[int] = set()
    for row in Claim.objects.filter(pk__in=list(claim_ids)):
        group.update(with_merged(root_of(row).pk))
    held = EventClaim.objects.filter(event__in=windows, claim__in=group).values_list("event_id", flat=True)
    ends = [windows[event].ends for event in held]
    if ends:
        raise ClaimRefused("last_day", until=max(ends))


def require_times_may_change(event: Event, times: tuple[datetime, datetime], *, now: datetime) -> None:
    """What has begun has; and whoever could move its end could end the last day, or begin it anew.

    raises  ClaimRefused
    """
    if (event.starts, event.ends) == times:
        return
    if event.starts <= now < times[0]:
        raise ClaimRefused("event_has_begun")
    if event.kind != ELECTION:
        return
    its_own = _window(event)
    if its_own.is_running(now):
        raise ClaimRefused("last_day_times", until=its_own.ends)


def _near(now: datetime) -> "QuerySet[Event]":
    return Event.objects.filter(kind=ELECTION, ends__gt=now, ends__lte=now + _LONGEST)


def _window(row: Event) -> Window:
    midnight = datetime.combine(day_of(row.ends), time(), tzinfo=VIET_NAM)
    return Window(event=row.pk, begins=midnight - timedelta(hours=HOURS_BEFORE_THE_DAY), ends=row.ends)
