"""The addresses that the demo's own fact-checks are published at."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from thuchu.desk.library.reads import by_url
from thuchu.desk.sample import address_of


@require_safe
def sample(request: HttpRequest, slug: str) -> HttpResponse:
    """On to the permanent page."""
    url = address_of(f"/sample/{slug}")
    view = by_url(url) if url else None
    if view is None:
        raise Http404
    return redirect(view.page_path)
