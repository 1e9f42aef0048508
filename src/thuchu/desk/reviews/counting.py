"""What only the desk can count of a period, since its rows are private: counts, with small cells hidden (rule 7)."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings

from thuchu.desk.claims import figures as claims
from thuchu.desk.claims.figures import Asked
from thuchu.desk.claims.reads import about_event
from thuchu.desk.facts import figures as facts
from thuchu.desk.intake import figures as intake
from thuchu.desk.intake.tellings import from_row
from thuchu.desk.library import figures as library
from thuchu.desk.notes import figures as notes
from thuchu.desk.publishing import figures as publishing
from thuchu.desk.replies import figures as replies
from thuchu.figures import BaseTable, Period
from thuchu.figures.attested import (
    AT_ONCE,
    FATES,
    LATER,
    NOT_CHECKABLE,
    SUGGESTION,
    WAITING,
    Clustered,
    Counts,
    Submissions,
    base_tables,
    event_tables,
)
from thuchu.figures.period import ZONE, week_begins, week_of

# Whoever needs to know within so few hours can't be helped by people who check (REVIEWS B3.1).
HOURS_BEFORE_MIN = 6
# Active is who gave so many ratings in a period.
RATINGS_OF_THE_ACTIVE_MIN = 3
# Fact-checks and claims in one set of clusters: a claim's number, or a fact-check's name.
_Cluster = int | str


def attested_tables(period: Period, *, audit: tuple[int, int] | None = None) -> dict[str, BaseTable]:
    """Every base table that the desk answers for, of what is known now; inside the freeze's own transaction.

    audit  automatic answers that were picked: right, of those that two people judged; None where nothing was picked
    """
    begin, end = _moment(period.begin_ms), _moment(period.end_ms)
    earlier = _moment(period.begin_ms - (period.end_ms - period.begin_ms))
    needed = claims.needed_between(period.begin, period.end)
    counts = Counts(
        submissions=_submissions(period, begin, end),
        deadlines=_before_deadlines(needed),
        correction_reach=_reach(begin, end),
        audit=audit,
        active_before=_active_before(earlier, begin, end),
    )
    return base_tables(counts)


# What of an event is due to be looked at again, each counted by the room that keeps it: (event, before this moment).
DUE: Mapping[str, Callable[[int, datetime], int]] = {
    "notes": publishing.due_under,
    "facts": facts.due_under,
}


def attested_tables_of_event(period: Period, event: int) -> dict[str, BaseTable]:
    """The same of a review of an event: of its claims alone."""
    end = _moment(period.end_ms)
    needed = claims.needed_between(period.begin, period.end)
    under = set(about_event(event).values_list("pk", flat=True))
    deadlines = _before_deadlines({claim: when for claim, when in needed.items() if claim in under})
    return event_tables(deadlines, {what: count(event, end) for what, count in DUE.items()})


def _moment(time_ms: int) -> datetime:
    return datetime.fromtimestamp(time_ms // 1000, ZONE)


@dataclass(slots=True)
class _Group:
    """Questions counted by what they have in common, and how many of them were answered at once."""

    at_once: int = 0
    clusters: "defaultdict[_Cluster, int]" = field(default_factory=lambda: defaultdict(int))

    def add(self, cluster: _Cluster, times: int, *, is_at_once: bool) -> None:
        self.clusters[cluster] += times
        self.at_once += times * is_at_once

    @property
    def clustered(self) -> Clustered:
        return Clustered(self.at_once, sum(self.clusters.values()), _squares(self.clusters))


def _submissions(period: Period, begin: datetime, end: datetime) -> Submissions:
    closed, answered = claims.not_checkable_before(end), notes.claims_of_any(library.agreed_before(end))
    fates = dict.fromkeys(FATES, 0)
    # Not counters, which take three times as long to begin a cluster: there are as many as claims.
    everything, checkable, at_once = (defaultdict[_Cluster, int](int) for _ in range(3))
    by_answer, groups = defaultdict[str, int](int), {True: _Group(), False: _Group(), None: _Group()}
    for asked in claims.questions_between(begin, end):
        fate, answer = _fate(asked, closed, answered)
        cluster, times = asked.claim or answer or asked.told, asked.times
        fates[fate] += times
        everything[cluster] += times
        if fate != NOT_CHECKABLE:
            checkable[cluster] += times
        if fate == AT_ONCE:
            at_once[cluster] += times
        if fate in (AT_ONCE, SUGGESTION, LATER):
            by_answer[answer] += times
        groups[asked.typed_with_accents].add(cluster, times, is_at_once=fate == AT_ONCE)
    return Submissions(
        weeks=_weeks(period),
        doors=intake.asked_by_door(begin, end),
        fates=fates,
        squares=_squares(everything),
        squares_checkable=_squares(checkable),
        publishers=_publishers(by_answer),
        squares_answered=_squares(by_answer),
        reported=intake.said_not_theirs(begin, end),
        squares_at_once=_squares(at_once),
        with_accents=groups[True].clustered,
        without_accents=groups[False].clustered,
        others=groups[None].clustered,
    )


def _fate(asked: Asked, closed: set[int], answered: set[int]) -> tuple[str, str]:
    """What became of it, and by which fact-check it was answered; "" for a note of this desk on its claim."""
    if asked.is_at_once:
        # Whether it was about their message stands in `false_answers`.
        return AT_ONCE, asked.told
    if asked.claim in closed:
        return NOT_CHECKABLE, ""
    if asked.theirs:
        return SUGGESTION, asked.theirs
    if asked.claim in answered:
        return LATER, ""
    if asked.tellings:
        last = from_row(json.loads(asked.tellings)[-1])
        return LATER, last.told[0].fact_check if last.told else ""
    return WAITING, ""


def _publishers(by_answer: Mapping[str, int]) -> dict[str, int]:
    named = library.publishers_of(name for name in by_answer if name)
    found = defaultdict[str, int](int)
    for answer, times in by_answer.items():
        found[named.get(answer, settings.THUCHU_NAME)] += times
    return dict(found)


def _weeks(period: Period) -> dict[str, int]:
    """Weeks begin on Mondays; the first and the last are as long as the period lets them be."""
    days = sorted({period.begin, *week_begins(period)})
    moments = [datetime(day.year, day.month, day.day, tzinfo=ZONE) for day in days]
    return dict(zip(map(week_of, days), intake.asked_in_each(moments), strict=False))


def _before_deadlines(needed: Mapping[int, tuple[datetime, date]]) -> tuple[int, int, int]:
    """Claims needed by a day: answered before it was over, not so, opened too late to be checked."""
    answered = publishing.first_answered_at(needed)
    before = not_before = too_late = 0
    for claim, (opened, day) in needed.items():
        due = datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(days=1)
        if opened > due - timedelta(hours=HOURS_BEFORE_MIN):
            too_late += 1
        elif claim in answered and answered[claim] < due:
            before += 1
        else:
            not_before += 1
    return before, not_before, too_late


def _reach(begin: datetime, end: datetime) -> Clustered:
    told = replies.told_again(library.stopped_between(begin, end), end=end)
    return Clustered(
        sum(again for again, _ in told.values()),
        sum(of for _, of in told.values()),
        sum(of * of for _, of in told.values()),
    )


def _active_before(earlier: datetime, begin: datetime, end: datetime) -> tuple[int, int]:
    """Raters, by their numbers: who writes stands under a name, and the two are never put beside each other."""
    before, now = notes.raters_in_each(earlier, begin, end)
    active = {rater for rater, ratings in before.items() if ratings >= RATINGS_OF_THE_ACTIVE_MIN}
    again = sum(now[rater] >= RATINGS_OF_THE_ACTIVE_MIN for rater in active)
    return again, len(active)


def _squares(clusters: Mapping[str, int] | Mapping[_Cluster, int]) -> int:
    return sum(size * size for size in clusters.values())
