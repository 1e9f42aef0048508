"""What reading gives, one value for each thing found: a record, a withdrawal, or a refusal with its place and reason.

A refusal never quotes what it refuses (but for a date): a text that is turned away must not end in a log.
"""

from dataclasses import dataclass
from datetime import date

from thuchu.claimreview.fields import FactCheckRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record that was read.

    line     in JSON lines, tables and pages: where it begins, from 1; None in a JSON document
    path     in documents: `dataFeedElement[12].item[0]`; "" where the line says it all
    remarks  what was cut, left out or not understood, a sentence each; nothing of it stops the record
    """

    record: FactCheckRecord
    line: int | None = None
    path: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A publisher takes back everything under one address, without repeating the claims."""

    url: str
    date_deleted: date
    line: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that could not be read: where, which field, why, and what to do about it.

    field  the name used in the file (`claimReviewed`); "" when it is about the whole line or file
    """

    file: str
    reason: str
    line: int | None = None
    path: str = ""
    field: str = ""

    def __str__(self) -> str:
        places = [self.file, f"line {self.line}" if self.line else "", self.path, self.field]
        return f"{', '.join(place for place in places if place)}: {self.reason}"


Outcome = Row | Withdrawal | Refusal


class Refused(Exception):
    """Stops the reading of one record; becomes a `Refusal` where file and line are known."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
