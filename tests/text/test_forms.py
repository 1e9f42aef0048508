"""Normal forms and folding."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from thuchu.text.folding import fold, strip_accents
from thuchu.text.forms import normalise

anything = st.text(st.characters(exclude_categories=()), max_size=60)


@given(anything)
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)

    assert normalise(once) == once


@given(anything)
def test_normal_text_can_be_written_and_compared(text):
    normal = normalise(text)

    assert normal.encode().decode() == normal
    assert unicodedata.is_normalized("NFC", normal)
    assert "\x00" not in normal


def test_unseen_characters_go_and_accents_stay():
    assert normalise("u\u200bống\u00a0 nước\r\nmuối\u202e") == "uống nước\nmuối"


def test_two_ways_of_writing_an_accent_become_one():
    assert normalise(unicodedata.normalize("NFD", "Đập vỡ ở Huế")) == "Đập vỡ ở Huế"


@given(anything)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_folding_takes_accents_and_strokes_off():
    assert fold("Đập vỡ ở Trường Đại học ƯỚC") == "dap vo o truong dai hoc uoc"
    assert strip_accents("Đà Nẵng") == "Da Nang"
