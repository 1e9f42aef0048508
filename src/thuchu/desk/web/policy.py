"""The Content-Security-Policy header, from settings.SECURE_CSP as Django 6 reads it: moving there deletes this file."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "Content-Security-Policy"


class ContentSecurityPolicyMiddleware:
    """Puts the one policy on every answer: nothing runs, loads or frames that this desk did not serve itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._policy = written(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with the header."""
        response = self._get_response(request)
        response.headers.setdefault(HEADER, self._policy)
        return response


def written(policy: dict[str, list[str]]) -> str:
    """A policy as its header has it: `directive source source; directive source`."""
    return "; ".join(" ".join([directive, *sources]) for directive, sources in policy.items())
