"""A contributor's request is fetched by a worker: shown on the way, ended once, whatever happens to the worker."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from fake_wire import FakeWire
from thuchu.desk.evidence import reads, requests
from thuchu.desk.evidence.capture import Words
from thuchu.desk.evidence.guards import install_guards, missing_guards
from thuchu.desk.evidence.models import Capture, CaptureRequest, Check, Quote
from thuchu.desk.evidence.refusals import (
    NotServed,
    PlaceRefused,
    ProfileRefused,
    QuoteEmpty,
    QuoteTooLong,
    TooManyWaiting,
    TypeRefused,
)
from thuchu.desk.evidence.requests import (
    CAPTURE_JOB,
    Copy,
    fetch_requested,
    forget_gathered,
    forget_request,
    forget_requests,
    forget_requests_of,
    keep_upload,
    request_capture,
)
from thuchu.desk.jobs import worker
from thuchu.desk.jobs.models import Job
from thuchu.desk.jobs.queue import Task
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reactions import TABLE
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db

ADDRESS = "https://bao.example/mua"
SENTENCE = "Mai các trường vẫn dạy học bình thường."
PAGE = f"<title>Mưa lớn</title><p>Sở Giáo dục trả lời phụ huynh.</p><p>{SENTENCE}</p>".encode()
AN, BINH = 7, 8


class Killed(BaseException):
    """The worker is no more."""


class KillingWire(FakeWire):
    """Takes the worker with it when it is asked."""

    def fetch(self, address):
        super().fetch(address)
        raise Killed


def ask(now, *, by=AN, address=ADDRESS, quote=SENTENCE):
    return request_capture(address, scrub(quote), by=by, now=now)


def work(now, home, wire):
    """A worker's turn over all jobs that are due."""

    def capture(number):
        fetch_requested(number, now=now, wire=wire, home=home)

    table = {CAPTURE_JOB: Task(CAPTURE_JOB, capture)}
    return worker.run(table, stop=threading.Event(), now=lambda: now, until_empty=True)


def test_the_worker_knows_the_job():
    assert CAPTURE_JOB in TABLE


def test_a_request_waits_then_is_ready_with_its_evidence(home, now):
    number = ask(now)
    assert reads.request(number, by=AN).state == "waiting"

    assert work(now, home, FakeWire({ADDRESS: PAGE})) == 1

    view = reads.request(number, by=AN)
    assert (view.state, view.refusal) == ("ready", None)
    assert reads.evidence(view.evidence).sentence == SENTENCE


def test_the_queue_holds_the_requests_number_and_nothing_that_was_typed(now):
    number = ask(now)

    [job] = Job.objects.all()
    assert (job.key, job.arguments) == (f"capture:{number}", {"args": [number], "kwargs": {}})


def test_request_and_job_are_written_together_or_not_at_all(now, monkeypatch):
    def full_disk(_name):
        raise OSError("no space left")

    monkeypatch.setattr(requests, "by_name", full_disk)

    with pytest.raises(OSError, match="no space"):
        ask(now)

    assert not CaptureRequest.objects.exists()


def test_a_refusal_is_shown_with_what_to_do_and_ends_the_job(home, now):
    number = ask(now)

    work(now, home, FakeWire({ADDRESS: NotServed(status=403)}))

    view = reads.request(number, by=AN)
    assert (view.state, view.evidence) == ("refused", None)
    assert str(view.refusal) == str(NotServed(status=403))
    assert Job.objects.get().state == "done"


def test_a_refusal_shows_what_stands_on_the_page_instead(home, now):
    number = ask(now, quote="Mai các trường nghỉ dạy học hết cả tuần sau.")

    work(now, home, FakeWire({ADDRESS: PAGE}))

    refusal = reads.request(number, by=AN).refusal
    assert refusal.code == "quote_otherwise"
    assert "Mai các trường" in refusal.message % refusal.values


def test_nobody_sees_anothers_request(now):
    assert reads.request(ask(now, by=AN), by=BINH) is None


def test_the_same_request_sent_twice_is_one(now):
    assert ask(now) == ask(now)
    assert ask(now) != ask(now, by=BINH)

    assert Job.objects.count() == 2


def test_one_person_has_only_so_many_waiting(home, now):
    for page in range(5):
        ask(now, address=f"{ADDRESS}/{page}")

    with pytest.raises(TooManyWaiting, match="5 pages"):
        ask(now, address=f"{ADDRESS}/5")
    ask(now, by=BINH)
    work(now, home, FakeWire())
    ask(now, address=f"{ADDRESS}/5")


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"address": "https://www.facebook.com/nguyen.van.an"}, ProfileRefused),
        ({"quote": ""}, QuoteEmpty),
        ({"quote": "dài " * 300}, QuoteTooLong),
    ],
)
def test_what_can_be_told_at_once_is_told_at_once_and_nothing_written(now, more, refusal):
    with pytest.raises(refusal):
        ask(now, **more)

    assert not CaptureRequest.objects.exists()
    assert not Job.objects.exists()


def test_a_worker_killed_while_it_fetches_leaves_the_request_to_the_next_one(home, now):
    number = ask(now)

    with pytest.raises(Killed):
        fetch_requested(number, now=now, wire=KillingWire({ADDRESS: PAGE}), home=home)
    assert reads.request(number, by=AN).state == "fetching"
    fetch_requested(number, now=now, wire=FakeWire({ADDRESS: PAGE}), home=home)

    assert reads.request(number, by=AN).state == "ready"


@pytest.mark.parametrize("place", ["prepare_address", "store"])
def test_a_worker_killed_before_or_in_the_transaction_leaves_no_row_and_one_capture_comes_of_it(
    home, now, monkeypatch, place
):
    number, real = ask(now), getattr(requests, place)

    def killed(*args, **named):
        real(*args, **named)
        raise Killed

    monkeypatch.setattr(requests, place, killed)
    with pytest.raises(Killed):
        fetch_requested(number, now=now, wire=FakeWire({ADDRESS: PAGE}), home=home)
    assert (Capture.objects.count(), Entry.objects.count()) == (0, 0)

    monkeypatch.setattr(requests, place, real)
    fetch_requested(number, now=now, wire=FakeWire({ADDRESS: PAGE}), home=home)

    assert reads.request(number, by=AN).state == "ready"
    assert [m.objects.count() for m in (Capture, Quote, Check, Entry)] == [1, 1, 1, 1]


def test_a_job_done_again_changes_nothing(home, now):
    number, wire = ask(now), FakeWire({ADDRESS: PAGE})
    fetch_requested(number, now=now, wire=wire, home=home)

    fetch_requested(number, now=now, wire=wire, home=home)

    assert len(wire.asked) == 1
    assert Entry.objects.count() == 1


def test_of_two_workers_that_fetch_the_same_request_one_writes(home, now):
    """The first one lost its lease while the site was slow, and comes back late."""
    number = ask(now)

    class SlowWire(FakeWire):
        def fetch(self, address):
            fetch_requested(number, now=now, wire=FakeWire({ADDRESS: PAGE + b"<!-- khac -->"}), home=home)
            return super().fetch(address)

    fetch_requested(number, now=now, wire=SlowWire({ADDRESS: PAGE}), home=home)

    assert [m.objects.count() for m in (Capture, Quote, Entry)] == [1, 1, 1]


def test_a_request_that_nobody_works_on_any_more_is_ended_with_a_sentence(now):
    number = ask(now - timedelta(hours=7))

    forget_requests(now=now)

    view = reads.request(number, by=AN)
    assert (view.state, view.refusal.code) == ("refused", "stopped")


def test_requests_that_ended_are_forgotten_after_a_week_and_their_evidence_stays(home, now):
    number = ask(now - timedelta(days=8))
    fetch_requested(number, now=now - timedelta(days=8), wire=FakeWire({ADDRESS: PAGE}), home=home)
    ask(now)

    assert forget_requests(now=now) == 1

    assert reads.request(number, by=AN) is None
    assert (Quote.objects.count(), CaptureRequest.objects.count()) == (1, 1)


def test_who_leaves_is_forgotten_and_the_job_that_still_waits_finds_nothing(home, now):
    number, other = ask(now, by=AN), ask(now, by=BINH)

    assert forget_requests_of(AN) == 1
    work(now, home, FakeWire({ADDRESS: PAGE}))

    assert reads.request(number, by=AN) is None
    assert reads.request(other, by=BINH).state == "ready"


def test_a_refused_place_is_told_by_the_real_wire_too(home, now, wire):
    number = ask(now, address="http://169.254.169.254/latest/")

    work(now, home, wire)

    assert reads.request(number, by=AN).refusal.code == PlaceRefused.code


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE evidence_capturerequest SET state = 'waiting', evidence_id = NULL",
        "UPDATE evidence_capturerequest SET state = 'refused', evidence_id = NULL, refusal_code = 'port'",
        "UPDATE evidence_capture SET digest = 'khac'",
        "UPDATE evidence_quote SET exact = 'khac'",
        "UPDATE evidence_check SET state = 'gone'",
    ],
)
def test_the_database_itself_refuses_to_write_over_what_was(home, now, sql):
    fetch_requested(ask(now), now=now, wire=FakeWire({ADDRESS: PAGE}), home=home)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_guards_come_back_by_themselves(db):
    with connection.cursor() as cursor:
        on_table = "" if connection.vendor == "sqlite" else " ON evidence_quote"
        cursor.execute(f"DROP TRIGGER evidence_quotes_stay{on_table}")
    assert missing_guards() == ["evidence_quotes_stay"]

    install_guards()

    assert missing_guards() == []


def test_what_a_row_keeps_of_a_refusal_names_no_address(home, now):
    number = ask(now, address="https://bao.example/tin?ten=an")

    work(now, home, FakeWire({"https://bao.example/tin?ten=an": NotServed(status=500)}))

    row = CaptureRequest.objects.get(pk=number)
    assert "tin" not in json.dumps(row.refusal_values)


def gather(now, subject, *, by=AN, address=ADDRESS):
    return request_capture(address, scrub(SENTENCE), by=by, subject=subject, now=now)


def test_what_is_gathered_for_one_thing_is_kept_together_and_is_nobody_elses(now):
    first, second = gather(now, "claim:1"), gather(now, "claim:1", address="https://bao.example/gio")
    other = gather(now, "claim:2")
    gather(now, "claim:1", by=BINH)
    ask(now, address="https://bao.example/nang")

    assert [each.number for each in reads.gathered(by=AN, subject="claim:1")] == [first, second]
    assert [each.number for each in reads.gathered(by=AN)] == [first, second, other]


def test_the_same_page_is_gathered_for_two_things(now):
    assert gather(now, "claim:1") == gather(now, "claim:1") != gather(now, "claim:2")


def test_an_uploaded_copy_is_gathered_at_once(home, now):
    copy = Copy(body=b"<html>" + PAGE, name=scrub("mua.html"))

    number = keep_upload(copy, Words(quote=scrub(SENTENCE)), by=AN, subject="claim:1", now=now, home=home)

    (view,) = reads.gathered(by=AN, subject="claim:1")
    assert (view.number, view.state, view.address) == (number, "ready", "")
    assert reads.evidence(view.evidence).sentence == SENTENCE


def test_a_copy_that_is_refused_is_not_gathered(home, now):
    copy = Copy(body=b"no page", name=scrub("mua.html"))

    with pytest.raises(TypeRefused):
        keep_upload(copy, Words(quote=scrub(SENTENCE)), by=AN, subject="claim:1", now=now, home=home)

    assert not CaptureRequest.objects.exists()


def test_one_piece_or_all_of_a_thing_is_forgotten_by_its_person_alone(now):
    first = gather(now, "claim:1")
    gather(now, "claim:1", address="https://bao.example/gio")
    gather(now, "claim:2")

    forget_request(first, by=BINH)
    assert CaptureRequest.objects.count() == 3
    forget_request(first, by=AN)
    assert CaptureRequest.objects.count() == 2
    forget_gathered("claim:1", by=BINH)
    forget_gathered("claim:1", by=AN)

    assert [each.subject for each in reads.gathered(by=AN)] == ["claim:2"]


def test_a_piece_that_nobody_wants_any_more_is_not_fetched(home, now):
    forget_request(gather(now, "claim:1"), by=AN)
    wire = FakeWire({ADDRESS: PAGE})

    work(now, home, wire)

    assert wire.asked == []
    assert not Capture.objects.exists()
