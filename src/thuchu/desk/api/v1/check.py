"""POST /api/v1/check: one message in, what is known about it out."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema

from thuchu.desk.accounts.models import CHECK
from thuchu.desk.api.answers import AnswerOut, answer_out
from thuchu.desk.api.problems import documented, problem
from thuchu.desk.api.tokens import ApiToken
from thuchu.desk.journey import MessageRefused, ask

router = Router(tags=["check"])


class CheckIn(Schema):
    """The message somebody received: text, a link, or both."""

    text: str = Field(description="The message as it was received.", examples=["Uống nước muối loãng diệt vi-rút"])


# The document adds the empty one to what `auth` says: a token may be sent, and need not be.
_NEEDS_NO_TOKEN: dict[str, Any] = {"security": [{}]}


@router.post(
    "/check",
    response=AnswerOut,
    auth=ApiToken(CHECK, optional=True),
    summary="What is known about a message",
    operation_id="check",
    openapi_extra=documented(400, 401, 403, 413, 415, 422, 429) | _NEEDS_NO_TOKEN,
)
def check(request: HttpRequest, body: CheckIn) -> AnswerOut | HttpResponse:
    """Looks the message up among published fact-checks and keeps it, without personal data, for the queue.

    A token with the scope `check` is needed by those who ask for many: it is counted by itself, not by its line.
    Answers `answer` (the first match answers it), `suggest` (it may be one of at most five) or `none`.
    """
    try:
        asked = ask(body.text, door="api", page_language="vi", now=timezone.now())
    except MessageRefused as refused:
        return _refused(refused)
    return answer_out(asked)


def _refused(refused: MessageRefused) -> HttpResponse:
    if refused.code == "too_long":
        limit = settings.THUCHU_MESSAGE_CHARS_MAX
        return problem(413, f"The message has {refused.got} characters, at most {limit} are read; send a part of it.")
    if refused.code == "empty":
        return problem(422, "text: it is empty; put the message there.")
    if refused.code == "no_words":
        return problem(422, "text: there is no word in it that could be looked up; write in words what it says.")
    return problem(422, "text: nothing is left of it but personal data; send the part that says something.")
