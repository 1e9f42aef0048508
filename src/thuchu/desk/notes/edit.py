"""Editing a note: a new version beside the old ones, on which raters begin anew (docs/adr/0014)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.wording import take_up
from thuchu.desk.evidence.reads import hosts_of
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.notes import lane, refusals
from thuchu.desk.notes.drafts import Checked, Draft, check, require_fitting
from thuchu.desk.notes.models import VERSIONS_MAX, Note
from thuchu.desk.notes.rows import current_version, evidence_of, own_row, require_person, subject
from thuchu.desk.notes.withhold import require_nothing_withheld
from thuchu.desk.notes.write import add_version


def edit(author: AccountView, number: int, draft: Draft, *, now: datetime) -> int:
    """Say it otherwise; gives back the number of the new version, on which no rating counts yet.

    What was once declared a machine's draft stays declared, whatever the new draft says.
    raises  NoSuchNote, NotYours, NoteWithdrawn, ClaimClosed, VersionsEnough, DraftRefused, LaneFull
    """
    require_person(author, Act.WRITE_NOTE)
    with transaction.atomic():
        row = own_row(number, author)
        checked = check(draft)
        checked = replace(checked, ai_drafted=checked.ai_drafted or row.ai_drafted)
        _require_sense(row, author, checked, now)
        row.versions, row.raters, row.ai_drafted = row.versions + 1, 0, checked.ai_drafted
        row.save(update_fields=["versions", "raters", "ai_drafted"])
        add_version(row, checked, now=now)
        append(
            "note.edited",
            subject(row.pk),
            {
                "version": row.versions,
                "verdict": checked.verdict,
                "text_digest": digest(checked.text),
                "evidence": checked.evidence,
                "hosts": hosts_of(checked.evidence),
                "ai_drafted": checked.ai_drafted,
            },
            now=now,
        )
    return row.versions


def _require_sense(row: Note, author: AccountView, checked: Checked, now: datetime) -> None:
    if row.versions >= VERSIONS_MAX:
        raise refusals.VersionsEnough(most=VERSIONS_MAX)
    before = current_version(row)
    same = (before.verdict, before.text, evidence_of(before)) == (checked.verdict, checked.text, checked.evidence)
    if same and row.ai_drafted == checked.ai_drafted:
        raise refusals.NothingChanged
    try:
        take_up(row.claim_id, by=author.pseudonym_id)
    except ClaimRefused:
        raise refusals.ClaimClosed from None
    require_fitting(row.claim_id, checked)
    require_nothing_withheld(row, checked.text, now=now)
    if checked.ai_drafted and not row.ai_drafted:
        lane.require_room(row.claim_id)
