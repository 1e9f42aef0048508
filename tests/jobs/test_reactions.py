"""The desk's own jobs: each has its function, each does nothing the second time, and one that fails stops no other."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from thuchu.desk import journey, reactions
from thuchu.desk.intake.models import Submission
from thuchu.desk.jobs import reads, worker
from thuchu.desk.jobs.models import Job
from thuchu.desk.jobs.queue import Task

pytestmark = pytest.mark.django_db


def work(table, at):
    return worker.run(table, reactions.SCHEDULE, stop=threading.Event(), now=lambda: at, until_empty=True)


def ask(at):
    return journey.ask("Nghe nói mai cả phường cúp điện ba tiếng", door="web", page_language="vi", now=at)


def test_every_periodic_job_has_its_function_and_every_name_its_room():
    assert {periodic.name for periodic in reactions.SCHEDULE} <= set(reactions.TABLE)
    assert all(name == each.name and "." in name for name, each in reactions.TABLE.items())


def test_a_worker_erases_the_questions_whose_time_is_over(home, settings):
    now = timezone.now()
    ask(now - timedelta(days=settings.THUCHU_KEEP_DAYS + 1))
    ask(now)

    work(reactions.TABLE, now)

    assert Submission.objects.count() == 1
    assert reads.counts() == {"waiting": 0, "running": 0, "done": len(reactions.SCHEDULE), "failed": 0}


def test_each_does_nothing_the_second_time(home):
    ask(timezone.now())

    for periodic in (*reactions.SCHEDULE, *reactions.SCHEDULE):
        reactions.TABLE[periodic.name]()

    assert Submission.objects.count() == 1


def test_questions_are_erased_even_while_the_index_is_out_of_order(home, settings):
    """Erasing stood behind the index in one function: a broken index kept questions beyond their time."""

    def broken():
        raise OSError("no space left")

    now = timezone.now()
    ask(now - timedelta(days=settings.THUCHU_KEEP_DAYS + 1))
    table = {**reactions.TABLE, "library.catch_up": Task("library.catch_up", broken)}

    work(table, now)

    assert not Submission.objects.exists()
    assert Job.objects.get(name="library.catch_up").state == "waiting"
