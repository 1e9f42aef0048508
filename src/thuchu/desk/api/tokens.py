"""Tokens of programs at the API's door: `Authorization: Bearer …`, what it may do, and how fast.

Nothing here knows whose token it is; a session of a browser is no token, and a token opens no page.
"""

import time

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from thuchu.desk.accounts.api_tokens import Used, use
from thuchu.desk.intake.limits import limiter, token_limiter
from thuchu.desk.limits import client_address

# RFC 6750, section 3: what a 401 and a 403 say in WWW-Authenticate.
_CHALLENGE = 'Bearer realm="api"'


class TokenRefused(Exception):
    """The request's token doesn't open this: `status`, what to do, and the header that says so to a program."""

    def __init__(self, status: int, detail: str, challenge: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.challenge = challenge


class TooFast(Exception):
    """Too many requests of one token, or of one line without a token that opens anything: wait `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds:.0f} seconds")
        self.seconds = seconds


class ApiToken(HttpBearer):
    """The door that a token with the scope opens; counted by the token, wherever its program stands.

    optional  without a token the door is open, too, and counted by the line
    """

    def __init__(self, scope: str, *, optional: bool = False) -> None:
        super().__init__()
        self._scope = scope
        self._optional = optional

    def __call__(self, request: HttpRequest) -> object:
        """Something true when the request may go on; raises TokenRefused, TooFast."""
        kind, _, secret = request.headers.get(self.header, "").partition(" ")
        if kind.lower() == "bearer":
            return self.authenticate(request, secret.strip())
        if not self._optional:
            detail = f"This needs a token with the scope {self._scope}: Authorization: Bearer thuchu_…"
            raise TokenRefused(401, detail, _CHALLENGE)
        _take_of_line(request)
        return True

    def authenticate(self, request: HttpRequest, token: str) -> Used:
        """The token, when it opens this door; whoever guesses is counted by their line."""
        found = use(token, now=timezone.now())
        if found is None:
            _take_of_line(request)
            detail = (
                "This token is not known here: it is mistyped, revoked or expired. Make another at /account/tokens/."
            )
            raise TokenRefused(401, detail, f'{_CHALLENGE}, error="invalid_token"')
        wait = token_limiter().wait_seconds(found.digest, time.monotonic())
        if wait:
            raise TooFast(wait)
        if self._scope not in found.scopes:
            detail = f"This token may not do that: it lacks the scope {self._scope}. Make another at /account/tokens/."
            raise TokenRefused(403, detail, f'{_CHALLENGE}, error="insufficient_scope", scope="{self._scope}"')
        return found


def _take_of_line(request: HttpRequest) -> None:
    wait = limiter().wait_seconds(client_address(request.META), time.monotonic())
    if wait:
        raise TooFast(wait)
