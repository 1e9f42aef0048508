"""Storing a submission, and what its asker was told."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thuchu.desk.intake.models import FirstQuestion, Submission
from thuchu.desk.intake.status_link import digest, new_token
from thuchu.desk.intake.tellings import Telling, from_row, to_row
from thuchu.privacy import CleanText, require_clean
from thuchu.text.accents import is_typed_with_accents

# The first and the latest are what a page needs; a question that changes more often keeps these.
TELLINGS_MAX = 20


def receive(
    text: CleanText,
    *,
    door: str,
    language: str,
    page_language: str,
    telling: Telling,
    links: Sequence[tuple[str, str, str, str]],
    now: datetime,
) -> str:
    """Store a message with what was answered; gives back the token of its private page.

    links   (host, warning, official host, reason) of each address, as shown
    raises  TypeError for text that did not go through privacy.scrub
    """
    clean, token = require_clean(text).text, new_token()
    FirstQuestion.objects.bulk_create([FirstQuestion(pk=1, asked_at=now)], ignore_conflicts=True)
    Submission.objects.create(
        token_digest=digest(token),
        text=clean,
        language=language,
        typed_with_accents=is_typed_with_accents(clean, language),
        page_language=page_language,
        door=door,
        asked_at=now,
        told_at=now,
        told_kind=telling.kind,
        tellings=[to_row(telling)],
        first_kind=telling.kind,
        first_told=telling.told[0].fact_check if telling.told else "",
        links=[list(link) for link in links],
    )
    return token


def tell_again(number: int, telling: Telling) -> None:
    """Remember that the asker of this question is now told something else."""
    with transaction.atomic():
        row = Submission.objects.filter(pk=number).first()
        if row is None or from_row(row.tellings[-1]).same_as(telling):
            return
        row.tellings = [row.tellings[0], *row.tellings[1:][-(TELLINGS_MAX - 2) :], to_row(telling)]
        row.told_at, row.told_kind = telling.at, telling.kind
        row.save(update_fields=["tellings", "told_at", "told_kind"])
