"""What becomes of a question: the organisation says that it has it, says that it takes longer, or it is taken back."""

from datetime import date, datetime

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.inquiries import refusals
from thuchu.desk.inquiries.calendars import due_after
from thuchu.desk.inquiries.models import (
    ACKNOWLEDGED,
    EXTENDED,
    SENT,
    WAITING,
    WITHDRAWN,
    WORDS_CHARS_MAX,
    Inquiry,
    InquiryStep,
)
from thuchu.desk.inquiries.rows import (
    WORDS_CHARS_MIN,
    happened,
    inquiry_row,
    require_asker,
    subject,
    words_of,
)
from thuchu.desk.inquiries.sending import step_with_due
from thuchu.desk.inquiries.working_days import Unit
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.wording import day_in_viet_nam
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

# Law on Access to Information 104/2016/QH13, article 31: once, in writing, and no longer.
EXTENSION_DAYS_MAX = 15


def acknowledge(person: AccountView, number: int, *, on: date, now: datetime) -> None:
    """The organisation says that it has the question; the due day stays.

    raises  NoSuchInquiry, StepTaken, DayWrong, NotForYou
    """
    who = require_asker(person)
    with transaction.atomic():
        row = inquiry_row(number, SENT)
        day = happened(on, after=row.sent_on, now=now)
        row.state = ACKNOWLEDGED
        row.save(update_fields=["state"])
        InquiryStep.objects.create(inquiry=row, kind=ACKNOWLEDGED, happened_on=day, by=who.pseudonym_id, at=now)
        body: dict[str, Value] = {"on": day.isoformat(), "by": who.pseudonym_id}
        append("inquiry.acknowledged", subject(number), body, now=now)


def extend(
    person: AccountView, number: int, days: int, unit: Unit, words: CleanText, *, on: date, now: datetime
) -> date:
    """The organisation wrote that it takes `days` longer, once; gives back the day that holds from now on.

    words   where and how it said so
    on      the day of its notice, which comes before the due day has passed
    raises  NoSuchInquiry, StepTaken, DaysWrong, DayWrong, WordsWanted, WordsTooLong, CalendarMissing, NotForYou
    """
    who = require_asker(person)
    said = words_of(words, WORDS_CHARS_MIN, WORDS_CHARS_MAX)
    if not 1 <= days <= EXTENSION_DAYS_MAX:
        raise refusals.DaysWrong(most=EXTENSION_DAYS_MAX)
    with transaction.atomic():
        row = inquiry_row(number, SENT, ACKNOWLEDGED)
        day = happened(on, after=_last_day(row), now=now)
        if row.due_on is None or day > row.due_on:
            raise refusals.DayWrong
        due = due_after(row.due_on, days, unit)
        row.state, row.due_on = EXTENDED, due.due
        row.save(update_fields=["state", "due_on"])
        step_with_due(row, EXTENDED, due, happened_on=day, by=who.pseudonym_id, now=now, words=said)
        body: dict[str, Value] = {"on": day.isoformat(), "due": due.due.isoformat(), "by": who.pseudonym_id}
        append("inquiry.extended", subject(number), body, now=now)
    return due.due


def withdraw(person: AccountView, number: int, why: CleanText, *, now: datetime) -> None:
    """The desk takes a question back that has no answer yet, with its reason.

    raises  NoSuchInquiry, StepTaken, WordsWanted, WordsTooLong, NotForYou
    """
    who = require_asker(person)
    said = words_of(why, WORDS_CHARS_MIN, WORDS_CHARS_MAX)
    with transaction.atomic():
        row = inquiry_row(number, *WAITING)
        row.state = WITHDRAWN
        row.save(update_fields=["state"])
        day = day_in_viet_nam(now)
        InquiryStep.objects.create(
            inquiry=row, kind=WITHDRAWN, happened_on=day, by=who.pseudonym_id, at=now, words=said
        )
        body: dict[str, Value] = {"on": day.isoformat(), "reason_digest": digest(said), "by": who.pseudonym_id}
        append("inquiry.withdrawn", subject(number), body, now=now)


def _last_day(row: Inquiry) -> date | None:
    return row.steps.order_by("-happened_on").values_list("happened_on", flat=True).first()
