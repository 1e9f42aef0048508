"""The exact doors: the same link, the same forward; and what may never be answered by words alone."""

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.matching import Collection, Document, Matcher
from thuchu.matching.matcher import ANSWER_WORDS_MIN, SUGGESTIONS_MAX
from thuchu.text.folding import strip_accents

CLAIM = (
    "Từ ngày mai ngân hàng khóa mọi tài khoản chưa cập nhật sinh trắc học, ai không bấm vào đường dẫn trong tin nhắn "
    "sẽ mất hết tiền, gọi số 0912345678 để được giúp đỡ"
)
FACT_CHECKS = [
    Document(
        id="ngan-hang", title="Tin khóa tài khoản là giả", claim=CLAIM, language="vi", links=("https://a.example/1",)
    ),
    Document(id="chanh", claim="Uống nước chanh nóng mỗi sáng chữa khỏi ung thư", language="vi"),
    Document(id="bao", title="Không có siêu bão", claim="Siêu bão cấp mười bảy sắp vào Đà Nẵng", language="vi"),
    Document(id="en", claim="Drinking hot lemon water every morning cures cancer within weeks", language="en"),
]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    opened = Collection.open(tmp_path_factory.mktemp("doors"))
    opened.put(FACT_CHECKS)
    opened.commit(1)
    opened.learn([("Bà con ơi siêu bão mạnh nhất lịch sử sắp đổ bộ, mua gạo trữ ngay kẻo hết", "bao")])
    return opened


def test_the_same_link_is_answered_however_short_the_message(collection: Collection) -> None:
    decision = Matcher(collection).find("cái này", links=["https://khac.example/", "https://a.example/1"])

    assert decision.kind == "answer"
    assert (decision.matches[0].id, decision.matches[0].why.by) == ("ngan-hang", "link")
    assert decision.matches[0].why.link == "https://a.example/1"
    assert decision.matches[0].probability > 0.95


def test_what_was_decided_holds_until_the_next_commit_and_no_longer(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as growing:
        growing.put(FACT_CHECKS[1:])
        growing.commit(1)
        matcher = Matcher(growing)
        before = matcher.find(CLAIM)
        assert matcher.find(CLAIM) is before
        assert matcher.find(CLAIM, links=["https://a.example/1"]) is not before
        assert matcher.find(CLAIM, without=["chanh"]) is not before

        growing.put(FACT_CHECKS[:1])
        growing.commit(2)

        assert before.kind != "answer"
        assert matcher.find(CLAIM).matches[0].id == "ngan-hang"


def test_no_message_is_kept_and_of_decisions_only_so_many(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thuchu.matching.matcher.DECISIONS_KEPT_MAX", 3)
    matcher = Matcher(collection)

    for number in range(10):
        matcher.find(f"chuyện con trâu thứ {number} biết làm thơ tặng hàng xóm")

    _, kept = matcher._decided
    assert len(kept) <= 3
    assert "trâu" not in repr(kept)


def test_a_link_to_a_round_up_is_suggested_until_the_words_tell_its_claims_apart(tmp_path: Path) -> None:
    """Several claims checked on one page: the link alone can't say which one the message is about."""
    page = "https://a.example/tong-hop"
    with Collection.open(tmp_path) as several:
        several.put(Document(id=each.id, claim=each.claim, language="vi", links=(page,)) for each in FACT_CHECKS)
        several.commit(1)

        unclear = Matcher(several).find("cái này có thật không", links=[page])
        clear = Matcher(several).find(FACT_CHECKS[1].claim, links=[page])

    assert unclear.kind == "suggest"
    assert {match.why.by for match in unclear.matches} == {"link"}
    assert (clear.kind, clear.matches[0].id) == ("answer", FACT_CHECKS[1].id)


def test_another_link_opens_nothing(collection: Collection) -> None:
    assert Matcher(collection).find("cái này", links=["https://a.example/12"]).kind != "answer"


@pytest.mark.parametrize(
    "copied",
    [
        CLAIM,
        strip_accents(CLAIM),
        CLAIM.upper(),
        "FWD: " + CLAIM,
        CLAIM.replace("0912345678", "[phone]"),
        "😡" + CLAIM + "🙏",
    ],
)
def test_the_same_forward_is_answered_as_a_forward(collection: Collection, copied: str) -> None:
    decision = Matcher(collection).find(copied)

    assert decision.kind == "answer"
    assert (decision.matches[0].id, decision.matches[0].why.by) == ("ngan-hang", "forward")


def test_a_message_like_one_answered_before_leads_to_the_same_fact_check(collection: Collection) -> None:
    decision = Matcher(collection).find("ba con oi sieu bao manh nhat lich su sap do bo, mua gao tru ngay keo het")

    assert decision.kind != "none"
    assert (decision.matches[0].id, decision.matches[0].why.by) == ("bao", "forward")


def test_a_link_comes_before_a_forward(collection: Collection) -> None:
    decision = Matcher(collection).find(FACT_CHECKS[1].claim, links=["https://a.example/1"])

    assert [match.id for match in decision.matches][:2] == ["ngan-hang", "chanh"]
    assert [match.why.by for match in decision.matches][:2] == ["link", "forward"]


@pytest.mark.parametrize("words", range(1, ANSWER_WORDS_MIN))
def test_few_words_are_never_answered(collection: Collection, words: int) -> None:
    """Rule 8 of the design; the exact doors are the only exception."""
    short = " ".join(FACT_CHECKS[1].claim.split()[:words])

    assert Matcher(collection).find(short).kind != "answer"


def test_a_message_about_nothing_here_finds_nothing_to_answer(collection: Collection) -> None:
    assert Matcher(collection).find("hôm nay trời đẹp quá mình đi ăn kem với bạn cùng lớp nhé").kind != "answer"


def test_no_decision_has_more_than_five_matches_nor_one_twice(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as many:
        many.put(Document(id=str(n), claim=CLAIM, language="vi", links=("https://x.example/",)) for n in range(30))
        many.commit(1)

        decision = Matcher(many).find(CLAIM, links=["https://x.example/"])

    assert len(decision.matches) == SUGGESTIONS_MAX
    assert len({match.id for match in decision.matches}) == SUGGESTIONS_MAX


def test_a_fact_check_that_was_removed_is_not_answered_by_what_was_learned(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as gone:
        gone.put(FACT_CHECKS)
        gone.commit(1)
        gone.learn([("Bà con ơi siêu bão mạnh nhất lịch sử sắp đổ bộ, mua gạo trữ ngay kẻo hết", "bao")])
        gone.remove(["bao"])
        gone.commit(2)

        decision = Matcher(gone).find("Bà con ơi siêu bão mạnh nhất lịch sử sắp đổ bộ, mua gạo trữ ngay kẻo hết")

    assert "bao" not in [match.id for match in decision.matches]


def test_learning_again_forgets_what_was_learned_before(tmp_path: Path) -> None:
    message = "Bà con ơi siêu bão mạnh nhất lịch sử sắp đổ bộ, mua gạo trữ ngay kẻo hết"
    with Collection.open(tmp_path) as collection:
        collection.put(FACT_CHECKS)
        collection.commit(1)
        collection.learn([(message, "bao")])
        collection.learn([])

        found = Matcher(collection).find(message).matches

    assert "forward" not in [match.why.by for match in found]


@given(
    st.text(max_size=200)
    | st.sampled_from(["", "\x00", "\ud800", "💉" * 500, "a" * 20_000, "\u202e\u200b" * 50, "“" * 99])
)
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_decision(collection: Collection, text: str) -> None:
    decision = Matcher(collection).find(text, links=["https://\ud800.example/", text])

    assert decision.kind in ("answer", "suggest", "none")
    assert all(0 <= match.probability <= 1 for match in decision.matches)
    probabilities = [match.probability for match in decision.matches]
    assert probabilities == sorted(probabilities, reverse=True)


def test_threads_that_share_a_matcher_decide_alike(collection: Collection) -> None:
    matcher = Matcher(collection)
    messages = [each.claim for each in FACT_CHECKS] + ["tin này có thật không vậy mọi người ơi cho mình hỏi với"]
    expected = [matcher.find(message) for message in messages]
    different: list[str] = []

    def ask() -> None:
        for _ in range(10):
            different.extend(m for m, e in zip(messages, expected, strict=True) if matcher.find(m) != e)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert different == []
