"""Finding a claim's row for a verb, and what every change of one must leave behind."""

from datetime import datetime

from django.db.models import Max, QuerySet

from thuchu.desk.claims.models import ANSWERED, CLOSED_STATES, MERGED, Claim, ErasedClaim, Grouping
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.intake import reads as intake_reads

# Questions without a text stand together, before a claim was reopened; one behind so many is not looked for.
WORDS_LOOKED_AT_MAX = 1_000


def claim_row(claim_id: int) -> Claim:
    """The row of that number; raises ClaimRefused where there is none."""
    row = Claim.objects.filter(pk=claim_id).first()
    if row is None:
        raise ClaimRefused("no_such_claim")
    return row


def unclosed(claim_id: int) -> Claim:
    """The row of a claim that is neither merged nor closed; raises ClaimRefused."""
    row = claim_row(claim_id)
    if row.state in CLOSED_STATES:
        raise ClaimRefused("claim_is_closed")
    return row


def waiting(claim_id: int) -> Claim:
    """The row of a claim that somebody still waits for; raises ClaimRefused."""
    row = unclosed(claim_id)
    if row.state == ANSWERED:
        raise ClaimRefused("claim_is_answered", rule=4)
    return row


def root_of(row: Claim) -> Claim:
    """Where a merged claim's questions are now; the claim itself when it isn't merged."""
    # Never a circle: only what is not merged is merged, into what is not.
    while row.state == MERGED and row.merged_into is not None:
        row = row.merged_into
    return row


def with_merged(claim_id: int) -> list[int]:
    """The claim and all that are merged into it, however many steps away."""
    found, layer = [claim_id], [claim_id]
    while layer := list(Claim.objects.filter(merged_into__in=layer).order_by("pk").values_list("pk", flat=True)):
        found += layer
    return found


def oldest_words(groupings: QuerySet[Grouping]) -> tuple[str, int] | None:
    """(text, its question) of the first of some questions that still has one: a private matter's was erased."""
    numbers = list(groupings.order_by("pk").values_list("submission_id", flat=True)[:WORDS_LOOKED_AT_MAX])
    texts = intake_reads.texts(numbers)
    return next(((texts[number], number) for number in numbers if number in texts), None)


def next_change() -> int:
    """A change number after all there were, erased claims counted: the index finds what it hasn't seen."""
    claims = Claim.objects.aggregate(last=Max("change"))["last"] or 0
    erased = ErasedClaim.objects.aggregate(last=Max("change"))["last"] or 0
    return int(max(claims, erased)) + 1


def go(row: Claim, state: str, *, now: datetime) -> None:
    """Bring a claim into a state, with all that must change along; the database refuses a step that isn't one."""
    is_closing = state in CLOSED_STATES
    row.state_before = row.state if is_closing else ""
    row.closed_at = now if is_closing else None
    row.state, row.change, row.need = state, next_change(), None
    if not is_closing:
        row.merged_into, row.closed_reason = None, ""
    if state != ANSWERED and not is_closing:
        # Only a place; `reckon` gives it its worth, in the same transaction.
        row.need = 0
    row.save()


def subject(claim_id: int) -> str:
    """How the ledger names a claim."""
    return f"claim:{claim_id}"
