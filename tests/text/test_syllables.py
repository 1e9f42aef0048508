"""Two spellings of one syllable become one, and nothing else is touched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.text.chat import join_loan_words, spell_out
from thuchu.text.folding import fold
from thuchu.text.syllables import one_final_i, one_tone_placement, release_held_keys


@pytest.mark.parametrize(
    ("new", "old"), [("hoà", "hòa"), ("hoá", "hóa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("uý", "úy"), ("loạ", "lọa")]
)
def test_the_newer_tone_placement_becomes_the_older(new: str, old: str) -> None:
    assert one_tone_placement(new) == old
    assert one_tone_placement(old) == old


@pytest.mark.parametrize("syllable", ["quý", "toán", "hoàng", "thuyết", "quỳ", "khoá2"])
def test_tones_that_have_one_place_stay(syllable: str) -> None:
    assert one_tone_placement(syllable) == syllable


@pytest.mark.parametrize(("y", "i"), [("kỹ", "kĩ"), ("lý", "lí"), ("mỹ", "mĩ"), ("tỷ", "tỉ"), ("hy", "hi")])
def test_a_lone_final_y_becomes_i(y: str, i: str) -> None:
    assert one_final_i(y) == i


@pytest.mark.parametrize("syllable", ["quý", "thủy", "tay", "yêu", "ý"])
def test_y_that_sounds_otherwise_stays(syllable: str) -> None:
    assert one_final_i(syllable) == syllable


def test_letters_held_down_are_let_go_and_doubled_ones_stay() -> None:
    assert release_held_keys("ngonnnn") == "ngon"
    assert release_held_keys("book") == "book"
    assert release_held_keys("1000000") == "1000000"


@given(st.text(max_size=30))
@settings(max_examples=100)
def test_each_rule_twice_is_the_rule_once(text: str) -> None:
    word = text.lower()

    for rule in (one_tone_placement, one_final_i, release_held_keys, join_loan_words):
        assert rule(rule(word)) == rule(word)


def test_chat_words_are_spelt_out_and_others_stay() -> None:
    assert spell_out("ko") == ("không",)
    assert spell_out("bhyt") == ("bảo", "hiểm", "y", "tế")
    assert spell_out("không") == ("không",)


def test_loan_words_become_one_word_however_they_are_written() -> None:
    assert {join_loan_words(word) for word in ("vắc xin", "vắc-xin", "vacxin", "vaccines")} == {"vaccine"}
    assert {join_loan_words(word) for word in ("vi rút", "vi-rút", "virus")} == {"virus"}


def test_spelling_out_does_not_change_what_is_left_without_accents_of_an_ordinary_word() -> None:
    for word in ("bông", "xin", "nước", "thuốc", "tiền"):
        assert spell_out(word) == (word,)
        assert spell_out(fold(word)) == (fold(word),)
