"""Withdrawing a note: its author no longer stands by it; its page says so, and its words stay readable there."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.ledger.append import append
from thuchu.desk.notes.models import WITHDRAWN
from thuchu.desk.notes.rows import own_row, require_person, subject


def withdraw(author: AccountView, number: int, *, now: datetime) -> None:
    """From now on nobody edits, rates or copies it; raises NoSuchNote, NotYours, NoteWithdrawn."""
    require_person(author, Act.WRITE_NOTE)
    with transaction.atomic():
        row = own_row(number, author)
        row.state, row.withdrawn_at = WITHDRAWN, now
        row.save(update_fields=["state", "withdrawn_at"])
        append("note.withdrawn", subject(row.pk), {"version": row.versions}, now=now)
