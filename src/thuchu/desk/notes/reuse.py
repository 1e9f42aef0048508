"""Using a note again on another claim: a copy that says where it comes from, on the same evidence, rated by itself."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.notes import refusals
from thuchu.desk.notes.drafts import Draft, check
from thuchu.desk.notes.rows import current_row, current_version, evidence_of, require_person
from thuchu.desk.notes.withhold import withheld_in
from thuchu.desk.notes.write import add_note
from thuchu.privacy import restored


def reuse(author: AccountView, number: int, claim_id: int, *, now: datetime) -> int:
    """Put the words of a note, anybody's, on another claim under the name of who does so; gives back the copy's number.

    raises  NoSuchNote, NoteWithdrawn, ReuseRefused, and as `write`
    """
    require_person(author, Act.WRITE_NOTE)
    with transaction.atomic():
        origin = current_row(number)
        if origin.claim_id == claim_id:
            raise refusals.SameClaim
        version = current_version(origin)
        if withheld_in([version.pk], now=now):
            raise refusals.PartWithheld
        draft = Draft(
            verdict=version.verdict,
            text=restored(version.text),
            evidence=evidence_of(version),
            ai_drafted=origin.ai_drafted,
        )
        # A copy of a copy names the first one, so that one look tells whose words they are.
        return add_note(author, claim_id, check(draft), copied_from=origin.copied_from or origin, now=now)
