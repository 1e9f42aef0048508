"""A claim's page: its words, how it stands, its notes while they aren't agreed, who did what to it and why."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.accounts.reads import AccountView, PseudonymView, pseudonyms
from thuchu.desk.claims import prebunk_reads, reads
from thuchu.desk.claims.views import ClaimView
from thuchu.desk.inquiries import reads as inquiries
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes.withhold import places_of
from thuchu.desk.publishing.missing import how_they_stand
from thuchu.desk.web.person import person

# What somebody may do about a claim, by the name that the page's template knows it by.
ACTS = {
    "take": Act.TAKE_CLAIM,
    "set_topics": Act.SET_TOPICS,
    "set_areas": Act.SET_AREAS,
    "set_events": Act.MANAGE_EVENTS,
    "merge": Act.PROPOSE_MERGE,
    "split": Act.PROPOSE_SPLIT,
    "close": Act.PROPOSE_NOT_CHECKABLE,
    "withhold": Act.PROPOSE_WITHHOLD,
    "appeal": Act.APPEAL,
    "ask": Act.ASK_ORGANISATION,
}


@never_cache
@require_safe
def claim(request: HttpRequest, number: int) -> HttpResponse:
    """The page; a claim that went with its questions keeps its address and says so, with status 410."""
    now = timezone.now()
    view = reads.claim(number, now=now)
    if view is None:
        return _gone(request, number)
    who = person(request)
    below = (view.id, *view.merged_here)
    shown = notes.notes_of(below, viewer=who, now=now) if view.situation != "private" else ()
    stands = how_they_stand(shown)
    more = {
        "claim": view,
        "notes": [(note, stands[note.number]) for note in shown],
        # Some note may yet come to be agreed.
        "is_open": any(note.state == "current" and not stands[note.number].is_rejected for note in shown),
        "names": names_of(_people(view)),
        "places": places_of(act.subject for act in view.acts),
        "may": may_do(who),
        "is_mine": who is not None and view.assignment is not None and view.assignment.person == who.pseudonym_id,
        "target": reads.wordings([view.leads_to], now=now).get(view.leads_to) if view.leads_to else "",
        "prebunk": prebunk_reads.of_claim(number, now=now),
        "inquiries": inquiries.of_claims(below, now=now) if view.situation != "private" else (),
        "offers": reads.offers(number, now=now) if may(who, Act.PROPOSE_MERGE) else (),
        # Agreed answers are for everybody; what isn't agreed is for whoever looks for it here (DESIGN section 4).
        "is_for_searches": view.situation == "answered",
    }
    return render(request, "pages/claim.html", more)


def found(number: int) -> ClaimView:
    """The claim of a page about it; 404 where there is none."""
    view = reads.claim(number, now=timezone.now())
    if view is None:
        raise Http404
    return view


def may_do(who: AccountView | None) -> frozenset[str]:
    """What this person may do about claims."""
    return frozenset(name for name, act in ACTS.items() if may(who, act))


def names_of(numbers: Iterable[int | None]) -> dict[int, PseudonymView]:
    """People's names by number; who is nobody is left out."""
    wanted = [number for number in numbers if number is not None]
    return pseudonyms(wanted) if wanted else {}


def _gone(request: HttpRequest, number: int) -> HttpResponse:
    if not reads.was_erased(number):
        raise Http404
    response = render(request, "pages/claim_erased.html", {"number": number}, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response


def _people(view: ClaimView) -> Iterable[int | None]:
    yield view.wording_by
    for translation in view.translations:
        yield translation.by
    for act in view.acts:
        yield from (act.proposed_by, act.confirmed_by)
        for appeal in act.appeals:
            yield from (appeal.by, appeal.decided_by)
