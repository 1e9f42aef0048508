"""Quarters pass on a simulated desk: its people ask and rate, its coordinators hold a review each, and come back to it.

Every act is a form that is sent to the desk's pages, each at its own moment of the year; between them jobs are done as
the desk's worker would do them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from thuchu.desk.commitments import reads as commitments
from thuchu.desk.commitments.models import WAS_JUDGED
from thuchu.desk.inquiries import reads as inquiries
from thuchu.desk.reviews import planning
from thuchu.desk.reviews import reads as reviews
from thuchu.desk.simulation import script
from thuchu.desk.simulation.browser import lines_to
from thuchu.desk.simulation.clock import Clock, go_by_the_play, going
from thuchu.desk.simulation.joining import OPERATOR, let_in
from thuchu.desk.simulation.offices import Offices
from thuchu.desk.simulation.play import Community, Played, Report
from thuchu.desk.simulation.table import Table
from thuchu.desk.simulation.visitors import Member
from thuchu.desk.simulation.world import Person, World
from thuchu.desk.wording import VIET_NAM, day_in_viet_nam

# A quarter's people ask after the review before is over and before the next one opens: counted from its first day.
_ASKS_AFTER = timedelta(days=28)
_INQUIRES_AFTER, _ANSWERS_AFTER = timedelta(days=45), timedelta(days=6)
_PROPOSES_AFTER = timedelta(days=3)
_EARLY, _MORNING, _HOUR, _DAY = timedelta(hours=6), timedelta(hours=8), timedelta(hours=1), timedelta(days=1)

_Act = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What the desk says of its year on the last day of it.

    states, timeliness, judged  commitments by their codes; `judged` counts judgements, one commitment may have several
    inquiries                   questions to organisations, by how they stand
    """

    day: date
    published: tuple[str, ...]
    states: dict[str, int]
    timeliness: dict[str, int]
    extended: int
    carried_over: int
    judged: dict[str, int]
    inquiries: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Quarter:
    """One of the year: its part of the script, its first day, and the first one after it."""

    part: script.Quarter
    begin: date
    end: date

    @property
    def slug(self) -> str:
        return planning.quarter_name(self.begin)

    @property
    def days(self) -> planning.Days:
        return planning.days_of(planning.meeting_after(self.end))


def quarters_before(now: datetime, number: int) -> list[tuple[date, date]]:
    """The last ones whose reviews can be over by now, first to last: first day, and the first one after."""
    found: list[tuple[date, date]] = []
    begin, end = planning.quarter_of(day_in_viet_nam(now))
    while len(found) < number:
        if planning.days_of(planning.meeting_after(end)).final_on + _DAY < day_in_viet_nam(now):
            found.append((begin, end))
        begin, end = planning.quarter_of(begin - _DAY)
    return found[::-1]


def begins(now: datetime, number: int) -> datetime:
    """The first moment of a year of so many quarters."""
    return _midnight(quarters_before(now, number)[0][0])


def coordinators(world: World) -> tuple[Person, Person]:
    """Who keeps order in the year: the last two of its people, since attackers are the first."""
    first, second = world.people[-2:]
    return first, second


def join_before(world: World, quarters: int, *, now: datetime, report: Report) -> dict[str, str]:
    """Everybody joins in the weeks before the year; gives back the secrets of those who hold a role, by name."""
    names = (OPERATOR, *(person.name for person in coordinators(world)))
    return let_in(world.people, with_codes=names, now=begins(now, quarters), report=report).secrets


def play_year(
    world: World,
    address: str,
    *,
    quarters: int,
    seed: int,
    secrets: dict[str, str],
    work: Callable[[Clock], object],
    now: datetime,
    report: Report,
) -> tuple[Played, Register]:
    """Let the year happen on the desk at `address`, whose rows this process can read.

    secrets  as `join_before` gave them
    work     does the jobs that are due by a clock, as the desk's worker does
    raises   NotASimulation, PageFailed
    """
    go_by_the_play()
    days = quarters_before(now, quarters)
    clock = Clock(_midnight(days[0][0]))
    with going(clock), lines_to(address, clock) as open_line:
        community = Community(world, open_line, clock, seed=seed, secrets=secrets)
        parts = [_Quarter(part, *each) for part, each in zip(script.YEAR, days, strict=False)]
        year = _Year(world, community, parts, secrets, partial(work, clock), report)
        year.write_down()
        year.run(clock)
        return community.looked_back(), _register(clock.now)


class _Year:
    """The acts of a year, each with its moment; done in that order, whatever order they were written down in."""

    def __init__(
        self,
        world: World,
        community: Community,
        quarters: Sequence[_Quarter],
        secrets: dict[str, str],
        work: _Act,
        report: Report,
    ) -> None:
        self._world, self._community, self._work, self._report = world, community, work, report
        self._quarters, self._ends = quarters, _midnight(quarters[-1].days.final_on) + _DAY
        *_, contributor, first, second = community.members
        self._operator = Member(OPERATOR, secrets[OPERATOR], community.stranger(), first.clock)
        self._offices = Offices(first)
        self._table = Table(first, second, contributor, self._offices)
        self._acts: list[tuple[datetime, int, _Act]] = []
        self._done, self._total = 0, 0

    def write_down(self) -> None:
        """Everything that will happen until the last of the reviews is published."""
        quarters, everything, number = self._quarters, self._world.claims, len(self._quarters)
        self._at(_midnight(quarters[0].begin) + _MORNING, self._found)
        for place, quarter in enumerate(quarters):
            claims = everything[place * len(everything) // number : (place + 1) * len(everything) // number]
            self._total += self._community.steps_of(claims)
            asks = partial(self._community.live, claims, self._step)
            self._at(_midnight(quarter.begin) + _ASKS_AFTER + _MORNING, asks, steps=0)
            self._inquire(quarter)
            self._review(quarter)
            self._keep(quarter, quarters[place + 1] if place + 1 < len(quarters) else None)

    def run(self, clock: Clock) -> None:
        """All of it, first to last."""
        for moment, _, act in sorted(self._acts, key=lambda each: each[:2]):
            clock.wait_until(moment)
            act()

    def _at(self, moment: datetime, act: _Act, *, steps: int = 1) -> None:
        if moment >= self._ends:
            return
        self._total += steps

        def then() -> None:
            act()
            for _ in range(steps):
                self._step()

        self._acts.append((moment, len(self._acts), then))

    def _step(self) -> None:
        self._done += 1
        self._report(self._done, self._total)

    def _found(self) -> None:
        """The operator names two coordinators, who write down whom one may ask."""
        for person in coordinators(self._world):
            self._operator.here().send("/machine/roles/", {"name": person.name, "role": "coordinator"})
        self._offices.open()
        self._work()

    def _inquire(self, quarter: _Quarter) -> None:
        sent = _midnight(quarter.begin) + _INQUIRES_AFTER + _MORNING
        for asked in quarter.part.asked:
            self._at(sent, partial(self._offices.ask, asked))
            if asked.answer:
                self._at(sent + _ANSWERS_AFTER, partial(self._offices.answered, asked))

    def _review(self, quarter: _Quarter) -> None:
        """From the opening of its agenda to its publication; what the calendar does by itself, the worker does."""
        part, slug, days = quarter.part, quarter.slug, quarter.days
        opens, freezes = _midnight(days.opens_on), _midnight(days.freezes_on)
        self._at(_midnight(quarter.begin) + _ASKS_AFTER + _DAY, self._work)
        if part.by_hand:
            self._at(opens - _EARLY, partial(self._table.open_agenda, slug))
            self._at(freezes - _EARLY, partial(self._table.freeze, slug))
        self._at(opens + _MORNING, self._work)
        self._at(opens + _PROPOSES_AFTER + _MORNING, partial(self._propose, slug, part.proposal))
        self._at(freezes + _MORNING, self._work)
        self._at(days.meeting_at, partial(self._table.meet, slug, part.resolved))
        self._at(_midnight(days.minutes_due_on) - _EARLY, partial(self._table.write_minutes, slug, days.meeting_at))
        self._at(_midnight(days.final_on) + _MORNING, partial(self._table.publish, slug))
        self._at(_midnight(days.final_on) + _MORNING + _HOUR, self._work)

    def _propose(self, slug: str, title: str) -> None:
        """Somebody who isn't signed in proposes; a coordinator puts it on the agenda."""
        self._table.propose(self._community.stranger(), slug, title)

    def _keep(self, quarter: _Quarter, later: _Quarter | None) -> None:
        """What a review's promises become: told, reported, confirmed, moved or dropped by the next one, or late."""
        met, slug, table = quarter.days.meeting_at, quarter.slug, self._table
        for promise in quarter.part.promises:
            self._at(met + 2 * _HOUR, partial(table.agree, slug, promise, day_in_viet_nam(met)))
            if promise.news is not None:
                self._at(met + promise.news * _DAY, partial(table.tell, promise))
            if promise.reported is not None:
                self._at(met + promise.reported * _DAY, partial(table.report, promise))
            if promise.confirmed is not None:
                self._at(met + promise.confirmed * _DAY, partial(table.confirm, promise))
            if later is not None and promise.moved is not None:
                which, days = promise.moved
                until = day_in_viet_nam(met) + timedelta(days=days)
                self._at(later.days.meeting_at + 2 * _HOUR, partial(table.move, promise, later.slug, which, until))
            if later is not None and promise.dropped is not None:
                self._at(later.days.meeting_at + 2 * _HOUR, partial(table.drop, promise, later.slug, promise.dropped))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIET_NAM)


def _register(now: datetime) -> Register:
    views = commitments.register(now=now)
    histories = [step for view in views for step in commitments.history(view.number)]
    return Register(
        day=day_in_viet_nam(now),
        published=tuple(sorted(line.slug for line in reviews.reviews(now=now) if line.state == "published")),
        states=dict(Counter(view.state for view in views)),
        timeliness={code: count for code, count in commitments.counts(views).by_timeliness if count},
        extended=sum(view.is_extended for view in views),
        carried_over=sum(bool(view.carried_from) for view in views),
        judged=dict(Counter(step.outcome for step in histories if step.kind == WAS_JUDGED)),
        inquiries=dict(Counter(view.timeliness for view in inquiries.all_inquiries(now=now))),
    )
