"""Lessons: read by anybody, their exercises answered on the page itself. No answer is kept, not even for a minute."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from thuchu.desk.training import lessons as room
from thuchu.desk.training.lessons import LessonItem
from thuchu.desk.web.forms import typed


@dataclass(frozen=True, slots=True)
class Asked:
    """An exercise on the page: its number, and the answer that was chosen; "" while none was."""

    number: int
    item: LessonItem
    chosen: str

    @property
    def is_right(self) -> bool:
        """Was the known one chosen?"""
        return self.chosen == self.item.outcome


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """All of them."""
    return render(request, "pages/learn.html", {"lessons": room.lessons()})


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, number: int) -> HttpResponse:
    """One lesson; after a form, with what is known of each exercise that was answered."""
    found = room.lesson(number)
    if found is None:
        raise Http404
    asked = [Asked(n, item, _chosen(request, n, item)) for n, item in enumerate(found.items, 1)]
    shown = {
        "lesson": found,
        "asked": asked,
        "following": room.lesson(number + 1),
        "is_done": all(each.chosen for each in asked),
        "total": len(room.lessons()),
    }
    return render(request, "pages/lesson.html", shown)


def _chosen(request: HttpRequest, n: int, item: LessonItem) -> str:
    chosen = typed(request, f"answer-{n}")
    return chosen if chosen in item.answers else ""
