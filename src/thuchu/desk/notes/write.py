"""Writing a note: a verdict with words and evidence, or none of it."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.wording import take_up
from thuchu.desk.evidence.reads import hosts_of
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.notes import lane, refusals
from thuchu.desk.notes.drafts import Checked, Draft, check, require_fitting
from thuchu.desk.notes.models import CURRENT, FurtherEvidence, Note, Version
from thuchu.desk.notes.rows import require_person, subject

# A full working day of careful checking gives a dozen notes; three times that in 24 hours is a script.
WRITTEN_A_DAY_MAX = 36


def write(author: AccountView, claim_id: int, draft: Draft, *, now: datetime) -> int:
    """A new note on a claim; gives back its number.

    raises  DraftRefused, LaneFull, AlreadyWritten, WrittenEnough, NoSuchClaim, ClaimClosed; NotForYou before practice;
            TypeError for text that did not go through privacy.scrub
    """
    require_person(author, Act.WRITE_NOTE)
    with transaction.atomic():
        return add_note(author, claim_id, check(draft), copied_from=None, now=now)


def add_note(author: AccountView, claim_id: int, checked: Checked, *, copied_from: Note | None, now: datetime) -> int:
    """The rows and the entry of a new note, in the caller's transaction; raises as `write`."""
    _take_up(claim_id, author)
    require_fitting(claim_id, checked)
    _require_time_to_read(author, now)
    if checked.ai_drafted:
        lane.require_room(claim_id)
    note = _row(author, claim_id, checked, copied_from, now)
    add_version(note, checked, now=now)
    append(
        "note.written",
        subject(note.pk),
        {
            "claim": claim_id,
            "by": author.pseudonym_id,
            "copied_from": copied_from.pk if copied_from else 0,
            "verdict": checked.verdict,
            "text_digest": digest(checked.text),
            "evidence": checked.evidence,
            "hosts": hosts_of(checked.evidence),
            "ai_drafted": checked.ai_drafted,
        },
        now=now,
    )
    return note.pk


def add_version(note: Note, checked: Checked, *, now: datetime) -> None:
    """The words of the note's latest version, with what they rest on."""
    first, *more = checked.evidence
    version = Version.objects.create(
        note=note,
        number=note.versions,
        verdict=checked.verdict,
        text=checked.text,
        n_words=checked.n_words,
        rests_on_id=first,
        written_at=now,
    )
    FurtherEvidence.objects.bulk_create(
        FurtherEvidence(version=version, quote_id=number, position=position)
        for position, number in enumerate(more, start=2)
    )


def _take_up(claim_id: int, author: AccountView) -> None:
    try:
        take_up(claim_id, by=author.pseudonym_id)
    except ClaimRefused as refused:
        if refused.code == "no_such_claim":
            raise refusals.NoSuchClaim from None
        raise refusals.ClaimClosed from None


def _require_time_to_read(author: AccountView, now: datetime) -> None:
    lately = Note.objects.filter(author=author.pseudonym_id, written_at__gt=now - timedelta(days=1))
    if lately.count() >= WRITTEN_A_DAY_MAX:
        raise refusals.WrittenEnough(most=WRITTEN_A_DAY_MAX)


def _row(author: AccountView, claim_id: int, checked: Checked, copied_from: Note | None, now: datetime) -> Note:
    try:
        with transaction.atomic():
            return Note.objects.create(
                claim_id=claim_id,
                author_id=author.pseudonym_id,
                copied_from=copied_from,
                ai_drafted=checked.ai_drafted,
                written_at=now,
            )
    except IntegrityError:
        standing = Note.objects.filter(claim=claim_id, author=author.pseudonym_id, state=CURRENT).first()
        if standing is None:
            raise
        raise refusals.AlreadyWritten(number=standing.pk) from None
