"""A job's way through its states: whatever workers, clocks and people do, and whoever writes to the database."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.desk.jobs import lease as leases
from thuchu.desk.jobs.guards import missing_guards
from thuchu.desk.jobs.models import STATES, STEPS, Job
from thuchu.desk.jobs.pace import Pace
from thuchu.desk.jobs.retry import retry

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PACE = Pace(attempts_max=3)
WHAT = {
    "waiting": {"worker": "", "locked_until": None, "finished_at": None},
    "running": {"worker": "w", "locked_until": NOW, "finished_at": None},
    "done": {"worker": "", "locked_until": None, "finished_at": NOW},
    "failed": {"worker": "", "locked_until": None, "finished_at": NOW},
}
WAYS = {
    "waiting": [],
    "running": ["running"],
    "done": ["running", "done"],
    "failed": ["running", "failed"],
}

pytestmark = pytest.mark.django_db


def put(number, state):
    return Job.objects.filter(pk=number).update(state=state, **WHAT[state])


def a_job(state="waiting"):
    job = Job.objects.create(name="test.note", run_at=NOW, created_at=NOW)
    for step in WAYS[state]:
        put(job.pk, step)
    return job


def test_the_database_has_its_guards():
    assert missing_guards() == []


@pytest.mark.parametrize(("before", "after"), [pair for pair in itertools.permutations(STATES, 2) if pair not in STEPS])
def test_the_database_refuses_every_other_step(before, after):
    job = a_job(before)

    with pytest.raises(IntegrityError, match="a job cannot take this step"), transaction.atomic():
        put(job.pk, after)

    assert Job.objects.get().state == before


@pytest.mark.parametrize(("before", "after"), sorted(STEPS))
def test_the_database_allows_every_step_of_the_drawing(before, after):
    job = a_job(before)

    put(job.pk, after)

    assert Job.objects.get().state == after


@pytest.mark.parametrize("state", ["running", "done", "failed", "paused"])
def test_a_job_begins_by_waiting(state):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(name="test.note", run_at=NOW, created_at=NOW, state=state, **WHAT.get(state, {}))


@pytest.mark.parametrize(
    "change",
    [
        {"worker": "w"},
        {"locked_until": NOW},
        {"finished_at": NOW},
        {"priority": 7},
        {"name": ""},
        {"progress_done": 2, "progress_total": 1},
    ],
)
def test_the_database_refuses_a_row_that_makes_no_sense(change):
    job = a_job()

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**change)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["take", "end_well", "end_badly", "keep", "report"]), st.sampled_from("AB")),
        st.tuples(st.just("pass_time"), st.sampled_from([1, 30, 61, 10_000])),
        st.tuples(st.sampled_from(["free", "retry"]), st.none()),
    ),
    max_size=40,
)


class Model:
    """One job, two workers, and what must be so after each act."""

    def __init__(self):
        self.now = NOW
        self.number = Job.objects.create(name="test.note", run_at=NOW, created_at=NOW).pk
        self.held = {"A": None, "B": None}
        self.holder = None
        self.before = "waiting"

    def act(self, verb, what):
        getattr(self, verb)(what)
        job = Job.objects.get(pk=self.number)
        assert job.state == self.before or (self.before, job.state) in STEPS, (self.before, job.state)
        assert (job.state == "running") == (self.holder is not None)
        assert job.attempts <= PACE.attempts_max
        self.before = job.state

    def take(self, who):
        lease = leases.take_next(who, now=self.now, pace=PACE)
        if lease is not None:
            assert self.holder is None, "two hold one job"
            self.held[who], self.holder = lease, who

    def _end(self, who, verb):
        lease = self.held[who]
        if lease is None:
            return
        is_ours = verb(lease)
        job = Job.objects.get(pk=self.number)
        assert is_ours == (self.holder == who), "an old lease ended a job"
        if is_ours:
            self.holder = None
            assert job.state != "running"

    def end_well(self, who):
        self._end(who, lambda lease: leases.end_well(lease, now=self.now))

    def end_badly(self, who):
        self._end(who, lambda lease: leases.end_badly(lease, "ValueError", now=self.now, pace=PACE))

    def keep(self, who):
        if self.held[who] is not None:
            assert leases.keep(self.held[who], now=self.now, pace=PACE) == (self.holder == who)

    def report(self, who):
        if self.held[who] is not None:
            assert leases.report(self.held[who], 5, 3) == (self.holder == who)

    def pass_time(self, seconds):
        self.now += timedelta(seconds=seconds)

    def free(self, _):
        if leases.take_from_the_lost(now=self.now, pace=PACE):
            assert self.holder is not None
            self.holder = None

    def retry(self, _):
        assert retry(self.number, now=self.now) == (self.before == "failed")


@settings(max_examples=150, deadline=None)
@given(acts=ACTS)
def test_whatever_happens_one_worker_holds_a_job_and_only_its_holder_ends_it(acts):
    Job.objects.all().delete()
    model = Model()

    for verb, what in acts:
        model.act(verb, what)
