"""When a published check is due to be looked at again, and that somebody did: it still holds, on the same evidence.

The day follows from a published table (docs/publishing.md).  What a person says here is a public entry; it changes no
status (rule 4).  Where a source no longer shows what is quoted, nobody can say that it does (rule 3).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.models import ELECTION
from thuchu.desk.evidence.models import CHANGED, GONE
from thuchu.desk.ledger.append import append
from thuchu.desk.library.agreed import Agreed, published_notes
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes.rows import require_person, subject
from thuchu.desk.publishing import refusals
from thuchu.desk.publishing.models import Recheck

# What changes fast is looked at soon: days, by what the claim belongs to.  The soonest counts.
DAYS = 180
DAYS_BY_EVENT = {ELECTION: 30, "storm": 14, "flood": 14, "outbreak": 30, "disaster": 30, "other": 90}
# "No evidence" is what time changes most.
DAYS_BY_VERDICT = {"unproven": 60, "true": 120}
# Sooner nothing has changed, and the ledger has an entry more.
DAYS_APART_MIN = 7


def plan(agreed: Iterable[Agreed], *, now: datetime) -> None:
    """Published notes get their day with every version; inside the caller's transaction."""
    for each in agreed:
        days = _days(each.claim_id, each.verdict)
        due = {"checked_on": now.date(), "due_on": now.date() + timedelta(days=days)}
        row, is_new = Recheck.objects.get_or_create(
            note_id=each.note, defaults={"version": each.version, "days": days, **due}
        )
        if not is_new and row.version != each.version:
            Recheck.objects.filter(pk=row.pk).update(version=each.version, days=days, **due)


def unplanned(agreed: Iterable[Agreed]) -> list[Agreed]:
    """Those that have no day yet, in the version that is agreed."""
    planned = dict(Recheck.objects.values_list("note_id", "version"))
    return [each for each in agreed if planned.get(each.note) != each.version]


def forget(note: int) -> None:
    """What is published no longer is due no more."""
    Recheck.objects.filter(note=note).delete()


def still_holds(person: AccountView, number: int, opened: Iterable[int], *, now: datetime) -> date:
    """Somebody but its author opened every source and found what is quoted; gives back the next day.

    opened  numbers of the pieces of evidence that they ticked
    raises  NotPublished, OwnWords, LookedAtLately, SourcesUnread, SourceGone, NoteRefused, NotForYou
    """
    require_person(person, Act.WRITE_NOTE)
    found = notes.note(number, viewer=None, now=now)
    with transaction.atomic():
        row = Recheck.objects.select_for_update().filter(note=number).first()
        if row is None or found is None or found.versions != row.version or number not in published_notes():
            raise refusals.NotPublished
        if found.author.id == person.pseudonym_id:
            raise refusals.OwnWords
        if now.date() < row.checked_on + timedelta(days=DAYS_APART_MIN):
            raise refusals.LookedAtLately(days=DAYS_APART_MIN)
        if any(piece.rot in (GONE, CHANGED) for piece in found.evidence):
            raise refusals.SourceGone
        pieces = {piece.number for piece in found.evidence}
        if not pieces <= set(opened):
            raise refusals.SourcesUnread
        row.checked_on, row.due_on = now.date(), now.date() + timedelta(days=row.days)
        row.save(update_fields=["checked_on", "due_on"])
        append(
            "note.rechecked",
            subject(number),
            {
                "version": row.version,
                "by": person.pseudonym_id,
                "evidence": sorted(pieces),
                "due": row.due_on.isoformat(),
            },
            now=now,
        )
    return row.due_on


def _days(claim: int, verdict: str) -> int:
    soonest = [DAYS_BY_EVENT[kind] for kind in claims.event_kinds_of(claim)]
    return min([DAYS, DAYS_BY_VERDICT.get(verdict, DAYS), *soonest])
