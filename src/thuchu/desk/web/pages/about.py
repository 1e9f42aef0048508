"""What the desk does, refuses and stores, and the rules it keeps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thuchu.desk.accounts.session import SIGNED_IN_DAYS_MAX
from thuchu.desk.library.reads import count
from thuchu.desk.web.pages.caching import cached_until_the_next_entry


@require_safe
@cached_until_the_next_entry
def about(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "pages/about.html", {"total": count(), "session_days": SIGNED_IN_DAYS_MAX})
