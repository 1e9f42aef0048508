"""What this room reads of reviews: who may own something, what was resolved, and which meetings there were."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from thuchu.desk.reviews.models import (
    ADOPTED,
    CANCELLED,
    HELD,
    MINUTES_OUT,
    NOT_QUORATE,
    PUBLISHED,
    Organisation,
    Resolution,
    Review,
)
from thuchu.desk.wording import day_in_viet_nam

# A meeting took place, whatever came of it.
_TOOK_PLACE = (HELD, MINUTES_OUT, PUBLISHED, NOT_QUORATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A review as commitments see it: its name and period, the day it met or is to meet, and whether it did.

    cycle  of an event that is reviewed at short intervals; None for all others
    """

    slug: str
    period: tuple[date, date]
    day: date
    took_place: bool
    cycle: int | None

    @property
    def counts(self) -> bool:
        """Is it one at which what is overdue must be spoken of? Those of an event look at that event alone."""
        return self.took_place and self.cycle is None


def resolution_in_force(number: str) -> Resolution | None:
    """The resolution of that number that was adopted and confirmed; None for any other."""
    return _in_force().filter(number=number).first()


def resolutions_in_force(limit: int) -> list[Resolution]:
    """Those that a commitment may follow from, the newest first."""
    return list(_in_force().order_by("-confirmed_at", "-pk")[:limit])


def organisations() -> list[Organisation]:
    """Those that work, by their Vietnamese name."""
    return list(Organisation.objects.filter(ended_on=None).order_by("name_vi"))


def meetings() -> tuple[Meeting, ...]:
    """All reviews that weren't cancelled, first to last: a few a year, and some thirty an event."""
    rows = Review.objects.exclude(state=CANCELLED).order_by("meeting_at", "pk")
    return tuple(
        Meeting(
            slug=row.slug,
            period=(row.period_start, row.period_end),
            day=day_in_viet_nam(row.meeting_at),
            took_place=row.state in _TOOK_PLACE,
            cycle=row.cycle_id,
        )
        for row in rows.only("slug", "period_start", "period_end", "meeting_at", "state", "cycle")
    )


def reviews() -> Iterable[Review]:
    """All of them, for a calendar, cancelled ones too, first to last."""
    return Review.objects.order_by("meeting_at", "pk")


def _in_force() -> "QuerySet[Resolution]":
    return Resolution.objects.filter(outcome=ADOPTED, confirmed_by__isnull=False).select_related("review")
