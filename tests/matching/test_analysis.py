"""Both sides of a comparison get the same terms, however they were typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.matching.analysis import analyse
from thuchu.matching.concepts import CONCEPT_MARK
from thuchu.text.folding import strip_accents


def plain(terms: list[str]) -> list[str]:
    return [term for term in terms if not term.startswith(CONCEPT_MARK)]


def test_vietnamese_becomes_accented_and_folded_syllables() -> None:
    tokens = analyse("Uống nước lá ổi, khoẻ ngayyyy!", "vi")

    assert plain(tokens.surface) == ["uống", "nước", "lá", "ổi", "khỏe", "ngay"]
    assert plain(tokens.folded) == ["uong", "nuoc", "la", "oi", "khoe", "ngay"]


def test_english_becomes_words_and_stems() -> None:
    tokens = analyse("Hospitals don't vaccinate the mayor's dogs", "en")

    assert plain(tokens.surface) == ["hospitals", "dont", "vaccinate", "the", "mayor", "dogs"]
    assert plain(tokens.folded) == ["hospit", "dont", "vaccin", "the", "mayor", "dog"]


def test_links_go_and_tags_are_taken_apart() -> None:
    tokens = analyse("See #StormWatch via @CityNews24 https://a.example/b pic.twitter.com/xyz", "en")

    assert tokens.surface == ["see", "storm", "watch", "via", "city", "news", "24"]


def test_of_an_embed_signature_only_the_name_stays() -> None:
    tokens = analyse("It floods. — Ann Example (@ann) March 3, 2021", "en")

    assert plain(tokens.surface) == ["it", "floods", "ann", "example"]


def test_scripts_without_spaces_are_cut_into_characters() -> None:
    assert analyse("我们喝水", "zh").surface == ["我", "们", "喝", "水"]


@pytest.mark.parametrize("language", ["vi", "en", "pt", ""])
@given(text=st.text(max_size=200))
@settings(max_examples=50)
def test_the_two_sequences_are_parallel_and_hold_no_space(language: str, text: str) -> None:
    tokens = analyse(text, language)

    assert len(tokens.surface) == len(tokens.folded)
    assert not any(set(term) & {" ", "_", "\n"} for term in tokens.surface + tokens.folded)


@given(st.lists(st.sampled_from("uống nước lá ổi khỏe ngân hàng nhà băng mật khẩu trẻ em bầu cử".split()), max_size=12))
@settings(max_examples=100)
def test_without_accents_the_folded_terms_are_the_same(words: list[str]) -> None:
    text = " ".join(words)

    assert analyse(strip_accents(text), "vi").folded == analyse(text, "vi").folded
