"""Numbers in addresses that can be no row's: the page isn't there, before any database is asked and objects."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

# PostgreSQL's and SQLite's largest row number.
NUMBER_MAX = 2**63 - 1


class NumbersOfRows:
    """Middleware: 404 for an address with a larger number in it, whatever page it is of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer as it is."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, named: dict[str, Any]) -> None:
        """Django calls it with what stood in the address."""
        if any(isinstance(value, int) and value > NUMBER_MAX for value in named.values()):
            raise Http404
