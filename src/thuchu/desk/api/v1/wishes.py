"""POST /api/v1/wishes: where an asker is, and by when they need to know, sent by the program that asked for them."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema

from thuchu.desk.accounts.models import WISHES
from thuchu.desk.api.problems import documented, problem
from thuchu.desk.api.tokens import ApiToken
from thuchu.desk.claims.wishes import Wishes
from thuchu.desk.journey import wish_for, wishes_for

router = Router(tags=["check"])

# A status address with room to spare, and the longest code of an area.
ADDRESS_CHARS_MAX = 300
CODE_CHARS_MAX = 40


class WishesIn(Schema):
    """What the asker said besides, in place of what was said before."""

    status_url: str = Field(max_length=ADDRESS_CHARS_MAX, description="As POST /api/v1/check answered it.")
    area: str = Field("", max_length=CODE_CHARS_MAX, description="Code of an area that this desk has loaded.")
    needed_by: date | None = Field(None, description="The day by which they need to know.")


class WishesOut(Schema):
    """What was kept; what can't be used (no such area, a day that is over) is left out."""

    area: str
    needed_by: date | None


@router.post(
    "/wishes",
    response=WishesOut,
    auth=ApiToken(WISHES),
    summary="Where an asker is, and by when they need to know",
    operation_id="wishes",
    openapi_extra=documented(400, 401, 403, 404, 413, 415, 422, 429),
)
def wishes(request: HttpRequest, body: WishesIn) -> WishesOut | HttpResponse:
    """Keeps them with the question while it waits; whoever can be answered at once needs neither."""
    token = body.status_url.rstrip("/").rpartition("/q/")[2]
    if not wish_for(token, Wishes(area=body.area, needed_by=body.needed_by), now=timezone.now()):
        return problem(404, "No question waits behind this status_url: it was answered, or erased.")
    kept = wishes_for(token)
    return WishesOut(area=kept.area, needed_by=kept.needed_by)
