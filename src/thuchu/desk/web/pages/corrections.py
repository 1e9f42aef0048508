"""What no longer holds, or holds otherwise: a public list, newest first (rule 9)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thuchu.desk.publishing.corrections import PAGES_MAX
from thuchu.desk.publishing.corrections import corrections as read
from thuchu.desk.web.pages.caching import cached_until_the_next_entry
from thuchu.desk.web.pages.paging import asked_page, neighbours


@require_safe
@cached_until_the_next_entry
def corrections(request: HttpRequest) -> HttpResponse:
    """One page of it."""
    page = read(asked_page(request))
    around = neighbours(page.number, has_more=page.has_more, most=PAGES_MAX)
    return render(request, "pages/corrections.html", {"page": page, "neighbours": around})
