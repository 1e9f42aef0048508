"""Finding rows for a verb, who may be at them, and words as they are kept."""

from django.db import IntegrityError, transaction

from thuchu.desk.accounts.permissions import Act, may, require
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.jobs.queue import by_name
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import (
    ACCEPTED,
    CONTRIBUTOR,
    COORDINATOR,
    STEPS,
    VISITOR,
    AgendaItem,
    Organisation,
    Review,
)
from thuchu.privacy import CleanText, require_clean

# Who did what no person did: the desk's own machine, by the calendar.
THE_MACHINE = 0
# The room above that makes papers does it; here is said only that they are due.
PAPERS_JOB = "reviews.make_papers"


def require_coordinator(view: object) -> AccountView:
    """`view` when it is a coordinator who signed in; raises as `require_person`."""
    return require_person(view, Act.HOLD_REVIEW)


def require_person(view: object, act: Act) -> AccountView:
    """`view` when it is somebody who signed in and may do that (rule 8: a token of the API is nobody).

    raises  TypeError for anything but an AccountView, which sessions alone give out; NotForYou
    """
    if type(view) is not AccountView:
        raise TypeError(f"AccountView is wanted here, got {type(view).__name__}: only who is signed in does this.")
    return require(view, act)


def speaker(view: AccountView | None) -> str:
    """As whom somebody speaks: a role, never a name."""
    if view is None:
        return VISITOR
    return COORDINATOR if may(view, Act.HOLD_REVIEW) else CONTRIBUTOR


def review_row(slug: str, *states: str) -> Review:
    """The row, held for this transaction; raises NoSuchReview, WrongState where it is in none of `states`."""
    row = Review.objects.select_for_update().filter(slug=slug).first()
    if row is None:
        raise refusals.NoSuchReview
    if row.state not in states:
        raise refusals.WrongState
    return row


def step(row: Review, state: str) -> None:
    """Set the next state, unsaved; raises WrongState for one that doesn't follow."""
    if (row.state, state) not in STEPS:
        raise refusals.WrongState
    row.state = state


def item_row(review: Review, number: int | None, *, state: str = ACCEPTED) -> AgendaItem:
    """An item of that review; raises NoSuchRow, AlreadyDone where it is in another state."""
    row = AgendaItem.objects.select_for_update().filter(review=review, pk=number or 0).first()
    if row is None:
        raise refusals.NoSuchRow
    if row.state != state:
        raise refusals.AlreadyDone
    return row


def organisation_row(number: int | None) -> Organisation | None:
    """None for None; raises NoSuchRow for one that isn't here or has ended."""
    if number is None:
        return None
    row = Organisation.objects.filter(pk=number, ended_on=None).first()
    if row is None:
        raise refusals.NoSuchRow
    return row


def words(text: CleanText, most: int, *, least: int = 1) -> str:
    """The words of a clean text; raises TypeError for anything else, WordsWanted, WordsTooLong."""
    said = require_clean(text).text
    if len(said) < least:
        raise refusals.WordsWanted
    if len(said) > most:
        raise refusals.WordsTooLong(got=len(said), most=most)
    return said


def insert(row: AgendaItem | Organisation | Review, refusal: refusals.ReviewRefused) -> None:
    """Save a new row; raises `refusal` where the database already has one like it."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise refusal from None


def papers_are_due(slug: str, entry: Entry) -> None:
    """Let papers follow from what that entry says; each step has a job of its own, so that none waits for another.

    Due from when it is written on, by the jobs' own clock: an entry of the sample may be of long ago.
    """
    by_name(PAPERS_JOB).using(key=f"papers:{slug}:{entry.seq}").enqueue(slug)


def subject(review: Review) -> str:
    """How the ledger names a review."""
    return f"review:{review.slug}"
