"""What an asker says besides the question: where they are, and the day they need to know by."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from thuchu.desk.claims.areas import valid_areas
from thuchu.desk.claims.models import Area, Claim, Grouping
from thuchu.desk.claims.need import reckon, weigh_one

# An asker's "needed by" further away is not what a queue of days is for.
NEEDED_BY_DAYS_MAX = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What an asker said besides: an area's code, a day; what can't be used is left out, the question never is."""

    area: str = ""
    needed_by: date | None = None


NO_WISHES = Wishes()


def wish(submission_id: int, wishes: Wishes, *, now: datetime) -> bool:
    """Keep what an asker wishes, in place of what they wished before; False for a question that waits nowhere."""
    with transaction.atomic():
        row = Grouping.objects.filter(submission=submission_id).first()
        if row is None:
            return False
        before, row.area, row.needed_by = (
            row.needed_by,
            usable_area(wishes.area, now),
            usable_day(wishes.needed_by, now),
        )
        row.save(update_fields=["area", "needed_by"])
        if before is not None and before != row.needed_by:
            # The soonest day of all its questions may be a later one now: only counting tells.
            reckon([row.claim_id], now=now)
        elif row.needed_by is not None:
            bring_forward(row.claim_id, row.needed_by, now=now)
            weigh_one(row.claim_id, now=now)
    return True


def bring_forward(claim_id: int, day: date, *, now: datetime) -> None:
    """A claim is needed by this day, unless it is needed sooner."""
    later = Q(needed_by=None) | Q(needed_by__lt=now.date()) | Q(needed_by__gt=day)
    Claim.objects.filter(later, pk=claim_id).update(needed_by=day)


def wishes_of(submission_id: int) -> Wishes:
    """What the asker of a question wished so far."""
    row = Grouping.objects.filter(submission=submission_id).select_related("area").first()
    if row is None:
        return NO_WISHES
    return Wishes(area=row.area.code if row.area else "", needed_by=row.needed_by)


def usable_area(code: str, now: datetime) -> Area | None:
    """The area of that code, when there is one today."""
    return valid_areas(now.date()).filter(code=code).first() if code else None


def usable_day(day: date | None, now: datetime) -> date | None:
    """The day, when it is one to come that a queue can keep in mind."""
    if day is None or not 0 <= (day - now.date()).days <= NEEDED_BY_DAYS_MAX:
        return None
    return day
