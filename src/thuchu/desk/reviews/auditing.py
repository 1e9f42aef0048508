"""The random check of automatic answers: a hundred a quarter, picked by a hash, each judged by two different people.

Picked week by week while the quarter runs, so that whoever judges has a few at a time and not a hundred at its end: of
each week's answers those with the lowest places, and as many of all as the quarter is old.  A place is a hash of the
answer's number with the hash of an entry that was written after the week, which nobody could know who answered.

Nothing here leads to a verdict or a status (rule 4).  Who judged what is kept so that two different people do, and goes
with everything else when the figures are frozen; what stays is how many were judged, and how many right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.intake import figures as intake
from thuchu.desk.intake import reads as intake_reads
from thuchu.desk.intake.erase import ERASED_TEXT
from thuchu.desk.intake.tellings import Told
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.ledger.append import append
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import (
    JUDGEMENTS,
    OPEN,
    PLANNED,
    QUARTERLY,
    RIGHT,
    AuditedAnswer,
    AuditJudgement,
    Review,
)
from thuchu.desk.reviews.rows import require_person, subject
from thuchu.desk.traces import forget_pages
from thuchu.desk.wording import VIET_NAM, day_in_viet_nam
from thuchu.figures.audit import PICKED, pick

# Two different people look at each (REVIEWS B3.1).
JUDGED_BY = 2
_DRAWN = "review.audit_drawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One automatic answer to be judged: what was asked, scrubbed as it was when it came, and what was said to it."""

    number: int
    text: str
    language: str
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditStanding:
    """How far it is: picked so far, and judged by two."""

    picked: int
    judged: int


def draw(*, now: datetime) -> int:
    """Pick from the weeks that are over, for each quarterly review that isn't frozen; gives back for how many.

    A review's weeks end on Mondays and with its period.  Once a week there is an entry; the rest of the week nothing.
    """
    today = day_in_viet_nam(now)
    rows = Review.objects.filter(kind=QUARTERLY, state__in=(PLANNED, OPEN), period_start__lt=today).order_by("pk")
    return sum(_draw(number, today, now) for number in list(rows.values_list("pk", flat=True)))


def next_of(person: AccountView) -> Audited | None:
    """What this person may judge next, that of which somebody judged first; None when there is nothing.

    raises  NotForYou
    """
    by = require_person(person, Act.JUDGE_ANSWER).pseudonym_id
    for row in _waiting(by).order_by("-n", "pk").values_list("pk", "submission"):
        if (found := _audited(*row)) is not None:
            return found
    return None


def n_waiting(person: AccountView) -> int:
    """How many wait for this person's word; raises NotForYou."""
    return int(_waiting(require_person(person, Act.JUDGE_ANSWER).pseudonym_id).count())


def standing() -> AuditStanding:
    """How far the check of the running quarter is, for those who judge."""
    return AuditStanding(picked=AuditedAnswer.objects.count(), judged=_with_count().filter(n=JUDGED_BY).count())


def judge(person: AccountView, number: int, word: str) -> None:
    """One person's word on one answer: was it about what was asked?

    No entry: what a person said of an answer is nobody's to read, and their number is frozen with its table.
    raises  ChoiceUnknown, AuditOver, NotForYou
    """
    by = require_person(person, Act.JUDGE_ANSWER).pseudonym_id
    if word not in JUDGEMENTS:
        raise refusals.ChoiceUnknown
    with transaction.atomic():
        row = AuditedAnswer.objects.select_for_update().filter(pk=number).first()
        said = AuditJudgement.objects.filter(answer=row).values_list("judged_by", flat=True) if row else ()
        if row is None or by in said or len(said) >= JUDGED_BY or _audited(row.pk, row.submission_id) is None:
            raise refusals.AuditOver
        AuditJudgement.objects.create(answer=row, judged_by=by, word=word)


def counted(review: Review) -> tuple[int, int] | None:
    """(found right by both, judged by two); None for a review whose answers nobody has picked from."""
    if not _drawn(review):
        return None
    answers = _with_count().filter(review=review, n=JUDGED_BY)
    right = answers.annotate(right=Count("judgements", filter=Q(judgements__word=RIGHT))).filter(right=JUDGED_BY)
    return right.count(), answers.count()


def erase(review: Review) -> None:
    """What was picked and who said what of it, inside the transaction that freezes or cancels."""
    AuditedAnswer.objects.filter(review=review).delete()
    transaction.on_commit(forget_pages)


def forget(pseudonym: int) -> None:
    """Somebody left: their words go, and another person is asked."""
    AuditJudgement.objects.filter(judged_by=pseudonym).delete()


def _draw(number: int, today: date, now: datetime) -> bool:
    with transaction.atomic():
        review = Review.objects.select_for_update().get(pk=number)
        monday = today - timedelta(days=today.weekday())
        until = review.period_end if today >= review.period_end else monday
        drawn = _drawn(review)
        if review.state not in (PLANNED, OPEN) or until <= (drawn[-1][0] if drawn else review.period_start):
            return False
        append(_DRAWN, subject(review), {"until": until.isoformat()}, now=now)
        _pick(review, _drawn(review))
    return True


def _drawn(review: Review) -> list[tuple[date, str]]:
    """(first day after, salt) of every pick so far, as the ledger says it."""
    entries = ledger.about([subject(review)], [_DRAWN])
    return [(date.fromisoformat(str(each.body["until"])), each.hash) for each in entries]


def _pick(review: Review, drawn: Sequence[tuple[date, str]]) -> None:
    """What is picked of all weeks so far: what fell out goes, with what was said of it."""
    answers, begin = {}, review.period_start
    for until, salt in drawn:
        answers[salt] = intake.answered_at_once(_midnight(begin), _midnight(until))
        begin = until
    days, of = (begin - review.period_start).days, (review.period_end - review.period_start).days
    # Rounded up: the whole hundred at the end, one at least before.
    picked = set(pick(answers, -(-PICKED * days // of)))
    AuditedAnswer.objects.filter(review=review).exclude(submission__in=picked).delete()
    known = set(AuditedAnswer.objects.filter(review=review).values_list("submission", flat=True))
    AuditedAnswer.objects.bulk_create(
        AuditedAnswer(review=review, submission_id=each) for each in sorted(picked - known)
    )


def _with_count() -> "QuerySet[Any]":
    return AuditedAnswer.objects.annotate(n=Count("judgements"))


def _waiting(by: int) -> "QuerySet[Any]":
    mine = AuditJudgement.objects.filter(answer=OuterRef("pk"), judged_by=by)
    # A private matter's words may have gone since it was picked.
    return _with_count().filter(~Exists(mine), n__lt=JUDGED_BY).exclude(submission__text=ERASED_TEXT)


def _audited(number: int, submission: int) -> Audited | None:
    found = intake_reads.submissions([submission])
    if not found or found[0].is_erased or not found[0].tellings[0].told:
        return None
    asked = found[0]
    return Audited(number=number, text=asked.text, language=asked.language, told=asked.tellings[0].told[0])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=VIET_NAM)
