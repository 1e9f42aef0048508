"""Every fact-check as its page shows it to everybody, one after the other: for the public dump."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from thuchu.desk.library.models import FactCheck
from thuchu.desk.library.rows import modified_on, url_of
from thuchu.desk.parts import stretches

# Read with their words; some megabytes at once.
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFactCheck:
    """One of them. One that lost its agreement, or was withdrawn, comes without its answer: its page has none."""

    id: str
    state: str
    disputed: bool
    note: int | None
    note_version: int | None
    publisher: str
    url: str
    claim: str
    title: str
    verdict: str | None
    verdict_words: str
    explanation: str
    language: str
    published_on: date | None
    changed_on: date | None
    ended_on: date | None
    ended_because: str
    citations: tuple[str, ...]
    licence: str


def public_fact_checks() -> Iterator[list[PublicFactCheck]]:
    """All of them, in the order they came, some at once.

    Of what this desk agreed on the words stand with its notes, and are left out here.
    """
    for some in stretches(FactCheck.objects.select_related("publisher"), rows=_ROWS_AT_ONCE):
        yield [_public(row) for row in some]


def _public(row: FactCheck) -> PublicFactCheck:
    holds = row.state == FactCheck.CURRENT
    tells = holds and row.note is None
    return PublicFactCheck(
        id=row.public_id,
        state=row.state,
        disputed=row.disputed,
        note=row.note,
        note_version=row.note_version,
        publisher=row.publisher.name,
        url=url_of(row),
        claim=row.claim,
        title=row.title if tells else "",
        verdict=row.verdict if holds else None,
        verdict_words=row.verdict_words if tells else "",
        explanation=row.explanation if tells else "",
        language=row.language,
        published_on=row.date_published,
        changed_on=modified_on(row),
        ended_on=row.withdrawn_at.date() if row.withdrawn_at else None,
        ended_because=row.withdrawn_reason,
        citations=tuple(row.citations) if tells else (),
        licence=row.licence,
    )
