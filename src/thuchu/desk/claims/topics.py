"""Topics: the desk's own few words for what claims are about."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from thuchu.desk.claims.models import ClaimTopic, Topic
from thuchu.desk.claims.refusals import ClaimRefused, words_of
from thuchu.desk.claims.rows import claim_row, subject
from thuchu.desk.ledger.append import append
from thuchu.privacy import CleanText, scrub

NAME_CHARS_MAX = 80
# A list that fits on a phone's screen is used; a longer one is searched, and then words do better.
TOPICS_MAX = 30
TOPICS_OF_A_CLAIM_MAX = 3
_CODE = re.compile(r"[a-z0-9-]{1,40}")


def add_topic(code: str, *, name_vi: CleanText, name_en: CleanText, by: int, now: datetime) -> None:
    """A new topic, under a code that stays; raises ClaimRefused."""
    names = {"name_vi": words_of(name_vi, NAME_CHARS_MAX), "name_en": words_of(name_en, NAME_CHARS_MAX)}
    # A telephone number is made of figures, too, and a code stands in the ledger for ever.
    if not _CODE.fullmatch(code) or scrub(code).text != code:
        raise ClaimRefused("wrong_code")
    with transaction.atomic():
        if Topic.objects.filter(code=code).exists():
            raise ClaimRefused("name_is_taken")
        if Topic.objects.count() >= TOPICS_MAX:
            raise ClaimRefused("too_many", limit=TOPICS_MAX)
        Topic.objects.create(code=code, **names)
        append("topic.added", f"topic:{code}", {**names, "by": by}, now=now)


def set_topics(claim_id: int, codes: Iterable[str], *, by: int, now: datetime) -> None:
    """Say what a claim is about, in place of what was said before; raises ClaimRefused."""
    wanted = sorted(set(codes))
    if len(wanted) > TOPICS_OF_A_CLAIM_MAX:
        raise ClaimRefused("too_many", got=len(wanted), limit=TOPICS_OF_A_CLAIM_MAX)
    with transaction.atomic():
        row = claim_row(claim_id)
        topics = list(Topic.objects.filter(code__in=wanted))
        if len(topics) != len(wanted):
            raise ClaimRefused("no_such_topic")
        if set(ClaimTopic.objects.filter(claim=row).values_list("topic__code", flat=True)) == set(wanted):
            return
        ClaimTopic.objects.filter(claim=row).delete()
        ClaimTopic.objects.bulk_create(ClaimTopic(claim=row, topic=topic) for topic in topics)
        append("claim.topics_set", subject(claim_id), {"topics": list(wanted), "by": by}, now=now)
