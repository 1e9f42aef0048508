"""Public pages change only with the ledger: its last number is their version."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition
from django.views.decorators.vary import vary_on_headers

from thuchu import __version__
from thuchu.desk.web.ledger_ends import ledger_ends
from thuchu.desk.web.person import has_session

View = Callable[..., HttpResponse]


def cached_until_the_next_entry(view: View) -> View:
    """`view`, with an ETag that a browser or proxy may ask for again; it changes with every entry of the ledger."""
    return cached_beside(lambda: "")(view)


def cached_beside(mark: Callable[[], object]) -> Callable[[View], View]:
    """The same for a page that shows something that no entry tells of, too: another `mark` is another version."""

    def etag(request: HttpRequest, **_address: Any) -> str | None:
        # A search asks the index, which follows the ledger a moment later; who is signed in sees more than the ledger
        # says.
        if request.GET.get("q") or has_session(request):
            return None
        desk = (settings.THUCHU_NAME, settings.THUCHU_ADDRESS, settings.THUCHU_KEEP_DAYS)
        # The day: what is due to be looked at again is so from a day on, without an entry.
        shown = (__version__, *desk, get_language(), timezone.now().date(), str(mark()))
        digest = hashlib.blake2b(repr(shown).encode(), digest_size=6).hexdigest()
        return f'"{ledger_ends(request).head.seq}-{digest}"'

    def cached(view: View) -> View:
        versioned = condition(etag_func=etag)(view)
        return cache_control(public=True, no_cache=True)(vary_on_headers("Cookie", "Accept-Language")(versioned))

    return cached
