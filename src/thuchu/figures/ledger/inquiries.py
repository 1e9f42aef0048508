"""Questions to organisations: what had become of each when the period ended."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from thuchu.figures.definitions import TABLES
from thuchu.figures.ledger.reading import Reads
from thuchu.figures.period import Period
from thuchu.figures.tables import BaseTable

ON_TIME, LATE, NO_ANSWER_YET, OVERDUE, FROM_BEFORE, WITHDRAWN = (
    "answered_on_time",
    "answered_late",
    "no_answer_yet",
    "overdue",
    "open_from_before",
    "withdrawn",
)
ANSWERED = "answered"


@dataclass(slots=True)
class _Inquiry:
    organisation: str
    sent: date
    due: date
    outcome: str = ""
    on: date | None = None


class Inquiries:
    """Reads questions, their due days, and answers dated in the period or before."""

    # Each counts by the day that it names; it may have been entered a little after the period.
    ALSO_AFTER: ClassVar[frozenset[str]] = frozenset(
        {"inquiry.sent", "inquiry.extended", "inquiry.answered", "inquiry.withdrawn"}
    )

    def __init__(self, period: Period) -> None:
        self._period = period
        self._asked: dict[str, _Inquiry] = {}

    def reads(self) -> Mapping[str, Reads]:
        """What is called for which kind."""
        return {
            "inquiry.sent": self._read_sent,
            "inquiry.extended": self._read_extended,
            "inquiry.answered": self._read_answered,
            "inquiry.withdrawn": self._read_withdrawn,
        }

    def tables(self, _tree: Mapping[str, str]) -> list[BaseTable]:
        """inquiries."""
        counts = Counter(
            (each.organisation, outcome) for each in self._asked.values() if (outcome := self._outcome(each))
        )
        rows = [(organisation, outcome, number) for (organisation, outcome), number in counts.items()]
        return [BaseTable.of("inquiries", TABLES["inquiries"].columns, rows)]

    def _outcome(self, inquiry: _Inquiry) -> str:
        """A word; "" for one that was asked before the period and has an answer."""
        if not self._period.holds_day(inquiry.sent):
            return "" if inquiry.outcome else FROM_BEFORE
        if inquiry.outcome == ANSWERED and inquiry.on is not None:
            return ON_TIME if inquiry.on <= inquiry.due else LATE
        return inquiry.outcome or (OVERDUE if inquiry.due < self._period.end else NO_ANSWER_YET)

    def _read_sent(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        sent, due = date.fromisoformat(body["on"]), date.fromisoformat(body["due"])
        if sent < self._period.end:
            self._asked[subject] = _Inquiry(str(body["organisation"]), sent, due)

    def _read_extended(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        one = self._of_period(subject, body)
        if one is not None:
            one.due = date.fromisoformat(body["due"])

    def _read_answered(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        one = self._of_period(subject, body)
        # Once it is answered, what comes after it is more of the same.
        if one is not None and one.outcome != ANSWERED:
            one.outcome, one.on = str(body["outcome"]), date.fromisoformat(body["on"])

    def _read_withdrawn(self, _time_ms: int, subject: str, body: Mapping[str, Any]) -> None:
        one = self._of_period(subject, body)
        if one is not None:
            one.outcome = WITHDRAWN

    def _of_period(self, subject: str, body: Mapping[str, Any]) -> _Inquiry | None:
        """The question that something happened to before the period's end."""
        return self._asked.get(subject) if date.fromisoformat(body["on"]) < self._period.end else None
