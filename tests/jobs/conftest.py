"""What the tests of jobs share: tasks that remember their calls, and a worker that is run by hand."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from thuchu.desk.jobs import worker
from thuchu.desk.jobs.models import Job
from thuchu.desk.jobs.queue import Task


class Desk:
    """A worker whose clock the test turns, and what its jobs were called with."""

    def __init__(self, now):
        self.now = now
        self.calls = []
        self.trouble = None
        self.table = {"test.note": Task("test.note", self._note)}

    def _note(self, *args, **kwargs):
        self.calls.append((args, kwargs))
        if self.trouble is not None:
            raise self.trouble

    @property
    def note(self):
        return self.table["test.note"].using(now=self.now)

    def pass_time(self, seconds):
        self.now += timedelta(seconds=seconds)

    def work(self, schedule=()):
        return worker.run(self.table, schedule, stop=threading.Event(), now=lambda: self.now, until_empty=True)

    def work_until_given_up(self):
        while Job.objects.filter(state="waiting").exists():
            self.work()
            self.pass_time(10_000)


@pytest.fixture
def desk(now):
    """A desk whose jobs write down their calls, and raise `trouble` when there is some."""
    return Desk(now)


@pytest.fixture
def connection_plan():
    """How the database goes about each statement of a call: the lines of its query plans."""

    def plan(call):
        with CaptureQueriesContext(connection) as asked:
            call()
        lines = []
        with connection.cursor() as cursor:
            for query in asked:
                if query["sql"].startswith(("SELECT", "UPDATE")):
                    cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                    lines += [row[3] for row in cursor.fetchall()]
        return lines

    return plan
