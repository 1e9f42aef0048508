"""The list of notes to rate: one order for everybody, and only what is one's own or done is left out of it.

Fewest raters first, then oldest.  One more rating moves a mean the more, the fewer there are, so that is where one
decides most; and the order tells a reader nothing of what others said, which a list of close calls would.  The numbers
are those of the last batch: a list that moved with each rating would show when somebody rated (docs/notes.md).
"""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.models import CLOSED_STATES
from thuchu.desk.notes.models import CURRENT, Note, Rating
from thuchu.desk.notes.reads import NoteView, views

# One sitting's worth; the page gives the next ones when these are done.
LIST_ITEMS = 20


def to_rate(viewer: AccountView | None, *, now: datetime, limit: int = LIST_ITEMS) -> tuple[NoteView, ...]:
    """The first notes of the list that this person can rate; the whole list's first ones for a visitor."""
    rows = _in_order()
    if viewer is not None:
        rows = _left_for(viewer, rows)
    return views(rows[:limit], viewer=viewer, now=now)


def to_rate_again(viewer: AccountView, *, now: datetime, limit: int = LIST_ITEMS) -> tuple[NoteView, ...]:
    """Of that list what this person rated before it was edited: what they said of the old words counts no more.

    For nobody's eyes but theirs, and never what else they rated (rule 7).
    """
    # From what they rated, found by its index, to the few notes edited since: not from every note to their ratings.
    before = Rating.objects.filter(rater_number=viewer.rater_number, retracted=False, version__lt=F("note__versions"))
    rows = _left_for(viewer, _in_order()).filter(pk__in=before.values("note"))
    return views(rows[:limit], viewer=viewer, now=now)


def _in_order() -> QuerySet[Note]:
    return Note.objects.filter(state=CURRENT).exclude(claim__state__in=CLOSED_STATES).order_by("raters", "pk")


def _left_for(viewer: AccountView, rows: QuerySet[Note]) -> QuerySet[Note]:
    done = Rating.objects.filter(
        note=OuterRef("pk"), rater_number=viewer.rater_number, version=OuterRef("versions"), retracted=False
    )
    copied = F("copied_from__author")
    mine = rows.exclude(author=viewer.pseudonym_id).alias(words_by=copied)
    return mine.exclude(words_by=viewer.pseudonym_id, words_by__isnull=False).filter(~Exists(done))
