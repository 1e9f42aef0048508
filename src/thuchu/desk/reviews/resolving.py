"""What a meeting resolves: recorded by one coordinator, confirmed by another, in words that stay.

It is about the desk's own work.  There is no field here that could name a note, a status or a verdict (rule 4).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import CONSENT, HELD, METHODS, OUTCOMES, Resolution, Review
from thuchu.desk.reviews.rows import item_row, require_coordinator, review_row, subject, words
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

TEXT_CHARS_MAX, REASONS_CHARS_MAX = 2_000, 10_000
# A meeting that resolves more has not met.
RESOLUTIONS_MAX = 99
VOTES_MAX = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What is recorded.  `votes` are for, against, abstaining, or None where nobody objected."""

    text: CleanText
    method: str
    outcome: str
    votes: tuple[int, int, int] | None = None
    reasons_against: CleanText
    item: int | None = None
    takes_effect_on: date | None = None
    supersedes: str = ""


def record(person: AccountView, slug: str, resolved: Resolved, *, now: datetime) -> str:
    """Record what was resolved; gives back its number, such as `01/2026-q1`. It is in force once confirmed.

    raises  ChoiceUnknown, CountsWrong, WordsWanted, WordsTooLong, Enough, NotQuorate, NoSuchRow, NoSuchReview,
            WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    if resolved.method not in METHODS or resolved.outcome not in OUTCOMES:
        raise refusals.ChoiceUnknown
    votes = _votes(resolved)
    text = words(resolved.text, TEXT_CHARS_MAX)
    against = words(resolved.reasons_against, REASONS_CHARS_MAX, least=0)
    with transaction.atomic():
        review = review_row(slug, HELD)
        if review.is_short:
            raise refusals.ShortResolvesNothing
        if not review.quorate:
            raise refusals.NotQuorate
        item = item_row(review, resolved.item) if resolved.item is not None else None
        earlier = _in_force(resolved.supersedes)
        row = Resolution.objects.create(
            review=review,
            item=item,
            number=_next_number(review),
            text=text,
            method=resolved.method,
            votes_for=votes and votes[0],
            votes_against=votes and votes[1],
            votes_abstaining=votes and votes[2],
            outcome=resolved.outcome,
            reasons_against=against,
            takes_effect_on=resolved.takes_effect_on,
            supersedes=earlier,
            recorded_by=by,
            recorded_at=now,
        )
        body: dict[str, Value] = {
            "number": row.number,
            "digest": digest(text),
            "reasons_digest": digest(against),
            "method": row.method,
            "votes": list(votes or ()),
            "outcome": row.outcome,
            "supersedes": resolved.supersedes,
            "by": by,
        }
        append("review.resolution_recorded", subject(review), body, now=now)
    return row.number


def confirm(person: AccountView, number: str, *, now: datetime) -> None:
    """The chair's word, another person than who recorded it: it is in force, and stays.

    raises  SamePerson, AlreadyDone, NoSuchRow, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    with transaction.atomic():
        row = _unconfirmed(number)
        if row.recorded_by == by:
            raise refusals.SamePerson
        row.confirmed_by, row.confirmed_at = by, now
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        body: dict[str, Value] = {"number": number, "digest": digest(row.text), "by": by}
        append("review.resolution_confirmed", subject(row.review), body, now=now)


def take_back(person: AccountView, number: str, *, now: datetime) -> None:
    """What was recorded wrongly goes before it is confirmed; raises AlreadyDone, NoSuchRow, WrongState, NotForYou."""
    by = require_coordinator(person).pseudonym_id
    with transaction.atomic():
        row = _unconfirmed(number)
        row.delete()
        append("review.resolution_taken_back", subject(row.review), {"number": number, "by": by}, now=now)


def _unconfirmed(number: str) -> Resolution:
    row = Resolution.objects.select_for_update().select_related("review").filter(number=number).first()
    if row is None:
        raise refusals.NoSuchRow
    if row.confirmed_by is not None:
        raise refusals.AlreadyDone
    if row.review.state != HELD:
        raise refusals.WrongState
    return row


def _next_number(review: Review) -> str:
    last = Resolution.objects.filter(review=review).order_by("-number").values_list("number", flat=True).first()
    place = int(last.partition("/")[0]) + 1 if last else 1
    if place > RESOLUTIONS_MAX:
        raise refusals.Enough(most=RESOLUTIONS_MAX)
    return f"{place:02}/{review.slug}"


def _in_force(number: str) -> Resolution | None:
    if not number:
        return None
    row = Resolution.objects.filter(number=number).exclude(confirmed_by=None).first()
    if row is None:
        raise refusals.NoSuchRow
    return row


def _votes(resolved: Resolved) -> tuple[int, int, int] | None:
    votes = resolved.votes
    if (resolved.method == CONSENT) != (votes is None):
        raise refusals.CountsWrong
    if votes is not None and not all(0 <= count <= VOTES_MAX for count in votes):
        raise refusals.CountsWrong
    return votes
