"""Everything public of this desk to take away, and how to check it without believing us (rule 6)."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from thuchu.desk.dump.kept import Kept, kept
from thuchu.desk.web.pages.caching import cached_beside

MEDIA_TYPE = "application/zip"


def _kept() -> Kept | None:
    return kept(settings.THUCHU_HOME)


def _tag(_request: HttpRequest | None = None, **_address: Any) -> str | None:
    found = _kept()
    return f'"{found.tag}"' if found else None


@require_safe
@cached_beside(_tag)
def open_data(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "pages/open_data.html", {"kept": _kept()})


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=_tag)
def dump(_request: HttpRequest) -> HttpResponseBase:
    """The packed dump; 404 while there is none that may be handed out."""
    found = _kept()
    if found is None:
        raise Http404
    try:
        file = found.path.open("rb")
    except FileNotFoundError:
        # Another one has just taken its place.
        raise Http404 from None
    return FileResponse(file, as_attachment=True, filename=found.path.name, content_type=MEDIA_TYPE)
