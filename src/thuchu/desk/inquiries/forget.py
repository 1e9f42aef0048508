"""Erasing the words of inquiries about a private matter: they go at once, like everything else written of it (rule 1).

That an organisation was asked, when, and whether it answered stays: that is no private matter.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thuchu.desk.inquiries.models import DRAFTED, Inquiry, InquiryAnswer, InquiryStep
from thuchu.desk.inquiries.rows import subject
from thuchu.desk.ledger.append import append
from thuchu.desk.traces import forget_pages


def erase_inquiries(claim_ids: Sequence[int], *, now: datetime) -> int:
    """Erase the words of every inquiry about claims that were closed as private; gives back how many there were.

    For whoever confirms the closing, in the same transaction.  Drafts go whole, and leave no entry: nobody saw them.
    """
    with transaction.atomic():
        about = Inquiry.objects.filter(claims__claim__in=list(claim_ids), erased_at=None).distinct()
        drafts = list(about.filter(state=DRAFTED).values_list("pk", flat=True))
        numbers = list(about.exclude(state=DRAFTED).order_by("pk").values_list("pk", flat=True))
        Inquiry.objects.filter(pk__in=drafts).delete()
        Inquiry.objects.filter(pk__in=numbers).update(question="", erased_at=now)
        InquiryAnswer.objects.filter(inquiry__in=numbers).update(quoted="")
        InquiryStep.objects.filter(inquiry__in=numbers).update(words="")
        for number in numbers:
            append("inquiry.erased", subject(number), {}, now=now)
        transaction.on_commit(forget_pages)
    return len(drafts) + len(numbers)
