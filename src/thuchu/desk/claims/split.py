"""One claim that is two: chosen questions go to a claim of their own."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thuchu.desk.claims.last_day import require_order_may_change
from thuchu.desk.claims.merge import lead
from thuchu.desk.claims.models import CLOSED_STATES, SPLIT, WAITING_STATES, Claim, Grouping, Proposal, SplitPart
from thuchu.desk.claims.need import reckon
from thuchu.desk.claims.proposing import REASON_CHARS_MAX, log_body, new_proposal
from thuchu.desk.claims.refusals import ClaimRefused, words_of
from thuchu.desk.claims.rows import next_change, oldest_words, root_of, subject, unclosed
from thuchu.desk.ledger.append import append
from thuchu.privacy import CleanText

# What a person can look through and mean, one by one.
SPLIT_QUESTIONS_MAX = 500


def propose_split(claim_id: int, submission_ids: Sequence[int], reason: CleanText, *, by: int, now: datetime) -> int:
    """Propose that these questions go to a claim of their own; gives back the proposal's number.

    raises  ClaimRefused, also where it would leave nothing behind
    """
    words = words_of(reason, REASON_CHARS_MAX)
    wanted = set(submission_ids)
    if len(wanted) > SPLIT_QUESTIONS_MAX:
        raise ClaimRefused("too_many", got=len(wanted), limit=SPLIT_QUESTIONS_MAX)
    with transaction.atomic():
        claim = unclosed(claim_id)
        require_order_may_change([claim.pk], now=now)
        groupings = list(Grouping.objects.filter(claim=claim, submission__in=wanted))
        if not wanted or len(groupings) != len(wanted):
            raise ClaimRefused("no_such_question")
        if len(groupings) == claim.askers:
            raise ClaimRefused("all_questions")
        fresh = Proposal(kind=SPLIT, claim=claim, reason=words, proposed_by=by, proposed_at=now)
        number = new_proposal(fresh)
        SplitPart.objects.bulk_create(SplitPart(proposal=fresh, grouping=grouping) for grouping in groupings)
        return number


def take_effect(row: Proposal, now: datetime) -> None:
    """Two people say so; questions that were erased or moved meanwhile are passed over."""
    claim = unclosed(row.claim_id)
    require_order_may_change([claim.pk], now=now)
    groupings = Grouping.objects.filter(split_parts__proposal=row, claim=claim).order_by("pk")
    moved = list(groupings.values_list("pk", "submission_id"))
    words = oldest_words(groupings)
    if not moved:
        raise ClaimRefused("no_such_question")
    if len(moved) >= Grouping.objects.filter(claim=claim).count():
        raise ClaimRefused("all_questions")
    if words is None:
        raise ClaimRefused("words_are_wanted")
    fresh = _claim_of(words, claim, now)
    Grouping.objects.filter(pk__in=[pk for pk, _ in moved]).update(claim=fresh, placed_in=fresh)
    _words_without(claim, [submission for _, submission in moved])
    reckon([claim.pk, fresh.pk], now=now)
    row.other = fresh
    row.save(update_fields=["other"])
    body = {"into": fresh.pk, "questions": len(moved), **log_body(row)}
    append("claim.split", subject(claim.pk), body, now=now)


def undo(row: Proposal, _wording: str, _by: int, now: datetime) -> None:
    """The claim that was made leads back to the one it came from."""
    fresh, claim = row.other, root_of(row.claim)
    if fresh is None:
        raise ClaimRefused("not_in_effect")
    require_order_may_change([fresh.pk, claim.pk], now=now)
    if fresh.state in CLOSED_STATES or claim.state in CLOSED_STATES or fresh.pk == claim.pk:
        raise ClaimRefused("claim_is_closed")
    if fresh.state not in WAITING_STATES:
        raise ClaimRefused("claim_is_answered", rule=4)
    lead(fresh, claim, now=now)


def _claim_of(words: tuple[str, int], claim: Claim, now: datetime) -> Claim:
    return Claim.objects.create(
        wording=words[0],
        wording_of_id=words[1],
        language=claim.language,
        opened_at=claim.opened_at,
        last_asked_at=now,
        need=0,
        change=next_change(),
    )


def _words_without(claim: Claim, moved: Sequence[int]) -> None:
    """A claim whose words were a moved question's takes those of the oldest that is left, unless they are frozen."""
    if claim.wording_of_id not in moved or claim.frozen_at is not None:
        return
    left = oldest_words(Grouping.objects.filter(claim=claim))
    if left is None:
        raise ClaimRefused("words_are_wanted")
    claim.wording, claim.wording_of_id = left
    claim.change = next_change()
    claim.save(update_fields=["wording", "wording_of", "change"])
