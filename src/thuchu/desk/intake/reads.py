"""What other rooms may ask of intake."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from thuchu.desk.intake.erase import ERASED_TEXT
from thuchu.desk.intake.models import Feedback, FirstQuestion, Submission
from thuchu.desk.intake.status_link import digest
from thuchu.desk.intake.tellings import Telling, from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionView:
    """One submission for the page of who asked it; `is_erased` when its text was a private matter's."""

    number: int
    text: str
    is_erased: bool
    language: str
    asked_at: datetime
    tellings: tuple[Telling, ...]
    links: tuple[tuple[str, str, str, str], ...]
    feedback: dict[str, frozenset[str]]


def submission(token: str) -> SubmissionView | None:
    """The submission behind a private link; None when the link is unknown or the question was erased."""
    row = Submission.objects.filter(token_digest=digest(token)).prefetch_related("feedback").first()
    return _view(row) if row else None


def told_nothing(*, after: int, limit: int) -> list[int]:
    """Numbers of the questions that nothing has answered, in order, from the one after `after` on."""
    rows = Submission.objects.filter(told_kind="none", pk__gt=after).exclude(text=ERASED_TEXT).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def submissions(numbers: Sequence[int]) -> list[SubmissionView]:
    """These submissions, in the order of their numbers; those that are gone are left out."""
    return [_view(row) for row in Submission.objects.filter(pk__in=numbers).order_by("pk").prefetch_related("feedback")]


def _view(row: Submission) -> SubmissionView:
    feedback: dict[str, frozenset[str]] = {}
    for said in row.feedback.all():
        feedback[said.fact_check] = feedback.get(said.fact_check, frozenset()) | {said.says}
    return SubmissionView(
        number=row.pk,
        text=row.text,
        is_erased=row.text == ERASED_TEXT,
        language=row.language,
        asked_at=row.asked_at,
        tellings=tuple(from_row(telling) for telling in row.tellings),
        links=tuple((host, warning, official, reason) for host, warning, official, reason in row.links),
        feedback=feedback,
    )


def number(token: str) -> int | None:
    """The number of the submission behind a private link; None when there is none."""
    return Submission.objects.filter(token_digest=digest(token)).values_list("pk", flat=True).first()


def texts(numbers: Sequence[int]) -> dict[int, str]:
    """The clean texts of submissions by number; those that were erased are left out."""
    rows = Submission.objects.filter(pk__in=numbers).exclude(text=ERASED_TEXT)
    return dict(rows.values_list("pk", "text"))


def nobody_has_asked() -> bool:
    """Is this desk still in its first days: not one question was ever kept here, erased ones counted?"""
    return not FirstQuestion.objects.exists()


def confirmed_messages() -> Iterator[tuple[str, str]]:
    """(message, name of its fact-check) for every kept message whose asker said "this is it", oldest first."""
    rows = Feedback.objects.filter(says="is_it").order_by("pk").values_list("submission__text", "fact_check")
    yield from rows.iterator(chunk_size=1000)


def confirmed_mark() -> str:
    """Another text whenever `confirmed_messages` gives others; "" when it gives none.

    Row numbers are never given out twice, so count and last number tell an exchange of one message for another.
    """
    found = Feedback.objects.filter(says="is_it").aggregate(count=Count("pk"), last=Max("pk"))
    return f"{found['count']} up to {found['last']}" if found["count"] else ""


def was_erased_since(mark: str) -> bool:
    """Is one of the messages gone that were there when `confirmed_mark` gave this text?"""
    count, _, last = mark.partition(" up to ")
    return bool(last) and Feedback.objects.filter(says="is_it", pk__lte=int(last)).count() < int(count)


def waiting() -> int:
    """How many kept questions have no answer yet."""
    return Submission.objects.exclude(told_kind="answer").count()
