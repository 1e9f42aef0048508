"""A fact-check's permanent page: what it says, who says so, what it said before, and that it no longer holds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from thuchu.claimreview import script_text
from thuchu.desk.claims import prebunk_reads
from thuchu.desk.claims import reads as reads_of_claims
from thuchu.desk.library import reads
from thuchu.desk.library.exporting import record
from thuchu.desk.library.reads import FactCheckView
from thuchu.desk.notes.reads import claims_of
from thuchu.desk.publishing import reads as publishing
from thuchu.desk.publishing.stood import Stood, stood
from thuchu.desk.web import telling
from thuchu.desk.web.pages.caching import cached_until_the_next_entry

# What previews show of a title; longer ones are cut by them, and then perhaps before the closing quotation mark.
_TITLE_CHARS_MAX = 200


@require_safe
@cached_until_the_next_entry
def fact_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page; a withdrawn fact-check keeps its address and says so, with status 410."""
    view = reads.fact_check(public_id)
    if view is None:
        raise Http404
    shown = {"fact_check": view, "line": telling.line_of(view, _TITLE_CHARS_MAX), "told": telling.explained(view)}
    if view.state == "withdrawn":
        return render(request, "pages/withdrawn.html", shown, status=410)
    shown["turns"] = _turns(view)
    if view.state == "no_longer_agreed":
        response = render(request, "pages/no_longer_agreed.html", shown)
        response["X-Robots-Tag"] = "noindex"
        return response
    shown |= _beforehand(view)
    about = "" if view.note is not None else view.id
    shown["reported"] = publishing.n_reports_waiting(note=view.note, fact_check=about)
    shown["recheck"] = publishing.recheck(view.note, now=timezone.now()) if view.note else None
    shown["pass_on"] = telling.to_pass_on(view)
    # Of two verdicts on one claim neither is told to search engines as ours.
    shown["json_ld"] = "" if view.disputed else _json_ld(public_id)
    return render(request, "pages/fact_check.html", shown)


def _turns(view: FactCheckView) -> tuple[Stood, ...]:
    """How what this desk agreed on stood; of a publisher's we know what it said alone."""
    claim = claims_of([view.note]).get(view.note) if view.note is not None else None
    if view.note is None or claim is None:
        return ()
    return stood(view.id, note=view.note, claim=claim, history=publishing.history(view.note))


def _beforehand(view: FactCheckView) -> dict[str, object]:
    """What the page of a prebunk shows besides; nothing for any other."""
    if not view.twists or view.note is None:
        return {}
    now, claim = timezone.now(), claims_of([view.note]).get(view.note)
    prebunk = prebunk_reads.of_claim(claim, now=now) if claim else None
    return {"prebunk": prebunk, "event": reads_of_claims.event_name(prebunk.event_id)} if prebunk else {}


def _json_ld(public_id: str) -> str:
    found = record(public_id)
    # Made for a script element: no character in it can end that element.
    return mark_safe(script_text(found)) if found else ""  # noqa: S308
