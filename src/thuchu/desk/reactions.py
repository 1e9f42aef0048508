"""What follows by itself: one table of the functions that jobs call, and how often the desk calls which unasked.

A name here stands in rows of the database: it is added, and taken away a version after the last row, never renamed.
Each function does nothing the second time; each runs by itself, so that one that fails keeps no other waiting.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils import timezone

from thuchu.desk import journey
from thuchu.desk.accounts.forget import forget_old
from thuchu.desk.jobs.forget import forget_done
from thuchu.desk.jobs.queue import Task, task
from thuchu.desk.jobs.schedule import Periodic


@task("library.catch_up")
def catch_up() -> None:
    """Finish an import that was cut off."""
    journey.catch_up()


@task("library.learn")
def learn() -> None:
    """Teach the matcher from what askers said since the last time."""
    journey.learn_what_is_new()


@task("intake.erase")
def erase() -> None:
    """Erase the questions whose time is over (rule 2)."""
    journey.erase_old(now=timezone.now())


@task("accounts.forget")
def forget_accounts() -> None:
    """Forget sessions, invitations and unconfirmed addresses whose time is over."""
    forget_old(now=timezone.now())


@task("jobs.forget")
def forget() -> None:
    """Forget the jobs that were done long ago."""
    forget_done(now=timezone.now())


TABLE: Mapping[str, Task] = MappingProxyType(
    {each.name: each for each in (catch_up, learn, erase, forget_accounts, forget)}
)

# Erasing may be an hour late, never a day; an import that was cut off is finished within a minute or so.
SCHEDULE = (
    Periodic("library.catch_up", every_seconds=60),
    Periodic("library.learn", every_seconds=3600),
    Periodic("intake.erase", every_seconds=3600),
    Periodic("accounts.forget", every_seconds=3600),
    Periodic("jobs.forget", every_seconds=3600),
)
