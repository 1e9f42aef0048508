"""The worker: takes one job after another and calls its function, until it is asked to stop.

Promise: each job is done at least once; twice only where a worker was lost between the end of the work and the row
that says so, never by two workers at the same time while the holder's heart beats.  So a function that jobs call does
nothing the second time.
"""

import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import close_old_connections, connection

from thuchu.desk.jobs import lease as leases
from thuchu.desk.jobs.lease import Lease
from thuchu.desk.jobs.pace import DESK, Pace
from thuchu.desk.jobs.queue import Task
from thuchu.desk.jobs.schedule import Periodic, write_due
from thuchu.desk.logs import place_of

_log = logging.getLogger("thuchu.jobs")
Clock = Callable[[], datetime]


class LeaseLost(Exception):
    """The job was given to another worker meanwhile; this one leaves it."""


class UnknownName(LookupError):
    """A job with a name that this version has no function for."""


@dataclass(slots=True)
class Context:
    """What a function that takes it may know of its job, and tell about it."""

    lease: Lease
    stop: threading.Event
    lost: threading.Event = field(default_factory=threading.Event)

    @property
    def attempt(self) -> int:
        """Which try this is; the first is 1."""
        return self.lease.attempt

    @property
    def is_stopping(self) -> bool:
        """Whether the worker was asked to stop: a long job that can go on later may raise or return now."""
        return self.stop.is_set()

    def progress(self, done: int, total: int) -> None:
        """Show that `done` of `total` is done; raises LeaseLost when the job is somebody else's by now."""
        if self.lost.is_set() or not leases.report(self.lease, done, total):
            raise LeaseLost(f"job {self.lease.number}")


def run(
    table: Mapping[str, Task],
    schedule: Iterable[Periodic] = (),
    *,
    stop: threading.Event,
    now: Clock,
    pace: Pace = DESK,
    until_empty: bool = False,
) -> int:
    """Work until `stop` is set; the job in hand is finished first. Gives back how many jobs it ended.

    table        name -> what to call; a job whose name isn't in it fails, and is tried again like any other
    until_empty  end as soon as no job is due
    """
    worker, schedule = f"{os.getpid()}-{secrets.token_hex(6)}", tuple(schedule)
    ended, upkeep_at = 0, None
    while not stop.is_set():
        try:
            if upkeep_at is None or not 0 <= (now() - upkeep_at).total_seconds() < pace.upkeep_seconds:
                upkeep_at = now()
                _keep_up(schedule, upkeep_at, pace)
            is_idle = not work_once(worker, table, stop=stop, now=now, pace=pace)
        except Exception:
            # A full disk, a locked database: nothing is lost by waiting, and a lease that couldn't be ended runs out.
            _log.exception("the worker can't reach its jobs; it tries again")
            is_idle = True
        close_old_connections()
        ended += not is_idle
        if is_idle and until_empty:
            break
        if is_idle:
            stop.wait(pace.poll_seconds)
    return ended


def work_once(worker: str, table: Mapping[str, Task], *, stop: threading.Event, now: Clock, pace: Pace = DESK) -> bool:
    """Take the next job and do it; False when none is due."""
    lease = leases.take_next(worker, now=now(), pace=pace)
    if lease is None:
        return False
    with _beating(Context(lease, stop), now, pace) as context:
        error = _call(table, context)
    if error is None:
        leases.end_well(lease, now=now())
    else:
        _log.error("job %s %s failed, try %s: %s", lease.number, lease.name, lease.attempt, error)
        leases.end_badly(lease, error, now=now(), pace=pace)
    return True


def _keep_up(schedule: tuple[Periodic, ...], now: datetime, pace: Pace) -> None:
    leases.take_from_the_lost(now=now, pace=pace)
    write_due(schedule, now=now)


def _call(table: Mapping[str, Task], context: Context) -> str | None:
    """None when the function returned, else kind and place of what it raised."""
    lease = context.lease
    try:
        task = table.get(lease.name)
        if task is None:
            raise UnknownName(lease.name)
        task(*((context,) if task.takes_context else ()), *lease.args, **lease.kwargs)
    except BaseException as error:  # whatever a job raises ends the job, never the worker
        return place_of(type(error), error.__traceback__)
    return None


@contextmanager
def _beating(context: Context, now: Clock, pace: Pace) -> Iterator[Context]:
    """Keep the lease while the block runs; `context.lost` is set when it went to another worker all the same."""
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(context, over, now, pace), name="heartbeat", daemon=True)
    heart.start()
    try:
        yield context
    finally:
        over.set()
        heart.join()


def _beat(context: Context, over: threading.Event, now: Clock, pace: Pace) -> None:
    has_beaten = False
    while not over.wait(pace.beat_seconds) and not context.lost.is_set():
        has_beaten = True
        try:
            if not leases.keep(context.lease, now=now(), pace=pace):
                context.lost.set()
        except Exception:
            # The next beat may reach the database; the lease lasts four of them.
            _log.exception("a heartbeat was missed")
    if has_beaten:
        # This thread's own connection.
        connection.close()
