"""Is it on time?  Computed from what became of a commitment and the day, never stored.

Days are Viet Nam's: what is done at 23:59:59 of the day it is due on is on time.  On time is judged against the day
that was in force when the period ended; how many had theirs moved stands beside it.  "Done on" is the day of the
report that was later confirmed; of a figure that was met without one, the day from which it counts as done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thuchu.desk.marking import gettext_noop

NOT_DUE, DUE_SOON, OVERDUE = "not_due", "due_soon", "overdue"
DONE_ON_TIME, DONE_LATE, NO_EVIDENCE, STOPPED = "done_on_time", "done_late", "no_evidence", "stopped"
CODES = (NOT_DUE, DUE_SOON, OVERDUE, NO_EVIDENCE, DONE_ON_TIME, DONE_LATE, STOPPED)
# From so many days before on, it is due soon: the first reminder goes out then.
DUE_SOON_DAYS = 14

WORDS = {
    NOT_DUE: gettext_noop("Not due yet"),
    DUE_SOON: gettext_noop("Due soon"),
    OVERDUE: gettext_noop("Overdue by %(days)s days"),
    NO_EVIDENCE: gettext_noop("No evidence yet"),
    DONE_ON_TIME: gettext_noop("Done on time"),
    DONE_LATE: gettext_noop("Done %(days)s days late"),
    STOPPED: gettext_noop("Stopped"),
}

_REPORTED_DONE, _CONFIRMED, _EXTENDED = "reported_done", "confirmed", "extended"
_ENDED = ("dropped", "replaced")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that became of a commitment: the day it was said, the day it speaks of, what held after it.

    said_on  the day of its entry
    on       the day it speaks of: another one only where a figure says since when it was met
    """

    said_on: date
    on: date
    kind: str
    state_after: str
    due_after: date
    has_evidence: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a commitment stands: `reported_on` while a report waits or was confirmed, `done_on` once it was."""

    state: str
    due_on: date
    reported_on: date | None
    has_evidence: bool
    done_on: date | None
    extensions: int


@dataclass(frozen=True, slots=True)
class Timeliness:
    """One of `CODES`; `days` of being late, else 0."""

    code: str
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Of the commitments that were due in a period, by what had become of them at its end.

    due       all of them but those that were stopped: what `on_time` is a part of
    extended  how many of them had their day moved before the period ended
    """

    on_time: int
    late: int
    overdue: int
    stopped: int
    extended: int

    @property
    def due(self) -> int:
        """All that were due and not stopped."""
        return self.on_time + self.late + self.overdue


def standing(steps: Sequence[Step]) -> Standing | None:
    """What follows from these steps, first to last; None before the first."""
    reported_on, has_evidence, done_on, extensions = None, False, None, 0
    for step in steps:
        extensions += step.kind == _EXTENDED
        if step.state_after == _REPORTED_DONE:
            # More evidence for a report that waits doesn't make it a later one.
            has_evidence = step.has_evidence or (reported_on is not None and has_evidence)
            reported_on = reported_on or step.on
        elif step.state_after == _CONFIRMED:
            done_on = done_on or reported_on or step.on
        else:
            reported_on, has_evidence = None, False
    if not steps:
        return None
    last = steps[-1]
    return Standing(
        state=last.state_after,
        due_on=last.due_after,
        reported_on=reported_on,
        has_evidence=has_evidence,
        done_on=done_on,
        extensions=extensions,
    )


def standing_at(steps: Sequence[Step], day: date) -> Standing | None:
    """How it stood when that day ended; None where it wasn't agreed yet."""
    return standing([step for step in steps if step.said_on <= day])


def timeliness(at: Standing, today: date) -> Timeliness:
    """Is it on time, today?"""
    if at.state in _ENDED:
        return Timeliness(STOPPED)
    if at.state == _CONFIRMED and at.done_on is not None:
        late = (at.done_on - at.due_on).days
        return Timeliness(DONE_LATE, late) if late > 0 else Timeliness(DONE_ON_TIME)
    if at.state == _REPORTED_DONE and not at.has_evidence:
        return Timeliness(NO_EVIDENCE)
    late = (today - at.due_on).days
    if late > 0:
        return Timeliness(OVERDUE, late)
    return Timeliness(DUE_SOON if late >= -DUE_SOON_DAYS else NOT_DUE)


def tally(histories: Iterable[Sequence[Step]], start: date, end: date) -> Tally:
    """Of those that were due in [start, end) when the period ended, by what had become of them then, as known now.

    A report of the period counts once it was confirmed, be it later.  Whatever is reported and not confirmed counts as
    overdue: nobody but its owner says that it is done.
    """
    last = end - timedelta(days=1)
    counts = {DONE_ON_TIME: 0, DONE_LATE: 0, OVERDUE: 0, STOPPED: 0}
    extended = 0
    for steps in histories:
        then, now = standing_at(steps, last), standing(steps)
        if then is None or now is None or not start <= then.due_on < end:
            continue
        if now.done_on is not None and now.done_on <= last:
            code = DONE_LATE if now.done_on > then.due_on else DONE_ON_TIME
        else:
            code = STOPPED if then.state in _ENDED else OVERDUE
        counts[code] += 1
        extended += then.extensions > 0
    return Tally(
        on_time=counts[DONE_ON_TIME],
        late=counts[DONE_LATE],
        overdue=counts[OVERDUE],
        stopped=counts[STOPPED],
        extended=extended,
    )
