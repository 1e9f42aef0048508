"""What goes from claims when a question is erased: its row, its digests, its words where nobody made them theirs.

a claim whose words somebody took up, or that was rated         stays, with one question less
a claim that other questions are under                          stays, in the words of the oldest of them
a claim whose only words were the erased question's             goes, with what was proposed about it
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from thuchu.desk.claims.models import MERGED, WAITING_STATES, Claim, ErasedClaim, ForwardDoor, Grouping, Translation
from thuchu.desk.claims.need import reckon
from thuchu.desk.claims.rows import next_change, oldest_words, subject, with_merged
from thuchu.desk.ledger.append import append

# One transaction's worth; the rest goes next time.
LOST_MAX = 500


def let_go(submission_ids: Iterable[int], *, now: datetime) -> None:
    """Take questions out of their claims, in the transaction that erases them; those under no claim are passed over."""
    numbers = list(submission_ids)
    with transaction.atomic():
        rows = list(Grouping.objects.filter(submission__in=numbers))
        _hand_over_sketches(rows)
        touched = {claim for row in rows for claim in (row.claim_id, row.placed_in_id)}
        touched |= set(Claim.objects.filter(wording_of__in=numbers).values_list("pk", flat=True))
        Grouping.objects.filter(pk__in=[row.pk for row in rows]).delete()
        _settle(touched, set(numbers), now)


def let_go_of_the_lost(*, now: datetime) -> int:
    """Settle claims whose questions went without `let_go`, at most LOST_MAX; gives back how many there were."""
    orphaned = Q(wording_by=None, wording_of=None, frozen_at=None) & ~Q(wording="")
    with transaction.atomic():
        lost = set(Claim.objects.filter(orphaned).order_by("pk").values_list("pk", flat=True)[:LOST_MAX])
        _settle(lost, set(), now)
    return len(lost)


def _settle(claim_ids: set[int], gone: set[int], now: datetime) -> None:
    # Merged ones first: what they lead to can only go when they are gone.
    rows = sorted(Claim.objects.filter(pk__in=claim_ids), key=lambda row: (row.state != MERGED, row.pk))
    reckon([row.pk for row in rows], now=now)
    for row in rows:
        _settle_words(row.pk, gone, now)


def _settle_words(claim_id: int, gone: set[int], now: datetime) -> None:
    row = Claim.objects.filter(pk=claim_id).first()
    if row is None or row.wording_by is not None or row.frozen_at is not None:
        return
    if row.wording_of_id is not None and row.wording_of_id not in gone:
        return
    if not row.wording:
        return
    found = _words_that_stay(claim_id, gone)
    if found is not None:
        _say(row, *found)
    elif row.state in WAITING_STATES:
        _erase_whole(row, now)
    else:
        # Closed: the address stays and says what became of it.
        _say(row, "", None, None)


def _words_that_stay(claim_id: int, gone: set[int]) -> tuple[str, int | None, int | None] | None:
    """(words, whose, of which question): the oldest question's that is left, else those of a claim merged into it."""
    left = oldest_words(Grouping.objects.filter(placed_in__in=with_merged(claim_id)).exclude(submission__in=gone))
    if left is not None:
        return left[0], None, left[1]
    frozen = Claim.objects.filter(pk__in=with_merged(claim_id)).exclude(pk=claim_id).exclude(wording="")
    kept = frozen.filter(Q(frozen_at__isnull=False) | Q(wording_by__isnull=False)).order_by("pk").first()
    return (kept.wording, kept.wording_by, kept.wording_of_id) if kept else None


def _say(row: Claim, words: str, by: int | None, of: int | None) -> None:
    row.wording, row.wording_by, row.wording_of_id, row.change = words, by, of, next_change()
    row.save(update_fields=["wording", "wording_by", "wording_of", "change"])
    # They said the same as the words that went.
    Translation.objects.filter(claim=row).delete()


def _erase_whole(row: Claim, now: datetime) -> None:
    for number in reversed(with_merged(row.pk)):
        Claim.objects.filter(pk=number).delete()
        ErasedClaim.objects.create(number=number, erased_at=now, change=next_change())
        append("claim.erased", subject(number), {}, now=now)


def _hand_over_sketches(rows: Sequence[Grouping]) -> None:
    """A sketch stands at one question of many with the same text; another of them takes it over."""
    leaving = [row.pk for row in rows]
    for row in rows:
        heir = Grouping.objects.filter(text_digest=row.text_digest, claim=row.claim_id).exclude(pk__in=leaving).first()
        if row.sketch and heir is not None and not heir.sketch:
            Grouping.objects.filter(pk=heir.pk).update(sketch=row.sketch)
            ForwardDoor.objects.filter(grouping=row.pk).update(grouping=heir.pk)
