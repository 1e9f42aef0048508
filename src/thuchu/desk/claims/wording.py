"""A claim's words: whose they are, how they change until the first rating, and how other languages say them."""

import re
from datetime import datetime

from django.db import transaction

from thuchu.desk.claims.models import ANSWERED, IN_RATING, OPEN, Prebunk, Translation
from thuchu.desk.claims.need import weigh_one
from thuchu.desk.claims.refusals import ClaimRefused, words_of
from thuchu.desk.claims.rows import claim_row, go, next_change, subject, unclosed
from thuchu.desk.claims.slogans import names_a_person
from thuchu.desk.ledger.append import append, digest
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

# A statement, not a story: the longest claims of published fact-checks have about 300 characters.
WORDING_CHARS_MAX = 500
# A language, and a script or country of it; figures, which a telephone number is made of, are in none of those.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")


def reword(claim_id: int, words: CleanText, *, by: int, now: datetime) -> None:
    """Say a claim in better words, which are the contributor's from then on; raises ClaimRefused."""
    text = words_of(words, WORDING_CHARS_MAX)
    with transaction.atomic():
        row = unclosed(claim_id)
        _require_nobody(claim_id, words)
        if row.frozen_at is not None:
            raise ClaimRefused("words_are_frozen")
        if row.wording == text and row.wording_by is not None:
            return
        row.wording, row.wording_by, row.wording_of, row.change = text, by, None, next_change()
        row.save(update_fields=["wording", "wording_by", "wording_of", "change"])
        append("claim.reworded", subject(claim_id), {"digest": digest(text), "by": by}, now=now)


def take_up(claim_id: int, *, by: int) -> None:
    """A note is written on a claim: words that were only a question's are the statement its writer checks, and stay.

    raises  ClaimRefused for a claim that is closed
    """
    with transaction.atomic():
        row = unclosed(claim_id)
        if row.wording_by is None:
            row.wording_by, row.wording_of = by, None
            row.save(update_fields=["wording_by", "wording_of"])


def translate(claim_id: int, language: str, words: CleanText, *, by: int, now: datetime) -> None:
    """Put the claim's words in another language beside them, in place of those there were; raises ClaimRefused."""
    text = words_of(words, WORDING_CHARS_MAX)
    with transaction.atomic():
        row = unclosed(claim_id)
        _require_nobody(claim_id, words)
        if not _LANGUAGE.fullmatch(language) or language == row.language:
            raise ClaimRefused("wrong_code")
        Translation.objects.update_or_create(
            claim=row,
            language=language,
            defaults={"text": text, "of_digest": digest(row.wording), "by": by, "at": now},
        )
        body: dict[str, Value] = {"language": language, "digest": digest(text), "by": by}
        append("claim.translated", subject(claim_id), body, now=now)


def freeze(claim_id: int, *, now: datetime) -> bool:
    """The first rating of one of its notes: its words stay as they are from now on. False when they did already.

    raises  ClaimRefused for a claim that is closed: it isn't rated
    """
    with transaction.atomic():
        row = unclosed(claim_id)
        if row.state != OPEN:
            return False
        row.frozen_at = row.frozen_at or now
        go(row, IN_RATING, now=now)
        weigh_one(claim_id, now=now)
        append("claim.frozen", subject(claim_id), {"digest": digest(row.wording)}, now=now)
    return True


def mark_answered(claim_id: int, *, now: datetime) -> bool:
    """For publishing alone: a note of the claim is agreed. The round's own entries say so in the ledger.

    returns  False when that was so, or when the claim is closed meanwhile: it knows it when its closing is undone
    raises   ClaimRefused for a claim that was never rated, or isn't there
    """
    return _mark(claim_id, IN_RATING, ANSWERED, now)


def mark_unanswered(claim_id: int, *, now: datetime) -> bool:
    """For publishing alone: no note of the claim is agreed any more, so it waits again; as `mark_answered`."""
    return _mark(claim_id, ANSWERED, IN_RATING, now)


def _require_nobody(claim_id: int, words: CleanText) -> None:
    """A prebunk names nobody, in whatever words and language."""
    if (words.findings or names_a_person(words.text)) and Prebunk.objects.filter(pk=claim_id).exists():
        raise ClaimRefused("names_somebody", rule=10)


def _mark(claim_id: int, before: str, after: str, now: datetime) -> bool:
    with transaction.atomic():
        row = claim_row(claim_id)
        if row.frozen_at is None:
            raise ClaimRefused("words_are_wanted", rule=4)
        if row.state_before == before:
            row.state_before = after
            row.save(update_fields=["state_before"])
            return False
        if row.state != before:
            return False
        go(row, after, now=now)
        if after != ANSWERED:
            # What is answered has no place in the queue.
            weigh_one(claim_id, now=now)
    return True
