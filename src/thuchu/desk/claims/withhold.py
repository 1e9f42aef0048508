"""Hiding a passage or personal data: for a court order, doxxing, or danger to a person; never a verdict (rule 4).

It ends by itself after thirty days; longer needs two people again.
"""

import re
from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.claims.models import COURT_ORDER, WITHHOLD, WITHHOLDING_REASONS, Proposal
from thuchu.desk.claims.proposing import REASON_CHARS_MAX, log_body, new_proposal
from thuchu.desk.claims.refusals import ClaimRefused, words_of
from thuchu.desk.claims.rows import claim_row, subject
from thuchu.desk.ledger.append import append
from thuchu.privacy import CleanText

WITHHOLD_DAYS = 30
COURT_ORDER_CHARS_MAX = 5_000
# A thing of another room under this claim: its kind and number, such as "note:12" or "quote:7".
_SUBJECT = re.compile(r"[a-z]{1,20}:\d{1,18}")


def propose_withhold(
    claim_id: int,
    code: str,
    passage: tuple[int, int],
    reason: CleanText,
    *,
    subject: str = "",
    court_order: CleanText | None = None,
    by: int,
    now: datetime,
) -> int:
    """Propose to hide characters `passage[0]` up to `passage[1]`; gives back the proposal's number.

    subject      "" for the claim's own words, or a thing of another room that stands under this claim
    court_order  published with it where the code is "court_order"
    raises       ClaimRefused
    """
    words = words_of(reason, REASON_CHARS_MAX)
    if code not in WITHHOLDING_REASONS:
        raise ClaimRefused("wrong_code", rule=4)
    if subject and not _SUBJECT.fullmatch(subject):
        raise ClaimRefused("wrong_subject")
    if (code == COURT_ORDER) != (court_order is not None):
        raise ClaimRefused("court_order_is_wanted", rule=4)
    start, end = passage
    with transaction.atomic():
        claim = claim_row(claim_id)
        # Words that may still change have no passages: `reword` is what they need.
        if not subject and claim.frozen_at is None:
            raise ClaimRefused("words_are_wanted")
        if not 0 <= start < end or (not subject and end > len(claim.wording)):
            raise ClaimRefused("wrong_passage")
        fresh = Proposal(
            kind=WITHHOLD,
            claim=claim,
            code=code,
            reason=words,
            subject=subject,
            passage_start=start,
            passage_end=end,
            court_order=words_of(court_order, COURT_ORDER_CHARS_MAX) if court_order is not None else "",
            proposed_by=by,
            proposed_at=now,
        )
        return new_proposal(fresh)


def take_effect(row: Proposal, now: datetime) -> None:
    """Two people say so; it ends after WITHHOLD_DAYS."""
    row.until = now + timedelta(days=WITHHOLD_DAYS)
    row.save(update_fields=["until"])
    body = {"what": row.subject, "reason": row.code, "days": WITHHOLD_DAYS, **log_body(row)}
    append("claim.withheld", subject(row.claim_id), body, now=now)


def undo(row: Proposal, _wording: str, _by: int, now: datetime) -> None:
    """It is shown again from now on."""
    if row.until is None or row.until <= now:
        raise ClaimRefused("not_in_effect")
    row.until = now
    row.save(update_fields=["until"])
