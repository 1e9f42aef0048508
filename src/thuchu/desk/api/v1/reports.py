"""GET /api/v1/reports: what people say is wrong, until when it is to be answered, and what became of it."""

from datetime import date, datetime
from typing import Literal, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from thuchu.desk.api.problems import documented
from thuchu.desk.publishing import reads
from thuchu.desk.publishing.reads import ReportView

router = Router(tags=["reports"])


class ReportOut(Schema):
    """One report; `about` is `note:NUMBER` or `fact_check:NAME`. Who said it, and in which words, isn't here."""

    number: int
    about: str
    received_on: date
    due_on: date
    state: Literal["waits", "answered", "closed"]
    is_overdue: bool
    outcome: str | None
    answer: str | None
    closed_at: datetime | None
    page_url: str


class ReportList(Schema):
    """One page of reports: what waits first; `page` counts from 1."""

    items: list[ReportOut]
    page: int
    has_more: bool
    waiting: int
    overdue: int
    closed: int


class PageIn(Schema):
    """Which page."""

    page: int = Field(1, ge=1, le=reads.REPORT_PAGES_MAX)


@router.get(
    "/reports",
    response=ReportList,
    summary="What people say is wrong",
    operation_id="reports",
    openapi_extra=documented(422),
)
def reports(request: HttpRequest, wanted: Query[PageIn]) -> ReportList:
    """Reports with the day they are due and their outcome, which changes no status."""
    found = reads.reports(now=timezone.now(), number=wanted.page)
    return ReportList(
        items=[_report(view) for view in found.items],
        page=found.number,
        has_more=found.has_more,
        waiting=found.waiting,
        overdue=found.overdue,
        closed=found.closed,
    )


def _report(view: ReportView) -> ReportOut:
    is_closed = view.state == "closed"
    return ReportOut(
        number=view.number,
        about=f"note:{view.note}" if view.note else f"fact_check:{view.fact_check}",
        received_on=view.received_on,
        due_on=view.due_on,
        state=cast(Literal["waits", "answered", "closed"], view.state),
        is_overdue=view.is_overdue,
        # What one person proposes is nobody's answer yet.
        outcome=view.outcome if is_closed else None,
        answer=view.answer if is_closed else None,
        closed_at=view.closed_at,
        page_url=f"{settings.THUCHU_ADDRESS}/reports/{view.number}",
    )
