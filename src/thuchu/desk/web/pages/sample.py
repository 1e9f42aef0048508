"""The addresses that the demo's own fact-checks are published at."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from thuchu.desk.library.reads import by_url


@require_safe
def sample(request: HttpRequest, slug: str) -> HttpResponse:
    """On to the permanent page."""
    view = by_url(f"{settings.THUCHU_ADDRESS}/sample/{slug}")
    if view is None:
        raise Http404
    return redirect(view.page_path)
