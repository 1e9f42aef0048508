"""Counting the days that are over: once each, by a job; twice changes nothing."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from thuchu.desk.board.models import Day
from thuchu.desk.claims import figures as claims
from thuchu.desk.intake import figures as intake
from thuchu.desk.library import figures as library
from thuchu.desk.notes import figures as notes
from thuchu.desk.notes.reads import claims_of
from thuchu.desk.publishing.figures import first_answered_at
from thuchu.desk.wording import VIET_NAM, day_in_viet_nam

# What the board shows, and some; of earlier days questions have been erased anyway.
DAYS_BACK_MAX = 400
# Ranges of how many people rated between two rounds, each by its lowest number: the first is "under 10".
RANGES = (0, 10, 30, 100)
_HOUR_SECONDS = 3600


def count_days(*, now: datetime) -> int:
    """Count every day up to yesterday that wasn't counted; gives back how many those were."""
    today = day_in_viet_nam(now)
    first = _first(today)
    days = [first + timedelta(days=n) for n in range((today - first).days)]
    if not days:
        return 0
    begin, end = _midnight(days[0]), _midnight(today)
    asked = Counter(day_in_viet_nam(at) for at in intake.asked_between(begin, end))
    opened = Counter(day_in_viet_nam(at) for at in claims.opened_between(begin, end))
    waits, batches = _waits(begin, end), _batches(begin, end)
    Day.objects.bulk_create(
        (
            Day(
                day=day,
                asked=asked[day],
                opened=opened[day],
                # Only of the day that has just ended is it known what waited at its end.
                waiting=claims.waiting() if day == days[-1] else None,
                waits=waits.get(day, {}),
                batches=batches.get(day, {}),
            )
            for day in days
        ),
        ignore_conflicts=True,
    )
    return len(days)


def _first(today: date) -> date:
    """The first day to count: after the last counted one, or the one on which the desk was first asked anything."""
    last = Day.objects.order_by("-day").values_list("day", flat=True).first()
    if last is not None:
        return last + timedelta(days=1)
    began = intake.first_asked_at()
    return max(day_in_viet_nam(began), today - timedelta(days=DAYS_BACK_MAX)) if began else today


def _waits(begin: datetime, end: datetime) -> Mapping[date, Mapping[str, int]]:
    """Of claims whose first agreed answer came in this time: how long they waited."""
    published = library.agreed_between(begin, end)
    # Another note on the same claim may have been agreed before.
    answered = first_answered_at(set(claims_of(published).values()))
    opened = claims.opened_at(answered)
    found: dict[date, Counter[str]] = {}
    for claim, at in answered.items():
        if begin <= at < end and claim in opened:
            hours = max(0, int((at - opened[claim]).total_seconds()) // _HOUR_SECONDS)
            found.setdefault(day_in_viet_nam(at), Counter())[str(hours)] += 1
    return found


def _batches(begin: datetime, end: datetime) -> Mapping[date, Mapping[str, int]]:
    found: dict[date, Counter[str]] = {}
    for at, people in notes.batches_between(begin, end):
        lowest = max(least for least in RANGES if people >= least)
        found.setdefault(day_in_viet_nam(at), Counter())[str(lowest)] += 1
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIET_NAM).astimezone(UTC)
