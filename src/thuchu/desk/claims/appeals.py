"""An act of two people looked at once more, by a third (rule 4)."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.claims.models import CONFIRMED, OVERTURNED, UPHELD, Appeal, Proposal
from thuchu.desk.claims.proposals import take_back_act
from thuchu.desk.claims.refusals import ClaimRefused, words_of
from thuchu.desk.claims.rows import subject
from thuchu.desk.claims.wording import WORDING_CHARS_MAX
from thuchu.desk.ledger.append import append, digest
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

APPEAL_CHARS_MAX = 2_000
# Once when it happened, once when something new is known; more is a siege.
APPEALS_OF_AN_ACT_MAX = 2


def appeal(proposal_id: int, words: CleanText, *, by: int | None, now: datetime) -> int:
    """Ask a third person to look at an act; gives back the appeal's number.

    by      a contributor, or None for the asker of a question under the claim
    raises  ClaimRefused
    """
    text = words_of(words, APPEAL_CHARS_MAX)
    with transaction.atomic():
        act = Proposal.objects.filter(pk=proposal_id).first()
        if act is None:
            raise ClaimRefused("no_such_proposal")
        if act.state != CONFIRMED or act.undoes_id is not None or act.confirmed_by is None:
            raise ClaimRefused("not_in_effect")
        earlier = Appeal.objects.filter(proposal=act)
        if earlier.filter(decided_by=None).exists():
            raise ClaimRefused("already_appealed")
        if earlier.count() >= APPEALS_OF_AN_ACT_MAX:
            raise ClaimRefused("too_many", limit=APPEALS_OF_AN_ACT_MAX)
        row = Appeal.objects.create(
            proposal=act,
            words=text,
            by=by,
            at=now,
            first_person=act.proposed_by,
            second_person=act.confirmed_by,
        )
        body: dict[str, Value] = {"act": act.pk, "appeal": row.pk, "words_digest": digest(text)}
        append("claim.appealed", subject(act.claim_id), body, now=now)
    return int(row.pk)


def decide_appeal(
    appeal_id: int, outcome: str, answer: CleanText, *, by: int, now: datetime, wording: CleanText | None = None
) -> None:
    """A third person's word: "upheld" leaves the act as it is, "overturned" undoes it at once.

    answer   why, for everybody to read
    wording  what a claim will say whose words are gone
    raises   ClaimRefused; for one of the two people of the act, and for who appealed
    """
    text = words_of(answer, APPEAL_CHARS_MAX)
    if outcome not in (UPHELD, OVERTURNED):
        raise ClaimRefused("wrong_code")
    with transaction.atomic():
        row = Appeal.objects.select_related("proposal").filter(pk=appeal_id).first()
        if row is None:
            raise ClaimRefused("no_such_appeal")
        if row.decided_by is not None:
            raise ClaimRefused("already_ended")
        if by in (row.first_person, row.second_person, row.by):
            raise ClaimRefused("same_person", rule=4)
        row.outcome, row.answer, row.decided_by, row.decided_at = outcome, text, by, now
        row.save()
        act = row.proposal
        body: dict[str, Value] = {
            "act": act.pk,
            "appeal": row.pk,
            "outcome": outcome,
            "by": by,
            "answer_digest": digest(text),
        }
        append("claim.appeal_decided", subject(act.claim_id), body, now=now)
        if outcome == OVERTURNED:
            words = words_of(wording, WORDING_CHARS_MAX) if wording is not None else ""
            entry: dict[str, Value] = {"proposal": 0, "by": by, "confirmed_by": 0, "reason_digest": digest(text)}
            take_back_act(act, wording=words, by=by, entry=entry, now=now)
