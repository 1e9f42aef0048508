"""Practice: rating notes whose worth is known, with the answer after each. Its state lives in the session alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.notes import practice as room
from thuchu.desk.notes.practice_notes import PracticeNote, practice_notes
from thuchu.desk.notes.reasons import Helpfulness
from thuchu.desk.notes.refusals import LevelUnknown, PracticeGone, PracticeRefused, RatingRefused
from thuchu.desk.training import sitting, taken_back
from thuchu.desk.web.forms import see_other, sentence, typed
from thuchu.desk.web.person import needs, signed_in

# Beside the room's own state: which note was answered last, and whether as known; its explanation is being read.
_STATE, _LAST = "practice", "practice_last"
# Up to which day this person has read what was taken back; nothing of which items they met.
READ_UNTIL = "taken_back_read"


@needs(Act.PRACTISE)
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """Where the person is: before it, at a note, at an explanation, or at the end."""
    if request.method != "POST":
        return _page(request)
    acts = {"begin": _begin, "answer": _answer, "next": _go_on, "read": _read}
    act = acts.get(typed(request, "act"), _begin)
    try:
        address = act(request)
    except (PracticeRefused, RatingRefused) as refused:
        return _page(request, sentence(refused), gone=not isinstance(refused, LevelUnknown))
    return see_other(address)


def _begin(request: HttpRequest) -> str:
    request.session[_STATE] = room.begin()
    request.session.pop(_LAST, None)
    return reverse("practice")


def _answer(request: HttpRequest) -> str:
    done = room.answer(request.session.get(_STATE), typed(request, "note"), typed(request, "helpfulness"))
    request.session[_STATE] = done.state
    request.session[_LAST] = {"note": done.note.id, "is_right": done.is_right}
    return reverse("practice")


def _go_on(request: HttpRequest) -> str:
    """On to the next note; after the last one, whether it was enough."""
    state = request.session.get(_STATE)
    request.session.pop(_LAST, None)
    if not room.standing(state).is_over:
        return reverse("practice")
    is_passed = room.finish(signed_in(request), state, now=timezone.now())
    request.session.pop(_STATE, None)
    return f"{reverse('practice')}?{'passed' if is_passed else 'once_more'}"


def _read(request: HttpRequest) -> str:
    """They have read what was taken back."""
    request.session[READ_UNTIL] = taken_back.newest()
    return reverse("practice")


def news_of(request: HttpRequest) -> tuple[taken_back.TakenBack, ...]:
    """What was taken back of late and this person hasn't said they read."""
    read_until = request.session.get(READ_UNTIL)
    today = timezone.now().date()
    return taken_back.news(read_until if isinstance(read_until, str) else "", today=today)


def _page(request: HttpRequest, trouble: str = "", *, gone: bool = False) -> HttpResponse:
    state = None if gone else request.session.get(_STATE)
    try:
        standing = room.standing(state)
        note = room.next_note(state)
    except PracticeGone:
        shown: dict[str, Any] = {"asked": room.ASKED, "right_min": room.RIGHT_MIN, "trouble": trouble}
        # The address says how it ended; whether somebody may write, only their account says.
        shown["has_passed"] = "passed" in request.GET and signed_in(request).may_write
        shown["once_more"] = "once_more" in request.GET
        shown["sets"] = [key for key in sitting.offered() if key != sitting.QUIZ]
        shown["taken_back"] = taken_back.taken_back()
        shown["news"] = news_of(request)
        return render(request, "pages/practice.html", shown, status=422 if trouble else 200)
    last = request.session.get(_LAST)
    answered = _known(last)
    shown = {
        "standing": standing,
        "number": standing.asked + (0 if answered else 1),
        "note": answered or note,
        "is_answered": answered is not None,
        "is_right": bool(last and last.get("is_right")),
        "helpful": Helpfulness.HELPFUL,
        "not_helpful": Helpfulness.NOT_HELPFUL,
        "trouble": trouble,
    }
    if answered is None and note is None:
        # The explanation of the last one was read on another page: the button for the end is all that is left.
        shown["number"] = standing.total
    return render(request, "pages/practice_note.html", shown, status=422 if trouble else 200)


def _known(last: object) -> PracticeNote | None:
    return practice_notes().get(last.get("note", "")) if isinstance(last, dict) else None
