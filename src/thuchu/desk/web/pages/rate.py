"""Rating notes: the list that is the same for everybody, and one note with its evidence before the buttons."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims import reads as claims
from thuchu.desk.notes import rate as verbs
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes import refusals
from thuchu.desk.notes.reasons import FITTING, FOR_HELPFUL, FOR_NOT_HELPFUL, Helpfulness
from thuchu.desk.notes.to_rate import to_rate
from thuchu.desk.training import drift
from thuchu.desk.training.items import CHOICES, Stratum
from thuchu.desk.training.refusals import TrainingRefused
from thuchu.desk.web.forms import number as row_number
from thuchu.desk.web.forms import see_other, sentence, typed
from thuchu.desk.web.person import needs, signed_in

_CONFLICTS = (refusals.VersionGone, refusals.NoteWithdrawn, refusals.ClaimClosed)


@needs(Act.RATE)
@require_safe
def to_rate_list(request: HttpRequest) -> HttpResponse:
    """Notes to rate, those where one more rating decides most first."""
    now = timezone.now()
    found = to_rate(signed_in(request), now=now)
    words = claims.wordings([note.claim for note in found], now=now)
    return render(request, "pages/rate_list.html", {"items": [(note, words.get(note.claim, "")) for note in found]})


@needs(Act.RATE)
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, number: int) -> HttpResponse:
    """One note to rate; after that, what one said, and the way on."""
    if request.method != "POST":
        return _page(request, number)
    level = typed(request, "helpfulness")
    try:
        verbs.rate(
            signed_in(request),
            number,
            level,
            _reasons(request, level),
            version=row_number(request, "version") or 0,
            now=timezone.now(),
        )
    except refusals.NoSuchNote:
        raise Http404 from None
    except refusals.NoteRefused as refused:
        return _page(request, number, refused)
    return _on(number)


@needs(Act.RATE)
@require_http_methods(["GET", "HEAD", "POST"])
def retract(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what one said."""
    if request.method == "POST":
        # Pressed twice: it is taken back either way.
        with suppress(refusals.NotRated):
            verbs.retract(signed_in(request), number, now=timezone.now())
    return _on(number)


@needs(Act.RATE)
@require_http_methods(["GET", "HEAD", "POST"])
def known_item(request: HttpRequest, number: int) -> HttpResponse:
    """The known item after one note in so many; what is answered is said back and kept nowhere."""
    item = drift.item_after(number)
    if item is None:
        raise Http404
    shown = {"item": item, "choices": CHOICES[Stratum.HELPFUL], "number": number, "seen": None, "trouble": ""}
    if request.method != "POST":
        return render(request, "pages/known_item.html", shown)
    try:
        shown["seen"] = drift.look_back(number, typed(request, "choice"))
    except TrainingRefused as refused:
        shown["trouble"] = sentence(refused)
    return render(request, "pages/known_item.html", shown, status=422 if shown["trouble"] else 200)


def _reasons(request: HttpRequest, level: str) -> list[str]:
    """Those that were ticked below the level that was chosen; what stands below another one isn't meant any more."""
    ticked = request.POST.getlist("reasons")
    known = {str(reason) for fitting in FITTING.values() for reason in fitting}
    shown = FITTING[Helpfulness(level)] if level in set(Helpfulness) else frozenset()
    return [reason for reason in ticked if reason not in known or reason in shown]


def _page(request: HttpRequest, number: int, refused: refusals.NoteRefused | None = None) -> HttpResponse:
    now, rater = timezone.now(), signed_in(request)
    note = notes.note(number, viewer=rater, now=now)
    if note is None:
        raise Http404
    own = note.own_rating
    has_rated = own is not None and not own.edited_since
    is_form = refused is not None or not has_rated or "change" in request.GET
    following = [] if is_form else [each for each in to_rate(rater, now=now, limit=2) if each.number != number]
    shown = {
        "note": note,
        "claim": claims.claim(note.claim, now=now),
        "is_form": is_form,
        "has_rated": has_rated,
        "next": following[0] if following else None,
        "known_item": drift.item_after(number),
        "batch": notes.last_batch() if note.result else None,
        "levels": tuple(Helpfulness),
        "for_helpful": FOR_HELPFUL,
        "for_not_helpful": FOR_NOT_HELPFUL,
        "level": typed(request, "helpfulness") or (own.helpfulness if own and has_rated else ""),
        "ticked": request.POST.getlist("reasons") or (own.reasons if own and has_rated else ()),
        "trouble": sentence(refused) if refused else "",
    }
    return render(request, "pages/rate.html", shown, status=_status(refused))


def _status(refused: refusals.NoteRefused | None) -> int:
    if refused is None:
        return 200
    return 409 if isinstance(refused, _CONFLICTS) else 422


def _on(number: int) -> HttpResponse:
    return see_other("rate_note", number=number)
