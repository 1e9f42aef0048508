"""One row for one letter, written in the transaction of what it tells: the only way a letter comes to be."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q, TextField
from django.db.models.functions import Cast

from thuchu.desk.ledger.reads import last_number
from thuchu.desk.parts import VALUES_A_STATEMENT, parts
from thuchu.desk.replies.models import (
    CONFIRM,
    CONFIRMED,
    DEAD,
    DROPPED,
    EMAIL,
    LONG_AGO,
    WAITING,
    LookedUpTo,
    Reply,
    ReplyAddress,
)
from thuchu.desk.replies.sayings import FACT_MARK, Saying, from_row, is_worth_a_letter, to_row


def owe(submission: int, saying: Saying, *, now: datetime) -> bool:
    """See to it that an asker with a confirmed address is told what holds now; False when they know, or have none.

    Twice is once: what they were told stands in their row, and changes with the letter.  A letter that never went
    out is overtaken by the next one; where it all came back to what they know, nothing is sent.
    """
    with transaction.atomic():
        row = ReplyAddress.objects.select_for_update().filter(submission=submission, state=CONFIRMED).first()
        if row is None:
            return False
        row.looked_at = now
        is_told = from_row(row.told) != saying and _tell(row, saying, now)
        row.save(update_fields=["told", "told_at", "looked_at"])
    return is_told


def _tell(row: ReplyAddress, saying: Saying, now: datetime) -> bool:
    known, known_at = from_row(row.told), row.told_at
    never_out = Q(state=WAITING, attempts=0) | Q(state=DEAD)
    untried = Reply.objects.filter(never_out, submission=row.submission_id).exclude(kind=CONFIRM)
    first = untried.order_by("number").first()
    if first is not None and is_worth_a_letter(known, saying):
        known, known_at = from_row(first.before or row.told), first.before_at or known_at
        untried.update(state=DROPPED, ended_at=now)
        row.told, row.told_at = to_row(known), known_at
    if not is_worth_a_letter(known, saying):
        # What they did themselves, or what came back to what they know.
        row.told = to_row(saying)
        return False
    write(row.submission_id, kind=saying.kind, says=saying, before=known, before_at=known_at, now=now)
    row.told, row.told_at = to_row(saying), now
    return True


def notice(
    library_change: int, claims_change: int, facts_change: int, *, touched: Iterable[int], now: datetime
) -> None:
    """Have askers looked after: everybody when fact-checks or facts have changed, else those whose claims have.

    Those who were told a fact come first when facts have: the day it is about may be tomorrow.
    touched  numbers of the questions under claims that have changed
    """
    with transaction.atomic():
        mark = LookedUpTo.objects.select_for_update().filter(pk=1).first() or LookedUpTo(pk=1, due_since=LONG_AGO)
        if (mark.library_change, mark.facts_change) != (library_change, facts_change):
            mark.due_since = now
        if mark.facts_change != facts_change:
            said = ReplyAddress.objects.annotate(said=Cast("told", TextField())).filter(said__contains=FACT_MARK)
            ReplyAddress.objects.filter(pk__in=said.values("pk")).update(looked_at=LONG_AGO)
        for some in parts(sorted(touched), VALUES_A_STATEMENT):
            ReplyAddress.objects.filter(submission__in=some).update(looked_at=LONG_AGO)
        mark.library_change, mark.claims_change, mark.facts_change = library_change, claims_change, facts_change
        mark.save()


def write(
    submission: int,
    *,
    kind: str,
    says: Saying | None,
    before: Saying | None = None,
    before_at: datetime | None = None,
    now: datetime,
) -> Reply:
    """The row of a letter, inside the caller's transaction; its key is the same for the same cause."""
    number = (Reply.objects.filter(submission=submission).aggregate(last=Max("number"))["last"] or 0) + 1
    what = json.dumps([submission, EMAIL, number, to_row(says) if says else kind])
    return Reply.objects.create(
        submission_id=submission,
        number=number,
        key=hashlib.sha256(what.encode()).hexdigest(),
        kind=kind,
        says=to_row(says) if says else None,
        before=to_row(before) if before else None,
        before_at=before_at,
        entry=last_number(),
        created_at=now,
        try_at=now,
    )
