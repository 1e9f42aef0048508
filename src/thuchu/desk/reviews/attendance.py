"""Who was there: roles and organisations, names only of those who want theirs shown; whether they were enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.ledger.append import append
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import (
    CHAIR,
    CONTRIBUTOR,
    FROZEN,
    HELD,
    NOT_QUORATE,
    OBSERVER,
    OPEN,
    PLANNED,
    PRESENCES,
    PRESENT,
    PROPOSED,
    PUBLIC,
    SEATS,
    SECRETARY,
    WAYS,
    AgendaItem,
    Participant,
    Review,
)
from thuchu.desk.reviews.rows import (
    organisation_row,
    papers_are_due,
    require_coordinator,
    review_row,
    step,
    subject,
    words,
)
from thuchu.desk.wording import day as written_day
from thuchu.desk.wording import day_in_viet_nam
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

NAME_SHOWN_CHARS_MAX = 80
# A hall; beyond it somebody counted wrong.
PEOPLE_MAX, ROWS_MAX = 2_000, 300
# The charter's quorum: three roles, so that no one group resolves alone, and either two organisations or five
# contributors, so that a desk without partners can meet at all.
ROLES_MIN, ORGANISATIONS_MIN, CONTRIBUTORS_MIN = 3, 2, 5
# There is one of each at a meeting.
_SINGLE = (CHAIR, SECRETARY, PUBLIC)
# Who listens resolves nothing.
_LISTENING = (OBSERVER, PUBLIC)
# People come and go while it is held; what was written of them is put right by an amendment later.
_WRITABLE = (PLANNED, OPEN, FROZEN, HELD, NOT_QUORATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody at the table; `people` is more than 1 for the public alone, `name` what they want shown, if anything."""

    role: str
    presence: str
    way: str
    organisation: int | None = None
    name: CleanText
    people: int = 1


def seat(person: AccountView, slug: str, taken: Seat, *, now: datetime) -> int:
    """Write down who is at the table, or comes; gives back the row's number.

    raises  ChoiceUnknown, WordsTooLong, SeatTaken, Enough, NoSuchRow, NoSuchReview, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    is_public = taken.role == PUBLIC
    is_known = taken.role in SEATS and taken.presence in PRESENCES and taken.way in WAYS
    if not is_known or not 1 <= taken.people <= (PEOPLE_MAX if is_public else 1):
        raise refusals.ChoiceUnknown
    shown = words(taken.name, NAME_SHOWN_CHARS_MAX, least=0)
    with transaction.atomic():
        review = review_row(slug, *_WRITABLE)
        rows = Participant.objects.filter(review=review)
        if rows.count() >= ROWS_MAX:
            raise refusals.Enough(most=ROWS_MAX)
        if taken.role in _SINGLE and rows.filter(role=taken.role).exists():
            raise refusals.SeatTaken
        row = Participant.objects.create(
            review=review,
            role=taken.role,
            organisation=None if is_public else organisation_row(taken.organisation),
            name_shown="" if is_public else shown,
            presence=taken.presence,
            way=taken.way,
            people=taken.people,
        )
        _record(review, row, by, now)
    return int(row.pk)


def mark(person: AccountView, slug: str, row_number: int, presence: str, *, now: datetime) -> None:
    """Invited, present, excused or absent; raises ChoiceUnknown, NoSuchRow, NoSuchReview, WrongState, NotForYou."""
    by = require_coordinator(person).pseudonym_id
    if presence not in PRESENCES:
        raise refusals.ChoiceUnknown
    with transaction.atomic():
        review = review_row(slug, *_WRITABLE)
        row = Participant.objects.select_for_update().filter(review=review, pk=row_number).first()
        if row is None:
            raise refusals.NoSuchRow
        row.presence = presence
        row.save(update_fields=["presence"])
        _record(review, row, by, now)


def erase_name(person: AccountView, slug: str, row_number: int, *, now: datetime) -> None:
    """Take a name away, as who bears it wishes, at any time; role and organisation stay.

    raises  NoSuchRow, AlreadyDone, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    with transaction.atomic():
        row = Participant.objects.select_for_update().filter(review__slug=slug, pk=row_number).first()
        if row is None:
            raise refusals.NoSuchRow
        if not row.name_shown:
            raise refusals.AlreadyDone
        row.name_shown = ""
        row.save(update_fields=["name_shown"])
        entry = append("review.name_erased", f"review:{slug}", {"participant": row_number, "by": by}, now=now)
        papers_are_due(slug, entry)


def hold(person: AccountView, slug: str, *, now: datetime) -> bool:
    """The meeting begins; were enough people there? What isn't quorate resolves nothing, and is reported all the same.

    raises  NotYet before the day of the meeting, ItemsOpen, NoSuchReview, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    with transaction.atomic():
        review = review_row(slug, FROZEN)
        if day_in_viet_nam(now) < day_in_viet_nam(review.meeting_at):
            raise refusals.NotYet(day=written_day(review.meeting_at))
        if AgendaItem.objects.filter(review=review, state=PROPOSED).exists():
            raise refusals.ItemsOpen
        present = list(Participant.objects.filter(review=review, presence=PRESENT))
        review.quorate = is_quorate((row.role, row.organisation_id) for row in present)
        step(review, HELD if review.quorate else NOT_QUORATE)
        review.save(update_fields=["state", "quorate"])
        body: dict[str, Value] = {"rows": len(present), "quorate": review.quorate, "by": by}
        append("review.held", subject(review), body, now=now)
    return bool(review.quorate)


def is_quorate(present: Iterable[tuple[str, int | None]]) -> bool:
    """Are these enough? Each is a role, and the number of an organisation or None."""
    resolving = [each for each in present if each[0] not in _LISTENING]
    roles = {role for role, _ in resolving}
    organisations = {number for _, number in resolving if number is not None}
    contributors = sum(role == CONTRIBUTOR for role, _ in resolving)
    return len(roles) >= ROLES_MIN and (len(organisations) >= ORGANISATIONS_MIN or contributors >= CONTRIBUTORS_MIN)


def _record(review: Review, row: Participant, by: int, now: datetime) -> None:
    """The entry says nothing that could be a name."""
    body: dict[str, Value] = {
        "participant": row.pk,
        "role": row.role,
        "organisation": row.organisation_id or 0,
        "presence": row.presence,
        "way": row.way,
        "people": row.people,
        "by": by,
    }
    append("review.attendance", subject(review), body, now=now)
