"""Acts of two people: one proposes, with a public reason; another confirms, and only then anything happens (rule 4).

The verbs of each kind stand in their own file, as three functions: `propose_…`, `take_effect`, `undo`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from thuchu.desk.claims import closing, merge, split, withhold
from thuchu.desk.claims.last_day import require_order_may_change
from thuchu.desk.claims.models import (
    CONFIRMED,
    DECLINED,
    MERGE,
    NOT_CHECKABLE,
    PROPOSED,
    SPLIT,
    TAKEN_BACK,
    UNDONE,
    WITHHOLD,
    Proposal,
)
from thuchu.desk.claims.proposing import REASON_CHARS_MAX, log_body, new_proposal
from thuchu.desk.claims.refusals import ClaimRefused, words_of
from thuchu.desk.claims.rows import subject
from thuchu.desk.claims.wording import WORDING_CHARS_MAX
from thuchu.desk.ledger.append import append
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

_Effect = Callable[[Proposal, datetime], None]
# The act, words for a claim that lost its own, whose they are, when.
_Undo = Callable[[Proposal, str, int, datetime], None]

_EFFECTS: Mapping[str, tuple[_Effect, _Undo]] = MappingProxyType(
    {
        MERGE: (merge.take_effect, merge.undo),
        SPLIT: (split.take_effect, split.undo),
        NOT_CHECKABLE: (closing.take_effect, closing.undo),
        WITHHOLD: (withhold.take_effect, withhold.undo),
    }
)
_UNDONE_ENTRY = MappingProxyType(
    {
        MERGE: "claim.merge_undone",
        SPLIT: "claim.split_undone",
        NOT_CHECKABLE: "claim.closing_undone",
        WITHHOLD: "claim.withholding_undone",
    }
)


def propose_undo(
    proposal_id: int, reason: CleanText, *, by: int, now: datetime, wording: CleanText | None = None
) -> int:
    """Propose to take an act of two people back; gives back the proposal's number.

    wording  what a claim will say whose words are gone, because it was private or its question was erased
    raises   ClaimRefused
    """
    words = words_of(reason, REASON_CHARS_MAX)
    with transaction.atomic():
        act = _row(proposal_id)
        if act.state != CONFIRMED or act.undoes_id is not None:
            raise ClaimRefused("not_in_effect")
        if act.kind in (MERGE, SPLIT):
            require_order_may_change([act.claim_id, act.other_id or act.claim_id], now=now)
        fresh = Proposal(
            kind=act.kind,
            claim=act.claim,
            undoes=act,
            code=act.code,
            reason=words,
            subject=act.subject,
            court_order=act.court_order,
            wording=words_of(wording, WORDING_CHARS_MAX) if wording is not None else "",
            proposed_by=by,
            proposed_at=now,
        )
        return new_proposal(fresh)


def confirm(proposal_id: int, *, by: int, now: datetime, has_helpful_note: bool = False) -> None:
    """The second person's word: it takes effect now, with its entry.

    has_helpful_note  of the claim, as the caller knows from the rooms above: it can't be closed or merged away
    raises            ClaimRefused, also when what was proposed can't be done any more
    """
    with transaction.atomic():
        row = _waiting(proposal_id)
        if row.proposed_by == by:
            raise ClaimRefused("same_person", rule=4)
        if has_helpful_note and row.undoes is None and row.kind in (MERGE, NOT_CHECKABLE):
            raise ClaimRefused("has_helpful_note", rule=4)
        row.state, row.confirmed_by, row.ended_at = CONFIRMED, by, now
        row.save()
        if row.undoes is None:
            _EFFECTS[row.kind][0](row, now)
        else:
            take_back_act(row.undoes, wording=row.wording, by=row.proposed_by, entry=log_body(row), now=now)


def decline(proposal_id: int, *, by: int, now: datetime) -> None:
    """The second person says no: nothing happens; raises ClaimRefused."""
    with transaction.atomic():
        row = _waiting(proposal_id)
        if row.proposed_by == by:
            raise ClaimRefused("same_person", rule=4)
        _end(row, DECLINED, now)


def take_back(proposal_id: int, *, by: int, now: datetime) -> None:
    """Who proposed it thinks better of it; raises ClaimRefused."""
    with transaction.atomic():
        row = _waiting(proposal_id)
        if row.proposed_by != by:
            raise ClaimRefused("not_yours")
        _end(row, TAKEN_BACK, now)


def take_back_act(act: Proposal, *, wording: str, by: int, entry: Mapping[str, Value], now: datetime) -> None:
    """Undo an act, for two people who said so or (in `appeals`) a third; `entry` says who and why."""
    if act.state != CONFIRMED:
        raise ClaimRefused("not_in_effect")
    _EFFECTS[act.kind][1](act, wording, by, now)
    act.state = UNDONE
    act.save(update_fields=["state"])
    append(_UNDONE_ENTRY[act.kind], subject(act.claim_id), {"act": act.pk, **entry}, now=now)


def _row(proposal_id: int) -> Proposal:
    row = Proposal.objects.select_related("claim", "undoes", "other").filter(pk=proposal_id).first()
    if row is None:
        raise ClaimRefused("no_such_proposal")
    return row


def _waiting(proposal_id: int) -> Proposal:
    row = _row(proposal_id)
    if row.state != PROPOSED:
        raise ClaimRefused("already_ended")
    return row


def _end(row: Proposal, state: str, now: datetime) -> None:
    row.state, row.ended_at = state, now
    row.save(update_fields=["state", "ended_at"])
