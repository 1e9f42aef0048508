"""Erasing notes: the text of a private matter goes at once, and what was written about it is that text (rule 1)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thuchu.desk.ledger.append import append
from thuchu.desk.notes.models import Note
from thuchu.desk.traces import forget_pages


def erase_notes(claim_ids: Sequence[int], *, now: datetime) -> int:
    """Erase every note on claims that were closed as private, with versions and ratings; gives back how many.

    For whoever confirms the closing, in the same transaction; the claim and those merged into it.  Entries stay: they
    hold numbers and digests.
    """
    erased = 0
    with transaction.atomic():
        for claim_id in sorted(claim_ids):
            rows = Note.objects.filter(claim=claim_id)
            number = rows.count()
            if number:
                rows.delete()
                erased += number
                append("notes.erased", f"claim:{claim_id}", {"notes": number}, now=now)
        transaction.on_commit(forget_pages)
    return erased
