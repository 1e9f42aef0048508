"""What every kind of proposal has in common: its row, its reason, its part of the entry."""

from django.db import transaction
from django.db.utils import IntegrityError

from thuchu.desk.claims.models import PROPOSED, Proposal
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.ledger.append import digest
from thuchu.log.entry import Value

# A sentence or three that everybody may read; the whole story belongs into an appeal.
REASON_CHARS_MAX = 500


def new_proposal(fresh: Proposal) -> int:
    """Write it down; raises ClaimRefused where one of its kind waits for the same claim."""
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:
        live = Proposal.objects.filter(claim=fresh.claim, kind=fresh.kind, subject=fresh.subject, state=PROPOSED)
        if live.exists():
            raise ClaimRefused("already_proposed") from None
        raise
    return int(fresh.pk)


def log_body(row: Proposal) -> dict[str, Value]:
    """Who and why, as the ledger keeps it: two numbers, and the digest of a reason that stands in the table."""
    return {
        "proposal": row.pk,
        "by": row.proposed_by,
        "confirmed_by": row.confirmed_by or 0,
        "reason_digest": digest(row.reason),
    }
