"""The sitemap: pages that search engines may show, in files small enough to be read at once."""

from collections.abc import Callable, Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from thuchu.desk.claims import reads as claims
from thuchu.desk.library import reads as library
from thuchu.desk.web.pages.caching import cached_until_the_next_entry

# A file may list 50,000 addresses; of so many it has about a megabyte, and a web process is busy for a moment only.
ADDRESSES_MAX = 10_000
# What says of itself that it is not for search engines (/reports/, /queue/) isn't named here, either.
_PAGES = (
    *("/", "/f/", "/events/", "/about/", "/learn/", "/feeds/", "/digest/", "/publishers/"),
    *("/corrections/", "/open-data/", "/board/", "/reviews/", "/commitments/", "/inquiries/"),
)
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_Lines = Iterable[tuple[str, datetime | None]]


@require_safe
@cached_until_the_next_entry
def index(request: HttpRequest) -> HttpResponse:
    """Which files there are."""
    names = [(reverse("sitemap", kwargs={"of": "pages", "number": 1}), None)]
    for of, last_row in _LAST_ROW.items():
        files = -(-last_row() // ADDRESSES_MAX)
        names += [(reverse("sitemap", kwargs={"of": of, "number": number + 1}), None) for number in range(files)]
    return _written("sitemapindex", "sitemap", names)


@require_safe
@cached_until_the_next_entry
def sitemap(request: HttpRequest, of: str, number: int) -> HttpResponse:
    """One file; 404 for one that the index doesn't name."""
    if of == "pages" and number == 1:
        return _written("urlset", "url", ((path, None) for path in _PAGES))
    if of not in _LAST_ROW or not 0 < number <= -(-_LAST_ROW[of]() // ADDRESSES_MAX):
        raise Http404
    last = number * ADDRESSES_MAX
    return _written("urlset", "url", _LISTED[of](last - ADDRESSES_MAX + 1, last))


def _fact_checks(first: int, last: int) -> _Lines:
    return ((f"/f/{name}", at) for name, at in library.current_between(first, last))


def _claims(first: int, last: int) -> _Lines:
    """Only those with a helpful note: what isn't agreed is for whoever looks for it here (DESIGN section 4)."""
    return ((f"/c/{number}", None) for number in claims.answered_between(first, last))


_LAST_ROW: dict[str, Callable[[], int]] = {"fact-checks": library.last_row, "claims": claims.last_row}
_LISTED: dict[str, Callable[[int, int], _Lines]] = {"fact-checks": _fact_checks, "claims": _claims}


def _written(root: str, each: str, lines: _Lines) -> HttpResponse:
    body = "".join(_line(each, path, at) for path, at in lines)
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{body}</{root}>\n'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _line(each: str, path: str, at: datetime | None) -> str:
    changed = f"<lastmod>{at.date().isoformat()}</lastmod>" if at else ""
    return f"<{each}><loc>{escape(settings.THUCHU_ADDRESS + path)}</loc>{changed}</{each}>\n"
