"""What the small pages under a claim share: one form, one verb; then the next page, or the same with what is wrong."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.views import ClaimView
from thuchu.desk.commitments.refusals import CommitmentRefused
from thuchu.desk.evidence.refusals import EvidenceRefused
from thuchu.desk.facts.refusals import FactRefused
from thuchu.desk.inquiries.refusals import InquiryRefused
from thuchu.desk.notes.refusals import NoteRefused
from thuchu.desk.publishing.refusals import PublishingRefused
from thuchu.desk.reviews.organisations import OrganisationRefused
from thuchu.desk.reviews.refusals import ReviewRefused
from thuchu.desk.shifts.refusals import ShiftRefused
from thuchu.desk.web.forms import see_other, sentence
from thuchu.desk.web.templatetags.claim_words import refusal

# What somebody else did a moment ago, not what was typed.
CONFLICTS = frozenset(
    {
        "already_appealed",
        "already_ended",
        "already_proposed",
        "claim_is_answered",
        "claim_is_closed",
        "event_has_begun",
        "has_helpful_note",
        "last_day",
        "last_day_times",
        "name_is_taken",
        "not_in_effect",
        "not_taken",
        "same_rule",
        "sources_have_changed",
        "taken",
        "words_are_frozen",
    }
)


def to_claim(number: int) -> HttpResponse:
    """On to the claim."""
    return see_other(reverse("claim", kwargs={"number": number}))


def to_order(proposal: int) -> HttpResponse:
    """On to where a proposal waits for a second person."""
    return see_other(f"{reverse('order')}#proposal-{proposal}")


def status_of(error: ClaimRefused) -> int:
    """409 where somebody was faster, 422 where something typed has to change."""
    return 409 if error.code in CONFLICTS else 422


def form_page(
    request: HttpRequest,
    template: str,
    shown: Mapping[str, Any],
    act: Callable[[], HttpResponse],
) -> HttpResponse:
    """Show a form, or do what was sent: `act` gives back where to go next, or raises what a room refuses with."""
    trouble, status = "", 200
    if request.method == "POST":
        try:
            return act()
        except ClaimRefused as error:
            trouble, status = refusal(error), status_of(error)
        except (NoteRefused, EvidenceRefused) as refused:
            trouble, status = sentence(refused), 422
        except (
            PublishingRefused,
            ReviewRefused,
            InquiryRefused,
            OrganisationRefused,
            CommitmentRefused,
            FactRefused,
            ShiftRefused,
        ) as refused:
            trouble, status = sentence(refused), 409 if refused.is_conflict else 422
    values = {**shown, "trouble": trouble, "typed": request.POST, "is_sent": request.method == "POST"}
    return render(request, template, values, status=status)


def has_helpful_note(claim: ClaimView) -> bool:
    """Is a note of the claim agreed?"""
    return claim.state == "answered"
