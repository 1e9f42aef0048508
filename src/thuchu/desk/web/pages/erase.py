"""Erasing a question: a page that asks once more, because nobody can undo it, and one that says it is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from thuchu.desk.intake.reads import submission
from thuchu.desk.journey import erase_question
from thuchu.desk.web.forms import see_other
from thuchu.desk.web.pages.answer import no_question


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or erase."""
    if request.method == "POST":
        # Pressed twice: the question is gone either way.
        erase_question(token, now=timezone.now())
        return see_other("erased")
    if submission(token) is None:
        return no_question(request)
    return render(request, "pages/erase.html", {"token": token})


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """It is done."""
    return render(request, "pages/erased.html")
