"""Vietnamese addresses of reviews, as people say and print them: each leads to its page for good."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def moved(_request: HttpRequest, to: str, **address: str) -> HttpResponse:
    """The page of that name, with the same name of the review and of the table."""
    return HttpResponsePermanentRedirect(reverse(to, kwargs=address))
