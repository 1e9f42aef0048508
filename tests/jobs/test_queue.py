"""Writing a job down: with its act or not at all, once a key, and nothing that a row can't give back."""

from datetime import timedelta

import pytest
from django.db import transaction

from thuchu.desk.jobs.models import LATER, SOON, Job
from thuchu.desk.jobs.queue import ARGUMENTS_BYTES_MAX, NotInTransaction, NotJson, by_name, task

pytestmark = pytest.mark.django_db


@task("evidence.capture")
def capture(address, depth=0):
    return f"{address} at {depth}"


@pytest.mark.django_db(transaction=True)
def test_a_job_is_not_written_apart_from_its_act():
    with pytest.raises(NotInTransaction, match=r"evidence\.capture: enqueue inside transaction\.atomic"):
        capture.enqueue("https://tin.example/1")

    assert not Job.objects.exists()


def test_a_job_goes_with_the_act_that_failed():
    def act():
        with transaction.atomic():
            capture.enqueue("https://tin.example/1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    assert not Job.objects.exists()


def test_a_job_stays_with_the_act_that_held(now):
    with transaction.atomic():
        number = capture.using(now=now).enqueue("https://tin.example/1", depth=2)

    job = Job.objects.get()
    assert (job.pk, job.name, job.state, job.run_at) == (number, "evidence.capture", "waiting", now)
    assert job.arguments == {"args": ["https://tin.example/1"], "kwargs": {"depth": 2}}


def test_a_room_below_the_function_enqueues_it_by_name_and_cannot_call_it(now):
    with transaction.atomic():
        by_name("evidence.capture").using(now=now).enqueue(7)

    assert Job.objects.get().name == "evidence.capture"
    with pytest.raises(LookupError, match=r"evidence\.capture: only the worker's table"):
        by_name("evidence.capture")(7)


def test_a_task_called_directly_is_the_function():
    assert capture("https://tin.example/1", depth=1) == "https://tin.example/1 at 1"


def test_an_act_done_twice_is_followed_once_and_its_transaction_goes_on(now):
    with transaction.atomic():
        first = capture.using(key="capture:1", now=now).enqueue("https://tin.example/1")
        second = capture.using(key="capture:1", now=now).enqueue("https://tin.example/1")
        other = capture.using(key="capture:2", now=now).enqueue("https://tin.example/2")

    assert second is None
    assert {first, other} == set(Job.objects.values_list("pk", flat=True))


def test_a_key_is_free_again_when_its_job_is_done(desk):
    with transaction.atomic():
        desk.note.using(key="note:1").enqueue(1)
    desk.work()

    with transaction.atomic():
        again = desk.note.using(key="note:1").enqueue(1)

    assert again is not None


def test_a_key_is_not_free_while_its_job_waits_for_a_person(desk):
    desk.trouble = ValueError()
    with transaction.atomic():
        desk.note.using(key="note:1").enqueue(1)
    desk.work_until_given_up()

    with transaction.atomic():
        assert desk.note.using(key="note:1").enqueue(1) is None


def test_jobs_without_a_key_are_as_many_as_were_written():
    with transaction.atomic():
        assert capture.enqueue("a") != capture.enqueue("a")


@pytest.mark.parametrize(
    "value",
    [(1, 2), {1: "a"}, {"a": (1,)}, {1, 2}, b"a", float("nan"), timedelta(1), object(), Job()],
)
def test_what_json_cannot_give_back_is_refused_by_name(value):
    with (
        transaction.atomic(),
        pytest.raises(NotJson, match=rf"evidence\.capture: depth is a {type(value).__name__} .* hand over"),
    ):
        capture.enqueue("https://tin.example/1", depth=value)


def test_a_job_carries_ids_not_texts():
    with transaction.atomic(), pytest.raises(NotJson, match="hand over a row's id"):
        capture.enqueue("đ" * ARGUMENTS_BYTES_MAX)


def test_who_waits_at_a_screen_goes_first_and_nobody_before_their_time(desk):
    with transaction.atomic():
        desk.note.using(priority=LATER).enqueue("later")
        desk.note.enqueue("first")
        desk.note.using(priority=SOON).enqueue("soon")
        desk.note.using(priority=SOON, run_after=desk.now + timedelta(hours=1)).enqueue("in an hour")
        desk.note.enqueue("second")

    desk.work()

    assert [args for args, _ in desk.calls] == [("soon",), ("first",), ("second",), ("later",)]
    desk.pass_time(3600)
    desk.work()
    assert desk.calls[-1] == (("in an hour",), {})
