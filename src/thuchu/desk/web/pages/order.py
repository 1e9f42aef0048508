"""Where coordinators keep order: what waits for a second person, for a third, and what they should see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu.desk import journey
from thuchu.desk.accounts.hand_over import offered_by
from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import proposals, reads
from thuchu.desk.claims.appeals import APPEAL_CHARS_MAX, decide_appeal
from thuchu.desk.claims.models import OVERTURNED, UPHELD
from thuchu.desk.claims.notices import see
from thuchu.desk.claims.offers import decline_offer
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.topics import NAME_CHARS_MAX, TOPICS_MAX, add_topic
from thuchu.desk.claims.views import AppealView, ProposalView
from thuchu.desk.claims.wording import WORDING_CHARS_MAX
from thuchu.desk.notes import withhold as withholding
from thuchu.desk.web.forms import clean, see_other, typed
from thuchu.desk.web.pages.claim import found, names_of
from thuchu.desk.web.pages.claim_forms import form_page, status_of, to_claim
from thuchu.desk.web.person import needs, not_for_you, signed_in
from thuchu.desk.web.templatetags.claim_words import refusal

CONFIRM: Mapping[str, Act] = MappingProxyType(
    {
        "merge": Act.CONFIRM_MERGE,
        "split": Act.CONFIRM_SPLIT,
        "not_checkable": Act.CONFIRM_NOT_CHECKABLE,
        "withhold": Act.CONFIRM_WITHHOLD,
    }
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal with the claims' words, the passage it would hide, and whether the reader made it: another decides."""

    proposal: ProposalView
    wording: str
    other_wording: str
    passage: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Appealed:
    """An appeal with the act it is about; `is_third` when the reader may decide it."""

    appeal: AppealView
    act: ProposalView
    wording: str
    is_third: bool


@needs(Act.CONFIRM_MERGE)
@require_safe
def order(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _page(request)


@needs(Act.CONFIRM_MERGE)
@require_POST
def confirm(request: HttpRequest, proposal: int) -> HttpResponse:
    """The second person says yes."""
    view = _proposal(proposal)
    if not may(signed_in(request), CONFIRM[view.kind]):
        return not_for_you(request, CONFIRM[view.kind])

    def act() -> HttpResponse:
        by = signed_in(request).pseudonym_id
        journey.confirm_act(proposal, by=by, now=timezone.now())
        place = withholding.place_of(view.subject)
        return to_claim(view.claim_id) if place is None else see_other("note", number=place.note)

    return _do(request, act)


@needs(Act.CONFIRM_MERGE)
@require_POST
def decline(request: HttpRequest, proposal: int) -> HttpResponse:
    """The second person says no."""
    return _do(request, lambda: _ended(request, proposal, proposals.decline))


@needs(Act.CONFIRM_MERGE)
@require_POST
def take_back(request: HttpRequest, proposal: int) -> HttpResponse:
    """Who proposed it thinks better of it."""
    return _do(request, lambda: _ended(request, proposal, proposals.take_back))


@needs(Act.DECIDE_APPEAL)
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, appeal: int) -> HttpResponse:
    """A third person looks at an act once more."""
    view = reads.appeal(appeal)
    act = reads.proposal(view.proposal_id) if view else None
    if view is None or act is None:
        raise Http404
    claim = found(act.claim_id)

    def decide() -> HttpResponse:
        by = signed_in(request).pseudonym_id
        words = clean(request, "wording") if typed(request, "wording") else None
        outcome, answer = typed(request, "outcome"), clean(request, "answer")
        decide_appeal(appeal, outcome, answer, by=by, now=timezone.now(), wording=words)
        return to_claim(claim.id)

    shown = {
        "appeal": view,
        "act": act,
        "place": withholding.place_of(act.subject),
        "claim": claim,
        "outcomes": (UPHELD, OVERTURNED),
        "is_third": _is_third(request, view, act),
        "needs_words": not claim.wording and act.kind in ("merge", "not_checkable"),
        "names": names_of([view.by, act.proposed_by, act.confirmed_by]),
        "chars_max": APPEAL_CHARS_MAX,
        "words_max": WORDING_CHARS_MAX,
    }
    return form_page(request, "pages/order_appeal.html", shown, decide)


@needs(Act.CONFIRM_MERGE)
@require_POST
def seen(request: HttpRequest, notice: int) -> HttpResponse:
    """Somebody sees to it."""

    def act() -> HttpResponse:
        see(notice, by=signed_in(request).pseudonym_id)
        return see_other(reverse("order"))

    return _do(request, act)


@needs(Act.PROPOSE_MERGE)
@require_POST
def not_the_same(request: HttpRequest, offer: int) -> HttpResponse:
    """These two are two."""

    def act() -> HttpResponse:
        decline_offer(offer, by=signed_in(request).pseudonym_id)
        return see_other(f"{reverse('order')}#offers")

    return _do(request, act)


@needs(Act.SET_TOPICS)
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    """The desk's topics, and one more."""

    def act() -> HttpResponse:
        names = {"name_vi": clean(request, "name_vi"), "name_en": clean(request, "name_en")}
        add_topic(typed(request, "code"), **names, by=signed_in(request).pseudonym_id, now=timezone.now())
        return see_other(reverse("topics"))

    shown = {"topics": reads.topics(), "most": TOPICS_MAX, "chars_max": NAME_CHARS_MAX}
    return form_page(request, "pages/topics.html", shown, act)


def _page(request: HttpRequest, trouble: str = "", status: int = 200) -> HttpResponse:
    now, me = timezone.now(), signed_in(request).pseudonym_id
    waiting, appeals = reads.proposals_waiting(), reads.appeals_waiting()
    acts = reads.proposals(appeal.proposal_id for appeal in appeals)
    about = [*waiting, *acts.values()]
    wordings = reads.wordings([number for each in about for number in (each.claim_id, each.other) if number], now=now)
    people = [number for each in about for number in (each.proposed_by, each.confirmed_by)]
    passages = _passages(waiting)
    shown = {
        "trouble": trouble,
        "waiting": [
            Waiting(
                each,
                wordings.get(each.claim_id, ""),
                wordings.get(each.other or 0, ""),
                passages.get(each.id, ""),
                each.proposed_by == me,
            )
            for each in waiting
        ],
        "places": withholding.places_of(each.subject for each in about),
        "appeals": [
            Appealed(
                each,
                acts[each.proposal_id],
                wordings.get(acts[each.proposal_id].claim_id, ""),
                _is_third(request, each, acts[each.proposal_id]),
            )
            for each in appeals
        ],
        "hand_overs": offered_by(signed_in(request)),
        "notices": reads.notices(now=now),
        "offers": reads.offers_waiting(now=now),
        "names": names_of([*people, *(each.by for each in appeals)]),
    }
    return render(request, "pages/order.html", shown, status=status)


def _passages(waiting: Sequence[ProposalView]) -> dict[int, str]:
    """What each would hide, of a claim or of a note: who says yes must have read it."""
    hiding = [each for each in waiting if each.passage is not None]
    of_notes = withholding.words_at({each.subject: each.passage for each in hiding if each.passage and each.subject})
    of_claims = reads.words_at({each.claim_id: each.passage for each in hiding if each.passage and not each.subject})
    return {each.id: of_notes.get(each.subject) or of_claims.get(each.claim_id, "") for each in hiding}


def _do(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return act()
    except ClaimRefused as error:
        return _page(request, refusal(error), status_of(error))


def _ended(request: HttpRequest, proposal: int, verb: Callable[..., None]) -> HttpResponse:
    verb(proposal, by=signed_in(request).pseudonym_id, now=timezone.now())
    return see_other(reverse("order"))


def _proposal(number: int) -> ProposalView:
    view = reads.proposal(number)
    if view is None:
        raise Http404
    return view


def _is_third(request: HttpRequest, appeal: AppealView, act: ProposalView) -> bool:
    return signed_in(request).pseudonym_id not in (act.proposed_by, act.confirmed_by, appeal.by)
