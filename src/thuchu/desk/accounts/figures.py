"""Counts of accounts for the review: how many work here, how many came and went. Never who."""

from dataclasses import dataclass
from datetime import datetime

from thuchu.desk.accounts.models import COORDINATOR, Account, Pseudonym, RoleGrant


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts; `joined` is between the two moments asked for, the others are of now."""

    contributors: int
    may_write: int
    coordinators: int
    joined: int
    left_ever: int


def figures(*, since: datetime, until: datetime) -> Figures:
    """The counts of a period that begins with `since` and ends before `until`."""
    return Figures(
        contributors=Account.objects.count(),
        may_write=Account.objects.filter(may_write=True).count(),
        coordinators=RoleGrant.objects.filter(role=COORDINATOR).count(),
        joined=Pseudonym.objects.filter(joined_at__gte=since, joined_at__lt=until).count(),
        left_ever=Pseudonym.objects.filter(left=True).count(),
    )
