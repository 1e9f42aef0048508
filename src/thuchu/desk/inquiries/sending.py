"""A question goes out: from then on its words stay, its due day stands with the count that led to it, all in public.

The desk sends nothing by itself: a person sends the letter, the form or the mail, and writes down here that they did.
"""

from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.inquiries import refusals
from thuchu.desk.inquiries.calendars import due_after
from thuchu.desk.inquiries.models import BY_DESK, DRAFTED, HOWS, LAW, LAW_AT_HAND, RULES, SENT, Inquiry, InquiryStep
from thuchu.desk.inquiries.rows import happened, inquiry_row, require_asker, subject
from thuchu.desk.inquiries.working_days import DAYS_MAX, WORKING, Due, Unit
from thuchu.desk.ledger.append import append, digest
from thuchu.log.entry import Value

# The desk's own choice where it names no other.
DESK_DAYS = 5
# Law on Access to Information 104/2016/QH13, article 31, in working days: at hand; otherwise; notice of when.
LAW_DAYS = MappingProxyType({LAW_AT_HAND: 5, LAW: 15})
LAW_NOTICE_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How and when a question went out, and by which rule an answer is due.

    days, unit  of the desk's own rule alone; the law has its own
    """

    on: date
    how: str
    rule: str = BY_DESK
    days: int = DESK_DAYS
    unit: Unit = WORKING


def send(person: AccountView, number: int, sent: Sent, *, now: datetime) -> date:
    """Write down that a draft was sent; gives back the day its answer is due.

    raises  NoSuchInquiry, StepTaken, OrganisationWanted for one that has ended, ChoiceWanted, DayWrong, DaysWrong,
            CalendarMissing, NotForYou
    """
    who = require_asker(person)
    if sent.how not in HOWS or sent.rule not in RULES:
        raise refusals.ChoiceWanted
    on = happened(sent.on, after=None, now=now)
    with transaction.atomic():
        row = inquiry_row(number, DRAFTED)
        if row.organisation.ended_on is not None:
            raise refusals.OrganisationWanted
        due = _due(sent, on)
        row.state, row.how, row.sent_on, row.due_on, row.due_rule = SENT, sent.how, on, due.due, sent.rule
        row.save(update_fields=["state", "how", "sent_on", "due_on", "due_rule"])
        step_with_due(row, SENT, due, happened_on=on, by=who.pseudonym_id, now=now)
        body: dict[str, Value] = {
            "organisation": row.organisation_id,
            "on": on.isoformat(),
            "due": due.due.isoformat(),
            "due_rule": f"{sent.rule}:{due.days}:{due.unit}",
            "question_digest": digest(row.question),
            "claims": list(row.claims.order_by("claim").values_list("claim", flat=True)),
            "by": who.pseudonym_id,
        }
        append("inquiry.sent", subject(number), body, now=now)
    return due.due


def step_with_due(
    row: Inquiry, kind: str, due: Due, *, happened_on: date, by: int, now: datetime, words: str = ""
) -> None:
    """A step that says by when, with every day of the count as it was counted."""
    InquiryStep.objects.create(
        inquiry=row,
        kind=kind,
        happened_on=happened_on,
        by=by,
        at=now,
        due_on=due.due,
        counted_from=due.start,
        days=due.days,
        unit=due.unit,
        counted=[[each.day.isoformat(), each.number, each.why, each.name_vi, each.name_en] for each in due.counted],
        words=words,
    )


def _due(sent: Sent, on: date) -> Due:
    if sent.rule != BY_DESK:
        return due_after(on, LAW_DAYS[sent.rule], WORKING)
    if not 1 <= sent.days <= DAYS_MAX:
        raise refusals.DaysWrong(most=DAYS_MAX)
    return due_after(on, sent.days, sent.unit)
