"""The sample content when the desk's address changes: it moves along, stands there once, and nothing is corrected."""

import json

import pytest
from django.test import Client

from thuchu.desk import journey, sample
from thuchu.desk.ledger.append import head
from thuchu.desk.library import reads
from thuchu.desk.library.exporting import record_of
from thuchu.desk.library.importing import stored_digest
from thuchu.desk.library.models import FactCheck, PastVersion
from thuchu.desk.publishing.corrections import corrections

pytestmark = pytest.mark.django_db

FIRST, SECOND = "http://127.0.0.1:8000", "http://127.0.0.1:9000"


@pytest.fixture
def loaded(home, now):
    """How many there are."""
    return sample.load(now=now)


def origins():
    return {url.rsplit("/", 2)[0] for url in reads.addresses(sample.PUBLISHER)}


def test_the_sample_moves_with_the_desk_and_back_and_is_never_there_twice(loaded, settings, now):
    counts = []
    for address in (SECOND, FIRST):
        settings.THUCHU_ADDRESS = address
        sample.load(now=now)
        counts.append((reads.count(), FactCheck.objects.count(), origins()))

    assert counts == [(loaded, loaded, {SECOND}), (loaded, loaded, {FIRST})]


def test_a_desk_that_listens_elsewhere_corrects_nothing(loaded, settings, now):
    """Another port once made 98 withdrawals: two pages of corrections, and feeds and dump full of them."""
    names, entries = set(FactCheck.objects.values_list("public_id", flat=True)), head().seq
    settings.THUCHU_ADDRESS = SECOND

    assert sample.load(now=now) == 0

    assert corrections().items == ()
    assert not PastVersion.objects.exists()
    assert set(FactCheck.objects.values_list("public_id", flat=True)) == names
    assert head().seq == entries


def test_a_record_that_moved_says_the_same_as_one_that_was_taken_in_there(loaded, settings, now):
    settings.THUCHU_ADDRESS = SECOND
    sample.load(now=now)

    assert all(row.content_digest == stored_digest(record_of(row)) for row in FactCheck.objects.all())


def test_its_address_leads_to_its_page_wherever_the_desk_listens(loaded, settings, now):
    settings.THUCHU_ADDRESS = SECOND
    sample.load(now=now)
    url = reads.addresses(sample.PUBLISHER)[0]

    answer = Client().get(url.removeprefix(SECOND))

    assert answer["Location"] == reads.by_url(url).page_path
    assert journey.ask(url, door="web", page_language="vi", now=now).answer.shown[0].fact_check.url == url


def test_on_a_host_that_nobody_admitted_it_stays_where_it_answers(loaded, settings, now):
    journey.ask("Xã mình tuần sau phát gạo cho nhà nghèo phải không", door="web", page_language="vi", now=now)
    settings.THUCHU_ADDRESS = "https://demo.example"

    sample.load(now=now)

    assert (reads.count(), FactCheck.objects.count(), origins()) == (loaded, loaded, {FIRST})
    assert Client().get(reads.addresses(sample.PUBLISHER)[0].removeprefix(FIRST)).status_code == 302


def test_a_home_from_before_that_was_moved_by_withdrawing_works_on(loaded, settings, now, tmp_path):
    """Its old records stand withdrawn at the first address, so that the current ones can't move back there."""
    records = [json.loads(line) for line in sample.shipped().splitlines()]
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text("\n".join(json.dumps({"url": FIRST + r["url"], "dateDeleted": "2026-11-20"}) for r in records))
    new.write_text("\n".join(json.dumps(r | {"url": SECOND + r["url"]}) for r in records))
    for file in (old, new):
        list(journey.take_in(file, publisher=sample.PUBLISHER, hosts=[SECOND], now=now))
    corrected = len(corrections().items)

    sample.load(now=now)

    assert (reads.count(), origins()) == (loaded, {SECOND})
    assert len(corrections().items) == corrected
