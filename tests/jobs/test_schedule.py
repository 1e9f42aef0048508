"""Periodic jobs: once a period however many look, once after a long night, and never one on top of itself."""

import pytest

from thuchu.desk.jobs import lease as leases
from thuchu.desk.jobs.forget import forget_done
from thuchu.desk.jobs.models import Job
from thuchu.desk.jobs.schedule import Periodic, write_due

pytestmark = pytest.mark.django_db

HOURLY = Periodic("test.note", every_seconds=3600)


def test_a_period_has_one_job_however_often_somebody_looks(desk):
    for _ in range(20):
        desk.work([HOURLY])
        desk.pass_time(60)

    assert len(desk.calls) == 1
    desk.pass_time(3600)
    desk.work([HOURLY])
    assert len(desk.calls) == 2


def test_a_long_night_is_caught_up_once(desk):
    desk.work([HOURLY])
    desk.pass_time(50 * 3600)

    desk.work([HOURLY])
    desk.work([HOURLY])

    assert len(desk.calls) == 2


def test_a_job_longer_than_its_period_is_never_doubled(desk):
    write_due([HOURLY], now=desk.now)
    leases.take_next("slow", now=desk.now)
    desk.pass_time(3 * 3600)

    assert write_due([HOURLY], now=desk.now) == 0
    assert Job.objects.count() == 1


def test_a_periodic_job_given_up_has_a_new_chance_in_the_next_period_and_fills_no_list(desk):
    desk.trouble = ValueError()
    desk.work([HOURLY])
    desk.work_until_given_up()
    assert Job.objects.get().state == "failed"

    desk.trouble = None
    desk.pass_time(3600)
    desk.work([HOURLY])

    job = Job.objects.get()
    assert (job.state, job.period) == ("done", HOURLY.period(desk.now))


def test_a_clock_put_back_brings_no_second_job(desk):
    desk.work([HOURLY])
    desk.pass_time(-7200)

    desk.work([HOURLY])

    assert len(desk.calls) == 1


def test_periodic_jobs_do_not_fill_the_table_and_are_not_forgotten_within_their_period(desk):
    monthly = Periodic("test.note", every_seconds=31 * 86_400)
    desk.work([monthly])
    for _ in range(5):
        desk.pass_time(8 * 86_400)
        forget_done(now=desk.now)
        desk.work([monthly])

    assert len(desk.calls) <= 3
    assert Job.objects.count() == 1
