"""Taking fact-checks in: what is new, what replaces, what stays out, and what the ledger says of it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from thuchu.claimreview import read_file, write_csv, write_feed, write_jsonl
from thuchu.desk import journey
from thuchu.desk.intake import feedback
from thuchu.desk.ledger.models import Entry
from thuchu.desk.ledger.verify import verify_ledger
from thuchu.desk.library import exporting, index, reads
from thuchu.desk.library.models import FactCheck, PastVersion
from thuchu.desk.library.publishers import PublisherRefused
from thuchu.desk.library.withdraw import CannotWithdraw
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "claimreview-import"
CLAIMS = [
    "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng",
    "Ngân hàng yêu cầu khách đọc mã OTP qua điện thoại để nâng hạn mức",
    "Luộc trứng gà với giấm chữa khỏi bệnh tiểu đường trong một tuần",
]


def review(number, words="Sai", **more):
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://tin.example/{number}",
        "claimReviewed": CLAIMS[number],
        "reviewBody": f"Chuyện số {number} không đúng. Đây là vì sao.",
        "reviewRating": {"@type": "Rating", "alternateName": words},
        "author": {"@type": "Organization", "name": "Báo Thử"},
        "inLanguage": "vi",
    } | more


@pytest.fixture
def bring(tmp_path, home, now):
    def take(records, publisher="Báo Thử", hosts=("tin.example",), at=now):
        path = tmp_path / "records.jsonl"
        path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
        tally = None
        for progress in journey.take_in(path, publisher=publisher, hosts=hosts, now=at):
            tally = progress.tally
        return tally

    return take


def test_importing_again_changes_nothing(bring, home):
    bring([review(0), review(1)])
    entries, changes = Entry.objects.count(), reads.last_change()

    tally = bring([review(0), review(1)])

    assert tally.counts == {"unchanged": 2}
    assert (Entry.objects.count(), reads.last_change()) == (entries, changes)


def test_an_update_replaces_and_the_old_words_stay_as_history(bring, now):
    bring([review(0)])
    first = FactCheck.objects.get()

    tally = bring([review(0, words="Gây hiểu lầm")], at=now + timedelta(days=1))

    view = reads.fact_check(first.public_id)
    assert tally.counts == {"replaced": 1}
    assert view.verdict == "misleading"
    assert [past.verdict for past in view.past] == ["false"]


def test_a_corrected_claim_at_the_same_address_keeps_its_page(bring):
    bring([review(0)])
    first = FactCheck.objects.get()

    tally = bring([review(0, claimReviewed="Súc miệng nước muối diệt được vi rút trong phổi")])

    assert tally.counts == {"replaced": 1}
    assert FactCheck.objects.get().public_id == first.public_id
    assert PastVersion.objects.get().claim == CLAIMS[0]


def test_a_round_up_of_several_claims_at_one_address_stays_several(bring):
    round_up = [review(n, url="https://tin.example/tong-hop") for n in range(3)]

    bring(round_up)
    tally = bring(round_up)

    assert FactCheck.objects.count() == 3
    assert tally.counts == {"unchanged": 3}


def test_a_bad_record_is_named_and_the_rest_comes_in(bring):
    tally = bring([review(0), {"@type": "ClaimReview", "url": "https://tin.example/x"}, review(1)])

    assert tally.counts == {"added": 2, "refused": 1}
    assert tally.refusals[0].line == 2
    assert tally.refusals[0].field == "claimReviewed"


def test_a_record_that_contradicts_itself_in_one_file_is_taken_once(bring):
    tally = bring([review(0), review(0, words="Đúng")])

    assert tally.counts == {"added": 1, "refused": 1}
    assert FactCheck.objects.get().verdict == "false"


def test_nobody_takes_over_another_publishers_record(bring):
    bring([review(0)])

    tally = bring([review(0, words="Đúng")], publisher="Kẻ Mạo Danh", hosts=())

    assert tally.counts == {"refused": 1}
    assert FactCheck.objects.get().verdict == "false"


def test_a_host_belongs_to_one_publisher(bring):
    bring([review(0)])

    with pytest.raises(PublisherRefused, match="Báo Thử"):
        bring([review(1)], publisher="Báo Khác", hosts=("tin.example",))


def test_a_withdrawn_fact_check_is_not_found_and_its_page_says_why(bring, home, now):
    bring([review(0), review(1)])

    names = journey.withdraw_from("https://tin.example/0", "Nhầm số liệu", now=now)

    view = reads.fact_check(names[0])
    assert view.state == "withdrawn"
    assert view.withdrawn_reason == "Nhầm số liệu"
    assert names[0] not in [match.id for match in index.find(home, scrub(CLAIMS[0])).matches]
    assert not view.is_answerable


def test_what_the_desk_withdrew_does_not_come_back_by_importing_it_again(bring, now):
    bring([review(0)])
    journey.withdraw_from("https://tin.example/0", "Nhầm số liệu", now=now)

    tally = bring([review(0, words="Đúng")])

    assert tally.counts == {"refused": 1}
    assert FactCheck.objects.get().state == "withdrawn"


def test_withdrawing_needs_a_record_and_a_reason(bring, now):
    bring([review(0)])

    with pytest.raises(CannotWithdraw, match="thuchu export"):
        journey.withdraw_from("https://tin.example/99", "Nhầm", now=now)
    with pytest.raises(CannotWithdraw, match="reason"):
        journey.withdraw_from("https://tin.example/0", "  ", now=now)


def test_a_feed_that_deletes_a_record_withdraws_it(tmp_path, bring, home, now):
    bring([review(0), review(1)])
    feed = {"@type": "DataFeed", "dataFeedElement": [{"dateDeleted": "2026-11-01", "item": [review(0)]}]}
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(feed), "utf-8")

    list(journey.take_in(path, publisher="Báo Thử", hosts=(), now=now))

    states = dict(FactCheck.objects.values_list("url", "state"))
    assert states == {"https://tin.example/0": "withdrawn", "https://tin.example/1": "current"}


def test_only_a_sure_verdict_on_an_admitted_host_may_be_answered(bring):
    bring([review(0), review(1, words="3/5 điểm"), review(2, url="https://la.example/2")])

    answerable = {view.url: view.is_answerable for view in reads.browse(reads.Filters()).items}

    assert answerable == {
        "https://tin.example/0": True,
        "https://tin.example/1": False,
        "https://la.example/2": False,
    }
    assert reads.by_url("https://tin.example/1").verdict_words == "3/5 điểm"


def test_after_the_first_question_a_new_host_is_listed_but_not_admitted(bring, now):
    bring([review(0)])
    journey.ask("Cá heo biết đọc báo buổi sáng ở công viên", door="web", page_language="vi", now=now)

    bring([review(1, url="https://moi.example/1")], hosts=("moi.example",))

    assert reads.publishers()[0].hosts == (("moi.example", False), ("tin.example", True))
    assert not reads.by_url("https://moi.example/1").is_answerable


def test_every_import_is_an_entry_and_the_chain_holds(bring):
    bring([review(0), {"@type": "ClaimReview"}])

    kinds = list(Entry.objects.values_list("kind", flat=True))
    body = json.loads(Entry.objects.get(kind="fact_checks.imported").body)

    assert kinds == ["publisher.added", "publisher.hosts_added", "publisher.admitted", "fact_checks.imported"]
    assert (body["added"], body["refused"]) == (1, 1)
    assert verify_ledger().seq == 4


def test_the_index_made_again_from_the_table_finds_the_same(bring, home):
    bring([review(0), review(1), review(2)])
    before = [match.id for match in index.find(home, scrub(CLAIMS[1])).matches]

    index.rebuild(home)

    assert [match.id for match in index.find(home, scrub(CLAIMS[1])).matches] == before
    assert index.behind(home) == ""


@pytest.mark.parametrize(("write", "name"), [(write_jsonl, "x.jsonl"), (write_feed, "x.json"), (write_csv, "x.csv")])
def test_what_is_exported_comes_back_the_same(bring, tmp_path, write, name, now):
    bring([review(0), review(1, words="3/5 điểm"), review(2)])
    journey.withdraw_from("https://tin.example/2", "Nhầm số liệu", now=now)
    path = tmp_path / name
    with path.open("wb") as file:
        write(exporting.records(), file)

    rows = [row.record for row in read_file(path)]

    assert rows == list(exporting.records())


def test_personal_data_in_a_record_is_covered_and_who_said_it_is_dropped(bring):
    claim = "Gọi 0912 345 678 để được hoàn tiền điện tháng này cho mọi nhà trong phường"
    said = {"@type": "Claim", "author": {"@type": "Person", "name": "Trần Mẫu"}}

    bring([review(0, claimReviewed=claim, itemReviewed=said)])

    row = FactCheck.objects.get()
    assert "345" not in row.claim
    assert "Trần Mẫu" not in json.dumps([str(value) for value in vars(row).values()], ensure_ascii=False)


@pytest.mark.skipif(not REAL.exists(), reason="the measuring data is not beside this checkout")
def test_863_real_records_come_in_or_are_named(home, now):
    for progress in journey.take_in(
        REAL / "factckbr-datafeed.json.gz", publisher="FactBR", hosts=["aosfatos.org"], now=now
    ):
        tally = progress.tally

    assert tally.counts.total() == 863
    assert tally.counts["added"] >= 850
    assert len(tally.refusals) == tally.counts["refused"]
    assert index.behind(home) == ""


def test_the_desk_learns_by_itself_from_what_askers_confirm(bring, home, now):
    bring([review(0), review(1)])
    asked = journey.ask("Nghe bảo súc miệng bằng nước muối là hết sạch vi rút", door="web", page_language="vi", now=now)
    name = reads.by_url("https://tin.example/0").id
    feedback.say(asked.token, name, "is_it", now=now)

    journey.learn_what_is_new(now=now)

    assert index.learned_mark(home)
    again = journey.ask("nghe bao suc mieng bang nuoc muoi la het sach vi rut", door="web", page_language="vi", now=now)
    assert again.answer.shown[0].fact_check.id == name


def test_an_erased_question_is_unlearned_even_when_another_took_its_place(bring, home, now):
    """Learning was done again only when the number of answered messages had changed."""
    bring([review(0), review(1)])
    name = reads.by_url("https://tin.example/0").id
    message = "Cả nhà nghe bảo súc miệng bằng nước muối pha thật đặc là hết sạch vi rút ngay trong ngày"
    first = journey.ask(message, door="web", page_language="vi", now=now)
    feedback.say(first.token, name, "is_it", now=now)
    journey.learn_what_is_new(now=now)
    before = index.learned_mark(home)

    journey.erase_question(first.token, now=now)
    second = journey.ask("Bà ngoại dặn ngậm nước muối thì khỏi cảm", door="web", page_language="vi", now=now)
    feedback.say(second.token, name, "is_it", now=now)
    journey.learn_what_is_new(now=now)

    assert index.learned_mark(home) != before
    assert "forward" not in [match.why.by for match in index.find(home, scrub(message)).matches]
