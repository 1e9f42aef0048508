"""Writing a job down with the act it follows, in the calling form of Django 6's tasks.

    @task("evidence.capture")
    def capture(address: str) -> None: ...

    with transaction.atomic():
        ...
        capture.using(key=f"capture:{digest}").enqueue(address)

The row holds the name, so a function may move; the name may not change while jobs of it wait.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from thuchu.desk.jobs.models import DONE, KEY_CHARS_MAX, ORDINARY, PRIORITIES, Job

# Arguments say which row is meant, they don't carry it: a claim's row may be erased, a copy in a queue is forgotten.
ARGUMENTS_BYTES_MAX = 10_000


class NotInTransaction(RuntimeError):
    """A job was about to be written apart from the act it follows."""


class NotJson(TypeError):
    """An argument that a row can't hold as it is; the message names it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A function that jobs may call, and how its next job is written. Calling it calls the function, here and now.

    takes_context  its first argument is the worker's `Context`, which the caller of `enqueue` leaves out
    """

    name: str
    function: Callable[..., object]
    takes_context: bool = False
    key: str = ""
    priority: int = ORDINARY
    run_after: datetime | None = None
    now: datetime | None = None

    def using(
        self,
        *,
        key: str | None = None,
        priority: int | None = None,
        run_after: datetime | None = None,
        now: datetime | None = None,
    ) -> "Task":
        """The same function, its next job written otherwise; what isn't named stays.

        key        while a job with this key isn't done, no second one is written
        run_after  not before this moment
        now        the moment of the act; the clock's unless said
        """
        return replace(
            self,
            key=self.key if key is None else key,
            priority=self.priority if priority is None else priority,
            run_after=run_after or self.run_after,
            now=now or self.now,
        )

    def enqueue(self, *args: Any, **kwargs: Any) -> int | None:
        """The job's number; None when one with the same key isn't done yet.

        raises  NotInTransaction outside `transaction.atomic`, NotJson for arguments that a row can't hold
        """
        now = self.now or timezone.now()
        return write(
            Job(
                name=self.name,
                key=self.key,
                arguments=_arguments(self.name, args, kwargs),
                priority=self.priority,
                run_at=self.run_after or now,
                created_at=now,
            )
        )

    def __call__(self, *args: Any, **kwargs: Any) -> object:
        return self.function(*args, **kwargs)


def task(name: str, *, takes_context: bool = False) -> Callable[[Callable[..., object]], Task]:
    """Makes a function one that jobs may call by `name`: the room, a dot, the verb."""

    def named(function: Callable[..., object]) -> Task:
        return Task(name, function, takes_context)

    return named


def by_name(name: str) -> Task:
    """A task to enqueue from a room below the function that does it, which only the worker's table knows."""

    def elsewhere(*_args: Any, **_kwargs: Any) -> None:
        raise LookupError(f"{name}: only the worker's table knows its function; enqueue it")

    return Task(name, elsewhere)


def write(job: Job) -> int | None:
    """The row's number; None when the database already has it: its key isn't done, or its period was written."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(f"{job.name}: enqueue inside transaction.atomic() with the act that the job follows")
    if len(job.key) > KEY_CHARS_MAX:
        raise ValueError(f"{job.name}: the key has {len(job.key)} characters, {KEY_CHARS_MAX} are allowed")
    if job.priority not in PRIORITIES:
        raise ValueError(f"{job.name}: priority {job.priority} is none of {', '.join(map(str, PRIORITIES))}")
    try:
        # A savepoint, so that a key met again leaves the act's transaction as it was.
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        if _is_there(job):
            return None
        raise
    return job.pk


def _is_there(job: Job) -> bool:
    if job.key and Job.objects.filter(key=job.key).exclude(state=DONE).exists():
        return True
    return job.period is not None and Job.objects.filter(name=job.name, period=job.period).exists()


def _arguments(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    for place, value in [*((f"argument {n}", v) for n, v in enumerate(args, 1)), *kwargs.items()]:
        _require_json(f"{name}: {place}", value)
    arguments = {"args": list(args), "kwargs": kwargs}
    size = len(json.dumps(arguments).encode())
    if size > ARGUMENTS_BYTES_MAX:
        raise NotJson(f"{name}: arguments of {size} bytes, {ARGUMENTS_BYTES_MAX} are allowed; hand over a row's id")
    return arguments


def _require_json(place: str, value: Any) -> None:
    """Refuse what would come back as something else: a tuple, a number as a key, a moment, a row."""
    try:
        same = json.loads(json.dumps(value, allow_nan=False)) == value
    except (TypeError, ValueError, RecursionError):
        same = False
    if not same:
        raise NotJson(
            f"{place} is a {type(value).__name__} that JSON can't give back as it was; "
            "hand over text, whole numbers, lists, objects with text keys, or a row's id"
        )
