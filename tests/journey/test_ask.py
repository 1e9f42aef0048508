"""The way of a message, from the box to the answer."""

import json
from datetime import timedelta

import pytest

from thuchu.desk import journey, sample
from thuchu.desk.intake import reads as intake_reads
from thuchu.desk.intake.models import Submission
from thuchu.desk.journey import MessageRefused, ask, look_again

pytestmark = pytest.mark.django_db

SALT_WATER = "Nhà mình ơi uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng đó, ai cũng nên làm"


def review(url, claim, words="Sai", language="vi", **more):
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": claim,
        "reviewRating": {"@type": "Rating", "alternateName": words},
        "inLanguage": language,
        "datePublished": "2026-03-02",
        **more,
    }


OTHER_REVIEWS = [
    review("https://tin.example/bao", "Bão số chín đổ bộ vào Đà Nẵng tối nay với sức gió cấp mười bảy"),
    review("https://tin.example/otp", "Ngân hàng yêu cầu khách đọc mã OTP qua điện thoại để nâng hạn mức thẻ"),
    review("https://tin.example/trung", "Luộc trứng gà với giấm giúp chữa khỏi bệnh tiểu đường trong một tuần"),
    review("https://tin.example/5g", "Trạm phát sóng 5G làm chim chết hàng loạt ở công viên thành phố"),
]
SALT = review(
    "https://tin.example/nuoc-muoi",
    "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng",
    reviewBody="Nước muối làm dịu cổ họng. Nó không diệt vi rút đã vào trong tế bào.",
)


@pytest.fixture
def take_in(tmp_path, home, now):
    def take(records, publisher="Báo Thử", hosts=("tin.example",), at=None):
        path = tmp_path / "records.jsonl"
        path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
        last = None
        for progress in journey.take_in(path, publisher=publisher, hosts=list(hosts), now=at or now):
            last = progress.tally
        return last

    return take


def test_a_message_about_a_checked_claim_is_answered_at_once(take_in, now):
    take_in([SALT, *OTHER_REVIEWS])

    asked = ask(SALT_WATER, door="web", page_language="vi", now=now)

    assert asked.answer.shown[0].fact_check.url == "https://tin.example/nuoc-muoi"
    assert asked.answer.shown[0].fact_check.verdict == "false"
    assert asked.answer.kind in ("answer", "suggest")


def test_a_message_nobody_has_checked_is_told_so_and_kept(take_in, now):
    take_in(OTHER_REVIEWS)

    asked = ask("Cá heo biết đọc báo và viết thư tình bằng tiếng Latinh cổ", door="web", page_language="vi", now=now)

    assert asked.answer.kind == "none"
    assert Submission.objects.count() == 1


def test_what_is_kept_holds_no_telephone_number(take_in, now):
    take_in(OTHER_REVIEWS)

    ask("Gọi ngay 0912 345 678 để nhận quà mừng của ngân hàng hôm nay", door="cli", page_language="vi", now=now)

    assert "345" not in Submission.objects.get().text


@pytest.mark.parametrize(
    ("message", "code"),
    [("  \n", "empty"), ("x" * 5001, "too_long"), ("0912345678", "nothing_left"), ("🙏🙏 !!!", "no_words")],
)
def test_a_message_that_cannot_be_looked_up_is_refused_and_not_kept(home, now, message, code):
    with pytest.raises(MessageRefused) as refused:
        ask(message, door="web", page_language="vi", now=now)

    assert refused.value.code == code
    assert not Submission.objects.exists()


def test_the_private_page_says_when_its_answer_has_changed(take_in, now):
    take_in(OTHER_REVIEWS)
    asked = ask(SALT_WATER, door="web", page_language="vi", now=now)
    take_in([SALT], at=now + timedelta(days=1))

    view = look_again(asked.token, now=now + timedelta(days=2))
    again = look_again(asked.token, now=now + timedelta(days=3))

    assert view.changed
    assert view.told_before.kind == "none"
    assert view.answer.shown[0].fact_check.url == "https://tin.example/nuoc-muoi"
    assert again.changed
    assert again.told_at == view.told_at


def test_an_unknown_link_opens_nothing(home, now):
    assert look_again("A" * 24, now=now) is None
    assert look_again("../../etc", now=now) is None


def test_a_publisher_that_came_after_the_first_question_is_only_suggested(take_in, now):
    take_in(OTHER_REVIEWS)
    ask(SALT_WATER, door="web", page_language="vi", now=now)
    take_in([SALT], publisher="Báo Mới", hosts=["tin.example.org"])
    take_in([{**SALT, "url": "https://moi.example/nuoc-muoi"}], publisher="Báo Mới", hosts=["moi.example"])

    answer = ask(SALT_WATER, door="web", page_language="vi", now=now).answer

    assert answer.kind == "suggest"
    assert not intake_reads.nobody_has_asked()


def test_publishers_who_disagree_are_both_shown_and_neither_answers(take_in, now):
    take_in([SALT, *OTHER_REVIEWS])
    agreeing = {**SALT, "url": "https://khac.example/muoi"}
    agreeing["reviewRating"] = {"@type": "Rating", "alternateName": "Đúng"}
    take_in([agreeing], publisher="Báo Khác", hosts=["khac.example"])

    answer = ask(SALT["claimReviewed"] + " đấy cả nhà ơi nhớ làm nhé", door="web", page_language="vi", now=now).answer

    assert answer.disputed
    assert answer.kind == "suggest"
    assert {shown.fact_check.verdict for shown in answer.shown} == {"false", "true"}


def test_publishers_who_disagree_in_other_words_are_both_shown(take_in, now):
    """The second one's claim shared two thirds of its words with the first, and was passed over in silence."""
    claim = "Người bị đột quỵ chỉ cần lấy kim chích đầu mười ngón tay cho chảy máu ra là tỉnh lại ngay."
    take_in([review("https://tin.example/kim", claim, "Gây hiểu lầm")])
    # It holds: "Khi người thân bị đột quỵ, lấy kim chích máu mười đầu ngón tay sẽ cứu được họ." (Sai)
    sample.load(now=now)

    answer = ask(claim, door="web", page_language="vi", now=now).answer

    assert answer.disputed
    assert {shown.fact_check.publisher_name for shown in answer.shown} == {"Báo Thử", sample.PUBLISHER}


def test_two_claims_that_only_share_a_few_words_are_no_disagreement(take_in, now):
    take_in([SALT, *OTHER_REVIEWS])
    other = "Uống nước muối loãng mỗi sáng giúp giảm cân nhanh và đẹp da sau một tháng"
    take_in([review("https://khac.example/can", other, "Gây hiểu lầm")], publisher="Báo Khác", hosts=["khac.example"])

    answer = ask(SALT["claimReviewed"], door="web", page_language="vi", now=now).answer

    assert not answer.disputed
    assert answer.kind == "answer"
