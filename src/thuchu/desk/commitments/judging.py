"""Frozen figures judge the commitments that are measured by them: met, not met, or can't tell.

Nobody's word moves it: a figure whose interval holds the target says neither.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.db import transaction

from thuchu.desk.commitments.measures import AT_MOST
from thuchu.desk.commitments.models import (
    BY_FIGURE,
    CANT_TELL,
    CONFIRMED,
    FIGURE,
    MET,
    NOT_MET,
    OPEN_STATES,
    REPORTED_DONE,
    UNDER_WAY,
    WAS_CONFIRMED,
    WAS_JUDGED,
    Commitment,
    Judgement,
)
from thuchu.desk.commitments.rows import Said, write
from thuchu.desk.reviews.models import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedFigure:
    """One figure of a frozen snapshot, as it stands there: numbers as decimal strings.

    area       the code of its area; "" for the whole desk
    value      None where none is said (too few, hidden, none counted)
    low, high  its interval; both None of a count of everything; `high` alone None where the upper end wasn't seen
    snapshot   SHA-256 of the snapshot
    """

    key: str
    area: str
    value: str | None
    low: str | None
    high: str | None
    snapshot: str


def judge(figure: JudgedFigure | None, comparator: str, target: str) -> str:
    """MET or NOT_MET where the whole interval says so; else CANT_TELL, and pages show the value beside it.

    A value without an interval is its own; an end that wasn't seen lies beyond every target.
    """
    if figure is None or figure.value is None:
        return CANT_TELL
    aim, value = Fraction(target), Fraction(figure.value)
    is_exact = figure.low is None and figure.high is None
    low = value if is_exact else _end(figure.low)
    high = value if is_exact else _end(figure.high)
    if comparator == AT_MOST:
        below, above = MET, NOT_MET
        is_below, is_above = high is not None and high <= aim, low is not None and low > aim
    else:
        below, above = NOT_MET, MET
        is_below, is_above = high is not None and high < aim, low is not None and low >= aim
    if is_below or is_above:
        return below if is_below else above
    return CANT_TELL


def judge_all(review_slug: str, figures: Iterable[JudgedFigure], *, now: datetime) -> dict[str, str]:
    """Judge every open commitment that was due before the review's period ended; gives back outcomes by number.

    Inside the caller's transaction, with the freeze.  Once a review: what was judged there is passed over.  One that
    is met is done, on the day it was due when that lies in the period, else on the period's last day, unless a report
    says an earlier one.  One that isn't is under way again.

    raises  LookupError for a review that isn't there
    """
    review = Review.objects.filter(slug=review_slug).first()
    if review is None:
        raise LookupError(f"{review_slug}: no such review")
    by_place = {(each.key, each.area): each for each in figures}
    found = Commitment.objects.filter(measure_kind=FIGURE, state__in=OPEN_STATES, due_on__lt=review.period_end)
    waiting = found.exclude(judgements__review=review).select_related("figure_area").order_by("number")
    outcomes = {}
    with transaction.atomic():
        for row in waiting:
            area = row.figure_area.code if row.figure_area else ""
            outcomes[row.number] = _judge(row, review, by_place.get((row.figure_key, area)), now)
    return outcomes


def _judge(row: Commitment, review: Review, figure: JudgedFigure | None, now: datetime) -> str:
    outcome = judge(figure, row.comparator, row.target)
    Judgement.objects.create(
        commitment=row,
        review=review,
        snapshot=figure.snapshot if figure else "",
        outcome=outcome,
        value=(figure.value if figure else None) or "",
        low=(figure.low if figure else None) or "",
        high=(figure.high if figure else None) or "",
    )
    if outcome == NOT_MET and row.state == REPORTED_DONE:
        row.state = UNDER_WAY
    body = {"outcome": outcome, "review": review.slug}
    write(row, "commitment.judged", body, _said(WAS_JUDGED, now))
    if outcome == MET:
        row.state = CONFIRMED
        on = met_on(row.due_on, review.period_start, review.period_end)
        body = {"on": on.isoformat(), "by_role": BY_FIGURE}
        write(row, "commitment.confirmed", body, _said(WAS_CONFIRMED, now, on))
    return outcome


def met_on(due_on: date, period_start: date, period_end: date) -> date:
    """The day from which a figure that was met counts as done."""
    return due_on if period_start <= due_on < period_end else period_end - timedelta(days=1)


def _said(kind: str, now: datetime, on: date | None = None) -> Said:
    return Said(kind=kind, person=None, by_role=BY_FIGURE, now=now, on=on)


def _end(said: str | None) -> Fraction | None:
    return None if said is None else Fraction(said)
