"""Rule 5: an imported fact-check is shown as its publisher's, and answered only from admitted hosts."""

import json

import pytest

from thuchu.desk import journey
from thuchu.desk.ledger.models import Entry
from thuchu.desk.library import reads
from thuchu.desk.library.models import Publisher, PublisherHost

pytestmark = pytest.mark.django_db

CLAIM = "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng của cả nhà"


@pytest.fixture
def bring(tmp_path, home, now):
    def take(publisher, hosts, url, words="Sai"):
        review = {
            "@type": "ClaimReview",
            "url": url,
            "claimReviewed": CLAIM,
            "reviewBody": "Nước muối làm dịu cổ họng. Nó không diệt vi rút.",
            "reviewRating": {"alternateName": words},
            "inLanguage": "vi",
        }
        path = tmp_path / "one.jsonl"
        path.write_text(json.dumps(review), "utf-8")
        list(journey.take_in(path, publisher=publisher, hosts=hosts, now=now))

    return take


def answer(now):
    return journey.ask(CLAIM, door="web", page_language="vi", now=now).answer


def test_a_record_on_an_admitted_host_may_answer(bring, now):
    bring("Báo Thử", ["tin.example"], "https://www.tin.example/1")

    assert answer(now).shown[0].fact_check.is_answerable
    assert answer(now).kind == "answer"


@pytest.mark.parametrize(
    "url",
    [
        "https://la.example/1",
        "https://tin.example.la.example/1",
        "https://xtin.example/1",
        "https://tin.example@la.example/1",
    ],
)
def test_a_record_outside_the_host_list_is_never_answered(bring, now, url):
    bring("Báo Thử", ["tin.example"], url)

    assert answer(now).kind != "answer"
    assert not any(shown.fact_check.is_answerable for shown in answer(now).shown)


def test_without_the_operators_word_no_publisher_is_admitted(bring, now):
    bring("Báo Thử", [], "https://tin.example/1")

    assert answer(now).kind == "suggest"
    assert Publisher.objects.get().admitted_at is None


def test_after_the_first_question_the_operator_admits_nobody(bring, now):
    answer(now)

    bring("Báo Muộn", ["tin.example"], "https://tin.example/1")

    assert answer(now).kind == "suggest"
    assert PublisherHost.objects.get().admitted_at is None
    assert not Entry.objects.filter(kind="publisher.admitted").exists()


def test_an_admitted_publisher_gains_no_host_after_the_first_question(bring, now):
    bring("Báo Thử", ["tin.example"], "https://tin.example/khac", words="không rõ")
    answer(now)

    bring("Báo Thử", ["moi.example"], "https://moi.example/1")

    assert not reads.by_url("https://moi.example/1").is_answerable


def test_admission_is_a_public_entry_with_its_reason(bring):
    bring("Báo Thử", ["tin.example"], "https://tin.example/1")

    entry = Entry.objects.get(kind="publisher.admitted")
    assert "nobody had asked" in json.loads(entry.body)["reason"]


def test_a_verdict_that_is_not_surely_ours_is_suggested_in_the_publishers_words(bring, now):
    bring("Báo Thử", ["tin.example"], "https://tin.example/1", words="Chưa hẳn vậy đâu")

    said = answer(now)
    assert said.kind == "suggest"
    assert said.shown[0].fact_check.verdict is None
    assert said.shown[0].fact_check.verdict_words == "Chưa hẳn vậy đâu"
