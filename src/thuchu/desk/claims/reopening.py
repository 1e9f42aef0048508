"""Giving a closed claim its place back, with words to stand under."""

from datetime import datetime

from thuchu.desk.claims.models import Claim, Grouping
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.rows import go, oldest_words, with_merged


def reopen(claim: Claim, wording: str, *, by: int, now: datetime) -> None:
    """Back to where it was; one whose words are gone takes `wording`, else the words of a question that is left.

    raises  ClaimRefused when there are no words to be had
    """
    if not claim.wording:
        claim.wording, claim.wording_by, claim.wording_of_id = _words(claim.pk, wording, by)
    go(claim, claim.state_before, now=now)


def _words(claim_id: int, wording: str, by: int) -> tuple[str, int | None, int | None]:
    if wording:
        return wording, by, None
    found = oldest_words(Grouping.objects.filter(placed_in__in=with_merged(claim_id)))
    if found is None:
        raise ClaimRefused("words_are_wanted")
    return found[0], None, found[1]
