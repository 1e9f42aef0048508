"""What people ask about a figure before the meeting, and object to in minutes: held, then shown with an answer.

Whoever looks at it may refuse to show it, for a reason that everybody reads (an insult, another matter).
"""

from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import (
    FROZEN,
    HELD_BACK,
    MINUTES_OUT,
    OBJECTION,
    OUT,
    QUESTION,
    REFUSED,
    SHOWN,
    Minutes,
    Remark,
    Review,
)
from thuchu.desk.reviews.rows import (
    require_coordinator,
    review_row,
    speaker,
    subject,
    words,
)
from thuchu.desk.wording import day_in_viet_nam
from thuchu.figures import DEFINITIONS
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

TEXT_CHARS_MIN, TEXT_CHARS_MAX, ANSWER_CHARS_MAX = 10, 2_000, 4_000
# Unanswered, of one review: after so many the next one has nobody to read it.
WAITING_MAX = 50


def ask(person: AccountView | None, slug: str, figure: str, text: CleanText, *, now: datetime) -> int:
    """A question on a figure, between the freeze and the meeting; gives back its number.

    raises  ChoiceUnknown for no figure, WordsWanted, WordsTooLong, Enough, NoSuchReview, WrongState
    """
    if figure not in DEFINITIONS:
        raise refusals.ChoiceUnknown
    with transaction.atomic():
        return _receive(review_row(slug, FROZEN), QUESTION, figure, person, text, now)


def object_to(person: AccountView | None, slug: str, text: CleanText, *, now: datetime) -> int:
    """An objection to minutes that are out, within the week; gives back its number.

    raises  WordsWanted, WordsTooLong, Enough, NoSuchReview, WrongState
    """
    with transaction.atomic():
        review = review_row(slug, MINUTES_OUT)
        today = day_in_viet_nam(now)
        if not Minutes.objects.filter(review=review, phase=OUT, objections_until__gte=today).exists():
            raise refusals.WrongState
        return _receive(review, OBJECTION, "", person, text, now)


def answer(person: AccountView, remark: int, text: CleanText, *, is_shown: bool, now: datetime) -> None:
    """Show it with an answer, or refuse to with a reason.

    raises  WordsWanted, WordsTooLong, NoSuchRow, AlreadyDone, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    said = words(text, ANSWER_CHARS_MAX)
    with transaction.atomic():
        row = Remark.objects.select_for_update().select_related("review").filter(pk=remark).first()
        if row is None:
            raise refusals.NoSuchRow
        if row.state != HELD_BACK:
            raise refusals.AlreadyDone
        row.state, row.answer = SHOWN if is_shown else REFUSED, said
        row.answered_by, row.answered_on = by, day_in_viet_nam(now)
        row.save(update_fields=["state", "answer", "answered_by", "answered_on"])
        body: dict[str, Value] = {"remark": remark, "outcome": row.state, "answer_digest": digest(said), "by": by}
        append("review.remark_answered", subject(row.review), body, now=now)


def _receive(review: Review, kind: str, figure: str, who: AccountView | None, text: CleanText, now: datetime) -> int:
    said = words(text, TEXT_CHARS_MAX, least=TEXT_CHARS_MIN)
    if Remark.objects.filter(review=review, kind=kind, state=HELD_BACK).count() >= WAITING_MAX:
        raise refusals.Enough(most=WAITING_MAX)
    day = day_in_viet_nam(now)
    row = Remark.objects.create(review=review, kind=kind, figure=figure, text=said, said_by=speaker(who), said_on=day)
    body: dict[str, Value] = {
        "remark": row.pk,
        "about": figure or "minutes",
        "role": row.said_by,
        "digest": digest(said),
    }
    append("review.remark_received", subject(review), body, now=now)
    return int(row.pk)
