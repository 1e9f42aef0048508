"""GET /api/v1/fact-checks: the library, listed, searched and one by one."""

from datetime import date
from typing import Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from thuchu.desk.api.answers import FactCheckOut, fact_check_out
from thuchu.desk.api.numbers import ID_MAX, NO_ZERO_BYTE
from thuchu.desk.api.problems import documented
from thuchu.desk.library import index
from thuchu.desk.library.reads import Filters, browse, fact_check
from thuchu.desk.publishing.reads import recheck, rechecks

router = Router(tags=["fact-checks"])

# A search is a few words; longer ones are messages, and those go to /check.
QUERY_CHARS_MAX = 300
# Beyond this nobody pages by hand; `thuchu export` gives everything at once.
PAGE_MAX = 100_000


class FactCheckList(Schema):
    """One page of fact-checks; `page` counts from 1."""

    items: list[FactCheckOut]
    total: int
    page: int
    pages: int


class ListIn(Schema):
    """What to list; everything when nothing is said."""

    q: str = Field(
        "", max_length=QUERY_CHARS_MAX, pattern=NO_ZERO_BYTE, description="Words to search for, best matches first."
    )
    verdict: Literal["", "false", "misleading", "outdated", "unproven", "true"] = ""
    publisher: int | None = Field(None, ge=1, le=ID_MAX, description="Number of a publisher.")
    language: str = Field(
        "", max_length=12, pattern=NO_ZERO_BYTE, description="Language of the fact-check, such as vi or en."
    )
    since: date | None = Field(None, description="Published on this day or later.")
    until: date | None = Field(None, description="Published on this day or earlier.")
    page: int = Field(1, ge=1, le=PAGE_MAX)


@router.get(
    "/fact-checks",
    response=FactCheckList,
    summary="List or search fact-checks",
    operation_id="list_checks",
    openapi_extra=documented(422),
)
def fact_checks(request: HttpRequest, wanted: Query[ListIn]) -> FactCheckList:
    """Current fact-checks, newest first; with `q`, best matches first."""
    filters = Filters(
        verdict=wanted.verdict,
        publisher=wanted.publisher,
        language=wanted.language,
        since=wanted.since,
        until=wanted.until,
    )
    among = index.search(settings.THUCHU_HOME, wanted.q) if wanted.q.strip() else None
    found = browse(filters, among=among, number=wanted.page)
    days = rechecks([view.note for view in found.items if view.note is not None], now=timezone.now())
    items = [fact_check_out(view, days.get(view.note or 0)) for view in found.items]
    return FactCheckList(items=items, total=found.total, page=found.number, pages=found.pages)


@router.get(
    "/fact-checks/{public_id}",
    response=FactCheckOut,
    summary="One fact-check",
    operation_id="one_check",
    openapi_extra=documented(404),
)
def one(request: HttpRequest, public_id: str) -> FactCheckOut:
    """The fact-check of that name; a withdrawn one says so in `state`."""
    # No name of ours holds anything else, and a database may refuse to look for it.
    view = fact_check(public_id) if public_id.isalnum() else None
    if view is None:
        raise Http404
    return fact_check_out(view, recheck(view.note, now=timezone.now()) if view.note is not None else None)
