"""Giving back what was imported: the same records, in any of the formats they may have come in."""

from collections.abc import Iterator
from datetime import date

from thuchu.claimreview import FactCheckRecord, Verdict
from thuchu.desk.library.models import FactCheck
from thuchu.desk.library.rows import modified_on, url_of
from thuchu.desk.parts import in_stretches

# What pages say, in the language of the fact-check; other languages read English.
OWN_WORDS = {
    "vi": {
        "false": "Sai",
        "misleading": "Gây hiểu lầm",
        "outdated": "Đã cũ",
        "unproven": "Chưa có bằng chứng",
        "true": "Đúng",
    },
    "en": {
        "false": "False",
        "misleading": "Misleading",
        "outdated": "Outdated",
        "unproven": "Unproven",
        "true": "True",
    },
}


def records() -> Iterator[FactCheckRecord]:
    """Every fact-check of the library as a record, in the order it came; withdrawn ones with `date_deleted`."""
    for row in in_stretches(FactCheck.objects.select_related("publisher"), rows=1_000):
        yield record_of(row)


def record(public_id: str) -> FactCheckRecord | None:
    """The fact-check of that name as a record; None when there is none."""
    row = FactCheck.objects.select_related("publisher").filter(public_id=public_id).first()
    return record_of(row) if row else None


def record_of(row: FactCheck) -> FactCheckRecord:
    """One row as a record."""
    return FactCheckRecord(
        url=url_of(row),
        claim=row.claim,
        title=row.title,
        publisher=row.publisher.name,
        verdict_words=_own_words(row) or row.verdict_words,
        verdict=Verdict(row.verdict) if row.verdict else None,
        explanation=row.explanation,
        language=row.language,
        date_published=row.date_published,
        date_modified=modified_on(row),
        date_deleted=_withdrawn_on(row),
        appearances=tuple(row.appearances),
        citations=tuple(row.citations),
        licence=row.licence,
    )


def _own_words(row: FactCheck) -> str:
    """Our word for what was agreed here: a ClaimReview without one has no rating that anybody could read."""
    words = OWN_WORDS["vi" if row.language == "vi" else "en"]
    return words[row.verdict] if row.note is not None and row.verdict else ""


def _withdrawn_on(row: FactCheck) -> date | None:
    return row.withdrawn_at.date() if row.withdrawn_at else None
