"""What somebody holds of claims, given to another who accepted it, or back to the list that everybody takes from."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thuchu.desk.claims.assign import TAKES_MAX, release_all
from thuchu.desk.claims.models import PROPOSED, TAKEN_BACK, Assignment, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Numbers of the claims that somebody works on, and of the claims of their proposals that wait for a second yes."""

    claims: tuple[int, ...]
    proposed: tuple[int, ...]


def held_by(person: int, *, now: datetime) -> Held:
    """For that person alone, and for whom they ask to take it over."""
    claims = Assignment.objects.filter(person=person, until__gt=now).order_by("until")
    waiting = Proposal.objects.filter(proposed_by=person, state=PROPOSED).order_by("pk")
    return Held(
        claims=tuple(claims.values_list("claim", flat=True)), proposed=tuple(waiting.values_list("claim", flat=True))
    )


def hand_over(person: int, to: int, *, now: datetime) -> None:
    """Everything open becomes the other's: claims as many as one person may have, the rest is free again.

    A proposal is the other's from then on, who therefore can't confirm it.
    """
    with transaction.atomic():
        room = max(TAKES_MAX - Assignment.objects.filter(person=to, until__gt=now).count(), 0)
        running = Assignment.objects.filter(person=person, until__gt=now).order_by("until")
        moved = list(running.values_list("pk", flat=True)[:room])
        Assignment.objects.filter(pk__in=moved).update(person=to)
        release_all(person=person)
        Proposal.objects.filter(proposed_by=person, state=PROPOSED).update(proposed_by=to)


def take_back_all(person: int, *, now: datetime) -> int:
    """Nobody stands behind what they proposed any more: it is taken back, and may be proposed anew by anybody."""
    waiting = Proposal.objects.filter(proposed_by=person, state=PROPOSED)
    return waiting.update(state=TAKEN_BACK, ended_at=now)
