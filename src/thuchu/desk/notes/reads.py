"""What other rooms and pages may ask of notes.

Withheld passages never leave here.  A result (`ResultView`) goes to the note's author and to who has rated the version
that stands, and to nobody else; it moves with batches alone.  Nothing here leads from a rater number to a name or back,
lists what somebody rated, or counts it (rule 7).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from thuchu.desk.accounts import reads as accounts
from thuchu.desk.accounts.reads import AccountView, PseudonymView
from thuchu.desk.claims.views import Passage
from thuchu.desk.claims.withheld import without
from thuchu.desk.evidence import reads as evidence
from thuchu.desk.evidence.reads import EvidenceView
from thuchu.desk.notes.missing import RATERS_MIN, Missing, what_is_missing
from thuchu.desk.notes.models import CURRENT, Batch, FurtherEvidence, Note, Rating, Tally, Version
from thuchu.desk.notes.withhold import withheld_in
from thuchu.desk.parts import VALUES_A_STATEMENT, parts

# A claim's page shows so many notes, and says how many more there are.
NOTES_SHOWN_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """How many people said what of the version that stands, as of the last batch."""

    helpful: int
    somewhat_helpful: int
    not_helpful: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRating:
    """What the reader said of a note.

    edited_since  they rated an earlier version: the note was edited afterwards, and what they said counts no more
    """

    version: int
    helpfulness: str
    reasons: tuple[str, ...]
    rated_on: date
    edited_since: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """One note as it stands, for one reader.

    number      its public number
    author      a chosen name, or a random one when its person has left
    text        with a mark where a passage is withheld; `withheld` says which, why, until when and by which order
    versions    how many there are; this is the last one, written at `changed_at`
    copied_from number of the note that its words come from, or None
    ai_drafted  its author declared that a machine drafted it: always shown
    missing     what it still misses as far as counts tell, as of the last batch; empty for a withdrawn note
    is_own      the reader wrote it
    result      None unless the reader wrote it or rated this version
    """

    number: int
    claim: int
    author: PseudonymView
    state: str
    verdict: str
    text: str
    withheld: tuple[Passage, ...]
    evidence: tuple[EvidenceView, ...]
    versions: int
    written_at: datetime
    changed_at: datetime
    withdrawn_at: datetime | None
    copied_from: int | None
    ai_drafted: bool
    missing: tuple[Missing, ...]
    is_own: bool
    own_rating: OwnRating | None
    result: ResultView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version of a note, for the page of its history."""

    number: int
    verdict: str
    text: str
    withheld: tuple[Passage, ...]
    evidence: tuple[EvidenceView, ...]
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """The last taking of ratings: what counts, lists and gaps are as of."""

    number: int
    taken_at: datetime


def note(number: int, *, viewer: AccountView | None, now: datetime) -> NoteView | None:
    """The note with this number; None when there is none."""
    found = views(Note.objects.filter(pk=number), viewer=viewer, now=now)
    return found[0] if found else None


def notes_of(
    claim_ids: Sequence[int], *, viewer: AccountView | None, now: datetime, limit: int = NOTES_SHOWN_MAX
) -> tuple[NoteView, ...]:
    """Notes on a claim (and on those merged into it): those that stand first, then in the order written."""
    # "current" comes before "withdrawn".
    return views(Note.objects.filter(claim__in=claim_ids).order_by("state", "pk")[:limit], viewer=viewer, now=now)


def n_notes_of(claim_ids: Sequence[int]) -> int:
    """How many notes stand on these claims."""
    return Note.objects.filter(claim__in=claim_ids, state=CURRENT).count()


def numbers_on(claim_ids: Sequence[int]) -> list[int]:
    """Numbers of all notes ever written on these claims."""
    return list(Note.objects.filter(claim__in=claim_ids).order_by("pk").values_list("pk", flat=True))


def claims_with_notes(claim_ids: Sequence[int]) -> dict[int, int]:
    """How many notes stand on each of these claims; claims without are left out. One query."""
    found: dict[int, int] = defaultdict(int)
    for claim in Note.objects.filter(claim__in=claim_ids, state=CURRENT).values_list("claim_id", flat=True):
        found[claim] += 1
    return dict(found)


def unrated(*, limit: int) -> list[int]:
    """Numbers of the notes that miss ratings as of the last batch, on claims somebody waits for, oldest first."""
    rows = Note.objects.filter(state=CURRENT, raters__lt=RATERS_MIN, claim__need__isnull=False)
    return list(rows.order_by("written_at", "pk").values_list("pk", flat=True)[:limit])


def claims_of(numbers: Iterable[int]) -> dict[int, int]:
    """The claim that each of these notes was written on, by the note's number."""
    found: dict[int, int] = {}
    for some in parts(sorted(numbers), VALUES_A_STATEMENT):
        found.update(Note.objects.filter(pk__in=some).values_list("pk", "claim_id"))
    return found


def written_by(
    pseudonym_id: int, *, viewer: AccountView | None, now: datetime, limit: int = NOTES_SHOWN_MAX
) -> tuple[NoteView, ...]:
    """What a contributor wrote, newest first: notes are public under a chosen name; ratings never are."""
    rows = Note.objects.filter(author=pseudonym_id).order_by("-pk")[:limit]
    return views(rows, viewer=viewer, now=now)


def number_of(pseudonym_id: int, claim_id: int) -> int | None:
    """The number of somebody's note on a claim, if one stands: there is one at most."""
    found = Note.objects.filter(author=pseudonym_id, claim=claim_id, state=CURRENT)
    return found.values_list("pk", flat=True).first()


def versions(number: int, *, now: datetime) -> tuple[VersionView, ...]:
    """A note's versions, newest first; empty when there is no such note."""
    rows = list(Version.objects.filter(note=number).order_by("-number"))
    hidden = withheld_in([row.pk for row in rows], now=now)
    shown = rests_on(rows)
    return tuple(
        VersionView(
            number=row.number,
            verdict=row.verdict,
            text=without(row.text, hidden.get(row.pk, ())),
            withheld=hidden.get(row.pk, ()),
            evidence=shown[row.pk],
            written_at=row.written_at,
        )
        for row in rows
    )


def last_batch() -> BatchView | None:
    """As of when counts and lists are; None before the first batch."""
    row = Batch.objects.order_by("-number").first()
    return BatchView(number=row.number, taken_at=row.taken_at) if row else None


def views(rows: "QuerySet[Note]", *, viewer: AccountView | None, now: datetime) -> tuple[NoteView, ...]:
    """Rows as one reader sees them: eight queries for any number of notes."""
    notes = list(rows.select_related("tally"))
    numbers = [row.pk for row in notes]
    standing = {
        row.note_id: row for row in Version.objects.filter(note__in=numbers, number=F("note__versions")).order_by("pk")
    }
    names = accounts.pseudonyms(row.author_id for row in notes)
    shown = rests_on(list(standing.values()))
    hidden = withheld_in([row.pk for row in standing.values()], now=now)
    own = _own_ratings(numbers, viewer)
    return tuple(
        _view(
            row,
            standing[row.pk],
            author=names[row.author_id],
            evidence=shown[standing[row.pk].pk],
            withheld=hidden.get(standing[row.pk].pk, ()),
            tally=getattr(row, "tally", None),
            own=own.get(row.pk),
            viewer=viewer,
        )
        for row in notes
    )


def _view(
    row: Note,
    version: Version,
    *,
    author: PseudonymView,
    evidence: tuple[EvidenceView, ...],
    withheld: tuple[Passage, ...],
    tally: Tally | None,
    own: Rating | None,
    viewer: AccountView | None,
) -> NoteView:
    # A tally of an earlier version says nothing of the one that stands.
    counts = tally if tally is not None and tally.version == row.versions else Tally(note=row, version=row.versions)
    is_own = viewer is not None and viewer.pseudonym_id == row.author_id
    has_rated = own is not None and own.version == row.versions
    return NoteView(
        number=row.pk,
        claim=row.claim_id,
        author=author,
        state=row.state,
        verdict=version.verdict,
        text=without(version.text, withheld),
        withheld=withheld,
        evidence=evidence,
        versions=row.versions,
        written_at=row.written_at,
        changed_at=version.written_at,
        withdrawn_at=row.withdrawn_at,
        copied_from=row.copied_from_id,
        ai_drafted=row.ai_drafted,
        missing=what_is_missing(row.raters, counts.reasons if is_own else {}) if row.state == CURRENT else (),
        is_own=is_own,
        own_rating=_own(own, row) if own is not None else None,
        result=_result(counts) if is_own or has_rated else None,
    )


def _own(rating: Rating, row: Note) -> OwnRating:
    return OwnRating(
        version=rating.version,
        helpfulness=rating.helpfulness,
        reasons=tuple(rating.reasons.split()),
        rated_on=rating.rated_on,
        edited_since=rating.version != row.versions,
    )


def _result(counts: Tally) -> ResultView:
    return ResultView(helpful=counts.helpful, somewhat_helpful=counts.somewhat_helpful, not_helpful=counts.not_helpful)


def _own_ratings(numbers: Iterable[int], viewer: AccountView | None) -> dict[int, Rating]:
    """The reader's own, of these notes: never a list of all that they rated."""
    if viewer is None:
        return {}
    rows = Rating.objects.filter(note__in=list(numbers), rater_number=viewer.rater_number, retracted=False)
    return {row.note_id: row for row in rows}


def rests_on(rows: Sequence[Version]) -> dict[int, tuple[EvidenceView, ...]]:
    """What versions rest on, in the order their authors gave it, by the version's id; three queries."""
    numbers = {row.pk: [row.rests_on_id] for row in rows}
    for further in FurtherEvidence.objects.filter(version__in=list(numbers)).order_by("position"):
        numbers[further.version_id].append(further.quote_id)
    found = evidence.evidences({number for each in numbers.values() for number in each})
    return {pk: tuple(found[number] for number in each) for pk, each in numbers.items()}
