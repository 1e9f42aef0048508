"""Closing what evidence can't settle, kindly and without a verdict (rule 1): it is not a fact, or it is private.

A private matter's text is erased at once: of the claim, of all merged into it, and of the questions themselves.
"""

from datetime import datetime

from django.db import transaction

from thuchu.desk.claims.models import (
    CLOSING_REASONS,
    NOT_CHECKABLE,
    PRIVATE,
    Claim,
    ForwardDoor,
    Grouping,
    LinkDoor,
    Offer,
    Proposal,
    Translation,
    Twist,
)
from thuchu.desk.claims.need import reckon
from thuchu.desk.claims.proposing import REASON_CHARS_MAX, log_body, new_proposal
from thuchu.desk.claims.refusals import ClaimRefused, words_of
from thuchu.desk.claims.reopening import reopen
from thuchu.desk.claims.rows import go, next_change, subject, waiting, with_merged
from thuchu.desk.intake.erase import erase_texts
from thuchu.desk.ledger.append import append
from thuchu.privacy import CleanText


def propose_not_checkable(
    claim_id: int, code: str, reason: CleanText, *, by: int, now: datetime, has_helpful_note: bool
) -> int:
    """Propose to close a claim; gives back the proposal's number.

    code              "not_a_fact" or "private": there is no other, and no list by kind of opinion
    has_helpful_note  as the caller knows from the rooms above: such a claim can't be closed (rule 4)
    raises            ClaimRefused
    """
    words = words_of(reason, REASON_CHARS_MAX)
    if code not in CLOSING_REASONS:
        raise ClaimRefused("wrong_code", rule=1)
    if has_helpful_note:
        raise ClaimRefused("has_helpful_note", rule=4)
    with transaction.atomic():
        claim = waiting(claim_id)
        fresh = Proposal(kind=NOT_CHECKABLE, claim=claim, code=code, reason=words, proposed_by=by, proposed_at=now)
        return new_proposal(fresh)


def take_effect(row: Proposal, now: datetime) -> None:
    """Two people say so."""
    claim = waiting(row.claim_id)
    claim.closed_reason = row.code
    go(claim, NOT_CHECKABLE, now=now)
    if row.code == PRIVATE:
        _erase(claim.pk)
    append("claim.closed", subject(claim.pk), {"reason": row.code, **log_body(row)}, now=now)


def undo(row: Proposal, wording: str, by: int, now: datetime) -> None:
    """It waits again; words that were erased don't come back, so that new ones are wanted."""
    claim = Claim.objects.get(pk=row.claim_id)
    if claim.state != NOT_CHECKABLE:
        raise ClaimRefused("not_in_effect")
    reopen(claim, wording, by=by, now=now)
    reckon([claim.pk], now=now)


def _erase(claim_id: int) -> None:
    """Every word of a private matter, and every digest that could tell it again."""
    claims = with_merged(claim_id)
    rows = Claim.objects.in_bulk(claims)
    # From the claim down: frozen words go only below a claim whose words are gone.
    for row in (rows[number] for number in claims):
        row.wording, row.wording_by, row.wording_of, row.change = "", None, None, next_change()
        row.save(update_fields=["wording", "wording_by", "wording_of", "change"])
    Translation.objects.filter(claim__in=claims).delete()
    Twist.objects.filter(prebunk__in=claims).delete()
    Offer.objects.filter(claim__in=claims).delete()
    Offer.objects.filter(near__in=claims).delete()
    questions = Grouping.objects.filter(placed_in__in=claims)
    LinkDoor.objects.filter(grouping__in=questions).delete()
    ForwardDoor.objects.filter(grouping__in=questions).delete()
    erase_texts(list(questions.values_list("submission_id", flat=True)))
    questions.update(text_digest="", marks_digest="", sketch=b"")
