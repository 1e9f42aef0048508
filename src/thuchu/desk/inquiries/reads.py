"""What other rooms and pages may ask of inquiries: all that was sent; drafts are for those who write them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet

from thuchu.desk.claims.views import NameView
from thuchu.desk.evidence.reads import EvidenceView, evidences
from thuchu.desk.inquiries.models import (
    ANSWERED,
    DRAFTED,
    NOT_HELD,
    PARTLY_ANSWERED,
    REFUSED,
    WAITING,
    WITHDRAWN,
    Inquiry,
    InquiryAnswer,
    InquiryStep,
)
from thuchu.desk.reviews.organisations import OrganisationView, organisation, organisations
from thuchu.desk.wording import day_in_viet_nam
from thuchu.text.alphabet import alphabetical

PAGE_ITEMS = 50
# So deep nobody reads on; the file has all of them.
PAGES_MAX = 200
# Of one claim, on its page.
OF_A_CLAIM_MAX = 20
# Drafts lie together on one page.
DRAFTS_MAX = 50

# How the days stand: nothing is due yet or any more, it is due, it is late, it came in time, it came late.
Timeliness = Literal["drafted", "waiting", "overdue", "on_time", "late", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDay:
    """One day of a count: its number in it, 0 for one that was passed over, and why (`working_days.Why`)."""

    day: date
    number: int
    why: str
    name_vi: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """What happened on a day; of a step that says by when, with the whole count."""

    kind: str
    happened_on: date
    by: int
    words: str
    due_on: date | None
    counted_from: date | None
    days: int
    unit: str
    counted: tuple[CountedDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """An organisation's own words; "" where they were erased with a private matter."""

    number: int
    outcome: str
    quoted: str
    language: str
    document: EvidenceView | None
    dated: date | None
    signed_as: str
    received_on: date
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryView:
    """One question with its way so far.

    days_waited   since it was sent, while no answer has come; 0 otherwise
    days_late     after the due day, until the first answer or today; 0 for none
    """

    number: int
    organisation: OrganisationView
    office_role: str
    question: str
    language: str
    is_erased: bool
    claims: tuple[int, ...]
    area: NameView | None
    event: NameView | None
    state: str
    how: str
    sent_on: date | None
    due_on: date | None
    due_rule: str
    timeliness: Timeliness
    days_waited: int
    days_late: int
    steps: tuple[StepView, ...]
    answers: tuple[AnswerView, ...]
    drafted_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryPage:
    """One page of what was sent, by organisation in the order of the alphabet, newest first within each."""

    items: tuple[InquiryView, ...]
    number: int
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationCounts:
    """What became of the questions that one organisation was sent in a period; the parts add up to `sent`."""

    organisation: OrganisationView
    sent: int
    on_time: int
    late: int
    partly: int
    refused: int
    not_held: int
    no_answer: int
    withdrawn: int


def inquiry(number: int, *, now: datetime, with_drafts: bool = False) -> InquiryView | None:
    """The one of that number; None when there is none, or it is a draft and those aren't asked for."""
    rows = Inquiry.objects.filter(pk=number)
    found = _views(rows if with_drafts else rows.exclude(state=DRAFTED), now)
    return found[0] if found else None


def inquiries(*, now: datetime, number: int = 1) -> InquiryPage:
    """One page of the public table."""
    number = min(max(number, 1), PAGES_MAX)
    wanted = _in_order()
    start = (number - 1) * PAGE_ITEMS
    listed = wanted[start : start + PAGE_ITEMS]
    return InquiryPage(
        items=_these(listed, now), number=number, has_more=len(wanted) > start + PAGE_ITEMS and number < PAGES_MAX
    )


def all_inquiries(*, now: datetime) -> tuple[InquiryView, ...]:
    """Everything that was sent, in the table's order: for files."""
    return _these(_in_order(), now)


def drafts(*, now: datetime) -> tuple[InquiryView, ...]:
    """What isn't sent yet, newest first, at most DRAFTS_MAX: for those who may send it."""
    return _views(Inquiry.objects.filter(state=DRAFTED).order_by("-pk")[:DRAFTS_MAX], now)


def unanswered() -> tuple[int, ...]:
    """Numbers of the questions that were sent and have no answer, by the day it was due; erased ones are left out."""
    rows = Inquiry.objects.filter(state__in=WAITING, erased_at=None).order_by("due_on", "pk")
    return tuple(rows.values_list("pk", flat=True))


def of_claims(claim_ids: Iterable[int], *, now: datetime) -> tuple[InquiryView, ...]:
    """What was asked for these claims and stands, newest first, at most OF_A_CLAIM_MAX."""
    rows = Inquiry.objects.filter(claims__claim__in=list(claim_ids), erased_at=None)
    standing = rows.exclude(state__in=(DRAFTED, WITHDRAWN)).order_by("-sent_on", "-pk").distinct()
    return _views(standing[:OF_A_CLAIM_MAX], now)


def of_period(start: date, end: date, *, now: datetime) -> tuple[OrganisationCounts, ...]:
    """What became of the questions sent from `start` up to the day before `end`, by organisation, alphabetical.

    An answer that came on `end` or later, or isn't here yet, counts as none: the period is looked at as it ended.
    """
    rows = Inquiry.objects.exclude(state=DRAFTED).filter(sent_on__gte=start, sent_on__lt=end).order_by("pk")
    by_organisation: dict[int, list[InquiryView]] = {}
    for view in _views(rows, now):
        by_organisation.setdefault(view.organisation.id, []).append(view)
    counted = [_counts(views, end) for views in by_organisation.values()]
    return tuple(sorted(counted, key=lambda each: alphabetical(each.organisation.name_vi)))


def _in_order() -> list[int]:
    names = {each.id: alphabetical(each.name_vi) for each in organisations(with_ended=True)}
    rows = Inquiry.objects.exclude(state=DRAFTED).order_by("-sent_on", "-pk").values_list("pk", "organisation")
    return [number for number, _ in sorted(rows, key=lambda row: names[row[1]])]


def _these(numbers: Sequence[int], now: datetime) -> tuple[InquiryView, ...]:
    found = {view.number: view for view in _views(Inquiry.objects.filter(pk__in=numbers), now)}
    return tuple(found[number] for number in numbers if number in found)


def _views(rows: "QuerySet[Inquiry, Any]", now: datetime) -> tuple[InquiryView, ...]:
    found = list(rows.select_related("area", "event").prefetch_related("claims", "steps", "answers"))
    known = {each.id: each for each in organisations(with_ended=True)} if len(found) > 1 else {}
    documents = evidences(answer.document_id for row in found for answer in row.answers.all() if answer.document_id)
    return tuple(_view(row, known.get(row.organisation_id), documents, day_in_viet_nam(now)) for row in found)


def _view(row: Inquiry, asked: OrganisationView | None, documents: dict[int, EvidenceView], today: date) -> InquiryView:
    asked = asked or organisation(row.organisation_id)
    if asked is None:
        raise LookupError(f"inquiry {row.pk} was sent to organisation {row.organisation_id}, which isn't there")
    answers = sorted(row.answers.all(), key=lambda each: each.pk)
    is_waiting = row.state in WAITING and row.sent_on is not None
    return InquiryView(
        number=row.pk,
        organisation=asked,
        office_role=row.office_role,
        question=row.question,
        language=row.language,
        is_erased=row.erased_at is not None,
        claims=tuple(sorted(each.claim_id for each in row.claims.all())),
        area=NameView(code=row.area.code, name_vi=row.area.name_vi, name_en=row.area.name_en) if row.area else None,
        event=NameView(code=str(row.event.pk), name_vi=row.event.name_vi, name_en=row.event.name_en)
        if row.event
        else None,
        state=row.state,
        how=row.how,
        sent_on=row.sent_on,
        due_on=row.due_on,
        due_rule=row.due_rule,
        timeliness=_timeliness(row, answers, today),
        days_waited=(today - row.sent_on).days if is_waiting and row.sent_on else 0,
        days_late=_days_late(row, answers, today),
        steps=tuple(_step(step) for step in sorted(row.steps.all(), key=lambda each: (each.happened_on, each.pk))),
        answers=tuple(_answer(each, row, documents) for each in answers),
        drafted_by=row.drafted_by,
    )


def _timeliness(row: Inquiry, answers: Sequence[InquiryAnswer], today: date) -> Timeliness:
    if row.due_on is None:
        return "drafted"
    if row.state == WITHDRAWN:
        return "withdrawn"
    if answers:
        return "late" if answers[0].received_on > row.due_on else "on_time"
    return "overdue" if today > row.due_on else "waiting"


def _days_late(row: Inquiry, answers: Sequence[InquiryAnswer], today: date) -> int:
    if row.due_on is None or row.state == WITHDRAWN:
        return 0
    until = answers[0].received_on if answers else today
    return max((until - row.due_on).days, 0)


def _step(row: InquiryStep) -> StepView:
    return StepView(
        kind=row.kind,
        happened_on=row.happened_on,
        by=row.by,
        words=row.words,
        due_on=row.due_on,
        counted_from=row.counted_from,
        days=row.days or 0,
        unit=row.unit,
        counted=tuple(
            CountedDay(day=date.fromisoformat(day), number=number, why=why, name_vi=name_vi, name_en=name_en)
            for day, number, why, name_vi, name_en in row.counted
        ),
    )


def _answer(row: InquiryAnswer, asked: Inquiry, documents: dict[int, EvidenceView]) -> AnswerView:
    return AnswerView(
        number=row.pk,
        outcome=row.outcome,
        quoted=row.quoted,
        language=row.language,
        document=documents.get(row.document_id or 0),
        dated=row.dated,
        signed_as=row.signed_as,
        received_on=row.received_on,
        is_late=asked.due_on is not None and row.received_on > asked.due_on,
    )


def _counts(views: Sequence[InquiryView], end: date) -> OrganisationCounts:
    parts = [_part(view, end) for view in views]
    return OrganisationCounts(
        organisation=views[0].organisation,
        sent=len(views),
        on_time=parts.count("on_time"),
        late=parts.count("late"),
        partly=parts.count(PARTLY_ANSWERED),
        refused=parts.count(REFUSED),
        not_held=parts.count(NOT_HELD),
        no_answer=parts.count("no_answer"),
        withdrawn=parts.count(WITHDRAWN),
    )


def _part(view: InquiryView, end: date) -> str:
    """Which of the parts a question is in, by the last answer before the period was over."""
    came = [answer for answer in view.answers if answer.received_on < end]
    if not came:
        taken_back = [step for step in view.steps if step.kind == WITHDRAWN and step.happened_on < end]
        return WITHDRAWN if taken_back else "no_answer"
    if came[-1].outcome != ANSWERED:
        return came[-1].outcome
    return "late" if came[-1].is_late else "on_time"
