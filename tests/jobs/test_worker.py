"""The worker: tries again later each time, gives up at last, lives on whatever a job does, and asks little."""

import itertools
import logging
import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction

from thuchu.desk.jobs import lease as leases
from thuchu.desk.jobs import reads, worker
from thuchu.desk.jobs.forget import DONE_KEEP_DAYS, forget_done
from thuchu.desk.jobs.models import Job
from thuchu.desk.jobs.pace import DESK
from thuchu.desk.jobs.queue import Task
from thuchu.desk.jobs.retry import retry, wait_after
from thuchu.desk.jobs.worker import LeaseLost

pytestmark = pytest.mark.django_db

# One look whether there is work, one at the lost, at most two a periodic job.
IDLE_QUERIES_MAX = 2
# Look, take, end.
JOB_QUERIES_MAX = 3


def enqueue(desk, *numbers):
    with transaction.atomic():
        return [desk.note.enqueue(number) for number in numbers]


def test_a_job_is_done_once(desk):
    enqueue(desk, 1)

    assert (desk.work(), desk.work()) == (1, 0)
    assert desk.calls == [((1,), {})]
    assert reads.counts() == {"waiting": 0, "running": 0, "done": 1, "failed": 0}


def test_a_job_that_fails_waits_longer_each_time(desk):
    desk.trouble = ValueError()
    enqueue(desk, 1)
    waits = []
    while (job := Job.objects.get()).state == "waiting":
        desk.now = job.run_at
        desk.work()
        waits.append((Job.objects.get().run_at - desk.now).total_seconds())

    waits = waits[:-1]
    assert len(desk.calls) == DESK.attempts_max
    assert all(later > before for before, later in itertools.pairwise(waits[:-1]))
    assert max(waits) <= DESK.backoff_seconds_max * 1.25
    assert timedelta(hours=3) < timedelta(seconds=sum(waits)) < timedelta(hours=8)


def test_a_job_that_fails_is_not_tried_before_its_time(desk):
    desk.trouble = ValueError()
    enqueue(desk, 1)
    desk.work()

    desk.pass_time(DESK.backoff_seconds * 0.7)
    desk.work()

    assert len(desk.calls) == 1


def test_jobs_that_failed_together_come_back_apart_and_always_the_same_way():
    waits = [wait_after(number, 1) for number in range(100)]

    assert len(set(waits)) == 100
    assert waits == [wait_after(number, 1) for number in range(100)]
    assert max(waits) - min(waits) > timedelta(seconds=DESK.backoff_seconds * 0.4)


def test_a_job_given_up_waits_for_a_person_who_gives_it_all_its_tries_back(desk):
    desk.trouble = ValueError()
    (number,) = enqueue(desk, 1)
    desk.work_until_given_up()
    (lost,) = reads.failed()
    assert (lost.number, lost.attempts, lost.name) == (number, DESK.attempts_max, "test.note")

    desk.trouble = None
    assert retry(number, now=desk.now)
    desk.work()

    assert reads.counts()["done"] == 1
    assert not retry(number, now=desk.now)


def test_what_is_kept_and_logged_of_an_error_quotes_nobody(desk, caplog):
    desk.trouble = ValueError("gọi mình 0912 345 678")
    enqueue(desk, "zalo 0912345678")

    with caplog.at_level(logging.DEBUG):
        desk.work()

    job = Job.objects.get()
    assert job.last_error.startswith("ValueError at conftest.py:")
    assert "_note" in job.last_error
    for kept in (job.last_error, caplog.text):
        assert "0912" not in kept


@pytest.mark.parametrize("trouble", [SystemExit(3), KeyboardInterrupt(), MemoryError(), RecursionError()])
def test_a_worker_outlives_whatever_a_job_raises(desk, trouble):
    desk.trouble = trouble
    enqueue(desk, 1, 2)

    desk.work()

    assert len(desk.calls) == 2
    assert reads.counts()["waiting"] == 2


def test_a_name_nobody_knows_is_tried_again_when_another_version_may_know_it(desk):
    with transaction.atomic():
        Task("test.of_tomorrow", print).using(now=desk.now).enqueue()

    desk.work()

    job = Job.objects.get()
    assert (job.state, job.attempts) == ("waiting", 1)
    assert job.last_error.startswith("UnknownName")


def test_a_worker_outlives_a_database_out_of_reach(desk):
    stop, looks = threading.Event(), []

    def clock():
        looks.append(1)
        if len(looks) == 1:
            raise OperationalError("disk I/O error")
        stop.set()
        return desk.now

    worker.run(desk.table, stop=stop, now=clock, pace=worker.Pace(poll_seconds=0.01))

    assert len(looks) > 1


def test_a_lost_workers_job_is_done_by_another(desk):
    enqueue(desk, 1)
    assert leases.take_next("killed", now=desk.now) is not None

    desk.pass_time(DESK.lease_seconds - 1)
    assert desk.work() == 0
    desk.pass_time(2)
    desk.work()
    assert Job.objects.get().last_error == leases.LOST
    desk.pass_time(60)

    assert desk.work() == 1
    assert desk.calls == [((1,), {})]


def test_a_job_that_takes_its_workers_along_is_given_up(desk):
    enqueue(desk, 1)
    while Job.objects.get().state == "waiting":
        leases.take_next("killed", now=desk.now)
        desk.pass_time(10_000)
        leases.take_from_the_lost(now=desk.now)

    (lost,) = reads.failed()
    assert (lost.attempts, lost.last_error) == (DESK.attempts_max, leases.LOST)


def test_a_long_job_shows_how_far_it_is_and_leaves_when_it_was_given_to_another(desk):
    seen = []

    def walk(context):
        context.progress(1, 3)
        seen.extend((job.progress_done, job.progress_total) for job in reads.running())
        Job.objects.update(worker="another")
        with pytest.raises(LeaseLost):
            context.progress(2, 3)
        seen.append("left")

    desk.table["test.walk"] = Task("test.walk", walk, takes_context=True)
    with transaction.atomic():
        desk.table["test.walk"].using(now=desk.now).enqueue()
    desk.work()

    assert seen == [(1, 3), "left"]
    job = Job.objects.get()
    assert (job.state, job.worker) == ("running", "another"), "who lost a job must not end it"


def test_a_long_job_hears_that_its_worker_is_asked_to_stop_and_goes_on_another_time(desk):
    stop, heard = threading.Event(), []

    def walk(context):
        heard.append(context.is_stopping)
        if len(heard) == 1:
            stop.set()
            assert context.is_stopping
            raise InterruptedError

    desk.table["test.walk"] = Task("test.walk", walk, takes_context=True)
    with transaction.atomic():
        desk.table["test.walk"].using(now=desk.now).enqueue()
    worker.run(desk.table, stop=stop, now=lambda: desk.now)
    desk.pass_time(60)
    desk.work()

    assert heard == [False, False]
    assert reads.counts()["done"] == 1


def test_an_idle_worker_asks_little_and_writes_nothing(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(IDLE_QUERIES_MAX) as asked:
        desk.work()

    assert all(query["sql"].startswith("SELECT") for query in asked)


@pytest.mark.parametrize("waiting", [1, 200])
def test_a_job_costs_the_same_however_many_wait(desk, waiting, django_assert_max_num_queries):
    enqueue(desk, *range(waiting))
    with django_assert_max_num_queries(JOB_QUERIES_MAX):
        assert worker.work_once("w", desk.table, stop=threading.Event(), now=lambda: desk.now)


def test_the_next_job_is_found_by_an_index(on_sqlite, desk, connection_plan):
    enqueue(desk, 1)

    plan = connection_plan(lambda: leases.take_next("w", now=desk.now))

    assert plan
    assert not [line for line in plan if line.startswith("SCAN") and "CONSTANT" not in line], plan


def test_how_long_the_oldest_is_due_is_known(desk):
    enqueue(desk, 1)
    desk.pass_time(90)

    assert reads.oldest_wait_seconds(desk.now) == 90.0
    desk.work()
    assert reads.oldest_wait_seconds(desk.now) == 0.0


def test_done_jobs_are_forgotten_in_time_and_failed_ones_never(desk):
    enqueue(desk, 1)
    desk.work()
    desk.trouble = ValueError()
    enqueue(desk, 2)
    desk.work_until_given_up()

    desk.pass_time(DONE_KEEP_DAYS * 86_400)

    assert forget_done(now=desk.now) == 1
    assert reads.counts() == {"waiting": 0, "running": 0, "done": 0, "failed": 1}
