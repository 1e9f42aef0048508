"""The page with the one box, and every trouble that may stand above it: what was typed is always kept."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from thuchu.desk.journey import MessageRefused
from thuchu.desk.web.templatetags.words import number


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a message wasn't looked up, and what to do: one sentence, a status, headers."""

    sentence: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    # A clock only where waiting is what helps.
    shape: Literal["note", "wait"] = "note"


def box(
    request: HttpRequest, *, text: str = "", trouble: Trouble | None = None, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page; `more` is what stands below the box when nothing went wrong."""
    status = trouble.status if trouble else 200
    response = render(request, "pages/home.html", {"text": text, "trouble": trouble, **(more or {})}, status=status)
    for name, value in trouble.headers.items() if trouble else ():
        response[name] = value
    return response


def refused(error: MessageRefused) -> Trouble:
    """Why the journey took no question of it."""
    if error.code == "too_long":
        sentence = _(
            "This message is %(got)s characters long; we can read at most %(limit)s. "
            "Please shorten it. What you typed is still here."
        )
        return Trouble(sentence % {"got": number(error.got), "limit": number(error.limit)}, 413)
    if error.code == "empty":
        return Trouble(_("The box is still empty. Paste the message into it, then press Check."), 422)
    if error.code == "no_words":
        return Trouble(
            _("There are no words in this that we could look up. Write what the message says in words."), 422
        )
    return Trouble(
        _("Apart from personal details there are no words left in this. Please send the part that says something."), 422
    )


def picture() -> Trouble:
    """Somebody sent a file."""
    sentence = _(
        "For now we can only look up text and links, not pictures or files. "
        "Type or paste the words you see in the picture. We have kept nothing of the file."
    )
    return Trouble(sentence, 415)


def too_fast(wait_s: float) -> Trouble:
    """Too many messages from one place in a minute."""
    seconds = math.ceil(wait_s)
    sentence = _(
        "You have sent many messages within a minute. "
        "Wait about %(seconds)s seconds, then send this one again; it is still here."
    )
    return Trouble(sentence % {"seconds": number(seconds)}, 429, {"Retry-After": str(seconds)}, "wait")


def page_too_old() -> Trouble:
    """The form's token is missing or not the one in the cookie."""
    sentence = _(
        "This page was open for a long time, or your browser doesn't keep cookies, "
        "so we couldn't be sure that it was you who pressed the button. "
        "Press Check again; what you typed is still here."
    )
    return Trouble(sentence, 403)
