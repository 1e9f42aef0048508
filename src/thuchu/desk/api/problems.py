"""Errors as problem+json (RFC 9457): what happened, why, and what to do, never a page of HTML."""

import json
import logging
import math
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from thuchu.desk.api.tokens import TokenRefused, TooFast

_log = logging.getLogger("thuchu.api")

PROBLEM = "application/problem+json"

# What a client may show: one line a code; the detail says the particulars.
TITLES = {
    400: "The request could not be read",
    401: "A token is needed, or this one opens nothing",
    403: "This token may not do that",
    404: "There is nothing at this address",
    405: "This address does not take that method",
    413: "The message is too long",
    415: "The request is not in JSON",
    422: "The request is missing something, or has something in the wrong form",
    429: "Too many messages in a short time",
    500: "Something went wrong on our side",
}


def problem(status: int, detail: str, *, headers: dict[str, str] | None = None, **more: Any) -> HttpResponse:
    """A problem+json answer; `more` are further members, such as `errors`."""
    body = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail, **more}
    content = json.dumps(body, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type=PROBLEM, headers=headers or {})


def too_fast(wait_seconds: float) -> HttpResponse:
    """429 with the time to wait, in whole seconds."""
    seconds = math.ceil(wait_seconds)
    detail = f"Wait {seconds} seconds, then send it again."
    return problem(429, detail, headers={"Retry-After": str(seconds)})


def documented(*statuses: int) -> dict[str, Any]:
    """These problems for the OpenAPI document: `openapi_extra` of the operation that may answer with them."""
    schema = {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What happened, and what to do."},
            "errors": {"type": "array", "items": {"type": "object"}},
        },
    }
    content = {PROBLEM: {"schema": schema}}
    return {"responses": {status: {"description": TITLES[status], "content": content} for status in statuses}}


class EveryErrorIsAProblem:
    """Middleware: what the framework answers by itself under /api/ (an unknown address, a wrong method, a host that
    isn't ours, a failure outside any view) has the same form as our own errors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, as problem+json where it is an error."""
        response = self._get_response(request)
        is_ours = request.path.startswith("/api/")
        if not is_ours or response.status_code < 400 or response.headers.get("Content-Type") == PROBLEM:
            return response
        return _as_problem(response)


def _as_problem(response: HttpResponse) -> HttpResponse:
    status = response.status_code if response.status_code in TITLES else 400
    headers = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
    return problem(
        status, _DETAILS.get(status, "Compare it with /api/v1/openapi.json.").format(**headers), headers=headers
    )


_DETAILS = {
    404: "The addresses that there are stand in /api/v1/openapi.json.",
    405: "Send {Allow} instead.",
    413: "The request is larger than any message the desk reads.",
    500: "It is our fault, not yours. Try again in some minutes.",
}


# What Ninja says of a body that its parser refuses, whatever it is.
_UNREADABLE = "Cannot parse request body"
_SEND = 'Send {"text": "…"} as JSON in UTF-8, with the header Content-Type: application/json.'


def _unreadable(request: HttpRequest) -> HttpResponse:
    """415 for a body that says itself that it is something else, 400 for JSON with a mistake in it.

    JSON under another name is read all the same: many clients forget the header.
    """
    kind = request.content_type or ""
    if kind in ("", "application/json") or kind.endswith("+json"):
        return problem(400, f"The body is not JSON, or not in UTF-8. {_SEND}")
    return problem(415, f"The body is {kind}. {_SEND}")


def _place(parts: Sequence[Any]) -> str:
    """Where something is wrong, as the client wrote it: `text`, not the name of our own parameter before it."""
    return ".".join(str(part) for part in parts if part not in _OUR_NAMES) or "body"


_OUR_NAMES = frozenset({"body", "query", "wanted", "path"})


def install(api: NinjaAPI) -> None:
    """Give every error of `api` this form."""

    @api.exception_handler(ValidationError)
    def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"place": _place(e["loc"]), "reason": e["msg"]} for e in error.errors]
        return problem(422, "; ".join(f"{e['place']}: {e['reason']}" for e in errors), errors=errors)

    @api.exception_handler(TokenRefused)
    def _no_token(request: HttpRequest, error: TokenRefused) -> HttpResponse:
        return problem(error.status, error.detail, headers={"WWW-Authenticate": error.challenge})

    @api.exception_handler(TooFast)
    def _too_fast(request: HttpRequest, error: TooFast) -> HttpResponse:
        return too_fast(error.seconds)

    @api.exception_handler(HttpError)
    def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        if str(error) == _UNREADABLE:
            return _unreadable(request)
        status = error.status_code if error.status_code in TITLES else 400
        return problem(status, error.message)

    @api.exception_handler(Http404)
    def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, "Look the identifier up in the list at /api/v1/fact-checks.")

    @api.exception_handler(RequestDataTooBig)
    def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return problem(413, _DETAILS[413])

    @api.exception_handler(SuspiciousOperation)
    def _not_meant(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
        return problem(400, "No program of ours sends that, nor so many fields. Compare it with /api/v1/openapi.json.")

    @api.exception_handler(Exception)
    def _ours(request: HttpRequest, error: Exception) -> HttpResponse:
        _log.error("API request failed", exc_info=error)
        return problem(500, _DETAILS[500])
