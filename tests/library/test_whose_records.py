"""Whose a record is, what may change it, and what of it is never kept: files are written by strangers."""

import json
import unicodedata

import pytest

from thuchu.claimreview import write_jsonl
from thuchu.desk import journey
from thuchu.desk.ledger.models import Entry
from thuchu.desk.library import exporting, reads
from thuchu.desk.library.models import FactCheck, ListedHost, Publisher, PublisherHost
from thuchu.desk.library.publishers import PublisherRefused, find, find_or_add

pytestmark = pytest.mark.django_db

CLAIM = "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng của cả nhà"


def review(url="https://tin.example/1", **more):
    return {
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": CLAIM,
        "reviewBody": "Nước muối làm dịu cổ họng. Nó không diệt vi rút.",
        "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
        "author": {"@type": "Organization", "name": "Tin"},
        "inLanguage": "vi",
    } | more


@pytest.fixture
def bring(tmp_path, home, now):
    def take(content, publisher="Báo Thử", hosts=("tin.example",)):
        path = tmp_path / "records.json"
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        tally = None
        for progress in journey.take_in(path, publisher=publisher, hosts=hosts, now=now):
            tally = progress.tally
        return tally

    return take


def deleted(url="https://tin.example/1", day="2026-11-01"):
    return {"@type": "DataFeedItem", "url": url, "dateDeleted": day}


def feed(*elements):
    return {"@type": "DataFeed", "dataFeedElement": list(elements)}


def element(record):
    return {"@type": "DataFeedItem", "item": [record]}


def test_what_a_feed_took_back_comes_again_when_it_is_published_again(bring):
    bring([review()])
    assert bring(feed(deleted())).counts == {"withdrawn": 1}

    tally = bring([review()])

    assert tally.counts == {"replaced": 1}
    assert FactCheck.objects.get().state == "current"


def test_a_feed_is_read_in_its_order(bring):
    bring([review()])

    tally = bring(feed(deleted(), element(review())))

    assert tally.counts == {"withdrawn": 1, "replaced": 1}
    assert FactCheck.objects.get().state == "current"


def test_a_withdrawn_record_keeps_its_publishers_date_and_comes_back_the_same(bring, tmp_path, now):
    bring([review()])
    bring(feed(deleted(day="2026-10-05")))
    path = tmp_path / "out.jsonl"
    with path.open("wb") as file:
        write_jsonl(exporting.records(), file)

    *_, last = journey.take_in(path, publisher="Báo Thử", hosts=(), now=now)

    assert [record.date_deleted.isoformat() for record in exporting.records()] == ["2026-10-05"]
    assert last.tally.counts == {"unchanged": 1}


def test_an_export_of_what_the_desk_withdrew_changes_nothing_here(bring, tmp_path, now):
    bring([review()])
    journey.withdraw_from("https://tin.example/1", "Nhầm số liệu", now=now)
    path = tmp_path / "out.jsonl"
    with path.open("wb") as file:
        write_jsonl(exporting.records(), file)

    *_, last = journey.take_in(path, publisher="Báo Thử", hosts=(), now=now)

    assert last.tally.counts == {"unchanged": 1}
    assert FactCheck.objects.get().withdrawn_by == "desk"


def test_who_owns_the_host_owns_a_record_that_came_under_another_name_first(bring):
    bring([review()], publisher=None, hosts=())
    assert FactCheck.objects.get().publisher.name == "Tin"

    tally = bring([review()])

    view = reads.by_url("https://tin.example/1")
    assert tally.counts == {"replaced": 1}
    assert (view.publisher_name, view.is_answerable) == ("Báo Thử", True)


def test_a_name_in_a_file_never_takes_a_record_from_its_host(bring):
    bring([review()])

    tally = bring([review(reviewRating={"alternateName": "Đúng"})], publisher=None, hosts=())

    assert tally.counts == {"refused": 1}
    assert reads.by_url("https://tin.example/1").publisher_name == "Báo Thử"


def test_personal_data_is_covered_in_every_field_that_is_kept(bring):
    bring(
        [
            review(
                name="Gọi 0912 345 678 để hỏi",
                reviewRating={"@type": "Rating", "alternateName": "Sai, hỏi thêm 0912 345 678"},
                sdLicense="Xin phép qua so.mau@thu.example",
                citation=["https://nguon.example/tim?sdt=0912345678", "https://nguon.example/bai"],
            )
        ],
    )
    bring([review("https://tin.example/2", author={"@type": "Organization", "name": "Báo 0987 654 321"})], None, ())

    kept = str([vars(row) for row in (*FactCheck.objects.all(), *Publisher.objects.all(), *Entry.objects.all())])
    for secret in ("345 678", "0912345678", "so.mau", "654 321"):
        assert secret not in kept
    assert "https://nguon.example/bai" in kept


def test_a_record_whose_address_holds_personal_data_is_refused(bring):
    tally = bring([review("https://tin.example/tim?sdt=0912345678"), review()])

    assert tally.counts == {"added": 1, "refused": 1}
    assert "personal data" in tally.refusals[0].reason
    assert "0912345678" not in str(tally.refusals)


def test_why_something_was_withdrawn_is_scrubbed_before_the_ledger_keeps_it_for_ever(bring, now):
    bring([review()])

    journey.withdraw_from("https://tin.example/1", "Chị Lan 0912 345 678 báo nhầm", now=now)

    assert "345 678" not in Entry.objects.last().body
    assert "345 678" not in FactCheck.objects.get().withdrawn_reason


def test_a_record_is_withdrawn_whose_address_is_not_in_normal_form(bring, now):
    url = unicodedata.normalize("NFD", "https://tin.example/tiếng-đồn")
    bring([review(url)])

    names = journey.withdraw_from(url, "Nhầm số liệu", now=now)

    assert len(names) == 1


@pytest.mark.parametrize(
    ("url", "answerable"),
    [
        ("https://tin.example/1", True),
        ("https://TIN.example./1", True),
        ("https://www.tin.example:8443/1", True),
        ("https://con.tin.example/1", True),
        ("https://tin.example.evil.example/1", False),
        ("https://eviltin.example/1", False),
        ("https://evil.example/tin.example", False),
        ("https://evil.example/?https://tin.example/", False),
        ("https://tin.exаmple/1", False),
        ("https://báo-mẫu.example/1", True),
        ("https://xn--bo-mu-xqa9944c.example/1", True),
    ],
)
def test_only_the_host_itself_says_whose_an_address_is(bring, url, answerable):
    bring([review(url)], hosts=("tin.example", "báo-mẫu.example"))

    assert reads.by_url(url).is_answerable == answerable


@pytest.mark.parametrize("host", ["vn", "com.vn", "gov.vn", "blogspot.com", "github.io", "a b", "", "tin..example"])
def test_what_anybody_may_register_under_is_nobodys_host(bring, host):
    with pytest.raises(PublisherRefused):
        bring([review()], hosts=(host,))

    assert not PublisherHost.objects.exists()


@pytest.mark.parametrize("host", ["con.tin.example", "tin.example"])
def test_a_host_within_anothers_host_is_not_taken(bring, host):
    bring([review()], hosts=("b.tin.example" if host == "tin.example" else "tin.example",))

    with pytest.raises(PublisherRefused, match="Báo Thử"):
        bring([review()], publisher="Kẻ Mạo Danh", hosts=(host,))


def test_two_names_that_differ_in_accents_are_two_publishers(now):
    first, second = (
        find_or_add("Tiền Phong", frozen_until=None, now=now),
        find_or_add("Tiên Phong", frozen_until=None, now=now),
    )

    assert first.pk != second.pk
    assert find("TIỀN PHONG").pk == first.pk
    with pytest.raises(PublisherRefused, match="Tiền Phong or Tiên Phong"):
        find_or_add("tien phong", frozen_until=None, now=now)


def test_a_name_without_accents_finds_the_one_it_can_mean(now):
    publisher = find_or_add("Báo Thử", frozen_until=None, now=now)

    assert find_or_add("bao thu", frozen_until=None, now=now).pk == publisher.pk


def test_a_file_that_is_not_there_admits_nobody(tmp_path, home, now):
    with pytest.raises(OSError, match="No such file"):
        list(journey.take_in(tmp_path / "nothing", publisher="Báo Thử", hosts=("tin.example",), now=now))

    assert not Entry.objects.exists()


def test_taking_away_the_list_of_a_mistyped_name_adds_no_publisher(home, now):
    assert journey.take_away_links("Báo Gõ Nhầm", now=now) == 0
    assert not Entry.objects.exists()


def test_a_list_that_names_no_host_adds_no_publisher(tmp_path, home, now):
    path = tmp_path / "list.txt"
    path.write_text("đây không phải danh sách\n", "utf-8")

    loaded = journey.take_in_links(path, publisher="Báo Thử", now=now)

    assert loaded.entries == 0
    assert not Publisher.objects.exists()
    assert not ListedHost.objects.exists()
