"""The table of jobs: which rows may exist; how one follows another stands in `STEPS`, and `guards` holds it.

waiting ──claim──► running ──it returned──► done
   ▲                  │
   ├──it raised, or its worker was lost: later again
   │                  │
   │                  └──with no try left─────────────► failed
   └──────────────────────a person, or the next period──────┘
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
STATES = (WAITING, RUNNING, DONE, FAILED)
STEPS = frozenset(
    {(WAITING, RUNNING), (RUNNING, DONE), (RUNNING, WAITING), (RUNNING, FAILED), (FAILED, WAITING)},
)

# Higher goes first, as in Django's tasks. Three are enough to let somebody who waits before a screen pass the queue.
SOON, ORDINARY, LATER = 10, 0, -10
PRIORITIES = (SOON, ORDINARY, LATER)

NAME_CHARS_MAX = 60
KEY_CHARS_MAX = 200
# Six places of a traceback, and the kind of the error.
ERROR_CHARS_MAX = 500


def no_arguments() -> dict[str, object]:
    """What a row of a job without arguments holds."""
    return {"args": [], "kwargs": {}}


class Job(models.Model):
    """One thing to be done: a name and its arguments, never a callable, never what somebody wrote."""

    name = models.CharField(max_length=NAME_CHARS_MAX)
    # What the job is about: while it isn't done, a second one with the same key isn't written. "" for none.
    key = models.CharField(max_length=KEY_CHARS_MAX, default="", db_index=True)
    # Which period of a periodic job this is: each one is written once, however many workers there are.
    period = models.BigIntegerField(null=True)
    arguments = models.JSONField(default=no_arguments)
    priority = models.SmallIntegerField(choices=[(p, p) for p in PRIORITIES], default=ORDINARY)
    state = models.CharField(max_length=8, choices=[(s, s) for s in STATES], default=WAITING)
    run_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    # The lease: whose it is, and until when if nothing is heard of that worker.
    worker = models.CharField(max_length=40, default="")
    locked_until = models.DateTimeField(null=True)
    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(default=0)
    # Kind and place of what it raised last (`logs.place_of`); its text may quote somebody, so it isn't kept.
    last_error = models.CharField(max_length=ERROR_CHARS_MAX, default="")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="job_state_is_known"),
            models.CheckConstraint(condition=Q(priority__in=PRIORITIES), name="job_priority_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="job_has_a_name"),
            models.CheckConstraint(
                condition=Q(state=RUNNING, locked_until__isnull=False) & ~Q(worker="")
                | ~Q(state=RUNNING) & Q(locked_until__isnull=True, worker=""),
                name="only_running_jobs_are_leased",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(DONE, FAILED), finished_at__isnull=False)
                | Q(state__in=(WAITING, RUNNING), finished_at__isnull=True),
                name="only_ended_jobs_have_an_end",
            ),
            models.CheckConstraint(
                condition=Q(progress_done__lte=F("progress_total")), name="job_does_no_more_than_there_is"
            ),
            models.UniqueConstraint(fields=("key",), condition=~Q(state=DONE) & ~Q(key=""), name="one_live_job_a_key"),
            models.UniqueConstraint(
                fields=("name", "period"), condition=Q(period__isnull=False), name="one_job_a_period"
            ),
        )
        indexes: ClassVar = (
            models.Index(fields=["state", "priority", "run_at", "id"], name="next_job"),
            models.Index(fields=["state", "finished_at"], name="ended_jobs"),
        )

    def __str__(self) -> str:
        return f"job {self.pk} {self.name} {self.state}"
