"""Frozen figures judge the commitments that are measured by them: met, not met, or can't tell.

Nobody's word moves it: a figure whose interval holds the target says neither.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from thuchu.desk.commitments.models import (
    BY_FIGURE,
    CONFIRMED,
    FIGURE,
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
from thuchu.figures import DEFINITIONS, Figure, Snapshot
from thuchu.figures.judging import MET, NOT_MET, judge


def judge_all(review_slug: str, snapshot: Snapshot, *, now: datetime) -> dict[str, str]:
    """Judge every open commitment that was due before the review's period ended; gives back outcomes by number.

    Inside the caller's transaction, with the freeze.  Once a review: what was judged there is passed over.  One that
    is met is done, on the day it was due when that lies in the period, else on the period's last day, unless a report
    says an earlier one.  One that isn't is under way again.

    raises  LookupError for a review that isn't there
    """
    review = Review.objects.filter(slug=review_slug).first()
    if review is None:
        raise LookupError(f"{review_slug}: no such review")
    found = Commitment.objects.filter(measure_kind=FIGURE, state__in=OPEN_STATES, due_on__lt=review.period_end)
    waiting = found.exclude(judgements__review=review).select_related("figure_area").order_by("number")
    outcomes = {}
    with transaction.atomic():
        for row in waiting:
            area = row.figure_area.code if row.figure_area else None
            part = DEFINITIONS[row.figure_key].target_part
            figure = snapshot.figure(row.figure_key, area=area, part=part)
            outcomes[row.number] = _judge(row, review, figure, snapshot.sha256, now)
    return outcomes


def _judge(row: Commitment, review: Review, figure: Figure | None, snapshot: str, now: datetime) -> str:
    outcome = judge(figure, row.comparator, row.target)
    Judgement.objects.create(
        commitment=row,
        review=review,
        snapshot=snapshot,
        outcome=outcome,
        value=(figure.value if figure else None) or "",
        low=(figure.ci_low if figure else None) or "",
        high=(figure.ci_high if figure else None) or "",
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
