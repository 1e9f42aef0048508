"""Is this desk a simulation? Its ledger's first entry says so, and no entry is ever taken away."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.intake.reads import nobody_has_asked
from thuchu.desk.ledger.append import append, head
from thuchu.desk.ledger.reads import ends

MARK = "desk.simulated"


class NotASimulation(Exception):
    """The desk isn't marked as one: nobody plays there, and its clock is everybody's."""


class NotNew(Exception):
    """The desk has a life of its own; the message says what to do."""


def mark(seed: int, *, now: datetime) -> None:
    """Mark a desk on which nothing has happened yet; raises NotNew for any other."""
    with transaction.atomic():
        if head().seq or not nobody_has_asked():
            raise NotNew("something has happened on this desk already: name a new folder with --home")
        append(MARK, "desk", {"seed": seed}, now=now)


def is_simulation() -> bool:
    """Whether this desk plays itself."""
    return ends().first_kind == MARK
