"""The order in which a Vietnamese reader looks for a name."""

import random

from hypothesis import given
from hypothesis import strategies as st

from thuchu.text.alphabet import alphabetical

IN_ORDER = [
    "1 tháng 5",
    "12 Hàng Bài",
    "An Giang",
    "Ăn uống",
    "Ấp Bắc",
    "Ba Vì",
    "Bà Rịa",
    "Cao Bằng",
    "Dược phẩm",
    "Đà Nẵng",
    "Đài khí tượng",
    "Em bé",
    "Ê Đê",
    "Phường 2",
    "Phường 10",
    "Sở Tư pháp",
    "Sở Y tế",
    "Tòa án",
    "Tổ dân phố",
    "Tờ khai",
    "Ủy ban",
    "Ứng phó",
    "Viện",
    "Yên Bái",
]


def test_names_stand_where_a_reader_looks_for_them():
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))

    assert sorted(shuffled, key=alphabetical) == IN_ORDER


def test_tones_come_after_letters_and_syllables_after_each_other():
    words = "ma|ma tuý|mà|mả|mã|má|mạ|mai|măng".split("|")

    shuffled = random.Random(3).sample(words, len(words))

    assert sorted(shuffled, key=alphabetical) == words


@given(st.lists(st.text(), max_size=8))
def test_any_text_has_a_place_and_only_the_same_text_has_the_same(texts):
    import unicodedata

    assert len({alphabetical(text) for text in texts}) == len({unicodedata.normalize("NFC", text) for text in texts})
    sorted(texts, key=alphabetical)
