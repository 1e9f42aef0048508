"""Every version of every note as its page shows it to everybody, one after the other: for the public dump."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from thuchu.desk.accounts.reads import pseudonyms
from thuchu.desk.claims.views import Passage
from thuchu.desk.claims.withheld import without
from thuchu.desk.evidence.reads import EvidenceView
from thuchu.desk.notes.models import CURRENT, Note, Version
from thuchu.desk.notes.reads import rests_on
from thuchu.desk.notes.withhold import withheld_in
from thuchu.desk.parts import stretches

# A page of evidence is read with each: some megabytes.
_NOTES_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVersion:
    """One version; `stands` says that it is the last one of a note that wasn't withdrawn."""

    note: int
    version: int
    stands: bool
    claim: int
    author: str
    verdict: str
    text: str
    withheld: tuple[Passage, ...]
    evidence: tuple[EvidenceView, ...]
    ai_drafted: bool
    copied_from: int | None


def public_versions(*, now: datetime) -> Iterator[PublicVersion]:
    """All of them, by note and version; what is withheld at `now` is withheld."""
    for some in stretches(Note.objects.all(), rows=_NOTES_AT_ONCE):
        yield from _versions(some, now)


def _versions(notes: list[Note], now: datetime) -> Iterator[PublicVersion]:
    by_number = {row.pk: row for row in notes}
    rows = list(Version.objects.filter(note__in=by_number).order_by("note", "number"))
    names = pseudonyms(row.author_id for row in notes)
    hidden = withheld_in([row.pk for row in rows], now=now)
    evidence = rests_on(rows)
    for row in rows:
        note, passages = by_number[row.note_id], hidden.get(row.pk, ())
        yield PublicVersion(
            note=note.pk,
            version=row.number,
            stands=note.state == CURRENT and row.number == note.versions,
            claim=note.claim_id,
            author=names[note.author_id].name,
            verdict=row.verdict,
            text=without(row.text, passages),
            withheld=passages,
            evidence=evidence[row.pk],
            ai_drafted=note.ai_drafted,
            copied_from=note.copied_from_id,
        )
