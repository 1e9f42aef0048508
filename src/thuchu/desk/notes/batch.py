"""Ratings enter the ledger: all that wait, shuffled, at one moment, and only when five different people gave them.

Publishing calls `take_batch` at the beginning of a round, and nobody else does.  Counts, lists and what a writer is
told move with it and with nothing else (rule 7).
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from thuchu.desk.ledger.append import append
from thuchu.desk.notes.models import Batch, Entered, Note, Rating, Tally
from thuchu.desk.notes.reasons import Helpfulness
from thuchu.desk.parts import VALUES_A_STATEMENT, parts
from thuchu.log.entry import Value

# Rule 7. With fewer, whoever knows that one person rated today would know which of these is theirs.
PEOPLE_MIN = 5
# An entry is read into memory whole, by everybody who checks the chain: about 100 KB.
RATINGS_AN_ENTRY_MAX = 1_000
# What a taken-back rating says in an entry.
RETRACTED = "retracted"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredRating:
    """One line of a batch; `helpfulness` is one of the three levels or "retracted", which has no reasons."""

    note: int
    version: int
    rater_number: int
    helpfulness: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A batch that was taken: the numbers of its first and last entry, and its ratings in the ledger's order."""

    number: int
    first_seq: int
    last_seq: int
    ratings: tuple[EnteredRating, ...]


def take_batch(*, now: datetime, rng: random.Random | None = None) -> Taken | None:
    """Enter every rating that waits into the ledger; None, and nothing is changed, below PEOPLE_MIN different people.

    rng     shuffles; the machine's own randomness when left out
    twice   taking again at once finds nobody waiting: None
    """
    with transaction.atomic():
        rows = list(Rating.objects.select_for_update().filter(pending=True).order_by("pk"))
        n_people = len({row.rater_number for row in rows})
        if n_people < PEOPLE_MIN:
            return None
        (rng or random.SystemRandom()).shuffle(rows)
        last = Batch.objects.aggregate(last=Max("number"))["last"] or 0
        batch = Batch.objects.create(number=last + 1, taken_at=now, n_ratings=len(rows), n_people=n_people)
        lines = [_line(row) for row in rows]
        numbers = [_append(batch, part, now) for part in parts(lines, RATINGS_AN_ENTRY_MAX)]
        _enter(batch, rows)
        _count(sorted({row.note_id for row in rows}))
    return Taken(number=batch.number, first_seq=numbers[0], last_seq=numbers[-1], ratings=tuple(lines))


def _line(row: Rating) -> EnteredRating:
    return EnteredRating(
        note=row.note_id,
        version=row.version,
        rater_number=row.rater_number,
        helpfulness=RETRACTED if row.retracted else row.helpfulness,
        reasons=tuple(row.reasons.split()),
    )


def _append(batch: Batch, lines: Sequence[EnteredRating], now: datetime) -> int:
    # A rater number has 63 bits, more than a whole number in JSON keeps: its digits are text.
    ratings: list[Value] = [
        [line.note, line.version, str(line.rater_number), line.helpfulness, list(line.reasons)] for line in lines
    ]
    return append("ratings.entered", f"ratings:{batch.number}", {"ratings": ratings}, now=now).seq


def _enter(batch: Batch, rows: Sequence[Rating]) -> None:
    """Public rows as the private ones say; what was taken back goes from both."""
    for row in (row for row in rows if row.retracted):
        Entered.objects.filter(note=row.note_id, rater_number=row.rater_number).delete()
        row.delete()
    said = [row for row in rows if not row.retracted]
    Entered.objects.bulk_create(
        (
            Entered(
                note_id=row.note_id,
                rater_number=row.rater_number,
                version=row.version,
                helpfulness=row.helpfulness,
                reasons=row.reasons,
                batch=batch,
            )
            for row in said
        ),
        batch_size=VALUES_A_STATEMENT,
        update_conflicts=True,
        unique_fields=["note", "rater_number"],
        update_fields=["version", "helpfulness", "reasons", "batch"],
    )
    for part in parts([row.pk for row in said], VALUES_A_STATEMENT):
        Rating.objects.filter(pk__in=part).update(pending=False)


def _count(notes: Sequence[int]) -> None:
    """What is said of the version that stands, for each of these notes."""
    for part in parts(notes, VALUES_A_STATEMENT):
        rows = {row.pk: row for row in Note.objects.filter(pk__in=part)}
        levels = {number: Counter[str]() for number in rows}
        reasons = {number: Counter[str]() for number in rows}
        for entered in Entered.objects.filter(note__in=part).iterator(chunk_size=2_000):
            if entered.version == rows[entered.note_id].versions:
                levels[entered.note_id][entered.helpfulness] += 1
                reasons[entered.note_id].update(entered.reasons.split())
        for number, row in rows.items():
            row.raters = levels[number].total()
        Note.objects.bulk_update(rows.values(), ["raters"])
        Tally.objects.bulk_create(
            (_tally(row, levels[number], reasons[number]) for number, row in rows.items()),
            update_conflicts=True,
            unique_fields=["note"],
            update_fields=["version", "helpful", "somewhat_helpful", "not_helpful", "reasons"],
        )


def _tally(row: Note, levels: Counter[str], reasons: Counter[str]) -> Tally:
    return Tally(
        note=row,
        version=row.versions,
        helpful=levels[Helpfulness.HELPFUL],
        somewhat_helpful=levels[Helpfulness.SOMEWHAT_HELPFUL],
        not_helpful=levels[Helpfulness.NOT_HELPFUL],
        reasons=dict(sorted(reasons.items())),
    )
