"""Hiding a passage of a note: what `claims` lets two people decide, tied to one version's words (rule 4).

Only characters of the text can be named, so that a verdict, an author, evidence or a status can't be hidden by it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims import withheld
from thuchu.desk.claims.views import Passage
from thuchu.desk.claims.withhold import propose_withhold
from thuchu.desk.notes import refusals
from thuchu.desk.notes.models import Note, Version
from thuchu.desk.notes.rows import require_person
from thuchu.privacy import CleanText
from thuchu.text.folding import fold

_SUBJECT = re.compile(r"version:(\d{1,18})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a proposal's subject names: a version of a note."""

    note: int
    version: int


def propose(
    coordinator: AccountView,
    number: int,
    version: int,
    passage: tuple[int, int],
    *,
    code: str,
    reason: CleanText,
    court_order: CleanText | None = None,
    now: datetime,
) -> int:
    """Propose to hide characters `passage[0]` up to `passage[1]` of a version's text; gives back the proposal's number.

    Another coordinator confirms it with `claims.proposals.confirm`; it ends by itself after thirty days.
    raises  PassageUnknown, and ClaimRefused as `claims.withhold.propose_withhold`
    """
    require_person(coordinator, Act.PROPOSE_WITHHOLD)
    row = Version.objects.select_related("note").filter(note=number, number=version).first()
    if row is None or not 0 <= passage[0] < passage[1] <= len(row.text) or not row.text[slice(*passage)].strip():
        raise refusals.PassageUnknown
    return propose_withhold(
        row.note.claim_id,
        code,
        passage,
        reason,
        subject=_subject(row.pk),
        court_order=court_order,
        by=coordinator.pseudonym_id,
        now=now,
    )


def place_of(subject: str) -> Place | None:
    """The note and version that a proposal is about; None when it is about something else, or gone."""
    named = _SUBJECT.fullmatch(subject)
    row = Version.objects.filter(pk=int(named[1])).first() if named else None
    return Place(note=row.note_id, version=row.number) if row else None


def passage_of(number: int, version: int, words: str) -> tuple[int, int] | None:
    """Where these words first stand in a version's text, withheld or not: (start, end); None where they don't.

    Spaces and line ends make no difference: whoever copies from a page copies them as the page broke them.
    """
    text = Version.objects.filter(note=number, number=version).values_list("text", flat=True).first() or ""
    wanted = words.split()
    found = re.search(r"\s+".join(re.escape(word) for word in wanted), text) if wanted else None
    return found.span() if found else None


def places_of(subjects: Iterable[str]) -> dict[str, Place]:
    """The notes and versions that proposals are about, by subject; those of something else are left out. One query."""
    named = {int(match[1]): match[0] for subject in subjects if (match := _SUBJECT.fullmatch(subject))}
    rows = Version.objects.filter(pk__in=named).values_list("pk", "note_id", "number") if named else ()
    return {named[pk]: Place(note=note, version=version) for pk, note, version in rows}


def words_at(passages: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """What stands at passages that are proposed to be hidden, by subject: for who says yes or no. One query."""
    named = {int(match[1]): match[0] for subject in passages if (match := _SUBJECT.fullmatch(subject))}
    rows = Version.objects.filter(pk__in=named).values_list("pk", "text") if named else ()
    return {named[pk]: text[slice(*passages[named[pk]])] for pk, text in rows}


def withheld_in(version_ids: Iterable[int], *, now: datetime) -> dict[int, tuple[Passage, ...]]:
    """What is withheld now of these versions' texts, by the version's id; those without are left out. One query."""
    subjects = {_subject(pk): pk for pk in version_ids}
    found = withheld.withheld_in(subjects, now=now)
    return {subjects[name]: passages for name, passages in found.items()}


def require_nothing_withheld(row: Note, text: str, *, now: datetime) -> None:
    """A passage that is withheld in one version doesn't come back in the next; raises WithheldComesBack."""
    texts = dict(Version.objects.filter(note=row).values_list("pk", "text"))
    words = _plain(text)
    for pk, passages in withheld_in(texts, now=now).items():
        for passage in passages:
            if _plain(texts[pk][passage.start : passage.end]) in words:
                raise refusals.WithheldComesBack


def _plain(text: str) -> str:
    """Letters and figures alone: another comma, accent or space makes no other passage."""
    return "".join(char for char in fold(text) if char.isalnum())


def _subject(version_id: int) -> str:
    return f"version:{version_id}"
