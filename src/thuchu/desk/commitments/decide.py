"""What only a meeting does: move a day, drop a commitment, put another in its place; always with a reason."""

from datetime import date, datetime

from django.db import transaction

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.commitments import meetings, refusals
from thuchu.desk.commitments.agree import require_day
from thuchu.desk.commitments.models import (
    COORDINATORS,
    DROPPED,
    OPEN_STATES,
    REPLACED,
    REPORTED_DONE,
    WAS_EXTENDED,
    Commitment,
)
from thuchu.desk.commitments.rows import Said, open_row, words, write
from thuchu.desk.ledger.append import digest
from thuchu.desk.notes.rows import require_person
from thuchu.desk.reviews.models import Resolution
from thuchu.privacy import CleanText


def extend(
    person: AccountView, number: str, resolution: str, due_on: date | None, reason: CleanText, *, now: datetime
) -> None:
    """Another day, a later one; the first one stands beside it for ever.

    raises  NoSuchCommitment, AlreadyEnded, ResolutionWanted, ReportWaits, DayWanted, DayUnchanged, WordsWanted,
            WordsTooLong, NotForYou
    """
    require_person(person, Act.HOLD_REVIEW)
    why = words(reason)
    with transaction.atomic():
        row = open_row(number)
        by = _resolved(resolution)
        if row.state == REPORTED_DONE:
            raise refusals.ReportWaits
        day = require_day(due_on, now)
        if day <= row.due_on:
            raise refusals.DayUnchanged
        row.due_on = day
        body = {"due": day.isoformat(), "resolution": by.number, "reason_digest": digest(why)}
        write(row, "commitment.extended", body, _said(WAS_EXTENDED, person, by, why, now))


def drop(person: AccountView, number: str, resolution: str, reason: CleanText, *, now: datetime) -> None:
    """It will not be done, and why stands there.

    raises  NoSuchCommitment, AlreadyEnded, ResolutionWanted, WordsWanted, WordsTooLong, NotForYou
    """
    require_person(person, Act.HOLD_REVIEW)
    why = words(reason)
    with transaction.atomic():
        row = open_row(number)
        by = _resolved(resolution)
        row.state = DROPPED
        body = {"resolution": by.number, "reason_digest": digest(why)}
        write(row, "commitment.dropped", body, _said(DROPPED, person, by, why, now))


def replace(
    person: AccountView, number: str, by_number: str, resolution: str, reason: CleanText, *, now: datetime
) -> None:
    """Another commitment, agreed before, takes its place.

    raises  as `drop`, NotItsFollower
    """
    require_person(person, Act.HOLD_REVIEW)
    why = words(reason)
    with transaction.atomic():
        row = open_row(number)
        by = _resolved(resolution)
        follower = Commitment.objects.filter(number=by_number, state__in=OPEN_STATES, replaces=None).first()
        if follower is None or follower.pk == row.pk:
            raise refusals.NotItsFollower
        row.state, row.replaced_by = REPLACED, follower
        body = {"by": follower.number, "resolution": by.number, "reason_digest": digest(why)}
        write(row, "commitment.replaced", body, _said(REPLACED, person, by, why, now))


def _resolved(number: str) -> Resolution:
    found = meetings.resolution_in_force(number)
    if found is None:
        raise refusals.ResolutionWanted
    return found


def _said(kind: str, person: AccountView, resolution: Resolution, why: str, now: datetime) -> Said:
    return Said(kind=kind, person=person, by_role=COORDINATORS, now=now, text=why, resolution=resolution)
