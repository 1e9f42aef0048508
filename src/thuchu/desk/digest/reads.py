"""What pages may ask of digests: what each names, in the words that everybody may read today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from thuchu.desk.claims.reads import wordings
from thuchu.desk.commitments.reads import commitment
from thuchu.desk.digest.models import Week
from thuchu.desk.inquiries.reads import inquiry
from thuchu.desk.library.reads import fact_checks
from thuchu.desk.notes.reads import claims_of
from thuchu.desk.reviews.reads import review

# A year and a bit; older ones keep their addresses.
WEEKS_SHOWN_MAX = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a digest names: where it is, and its words; "" once they were erased."""

    path: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLine:
    """A digest in the list: its first and last day, when it was made, how much it names."""

    monday: date
    sunday: date
    made_at: datetime
    waiting: int
    agreed: int
    corrections: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """One digest. What is no longer here, or was erased, is left out."""

    line: WeekLine
    waiting: tuple[Item, ...]
    unrated: tuple[Item, ...]
    due: tuple[Item, ...]
    agreed: tuple[Item, ...]
    overdue: tuple[Item, ...]
    unanswered: tuple[Item, ...]
    review: str
    meeting_at: datetime | None


def weeks() -> tuple[WeekLine, ...]:
    """The digests there are, the newest first."""
    return tuple(_line(row) for row in Week.objects.order_by("-monday")[:WEEKS_SHOWN_MAX])


def last_week() -> date | None:
    """The Monday of the newest digest."""
    return Week.objects.order_by("-monday").values_list("monday", flat=True).first()


def week(monday: date, *, now: datetime) -> WeekView | None:
    """The digest of the week that begins on that day; None where there is none."""
    row = Week.objects.filter(pk=monday).first()
    if row is None:
        return None
    planned = review(row.review, now=now) if row.review else None
    return WeekView(
        line=_line(row),
        waiting=_claims(row.waiting, now),
        unrated=_notes(row.unrated, now),
        due=_fact_checks(row.due),
        agreed=_fact_checks(row.agreed),
        overdue=_commitments(row.overdue, now),
        unanswered=_inquiries(row.unanswered, now),
        review=row.review if planned else "",
        meeting_at=planned.line.meeting_at if planned else None,
    )


def _line(row: Week) -> WeekLine:
    return WeekLine(
        monday=row.monday,
        sunday=row.monday + timedelta(days=6),
        made_at=row.made_at,
        waiting=len(row.waiting),
        agreed=len(row.agreed),
        corrections=row.corrections,
    )


def _claims(numbers: Sequence[int], now: datetime) -> tuple[Item, ...]:
    words = wordings(numbers, now=now)
    return tuple(Item(path=f"/c/{number}", words=words[number]) for number in numbers if words.get(number))


def _notes(numbers: Sequence[int], now: datetime) -> tuple[Item, ...]:
    on = claims_of(numbers)
    words = wordings(list(set(on.values())), now=now)
    kept = [number for number in numbers if words.get(on.get(number, 0))]
    return tuple(Item(path=f"/n/{number}", words=words[on[number]]) for number in kept)


def _fact_checks(names: Sequence[str]) -> tuple[Item, ...]:
    views = fact_checks(names)
    return tuple(Item(path=views[name].page_path, words=views[name].claim) for name in names if name in views)


def _commitments(numbers: Sequence[str], now: datetime) -> tuple[Item, ...]:
    views = [commitment(number, now=now) for number in numbers]
    return tuple(Item(path=f"/commitments/{each.number}", words=each.text) for each in views if each is not None)


def _inquiries(numbers: Sequence[int], now: datetime) -> tuple[Item, ...]:
    views = [inquiry(number, now=now) for number in numbers]
    return tuple(
        Item(path=f"/inquiries/{each.number}", words=each.question)
        for each in views
        if each is not None and each.question
    )
