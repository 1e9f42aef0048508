"""Two claims that are one: the first leads to the second from then on, and both addresses stay alive."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.claims.last_day import require_order_may_change
from thuchu.desk.claims.models import MERGE, MERGED, Claim, Grouping, Offer, Prebunk, Proposal
from thuchu.desk.claims.need import reckon
from thuchu.desk.claims.proposing import REASON_CHARS_MAX, log_body, new_proposal
from thuchu.desk.claims.refusals import ClaimRefused, words_of
from thuchu.desk.claims.reopening import reopen
from thuchu.desk.claims.rows import go, root_of, subject, unclosed, waiting, with_merged
from thuchu.desk.ledger.append import append
from thuchu.privacy import CleanText


def propose_merge(
    claim_id: int, into: int, reason: CleanText, *, by: int, now: datetime, has_helpful_note: bool = False
) -> int:
    """Propose that a claim's questions go to another claim; gives back the proposal's number.

    An agreed answer is never merged away: that would be taking it down by hand.
    raises  ClaimRefused
    """
    words = words_of(reason, REASON_CHARS_MAX)
    with transaction.atomic():
        claim, other = _both(claim_id, into)
        require_order_may_change([claim.pk, other.pk], now=now)
        if has_helpful_note:
            raise ClaimRefused("has_helpful_note", rule=4)
        fresh = Proposal(kind=MERGE, claim=claim, other=other, reason=words, proposed_by=by, proposed_at=now)
        return new_proposal(fresh)


def take_effect(row: Proposal, now: datetime) -> None:
    """Two people say so."""
    claim, other = _both(row.claim_id, row.other_id or 0)
    require_order_may_change([claim.pk, other.pk], now=now)
    lead(claim, other, now=now)
    Offer.objects.filter(claim=claim, near=other).delete()
    append("claim.merged", subject(claim.pk), {"into": other.pk, **log_body(row)}, now=now)


def undo(row: Proposal, wording: str, by: int, now: datetime) -> None:
    """The claim stands for itself again, with the questions that were its own, also those asked meanwhile."""
    claim = Claim.objects.get(pk=row.claim_id)
    if claim.state != MERGED:
        raise ClaimRefused("not_in_effect")
    require_order_may_change([claim.pk], now=now)
    led = root_of(claim)
    Grouping.objects.filter(placed_in__in=with_merged(claim.pk)).update(claim=claim)
    reopen(claim, wording, by=by, now=now)
    reckon([claim.pk, led.pk], now=now)


def lead(claim: Claim, other: Claim, *, now: datetime) -> None:
    """Have a claim lead to another, which is not merged itself."""
    claim.merged_into = other
    go(claim, MERGED, now=now)
    Grouping.objects.filter(claim=claim).update(claim=other)
    reckon([claim.pk, other.pk], now=now)


def _both(claim_id: int, into: int) -> tuple[Claim, Claim]:
    claim, other = waiting(claim_id), unclosed(into)
    if claim.pk == other.pk:
        raise ClaimRefused("same_claim")
    if Prebunk.objects.filter(pk__in=(claim.pk, other.pk)).exists():
        raise ClaimRefused("is_a_prebunk", rule=8)
    return claim, other
