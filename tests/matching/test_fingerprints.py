"""The same forward is known again however it was copied; another text is not."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.matching.fingerprints import (
    SHORT_WORDS,
    SKETCH_SIZE,
    WORDS_MIN,
    fingerprint,
    masked_words,
    same_forward,
    similarity,
    sketches,
)
from thuchu.matching.forwards import answered_groups, forward_arrays
from thuchu.text.folding import strip_accents

LETTER = (
    "Bà con chú ý, tối nay từ 23 giờ sẽ có trực thăng phun thuốc khử trùng toàn thành phố, mọi người ở yên trong nhà, "
    "đóng kín cửa, thu quần áo vào, ai thắc mắc gọi số 0912 345 678 gặp anh Ba, gửi tin này cho người thân ngay nhé"
)
SHORT = "Ăn sầu riêng cùng với uống rượu sẽ chết ngay lập tức"


def is_same(one: str, other: str) -> bool:
    return bool(same_forward(fingerprint(one), sketches([other]))[0])


@pytest.mark.parametrize("text", [LETTER, SHORT])
@pytest.mark.parametrize(
    "copied",
    [
        strip_accents,
        lambda text: text.upper(),
        lambda text: "😱😱 " + text.replace(" ", "  ") + " 🙏🙏🙏",
        lambda text: "Chuyển tiếp:\n" + text,
        lambda text: "---- Forwarded message ----\n> " + text,
        lambda text: text + "\nhttps://vidu.example/tin?id=1",
        lambda text: text.replace(",", " —"),
        lambda text: text.replace("0912 345 678", "[phone]"),
        lambda text: text.replace("0912 345 678", "+84.987.654.321"),
        "\u200b".join,
    ],
)
def test_a_copy_is_the_same_forward(text: str, copied) -> None:  # type: ignore[no-untyped-def]
    assert is_same(copied(text), text)
    assert is_same(text, copied(text))


def test_a_long_forward_survives_a_slip_a_cut_and_a_sentence_more() -> None:
    assert is_same(LETTER.replace("trực thăng", "trưc thang"), LETTER)
    assert is_same(LETTER.rsplit(",", 1)[0], LETTER)
    assert is_same(LETTER + " cảm ơn bà con", LETTER)


def test_one_other_word_makes_another_short_text() -> None:
    assert not is_same(SHORT.replace("sầu riêng", "mít"), SHORT)
    assert not is_same(
        "Uống nước lá đu đủ mỗi ngày chữa khỏi bệnh ung thư", "Uống nước lá ổi mỗi ngày chữa khỏi bệnh ung thư"
    )


def test_a_letter_rewritten_is_another_text() -> None:
    other = LETTER.replace(
        "trực thăng phun thuốc khử trùng toàn thành phố", "cắt điện cả quận để sửa đường dây bị hỏng"
    )
    assert not is_same(other, LETTER)


def test_a_text_of_few_words_has_no_fingerprint() -> None:
    few = " ".join(["chữ"] * (WORDS_MIN - 1))

    assert not fingerprint(few).sketch.any()
    assert not is_same(few, few)
    assert fingerprint(few + " nữa").sketch.all()


def test_numbers_and_placeholders_alone_leave_nothing() -> None:
    assert masked_words("[số điện thoại] 0912345678 (090) 123-45-67 https://a.example/b") == []
    assert masked_words("năm 2025 có 15 ca") == ["nam", "2025", "co", "15", "ca"]


def test_sketches_are_the_same_for_ever() -> None:
    """They live in files: another hash, seed or mask would make every stored one useless."""
    assert fingerprint(SHORT).sketch[:8].tolist() == FIRST_PLACES


FIRST_PLACES = [144, 63, 173, 163, 11, 132, 248, 175]


def test_the_estimate_follows_the_true_share() -> None:
    words = [f"chữ{number}" for number in range(400)]
    for changed in (0, 20, 60, 120):
        other = words[:-changed] + [f"khác{number}" for number in range(changed)] if changed else words
        true_share = (len(words) - 1 - changed) / (len(words) - 1 + changed)

        estimate = similarity(fingerprint(" ".join(words)).sketch, sketches([" ".join(other)]))[0]

        assert abs(estimate - true_share) < 0.2


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_has_a_sketch_or_none_and_is_like_itself(one: str, other: str) -> None:
    both = sketches([one, other])

    assert both.shape == (2, SKETCH_SIZE)
    assert np.array_equal(both[0], fingerprint(one).sketch)
    assert both[0].all() or not both[0].any()
    assert similarity(both[0], both)[0] == (1.0 if both[0].any() else 0.0)
    assert 0.0 <= similarity(both[0], both)[1] <= 1.0


def test_masking_takes_time_in_proportion() -> None:
    """Runs of what a mask is made of must not be tried again from each of their places."""
    for piece in ("fwd>", "[", "0 ", "chuyển tiếp ", "> - * _ ", "www.", "+84(", "[[a"):
        started = time.perf_counter()
        masked_words(piece * 20_000)
        assert time.perf_counter() - started < 2.0


def test_a_message_like_an_answered_one_leads_to_its_fact_check() -> None:
    learned = forward_arrays([(LETTER, "trực-thăng"), (SHORT, "sầu-riêng"), ("ngắn quá", "x")])

    assert answered_groups(fingerprint(strip_accents(LETTER)), learned) == ["trực-thăng"]
    assert answered_groups(fingerprint("FWD: " + SHORT), learned) == ["sầu-riêng"]
    assert answered_groups(fingerprint("tin này chưa ai hỏi bao giờ nên không có trong danh sách"), learned) == []
    assert answered_groups(fingerprint("ngắn quá"), learned) == []


def test_one_forward_answered_twice_names_both_the_more_alike_first() -> None:
    near = LETTER.replace("trực thăng", "máy bay")
    learned = forward_arrays([(near, "b"), (LETTER, "a"), (LETTER, "a")])

    assert answered_groups(fingerprint(LETTER), learned) == ["a", "b"]


def test_nothing_learned_answers_nothing() -> None:
    assert answered_groups(fingerprint(LETTER), forward_arrays([])) == []
    assert answered_groups(fingerprint(LETTER), {}) == []


def test_bands_find_what_the_estimate_accepts() -> None:
    """Of three hundred letters with one word in thirty changed, those alike enough are found among all the others."""
    random = np.random.default_rng(1)
    letters = [" ".join(f"chữ{number}" for number in random.integers(0, 5_000, 60)) for _ in range(300)]
    learned = forward_arrays([(letter, str(number)) for number, letter in enumerate(letters)])
    found = missed = 0
    for number, letter in enumerate(letters):
        words = letter.split()
        for place in random.choice(60, 2, replace=False):
            words[place] = "lạ"
        own = fingerprint(" ".join(words))
        if same_forward(own, learned["forward_sketches"][number][None])[0]:
            found += answered_groups(own, learned) == [str(number)]
            missed += answered_groups(own, learned) != [str(number)]

    assert found > 270
    assert missed <= found // 100


assert SHORT_WORDS > len(SHORT.split()) > WORDS_MIN
assert len(LETTER.split()) >= SHORT_WORDS
