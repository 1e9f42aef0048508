"""Many at once on one PostgreSQL database: no gap, no deadlock, nobody skipped, nothing taken twice.

Run by `test_core_on_postgres`; on SQLite there is nothing to try, for there one connection writes.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import close_old_connections, connection, connections, transaction
from django.db.utils import DatabaseError, OperationalError

from thuchu.desk.claims import index as claims_index
from thuchu.desk.claims.models import Claim
from thuchu.desk.intake.models import Submission
from thuchu.desk.jobs import lease
from thuchu.desk.jobs.models import Job
from thuchu.desk.jobs.queue import by_name
from thuchu.desk.journey import ask
from thuchu.desk.ledger.append import append
from thuchu.desk.ledger.models import Entry
from thuchu.desk.ledger.verify import verify_ledger
from thuchu.desk.moment import one_moment
from thuchu.desk.postgresql.base import WRITE_LOCK

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
WRITERS, ACTS = 8, 25


@pytest.fixture
def desk(transactional_db, home):
    """A database that several connections see; emptied at the end."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer by itself")
    return home


def at_once(act, many=WRITERS):
    """`act(number)` in so many threads that begin together, each with a connection of its own; what they gave back."""
    line = threading.Barrier(many)

    def one(number):
        line.wait(30)
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as people:
        return list(people.map(one, range(many)))


def append_some():
    """One entry, of whatever kind."""
    return append("publisher.added", "publisher:1", {"name": "Báo Thử"}, now=NOW)


def test_the_ledger_has_no_gap_however_many_write(desk):
    def act(_):
        for _ in range(ACTS):
            with transaction.atomic():
                append_some()

    at_once(act)

    numbers = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, WRITERS * ACTS + 1))
    assert verify_ledger().seq == WRITERS * ACTS


def test_an_act_that_is_undone_leaves_no_gap(desk):
    def act(number):
        for turn in range(ACTS):
            try:
                with transaction.atomic():
                    append_some()
                    if (number + turn) % 3 == 0:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass

    at_once(act)

    assert verify_ledger().seq == Entry.objects.count() > 0


def test_who_looks_and_then_writes_sees_what_they_saw_until_they_are_done(desk):
    """Django's own way would let both see the same count: 800 increments in 400."""
    with transaction.atomic():
        by_name("a.counter").enqueue()
    row = Job.objects.get()

    def act(_):
        for _ in range(ACTS):
            with transaction.atomic():
                seen = Job.objects.get(pk=row.pk).progress_done
                Job.objects.filter(pk=row.pk).update(progress_done=seen + 1, progress_total=10_000)

    at_once(act)

    assert Job.objects.get().progress_done == WRITERS * ACTS


def test_rows_taken_in_opposite_order_never_wait_for_each_other(desk):
    with transaction.atomic():
        numbers = [by_name("a.row").using(key=f"{place}").enqueue() for place in range(4)]

    def act(number):
        mine = numbers if number % 2 else numbers[::-1]
        for _ in range(ACTS):
            with transaction.atomic():
                for row in mine:
                    Job.objects.filter(pk=row).update(progress_total=number)

    at_once(act)  # A deadlock would raise here.


def test_two_who_ask_the_same_in_one_moment_wait_under_one_claim(desk):
    text = "Nghe nói ngày mai cả phường mình cúp điện từ bảy giờ sáng tới năm giờ chiều để sửa trạm biến áp"

    at_once(lambda _: ask(text, door="web", page_language="vi", now=NOW))

    assert Submission.objects.count() == WRITERS
    assert Claim.objects.count() == 1


def test_no_change_is_skipped_by_an_index_that_follows_while_others_write(desk):
    """Numbers given in one order and committed in another would be passed over for good."""
    over = threading.Event()

    def follow():
        while not over.wait(0.02):
            claims_index.catch_up(desk)
        claims_index.catch_up(desk)
        connections.close_all()

    follower = threading.Thread(target=follow)
    follower.start()

    def act(number):
        for turn in range(2):
            words = f"Con trâu thứ {number * 100 + turn} ở xã nhà biết làm thơ tặng hàng xóm thứ {turn} mỗi đêm trăng"
            ask(words, door="web", page_language="vi", now=NOW)

    try:
        at_once(act)
    finally:
        over.set()
        follower.join(60)

    assert not follower.is_alive()
    assert Claim.objects.count() > WRITERS
    assert claims_index.behind(desk) == ""


def test_several_workers_never_take_the_same_job_and_do_not_wait_for_a_writer(desk):
    with transaction.atomic():
        written = {by_name("a.job").using(key=f"{place}", now=NOW).enqueue() for place in range(40)}

    def take(number):
        taken = []
        while held := lease.take_next(f"worker {number}", now=NOW):
            taken.append(held.number)
        return taken

    with transaction.atomic():
        # The write lock is held here all the while.
        taken = [number for each in at_once(take, 4) for number in each]

    assert len(taken) == len(written)
    assert set(taken) == written


def test_readers_do_not_wait_for_a_writer(desk):
    with transaction.atomic():
        append_some()
        began = time.monotonic()

        assert at_once(lambda _: Entry.objects.count(), 2) == [0, 0]
        assert time.monotonic() - began < 5


def test_a_lock_that_nobody_gives_back_is_waited_for_no_longer_than_said(desk):
    def wait(_):
        with connection.cursor() as cursor:
            limits = "lock_timeout", "idle_in_transaction_session_timeout"
            cursor.execute("SELECT current_setting(%s), current_setting(%s)", limits)
            assert cursor.fetchone() == ("20s", "5min")
            cursor.execute("SET lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            append_some()
        return Entry.objects.count()

    with transaction.atomic():
        assert at_once(wait, 1) == [0]


def test_a_connection_that_the_server_closed_is_replaced_before_the_next_request(desk):
    def one_request(victim):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (mine,) = cursor.fetchone()
        victim.append(mine)
        said.set()
        killed.wait(10)
        # As Django does it at the beginning of every request.
        close_old_connections()
        return Entry.objects.count()

    said, killed, victim = threading.Event(), threading.Event(), []
    with ThreadPoolExecutor(1) as one:
        answer = one.submit(one_request, victim)
        said.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [victim[0]])
        killed.set()
        assert answer.result(10) == 0
        one.submit(connections.close_all).result(10)


def test_the_ledger_can_not_be_emptied_at_once(desk):
    with transaction.atomic():
        append_some()

    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_entry")

    assert Entry.objects.count() == 1


def test_the_lock_goes_with_its_transaction(desk):
    with transaction.atomic():
        append_some()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database "
            "WHERE d.datname = current_database() AND locktype = 'advisory' AND objid = %s",
            [WRITE_LOCK % 2**32],
        )
        assert cursor.fetchone() == (0,)


def test_a_reading_left_half_way_harms_no_other_transaction(desk):
    """A server's cursor would be closed when Python throws it away, and take the next act with it."""
    with transaction.atomic():
        for _ in range(3):
            append_some()
    with transaction.atomic():
        begun = iter(Entry.objects.iterator(chunk_size=1))
        assert next(begun).seq == 1

    with transaction.atomic():
        del begun
        append_some()

    assert Entry.objects.count() == 4


def test_a_reader_of_one_moment_keeps_no_writer_waiting_and_sees_nothing_new(desk):
    def act(number):
        with transaction.atomic():
            append("publisher.added", f"publisher:{number}", {"name": "Một"}, now=NOW)

    act(9)

    with one_moment():
        before = Entry.objects.count()
        at_once(act, many=2)
        assert Entry.objects.count() == before

    assert Entry.objects.count() == before + 2
