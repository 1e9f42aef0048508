"""Finding a note's row for a verb, and who may be at it."""

from thuchu.desk.accounts.permissions import Act, require
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.notes import refusals
from thuchu.desk.notes.models import WITHDRAWN, Note, Version


def require_person(view: object, act: Act) -> AccountView:
    """`view` when it is somebody who signed in and may do that (rule 8: a token of the API is nobody).

    raises  TypeError for anything but an AccountView, which sessions alone give out; NotForYou
    """
    if type(view) is not AccountView:
        raise TypeError(f"AccountView is wanted here, got {type(view).__name__}: only who is signed in does this.")
    return require(view, act)


def current_row(number: int) -> Note:
    """The row of a note that stands, held for this transaction; raises NoSuchNote, NoteWithdrawn."""
    row = Note.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise refusals.NoSuchNote
    if row.state == WITHDRAWN:
        raise refusals.NoteWithdrawn
    return row


def own_row(number: int, author: AccountView) -> Note:
    """The same, of the person who wrote it; raises NotYours for anybody else, coordinators and operators included."""
    row = current_row(number)
    if row.author_id != author.pseudonym_id:
        raise refusals.NotYours
    return row


def current_version(row: Note) -> Version:
    """The version that stands."""
    return Version.objects.get(note=row, number=row.versions)


def evidence_of(version: Version) -> tuple[int, ...]:
    """Numbers of what it rests on, in order."""
    further = version.further.order_by("position").values_list("quote_id", flat=True)
    return (version.rests_on_id, *further)


def subject(number: int) -> str:
    """How the ledger names a note."""
    return f"note:{number}"
