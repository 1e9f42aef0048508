"""Who works on a claim: taken for two days, given back, or free by itself when the time is over."""

from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.claims.models import Assignment
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.rows import waiting

# A working day, a night to think, a day in between for life.
TAKE_HOURS = 48
# Six days for one claim; who needs more lets another try.
EXTENSIONS_MAX = 2
# What one person can really have open.
TAKES_MAX = 5


def take(claim_id: int, *, person: int, now: datetime) -> datetime:
    """Take a claim; gives back until when. Taking one's own again changes nothing.

    raises  ClaimRefused when somebody else has it, or for a claim that doesn't wait
    """
    with transaction.atomic():
        claim = waiting(claim_id)
        row = Assignment.objects.filter(claim=claim).first()
        if row is not None and row.until > now:
            if row.person != person:
                raise ClaimRefused("taken")
            return row.until
        taken = Assignment.objects.filter(person=person, until__gt=now).count()
        if taken >= TAKES_MAX:
            raise ClaimRefused("too_many", got=taken, limit=TAKES_MAX)
        until = now + timedelta(hours=TAKE_HOURS)
        values = {"person": person, "taken_at": now, "until": until, "extensions": 0}
        Assignment.objects.update_or_create(claim=claim, defaults=values)
    return until


def extend(claim_id: int, *, person: int, now: datetime) -> datetime:
    """Two days from now instead of what is left, EXTENSIONS_MAX times; raises ClaimRefused."""
    with transaction.atomic():
        row = _own(claim_id, person, now)
        if row.extensions >= EXTENSIONS_MAX:
            raise ClaimRefused("too_many", got=row.extensions, limit=EXTENSIONS_MAX)
        row.until, row.extensions = now + timedelta(hours=TAKE_HOURS), row.extensions + 1
        row.save(update_fields=["until", "extensions"])
    return row.until


def release(claim_id: int, *, person: int, now: datetime) -> None:
    """Give a claim back; raises ClaimRefused for one that isn't the person's."""
    with transaction.atomic():
        _own(claim_id, person, now).delete()


def release_all(*, person: int) -> int:
    """Give back all that somebody has taken: they leave. Gives back how many there were."""
    count, _ = Assignment.objects.filter(person=person).delete()
    return count


def free_expired(*, now: datetime) -> int:
    """Take away what counts for nothing any more; gives back how many there were."""
    count, _ = Assignment.objects.filter(until__lte=now).delete()
    return count


def _own(claim_id: int, person: int, now: datetime) -> Assignment:
    row = Assignment.objects.filter(claim=claim_id, person=person, until__gt=now).first()
    if row is None:
        raise ClaimRefused("not_taken")
    return row
