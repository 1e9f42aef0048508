"""Acts of two people on a claim, proposed here with a public reason; and appeals against them."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import reads
from thuchu.desk.claims.appeals import APPEAL_CHARS_MAX
from thuchu.desk.claims.appeals import appeal as appeal_act
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.models import CLOSING_REASONS, COURT_ORDER, WITHHOLDING_REASONS
from thuchu.desk.claims.proposals import propose_undo
from thuchu.desk.claims.proposing import REASON_CHARS_MAX
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.split import SPLIT_QUESTIONS_MAX, propose_split
from thuchu.desk.claims.views import ClaimView, ProposalView
from thuchu.desk.claims.withhold import WITHHOLD_DAYS, propose_withhold
from thuchu.desk.claims.wording import WORDING_CHARS_MAX
from thuchu.desk.intake import reads as intake_reads
from thuchu.desk.notes.withhold import place_of
from thuchu.desk.web.forms import clean, numbers, typed
from thuchu.desk.web.pages.claim import found
from thuchu.desk.web.pages.claim_forms import form_page, has_helpful_note, to_claim, to_order
from thuchu.desk.web.person import needs, not_for_you, signed_in

PROPOSE: Mapping[str, Act] = MappingProxyType(
    {
        "merge": Act.PROPOSE_MERGE,
        "split": Act.PROPOSE_SPLIT,
        "not_checkable": Act.PROPOSE_NOT_CHECKABLE,
        "withhold": Act.PROPOSE_WITHHOLD,
    }
)


@needs(Act.PROPOSE_MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """Propose that its questions go to another claim."""
    claim = found(number)
    into = _number(request.POST.get("into") or request.GET.get("into", ""))

    def act() -> HttpResponse:
        if into is None:
            raise ClaimRefused("no_such_claim")
        proposal = propose_merge(
            number,
            into,
            clean(request, "reason"),
            by=signed_in(request).pseudonym_id,
            now=timezone.now(),
            has_helpful_note=has_helpful_note(claim),
        )
        return to_order(proposal)

    now = timezone.now()
    shown = {
        "claim": claim,
        "into": into,
        "other": reads.wordings([into], now=now).get(into, "") if into is not None else "",
        "offers": reads.offers(number, now=now),
        "chars_max": REASON_CHARS_MAX,
    }
    return form_page(request, "pages/claim_merge.html", shown, act)


@needs(Act.PROPOSE_SPLIT)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, number: int) -> HttpResponse:
    """Propose that some of its questions stand for themselves; the same text is ticked once."""
    claim = found(number)
    same = _questions_by_text(number)

    def act() -> HttpResponse:
        ticked = set(numbers(request, "question"))
        chosen = [each for questions in same.values() if questions[0] in ticked for each in questions]
        reason, by = clean(request, "reason"), signed_in(request).pseudonym_id
        return to_order(propose_split(number, chosen, reason, by=by, now=timezone.now()))

    shown = {
        "claim": claim,
        "texts": [(questions[0], len(questions), text) for text, questions in same.items()],
        "chosen": set(numbers(request, "question")),
        "most": SPLIT_QUESTIONS_MAX,
        "chars_max": REASON_CHARS_MAX,
    }
    return form_page(request, "pages/claim_split.html", shown, act)


@needs(Act.PROPOSE_NOT_CHECKABLE)
@require_http_methods(["GET", "HEAD", "POST"])
def not_checkable(request: HttpRequest, number: int) -> HttpResponse:
    """Propose to close it kindly, for one of the two reasons there are (rule 1)."""
    claim = found(number)

    def act() -> HttpResponse:
        proposal = propose_not_checkable(
            number,
            typed(request, "code"),
            clean(request, "reason"),
            by=signed_in(request).pseudonym_id,
            now=timezone.now(),
            has_helpful_note=has_helpful_note(claim),
        )
        return to_order(proposal)

    shown = {"claim": claim, "codes": CLOSING_REASONS, "chars_max": REASON_CHARS_MAX}
    return form_page(request, "pages/claim_not_checkable.html", shown, act)


@needs(Act.PROPOSE_WITHHOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def withhold(request: HttpRequest, number: int) -> HttpResponse:
    """Propose to hide a passage of its words for thirty days (rule 4)."""
    claim = found(number)

    def act() -> HttpResponse:
        code = typed(request, "code")
        passage = reads.passage_of(number, typed(request, "passage"))
        if passage is None:
            raise ClaimRefused("wrong_passage")
        proposal = propose_withhold(
            number,
            code,
            passage,
            clean(request, "reason"),
            court_order=clean(request, "court_order") if code == COURT_ORDER else None,
            by=signed_in(request).pseudonym_id,
            now=timezone.now(),
        )
        return to_order(proposal)

    shown = {
        "claim": claim,
        "codes": WITHHOLDING_REASONS,
        "days": WITHHOLD_DAYS,
        "chars_max": REASON_CHARS_MAX,
    }
    return form_page(request, "pages/claim_withhold.html", shown, act)


@needs(Act.PROPOSE_MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, number: int, proposal: int) -> HttpResponse:
    """Propose to take an act back."""
    claim, done = found(number), _act_of(number, proposal)
    if not may(signed_in(request), PROPOSE[done.kind]):
        return not_for_you(request, PROPOSE[done.kind])

    def act() -> HttpResponse:
        words = clean(request, "wording") if typed(request, "wording") else None
        by = signed_in(request).pseudonym_id
        return to_order(propose_undo(proposal, clean(request, "reason"), by=by, now=timezone.now(), wording=words))

    shown = {
        "claim": claim,
        "done": done,
        "place": place_of(done.subject),
        "needs_words": _needs_words(claim, done),
        "chars_max": REASON_CHARS_MAX,
        "words_max": WORDING_CHARS_MAX,
    }
    return form_page(request, "pages/claim_undo.html", shown, act)


@needs(Act.APPEAL)
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, number: int, proposal: int) -> HttpResponse:
    """Ask that a third person look at an act."""
    claim, done = found(number), _act_of(number, proposal)

    def act() -> HttpResponse:
        appeal_act(proposal, clean(request, "words"), by=signed_in(request).pseudonym_id, now=timezone.now())
        return to_claim(number)

    shown = {"claim": claim, "done": done, "place": place_of(done.subject), "chars_max": APPEAL_CHARS_MAX}
    return form_page(request, "pages/claim_appeal.html", shown, act)


def _act_of(claim_id: int, proposal_id: int) -> ProposalView:
    """An act on this claim that took effect; 404 for anything else."""
    done = reads.proposal(proposal_id)
    if done is None or done.claim_id != claim_id or done.confirmed_by is None or done.undoes is not None:
        raise Http404
    return done


def _needs_words(claim: ClaimView, done: ProposalView) -> bool:
    """Did its words go, so that a claim that is opened again needs new ones?"""
    return not claim.wording and done.kind in ("merge", "not_checkable")


def _questions_by_text(claim_id: int) -> dict[str, list[int]]:
    """The first questions under a claim by their text: a forwarded message is one line here, however many sent it."""
    found_texts = intake_reads.texts(reads.questions_of(claim_id, limit=SPLIT_QUESTIONS_MAX))
    same: dict[str, list[int]] = {}
    for question, text in sorted(found_texts.items()):
        same.setdefault(text, []).append(question)
    return same


def _number(text: str) -> int | None:
    """A claim's number as people write it: 12, #12 or c/12."""
    digits = text.strip().strip("/").rpartition("/")[2].lstrip("#")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= 15
    return int(digits) if is_number else None
