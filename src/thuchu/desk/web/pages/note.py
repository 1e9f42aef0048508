"""A note alone: what it says and rests on, what it still misses, its versions; and what its author does with it."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import reads as claims
from thuchu.desk.library.agreed import name_of as published_as
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes import refusals
from thuchu.desk.notes.reads import NoteView
from thuchu.desk.notes.reuse import reuse
from thuchu.desk.notes.take_back import withdraw
from thuchu.desk.publishing import reads as publishing
from thuchu.desk.publishing.missing import how_it_stands
from thuchu.desk.publishing.stood import is_published, stood
from thuchu.desk.web.drawing import columns
from thuchu.desk.web.forms import see_other, sentence, typed
from thuchu.desk.web.pages.caching import cached_until_the_next_entry
from thuchu.desk.web.person import needs, person, signed_in

# A claim as people name it: its number, or the address of its page.
_CLAIM = re.compile(r"(?:.*/c/)?(\d{1,15})(?:[/?#].*)?", re.ASCII)


@require_safe
@cached_until_the_next_entry
def note(request: HttpRequest, number: int) -> HttpResponse:
    """The page; not for search engines: what is agreed has a page of its own."""
    return _page(request, number)


@needs(Act.WRITE_NOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def use_again(request: HttpRequest, number: int) -> HttpResponse:
    """Put its words on another claim, under the name of who does so."""
    if request.method != "POST":
        return redirect("note", number=number)
    meant = _CLAIM.fullmatch(typed(request, "claim"))
    try:
        copy = reuse(signed_in(request), number, int(meant[1]) if meant else 0, now=timezone.now())
    except refusals.NoSuchNote:
        raise Http404 from None
    except refusals.NoteRefused as refused:
        return _page(request, number, refused)
    return see_other("note", number=copy)


@needs(Act.WRITE_NOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more, or withdraw."""
    found = _found(request, number)
    if request.method == "POST":
        try:
            withdraw(signed_in(request), number, now=timezone.now())
        except refusals.NoteRefused as refused:
            return _page(request, number, refused)
    elif found.is_own and found.state == "current":
        return render(request, "pages/note_withdraw.html", {"note": found})
    return see_other("note", number=number)


def _found(request: HttpRequest, number: int) -> NoteView:
    found = notes.note(number, viewer=person(request), now=timezone.now())
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, number: int, refused: refusals.NoteRefused | None = None) -> HttpResponse:
    now, found = timezone.now(), _found(request, number)
    # A note that no round has said anything of has neither a status nor a page as a fact-check.
    history = publishing.history(number)
    stands = how_it_stands(found, publishing.standings([number]).get(number) if history else None)
    standing = stands.standing
    # Counts don't lead those who have yet to rate: while nothing is decided they are for who rated, and its author.
    is_decided = standing is not None and standing.status != "needs_more_ratings"
    may_see = found.state == "current" and (is_decided or found.result is not None)
    plot = publishing.plot(number, found.versions) if history and may_see else None
    published = published_as(number) if history else None
    turns = stood(published, note=number, claim=found.claim, history=history) if published else ()
    shown = {
        "note": found,
        "standing": standing,
        "is_rejected": stands.is_rejected,
        "missing": stands.missing,
        "may_rate": found.state == "current" and may(person(request), Act.RATE) and not found.is_own,
        "history": history,
        "recheck": publishing.recheck(number, now=now) if history else None,
        "may_recheck": not found.is_own,
        "at": f"/n/{number}",
        "reported": publishing.n_reports_waiting(note=number) if history else 0,
        "plot": plot,
        "columns": columns(plot) if plot else (),
        "published": published,
        "is_published": is_published(turns),
        "turns": turns,
        "claim": claims.claim(found.claim, now=now),
        "versions": notes.versions(number, now=now)[1:] if found.versions > 1 else (),
        "batch": notes.last_batch() if found.result else None,
        "trouble": sentence(refused) if refused else "",
        "claim_typed": typed(request, "claim"),
    }
    response = render(request, "pages/note.html", shown, status=422 if refused else 200)
    response["X-Robots-Tag"] = "noindex"
    return response
