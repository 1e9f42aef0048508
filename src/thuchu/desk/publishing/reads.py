"""What pages and other rooms may ask of publishing: statuses with the rule that decided, and rounds.  Never a rater."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q

from thuchu.desk.library import reads as library
from thuchu.desk.library.reads import FactCheckView
from thuchu.desk.publishing.models import Change, PlotPart, Recheck, Report, Round, Standing

# What contributors look through at a sitting; the next ones stand there when these are done.
DUE_SHOWN_MAX = 20
# So deep nobody reads on, and a database would have to.
REPORTS_A_PAGE, REPORT_PAGES_MAX = 50, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round as its page says it."""

    number: int
    held_at: datetime
    up_to: int
    batch: int
    params: str
    n_ratings: int
    n_raters: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """A note's status as of the last round; `agreed` when it may be published."""

    note: int
    version: int
    status: str
    rule: str
    since_round: int
    since: datetime
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """What a round changed about a note; status "none" when it says nothing of it any more."""

    round: int
    at: datetime
    version: int
    status: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """So many fifths of the axis, and how many there rated which way."""

    fifths: int
    helpful: int
    somewhat_helpful: int
    not_helpful: int

    @property
    def people(self) -> int:
        """Five at least."""
        return self.helpful + self.somewhat_helpful + self.not_helpful


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotView:
    """How a version's ratings lie over the axis, from the end that finds it more helpful; ten people at least."""

    version: int
    round: int
    parts: tuple[PartView, ...]

    @property
    def people(self) -> int:
        """All whose leaning is known well enough to have a place."""
        return sum(part.people for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckView:
    """When what is published of a note was last checked, and is due to be looked at again."""

    note: int
    checked_on: date
    due_on: date
    is_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DueView:
    """A published note that is due, with the words of what is published."""

    note: int
    due_on: date
    fact_check: FactCheckView


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """What somebody says is wrong, and what became of it.

    note, fact_check  what it is about: one of them
    words, address    for those who work here; "" once erased
    state             "waits", "answered" (a second person has to agree), "closed"
    is_overdue        it waits or was answered, and its day is over
    """

    number: int
    note: int | None
    fact_check: str
    words: str
    address: str
    received_on: date
    due_on: date
    state: str
    is_overdue: bool
    outcome: str
    answer: str
    answered_by: int | None
    confirmed_by: int | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """One page of reports: those that wait first, the longest due first; then what was closed, newest first."""

    items: tuple[ReportView, ...]
    number: int
    has_more: bool
    waiting: int
    overdue: int
    closed: int


def recheck(note: int, *, now: datetime) -> RecheckView | None:
    """When a note is due; None for one of which nothing is published."""
    return rechecks([note], now=now).get(note)


def rechecks(notes: Sequence[int], *, now: datetime) -> dict[int, RecheckView]:
    """The same of many, by number.  One query."""
    return {
        row.note_id: RecheckView(
            note=row.note_id,
            checked_on=row.checked_on,
            due_on=row.due_on,
            is_due=row.due_on <= now.date(),
        )
        for row in Recheck.objects.filter(note__in=notes)
    }


def due(*, now: datetime, limit: int = DUE_SHOWN_MAX) -> tuple[DueView, ...]:
    """Published notes whose day is over, the longest first."""
    rows = list(Recheck.objects.filter(due_on__lte=now.date()).order_by("due_on", "pk")[:limit])
    views = {view.note: view for view in library.of_notes([row.note_id for row in rows])}
    return tuple(
        DueView(note=row.note_id, due_on=row.due_on, fact_check=views[row.note_id])
        for row in rows
        if row.note_id in views
    )


def report(number: int, *, now: datetime) -> ReportView | None:
    """One report; None where there is none."""
    row = Report.objects.filter(pk=number).first()
    return _report(row, now) if row else None


def reports(*, now: datetime, number: int = 1) -> ReportPage:
    """One page of all of them."""
    number = min(max(number, 1), REPORT_PAGES_MAX)
    start = (number - 1) * REPORTS_A_PAGE
    rows = Report.objects.order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")
    found = list(rows[start : start + REPORTS_A_PAGE + 1])
    waits = Q(closed_at=None)
    counts = Report.objects.aggregate(
        waiting=Count("pk", filter=waits),
        overdue=Count("pk", filter=waits & Q(due_on__lt=now.date())),
        closed=Count("pk", filter=~waits),
    )
    return ReportPage(
        items=tuple(_report(row, now) for row in found[:REPORTS_A_PAGE]),
        number=number,
        has_more=len(found) > REPORTS_A_PAGE,
        **counts,
    )


def n_reports_waiting(*, note: int | None = None, fact_check: str = "") -> int:
    """How many reports about one thing wait for an answer."""
    return Report.objects.filter(note=note, fact_check=fact_check, closed_at=None).count()


def plot(note: int, version: int) -> PlotView | None:
    """The plot of a note's version; None where there are too few people, or no two sides.  One query."""
    rows = PlotPart.objects.filter(plot=note, plot__version=version).select_related("plot").order_by("place")
    parts = list(rows)
    if not parts:
        return None
    return PlotView(
        version=parts[0].plot.version,
        round=parts[0].plot.round_id,
        parts=tuple(
            PartView(
                fifths=part.fifths,
                helpful=part.helpful,
                somewhat_helpful=part.somewhat_helpful,
                not_helpful=part.not_helpful,
            )
            for part in parts
        ),
    )


def last_round() -> RoundView | None:
    """The last round held; None before the first."""
    row = Round.objects.order_by("-number").first()
    return _round(row) if row else None


def standings(notes: Sequence[int]) -> dict[int, StandingView]:
    """Statuses by note's number; notes that nobody rated are left out.  One query."""
    rows = Standing.objects.filter(note__in=notes).select_related("since")
    return {
        row.note_id: StandingView(
            note=row.note_id,
            version=row.version,
            status=row.status,
            rule=row.rule,
            since_round=row.since_id,
            since=row.since.held_at,
            agreed=row.agreed,
        )
        for row in rows
    }


def history(note: int) -> tuple[ChangeView, ...]:
    """What rounds changed about a note, newest first."""
    rows = Change.objects.filter(note=note).select_related("round").order_by("-round")
    return tuple(
        ChangeView(round=row.round_id, at=row.round.held_at, version=row.version, status=row.status, rule=row.rule)
        for row in rows
    )


def _report(row: Report, now: datetime) -> ReportView:
    state = "closed" if row.closed_at else "answered" if row.outcome else "waits"
    return ReportView(
        number=row.pk,
        note=row.note_id,
        fact_check=row.fact_check,
        words=row.words,
        address=row.address,
        received_on=row.received_on,
        due_on=row.due_on,
        state=state,
        is_overdue=row.closed_at is None and row.due_on < now.date(),
        outcome=row.outcome,
        answer=row.answer,
        answered_by=row.answered_by,
        confirmed_by=row.confirmed_by,
        closed_at=row.closed_at,
    )


def _round(row: Round) -> RoundView:
    return RoundView(
        number=row.number,
        held_at=row.held_at,
        up_to=row.up_to,
        batch=row.batch,
        params=row.params,
        n_ratings=row.n_ratings,
        n_raters=row.n_raters,
        digest=row.digest,
    )
