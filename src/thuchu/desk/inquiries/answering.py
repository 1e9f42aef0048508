"""An organisation's answer, in its own words and with its document: evidence, which people weigh, and no verdict."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.evidence.models import Quote
from thuchu.desk.inquiries import refusals
from thuchu.desk.inquiries.models import (
    ANSWERED,
    OUTCOMES,
    QUOTED_CHARS_MAX,
    WAITING,
    InquiryAnswer,
    InquiryStep,
)
from thuchu.desk.inquiries.rows import happened, inquiry_row, office_of, require_asker, subject, words_of
from thuchu.desk.ledger.append import append, digest
from thuchu.log.entry import Value
from thuchu.privacy import CleanText
from thuchu.text.language import detect

# "Không" is an answer.
QUOTED_CHARS_MIN = 2
# An office may answer with a paper of its own that is older than the question; what is older still is a slip.
DATED_MIN = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came.

    outcome    which of `OUTCOMES`: whether the question was answered, not whether the claim is so
    quoted     all of it, as it was written; personal data is covered
    document   number of the evidence that shows it, None for what stands nowhere
    signed_as  the office, never the person
    """

    outcome: str
    quoted: CleanText
    received_on: date
    dated: date | None
    signed_as: CleanText
    document: int | None


def record_answer(person: AccountView, number: int, answer: Answer, *, now: datetime) -> int:
    """Write an answer down; gives back its number. Another one may follow it, and both stay.

    raises  NoSuchInquiry, StepTaken, ChoiceWanted, WordsWanted, WordsTooLong, OfficeNotPerson, DayWrong,
            DocumentUnknown, NotForYou
    """
    who = require_asker(person)
    if answer.outcome not in OUTCOMES:
        raise refusals.ChoiceWanted
    quoted = words_of(answer.quoted, QUOTED_CHARS_MIN, QUOTED_CHARS_MAX)
    office = office_of(answer.signed_as)
    if answer.document is not None and not Quote.objects.filter(pk=answer.document).exists():
        raise refusals.DocumentUnknown
    with transaction.atomic():
        row = inquiry_row(number, *WAITING, *OUTCOMES)
        if row.erased_at is not None:
            raise refusals.StepTaken
        day = happened(answer.received_on, after=row.sent_on, now=now)
        if answer.dated is not None and not DATED_MIN <= answer.dated <= day:
            raise refusals.DayWrong
        same = row.answers.filter(outcome=answer.outcome, quoted=quoted, received_on=day).first()
        if same is not None:
            # The form was sent twice.
            return int(same.pk)
        found = InquiryAnswer.objects.create(
            inquiry=row,
            outcome=answer.outcome,
            quoted=quoted,
            language=detect(quoted),
            document_id=answer.document,
            dated=answer.dated,
            signed_as=office,
            received_on=day,
            by=who.pseudonym_id,
            at=now,
        )
        row.state = answer.outcome
        row.save(update_fields=["state"])
        InquiryStep.objects.create(inquiry=row, kind=ANSWERED, happened_on=day, by=who.pseudonym_id, at=now)
        body: dict[str, Value] = {
            "answer": found.pk,
            "outcome": answer.outcome,
            "on": day.isoformat(),
            "quoted_digest": digest(quoted),
            "evidence": answer.document or 0,
            "by": who.pseudonym_id,
        }
        append("inquiry.answered", subject(number), body, now=now)
    return int(found.pk)
