"""What crawlers and browsers ask for by themselves."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

# Questions and accounts are private, the search has endless addresses, the API is no page, and a dump is large.
_CLOSED = ("/q/", "/f/?", "/api/", "/account/", "/signin/", "/machine/", "/open-data/dump.zip")
_ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in _CLOSED)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers may go, and what there is for them."""
    return HttpResponse(
        f"{_ROBOTS}Sitemap: {settings.THUCHU_ADDRESS}/sitemap.xml\n", content_type="text/plain; charset=utf-8"
    )


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """The address that browsers try when a page names no icon."""
    return HttpResponsePermanentRedirect(static("icon.svg"))
