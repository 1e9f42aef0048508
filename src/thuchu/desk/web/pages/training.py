"""A set of items, or the quiz: one item a page, and above it what is known of the last one. The session holds it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.training import sitting as room
from thuchu.desk.training.calibration import STEPS_PERCENT
from thuchu.desk.training.items import CHOICES, Item, known_items
from thuchu.desk.training.refusals import AnswerMissing, SittingGone, SureMissing, TrainingRefused
from thuchu.desk.training.words import QUESTIONS
from thuchu.desk.web.forms import see_other, sentence, typed
from thuchu.desk.web.person import needs, signed_in
from thuchu.desk.web.reliability import reliability

# The room's own state, and which item was answered last: its explanation stands above the next one.
_STATE, _LAST = "sitting", "sitting_last"


@needs(Act.PRACTISE)
@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request: HttpRequest, key: str) -> HttpResponse:
    """Where the person is: before it, at an item, or at the end, which is shown once."""
    if key not in room.offered():
        raise Http404
    if request.method != "POST":
        return _page(request, key)
    act = typed(request, "act")
    try:
        if act == "end":
            return _end(request, key)
        if act == "answer":
            _answer(request, key)
        else:
            request.session[_STATE] = room.begin(key)
            request.session.pop(_LAST, None)
    except TrainingRefused as refused:
        return _page(request, key, refused)
    return see_other("practice_set", key=key)


def _answer(request: HttpRequest, key: str) -> None:
    state = _of(request, key)
    done = room.answer(state, typed(request, "item"), typed(request, "choice"), typed(request, "sure"))
    request.session[_STATE] = done.state
    request.session[_LAST] = {"item": done.item.id, "is_right": done.is_right}


def _end(request: HttpRequest, key: str) -> HttpResponse:
    """What is said once: after this the session holds nothing of it any more."""
    ended = room.finish(signed_in(request), _of(request, key), now=timezone.now())
    for name in (_STATE, _LAST):
        request.session.pop(name, None)
    said = ended.feedback
    shown = {
        "key": key,
        "standing": ended.standing,
        "right_min": room.right_min(ended.standing.total),
        "feedback": said,
        "picture": reliability(said.bins) if said else None,
        "other": reverse("practice"),
    }
    return render(request, "pages/sitting_end.html", shown)


def _of(request: HttpRequest, key: str) -> object:
    """The state of this very sitting; raises SittingGone where another one is open, or none."""
    state = request.session.get(_STATE)
    if room.standing(state).key != key:
        raise SittingGone
    return state


def _page(request: HttpRequest, key: str, refused: TrainingRefused | None = None) -> HttpResponse:
    status = 422 if refused else 200
    shown: dict[str, Any] = {"key": key, "is_quiz": key == room.QUIZ, "trouble": sentence(refused) if refused else ""}
    try:
        state = _of(request, key)
    except SittingGone:
        total = room.items_in(key)
        shown |= {"total": total, "right_min": room.right_min(total)}
        return render(request, "pages/sitting_begin.html", shown, status=status)
    standing, item, last = room.standing(state), room.next_item(state), request.session.get(_LAST)
    # A page that was sent twice says so, and shows where they are; what they chose there belongs to another item.
    is_here = isinstance(refused, AnswerMissing | SureMissing)
    shown |= {
        "standing": standing,
        "number": standing.asked + 1,
        "item": item,
        "question": QUESTIONS[item.stratum] if item else "",
        "choices": CHOICES[item.stratum] if item else (),
        "steps": STEPS_PERCENT,
        "choice": typed(request, "choice") if is_here else "",
        "sure": typed(request, "sure") if is_here else "",
        "last": None if refused else _known(last),
        "was_right": isinstance(last, dict) and last.get("is_right") is True,
    }
    return render(request, "pages/sitting_item.html", shown, status=status)


def _known(last: object) -> Item | None:
    return known_items().get(last.get("item", "")) if isinstance(last, dict) else None
