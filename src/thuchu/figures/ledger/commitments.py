"""Commitments that were due in the period: done on time, late, overdue, dropped; extended ones beside them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from thuchu.figures.definitions import TABLES
from thuchu.figures.ledger.reading import Reads
from thuchu.figures.period import Period
from thuchu.figures.tables import BaseTable

ON_TIME, LATE, OVERDUE, DROPPED, REPLACED = "on_time", "late", "overdue", "dropped", "replaced"
# Reported done and not confirmed by the ledger number; and without evidence: that isn't "not done".
REPORTED, NO_EVIDENCE = "reported", "no_evidence"
# By figures of the review that these commitments' figure belongs to: what they say isn't known before it is frozen.
TO_BE_JUDGED, NOT_MET, CANT_TELL = "to_be_judged", "not_met", "cant_tell"
# Were due in the period by a day that a resolution has moved past its end; not among those due.
EXTENDED = "extended"
# Outcomes that are not among those due.
BESIDE = frozenset({EXTENDED, TO_BE_JUDGED})
_REPORTED_DONE = "reported_done"
# What isn't measured by a figure.
_DELIVERABLE = "deliverable"


@dataclass(slots=True)
class _Commitment:
    due: date
    by_figure: bool
    dues: set[date] = field(default_factory=set)
    reported: date | None = None
    has_evidence: bool = False
    confirmed: bool = False
    judged: str = ""
    ended: str = ""


class Commitments:
    """Reads commitments and what became of each; a report is dated by the day that it names."""

    # A report counts by the day that it names, and may be confirmed some days later.
    ALSO_AFTER: ClassVar[frozenset[str]] = frozenset(
        {"commitment.updated", "commitment.confirmed", "commitment.report_refused", "commitment.judged"}
    )

    def __init__(self, period: Period) -> None:
        self._period = period
        self._agreed: dict[str, _Commitment] = {}

    def reads(self) -> Mapping[str, Reads]:
        """What is called for which kind."""
        return {
            "commitment.agreed": self._read_agreed,
            "commitment.updated": self._read_updated,
            "commitment.confirmed": self._read_confirmed,
            "commitment.report_refused": self._read_refused,
            "commitment.judged": self._read_judged,
            "commitment.extended": self._read_extended,
            "commitment.dropped": self._ends_as(DROPPED),
            "commitment.replaced": self._ends_as(REPLACED),
        }

    def tables(self, _tree: Mapping[str, str]) -> list[BaseTable]:
        """commitments."""
        counts = Counter(outcome for each in self._agreed.values() if (outcome := self._outcome(each)))
        return [BaseTable.of("commitments", TABLES["commitments"].columns, list(counts.items()))]

    def _outcome(self, one: _Commitment) -> str:
        """A word; "" for one that wasn't due in the period."""
        if not self._period.holds_day(one.due):
            was_due = any(self._period.holds_day(day) for day in one.dues)
            return EXTENDED if was_due and one.due >= self._period.end else ""
        if one.ended:
            return one.ended
        return _judged(one) if one.by_figure else _done(one)

    def _read_agreed(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        due = date.fromisoformat(body["due"])
        self._agreed[subject] = _Commitment(due, body["measure"] != _DELIVERABLE, {due})

    def _read_updated(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        one = self._agreed.get(subject)
        if one is None or date.fromisoformat(body["on"]) >= self._period.end:
            return
        if body["state"] == _REPORTED_DONE:
            one.reported, one.has_evidence = date.fromisoformat(body["on"]), bool(body["evidence"])

    def _read_confirmed(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        one = self._agreed.get(subject)
        if one is not None and one.by_figure:
            # A report may name an earlier day than the figure can.
            one.reported = one.reported or date.fromisoformat(body["on"])
        elif one is not None and one.reported is not None:
            one.confirmed = True

    def _read_refused(self, _time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
        one = self._agreed.get(subject)
        if one is not None:
            one.reported, one.confirmed = None, False

    def _read_judged(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        one = self._agreed.get(subject)
        if one is not None:
            one.judged = str(body["outcome"])
            if one.judged == NOT_MET:
                one.reported = None

    def _read_extended(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        one = self._agreed.get(subject)
        if one is not None:
            one.due = date.fromisoformat(body["due"])
            one.dues.add(one.due)

    def _ends_as(self, word: str) -> Reads:
        def read(_time_ms: int, subject: str, _body: Mapping[str, Any]) -> None:
            one = self._agreed.get(subject)
            if one is not None:
                one.ended = word

        return read


def _judged(one: _Commitment) -> str:
    if one.judged == "met" and one.reported is not None and one.reported > one.due:
        return LATE
    return {"": TO_BE_JUDGED, "met": ON_TIME, "not_met": NOT_MET}.get(one.judged, CANT_TELL)


def _done(one: _Commitment) -> str:
    if one.reported is None:
        return OVERDUE
    if one.confirmed:
        return ON_TIME if one.reported <= one.due else LATE
    return REPORTED if one.has_evidence else NO_EVIDENCE
