"""The chosen sentence is found where it stands, found again when the page changes, and never invented."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.desk.evidence.quotes import CONTEXT_CHARS, QUOTE_CHARS_MAX, SCORE_MIN, anchor, reanchor
from thuchu.desk.evidence.refusals import QuoteEmpty, QuoteNotFound, QuoteTooLong

PAGE = """Bộ Y tế trả lời
Chiều 23/11, Bộ Y tế cho biết uống nước muối loãng không diệt được vi-rút.
Người dân nên “rửa tay bằng xà phòng” – và gọi cơ sở y tế khi sốt cao.
Chia sẻ
Sở Y tế nhắc lại: đừng tự uống thuốc kháng sinh khi chưa có đơn.
Chia sẻ"""
SENTENCE = "uống nước muối loãng không diệt được vi-rút."

TEXT = st.text(alphabet=st.sampled_from("ab ế \n.“-😀") | st.characters(codec="utf-8"), min_size=1, max_size=200).map(
    lambda text: unicodedata.normalize("NFC", text)
)


def test_a_sentence_is_anchored_by_its_words_its_surroundings_and_its_place():
    found = anchor(SENTENCE, PAGE)

    quote, place = found.selectors()
    assert quote == {
        "type": "TextQuoteSelector",
        "exact": SENTENCE,
        "prefix": "i\nChiều 23/11, Bộ Y tế cho biết ",
        "suffix": "\nNgười dân nên “rửa tay bằng xà ",
    }
    assert place == {"type": "TextPositionSelector", "start": found.start, "end": found.end}
    assert PAGE[found.start : found.end] == SENTENCE
    assert not found.differs


@pytest.mark.parametrize(
    "typed",
    [
        'Người dân nên "rửa tay bằng xà phòng" - và gọi cơ sở y tế',
        "Người dân nên  “rửa tay\nbằng xà\u00a0phòng” — và gọi cơ sở y tế",
        unicodedata.normalize("NFD", "  Người dân nên “rửa tay bằng xà phòng” – và gọi cơ sở y tế "),
    ],
)
def test_what_a_reader_does_not_see_makes_no_difference(typed):
    found = anchor(typed, PAGE)

    assert (found.exact, found.score) == ("Người dân nên “rửa tay bằng xà phòng” – và gọi cơ sở y tế", 100.0)


def test_a_quote_that_differs_is_found_in_the_pages_own_words_with_its_score():
    found = anchor("Uống nước muối loãng thì không diệt được virus", PAGE)

    assert found.differs
    assert SCORE_MIN <= found.score < 100
    assert found.exact.startswith("uống nước muối loãng")
    assert PAGE[found.start : found.end] == found.exact


@pytest.mark.parametrize(
    "quote",
    [
        "Thủ tướng công bố lịch bầu cử mới vào tháng sau.",
        "vi-rúc",
        "Nước muối chữa khỏi bệnh",
        "a" * 900,
    ],
)
def test_what_the_page_does_not_say_is_not_found(quote):
    with pytest.raises(QuoteNotFound, match="upload a copy"):
        anchor(quote, PAGE)


def test_a_quote_has_letters_and_an_end():
    with pytest.raises(QuoteEmpty):
        anchor(" \n ", PAGE)
    with pytest.raises(QuoteTooLong, match="1001 characters"):
        anchor("a" * (QUOTE_CHARS_MAX + 1), PAGE)
    with pytest.raises(ValueError, match="NFC"):
        anchor("ế", unicodedata.normalize("NFD", "ế"))


def test_of_two_equal_sentences_the_chosen_one_is_anchored_and_found_again():
    second = anchor("Chia sẻ", PAGE, near=len(PAGE))
    assert second.start == PAGE.rindex("Chia sẻ")

    longer = "Tin mới: trời nắng.\n" * 30 + PAGE
    again = reanchor(second, longer)

    assert again.start == longer.rindex("Chia sẻ")
    assert reanchor(anchor("Chia sẻ", PAGE), longer).start == longer.index("Chia sẻ")


def test_a_page_that_changed_around_the_sentence_still_says_it():
    changed = PAGE.replace("Chiều 23/11, Bộ Y tế cho biết", "CẬP NHẬT 24/11: Bộ này khẳng định")

    again = reanchor(anchor(SENTENCE, PAGE), changed)

    assert (again.exact, again.differs) == (SENTENCE, False)


def test_a_page_that_changed_the_sentence_itself_is_told_apart():
    changed = PAGE.replace("không diệt được vi-rút", "có thể diệt được vi-rút")

    again = reanchor(anchor(SENTENCE, PAGE), changed)

    assert again.differs
    assert again.exact == "uống nước muối loãng có thể diệt được vi-rút."


def test_a_page_that_took_the_sentence_out_says_so():
    with pytest.raises(QuoteNotFound):
        reanchor(anchor(SENTENCE, PAGE), PAGE.replace(SENTENCE, "").replace("Người dân nên", "Bà con hãy"))


def test_the_longest_quote_is_sought_in_the_longest_text_within_seconds():
    text = "Một đoạn văn dài về nước lũ ở miền Trung. " * 23_800
    start = time.monotonic()

    with pytest.raises(QuoteNotFound):
        anchor("Thủ tướng công bố lịch bầu cử mới vào tháng sau, " * 20, text)

    assert time.monotonic() - start < 15


@given(TEXT, st.data())
def test_an_exact_quote_is_always_found_exactly(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end].strip()
    if not quote:
        return
    start += text[start:end].index(quote)

    found = anchor(quote, text, near=start)

    assert (found.exact, found.score) == (quote, 100.0)
    assert (found.start, found.end) == (start, start + len(quote))
    assert text[: found.start].endswith(found.prefix)
    assert text[found.end :].startswith(found.suffix)
    assert max(len(found.prefix), len(found.suffix)) <= CONTEXT_CHARS


@given(TEXT, TEXT, TEXT)
def test_an_anchor_holds_in_a_text_that_grew_around_it(before, quote, after):
    quote = quote.strip()
    if not quote:
        return
    found = anchor(quote, quote)
    grown = unicodedata.normalize("NFC", f"{before}\n{quote}\n{after}")

    again = reanchor(found, grown)

    assert again.exact == found.exact
    assert grown[again.start : again.end] == again.exact


@given(TEXT, TEXT)
def test_what_is_found_always_stands_in_the_text(quote, text):
    try:
        found = anchor(quote, text)
    except (QuoteNotFound, QuoteEmpty):
        return

    assert text[found.start : found.end] == found.exact
    assert SCORE_MIN <= found.score <= 100
