"""The index beside its table: read at one moment, made again when it is gone, asked with few queries."""

import json
import shutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from thuchu.desk import journey
from thuchu.desk.intake import limits
from thuchu.desk.library import index, reads
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db

# What one request may ask of the database, however much stands in it.
CHECK_QUERIES_MAX = 12
LIST_QUERIES_MAX = 8
RECORDS = 400
QUESTION = "Có phải món 5 ở phường 5 chữa được bệnh trong tin đồn số 5 không mọi người"


@pytest.fixture
def library(tmp_path, home, now):
    path = tmp_path / "records.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(RECORDS):
            record = {
                "@type": "ClaimReview",
                "url": f"https://tin{number % 50}.example/{number}",
                "claimReviewed": f"Tin đồn số {number} về món {number % 97} ở phường {number % 89} chữa được bệnh",
                "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
                "author": {"@type": "Organization", "name": f"Báo Thử {number % 50}"},
                "inLanguage": "vi",
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    for _ in journey.take_in(path, publisher=None, hosts=(), now=now):
        pass
    limits.limiter.cache_clear()
    yield home
    limits.limiter.cache_clear()


def test_a_request_asks_the_database_little_however_much_it_holds(library, client):
    client.post("/api/v1/check", {"text": QUESTION}, content_type="application/json")

    with CaptureQueriesContext(
        connection,
    ) as checked:
        answer = client.post("/api/v1/check", {"text": QUESTION}, content_type="application/json").json()
    with CaptureQueriesContext(connection) as listed:
        items = client.get("/api/v1/fact-checks?page=7").json()["items"]
    with CaptureQueriesContext(connection) as searched:
        client.get("/api/v1/fact-checks?q=tin+đồn").json()

    assert answer["matches"]
    assert len(items) == reads.PAGE_ITEMS
    assert len(checked) <= CHECK_QUERIES_MAX, [query["sql"] for query in checked]
    assert max(len(listed), len(searched)) <= LIST_QUERIES_MAX


def test_an_index_that_was_deleted_under_a_running_desk_is_made_again(library):
    before = [match.id for match in index.find(library, scrub(QUESTION)).matches]
    shutil.rmtree(library / "index")

    after = [match.id for match in index.find(library, scrub(QUESTION)).matches]

    assert before
    assert after == before
    assert index.behind(library) == ""


def test_the_tidying_desk_sees_that_its_index_is_gone(library):
    shutil.rmtree(library / "index")

    journey.catch_up()

    assert index.behind(library) == ""


def test_warming_up_needs_no_fact_check_and_changes_nothing(library):
    journey.warm_up()
    shutil.rmtree(library / "index")
    journey.warm_up()

    assert index.behind(library) == ""


def test_table_and_count_are_read_at_one_moment(library):
    with CaptureQueriesContext(connection) as asked:
        state = reads.state()

    assert state == (RECORDS, RECORDS)
    assert len(asked) == 1
