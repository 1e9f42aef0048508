"""Do two texts say the same: in other order and frame yes, with one other word never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.desk.claims.sameness import same_names, same_words

VOTE = "Ngày bầu cử Hội đồng nhân dân phường đổi sang ngày ba mươi tháng năm đúng không ạ"


@pytest.mark.parametrize(
    "other",
    [
        VOTE,
        "Nghe nói bầu cử Hội đồng nhân dân phường đổi sang ngày ba mươi tháng năm, có phải vậy không mọi người?",
        "ngay bau cu hoi dong nhan dan phuong doi sang ngay ba muoi thang nam dung khong",
    ],
)
def test_order_frame_and_accents_change_nothing(other):
    assert same_words(VOTE, other)
    assert same_words(other, VOTE)


@pytest.mark.parametrize(
    "other",
    [
        VOTE.replace("năm", "sáu"),
        VOTE.replace("phường", "xã"),
        VOTE.replace("đổi sang", "không đổi sang"),
        VOTE.replace("bầu cử", "bãi công"),
        VOTE + " hay là hủy",
    ],
)
def test_one_other_word_says_something_else(other):
    assert not same_words(VOTE, other)


@pytest.mark.parametrize(("one", "other"), [("ăn cua có độc không", "ăn có độc không"), ("cấm bán chó", "cấm bán")])
def test_a_word_that_is_in_a_frame_only_without_its_accents_counts(one, other):
    assert not same_words(one, other)


def test_names_inside_a_sentence_are_compared_and_texts_in_one_case_have_none():
    assert same_names("Bão vào Huế tối nay", "Nghe nói bão vào Huế")
    assert not same_names("Bão vào Huế tối nay", "Bão vào Vinh tối nay")
    assert same_names("Bão vào Huế tối nay", "bão vào huế tối nay")
    assert same_names("Bão vào Huế tối nay", "BÃO VÀO HUẾ TỐI NAY")


@given(st.text(max_size=200))
def test_any_text_says_the_same_as_itself(text):
    assert same_words(text, text)
    assert same_names(text, text)


@given(st.text(max_size=80), st.text(max_size=80))
def test_saying_the_same_goes_both_ways(one, other):
    assert same_words(one, other) == same_words(other, one)
    assert same_names(one, other) == same_names(other, one)
