"""A desk that moves to another address takes its own fact-checks along: no reader is led to where it was before."""

import json
import re

import pytest

from publishing.test_rounds_of_a_desk import HALF_AN_HOUR, TwoCamps
from thuchu.desk import journey
from thuchu.desk.dump.write import write_dump
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.exporting import records
from thuchu.desk.library.reads import fact_check

pytestmark = pytest.mark.django_db

NEW = "https://kiemchung.example"


@pytest.fixture
def name(home, now, settings):
    """What was agreed before the operator said how people reach the desk."""
    desk = TwoCamps(now)
    journey.settle(now=now)
    journey.settle(now=now + HALF_AN_HOUR)
    settings.THUCHU_ADDRESS = NEW
    return name_of(desk.notes[2])


def test_programs_are_led_to_the_address_of_today(name, client):
    assert fact_check(name).url == f"{NEW}/f/{name}"
    answer = client.get(f"/api/v1/fact-checks/{name}").json()
    assert answer["url"] == answer["page_url"] == f"{NEW}/f/{name}"


def test_claim_review_export_and_dump_name_it_too(name, client, tmp_path):
    page = client.get(f"/f/{name}").content.decode()
    write_dump(tmp_path / "dump")
    lines = (tmp_path / "dump" / "fact_checks.jsonl").read_text("utf-8").splitlines()

    assert json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])["url"] == f"{NEW}/f/{name}"
    assert f"{NEW}/f/{name}" in {json.loads(line)["url"] for line in lines}
    assert {each.url.rpartition("/")[0] for each in records()} == {f"{NEW}/f"}


@pytest.mark.parametrize("address", [NEW, "http://127.0.0.1:8000"])
def test_no_import_takes_its_place_under_either_address(name, now, tmp_path, address):
    path = tmp_path / "records.jsonl"
    record = {
        "@type": "ClaimReview",
        "url": f"{address}/f/{name}",
        "claimReviewed": fact_check(name).claim,
        "reviewRating": {"@type": "Rating", "alternateName": "Đúng"},
    }
    path.write_text(json.dumps(record), "utf-8")

    *_, progress = journey.take_in(path, publisher="Báo Khác", hosts=(), now=now)

    assert progress.tally.counts["refused"] == 1
    assert "agreed on it" in progress.tally.refusals[0].reason


def test_what_changes_after_the_move_is_known_as_the_same(name, now):
    before = fact_check(name)

    journey.settle(now=now + 2 * HALF_AN_HOUR)

    assert fact_check(name) == before
