"""The public ledger, entry by entry: every public act, in the order it happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thuchu.desk.ledger import reads
from thuchu.desk.web.pages.caching import cached_until_the_next_entry


@require_safe
@cached_until_the_next_entry
def ledger(request: HttpRequest) -> HttpResponse:
    """One page of it, newest first; a page number that can't be read is the first."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else 1
    return render(request, "pages/ledger.html", {"page": reads.entries(number)})
