"""The demo's people, with what opens their accounts: a page that exists only in a home that `thuchu demo` made."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thuchu.desk import sample_work


@never_cache
@require_safe
def sample_people(request: HttpRequest) -> HttpResponse:
    """Each with name, role, password, and the code that their phone would show now."""
    people = sample_work.people(now=timezone.now())
    if not people:
        raise Http404
    return render(request, "pages/sample_people.html", {"people": people, "password": sample_work.PASSWORD})
