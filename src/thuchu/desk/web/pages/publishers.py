"""Who published what is here, on which hosts, and who may be answered from (rule 5)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thuchu.desk.library import reads
from thuchu.desk.library.publishers import FIRST_DAYS_REASON
from thuchu.desk.web.pages.caching import cached_until_the_next_entry


@require_safe
@cached_until_the_next_entry
def publishers(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "pages/publishers.html", {"publishers": reads.publishers(), "first_days": FIRST_DAYS_REASON})
