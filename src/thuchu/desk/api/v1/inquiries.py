"""GET /api/v1/inquiries: what was asked of organisations, until when, and what came in their own words."""

from datetime import date
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from thuchu.desk.api.problems import documented
from thuchu.desk.inquiries import reads
from thuchu.desk.inquiries.reads import AnswerView, InquiryView

router = Router(tags=["inquiries"])

State = Literal["sent", "acknowledged", "extended", "answered", "partly_answered", "refused", "not_held", "withdrawn"]


class OrganisationOut(Schema):
    """An organisation's number and names."""

    id: int
    name_vi: str
    name_en: str


class InquiryAnswerOut(Schema):
    """An organisation's own words, scrubbed; `evidence` is the number of the document that shows them."""

    outcome: Literal["answered", "partly_answered", "refused", "not_held"]
    quoted: str
    received_on: date
    dated: date | None
    signed_as: str
    evidence: int | None


class InquiryOut(Schema):
    """One question; `timeliness` and `days_late` are reckoned from its days, and say nothing of anything else."""

    number: int
    organisation: OrganisationOut
    office_role: str
    question: str
    claims: list[int]
    sent_on: date
    how: Literal["letter", "form", "mail", "in_person"]
    due_on: date
    original_due_on: date
    due_rule: Literal["desk", "law_at_hand", "law"]
    state: State
    timeliness: Literal["waiting", "overdue", "on_time", "late", "withdrawn"]
    days_late: int
    answers: list[InquiryAnswerOut]
    page_url: str


class InquiryList(Schema):
    """One page, in the order of the Vietnamese alphabet by organisation; `page` counts from 1."""

    items: list[InquiryOut]
    page: int
    has_more: bool


class PageOfInquiriesIn(Schema):
    """Which page."""

    page: int = Field(1, ge=1, le=reads.PAGES_MAX)


@router.get(
    "/inquiries",
    response=InquiryList,
    summary="Questions to organisations",
    operation_id="inquiries",
    openapi_extra=documented(422),
)
def inquiries(request: HttpRequest, wanted: Query[PageOfInquiriesIn]) -> InquiryList:
    """What was sent, with the day an answer is due and what came; drafts aren't here."""
    found = reads.inquiries(now=timezone.now(), number=wanted.page)
    return InquiryList(items=[_inquiry(view) for view in found.items], page=found.number, has_more=found.has_more)


def _inquiry(view: InquiryView) -> InquiryOut:
    return InquiryOut.model_validate(
        {
            "number": view.number,
            "organisation": OrganisationOut(
                id=view.organisation.id, name_vi=view.organisation.name_vi, name_en=view.organisation.name_en
            ),
            "office_role": view.office_role,
            "question": view.question,
            "claims": list(view.claims),
            "sent_on": view.sent_on,
            "how": view.how,
            "due_on": view.due_on,
            "original_due_on": view.steps[0].due_on,
            "due_rule": view.due_rule,
            "state": view.state,
            "timeliness": view.timeliness,
            "days_late": view.days_late,
            "answers": [_answer(each) for each in view.answers],
            "page_url": f"{settings.THUCHU_ADDRESS}/inquiries/{view.number}",
        }
    )


def _answer(view: AnswerView) -> InquiryAnswerOut:
    return InquiryAnswerOut.model_validate(
        {
            "outcome": view.outcome,
            "quoted": view.quoted,
            "received_on": view.received_on,
            "dated": view.dated,
            "signed_as": view.signed_as,
            "evidence": view.document.number if view.document else None,
        }
    )
