"""One thing, several everyday names: the tables, and how they are read."""

import pytest

from thuchu.matching.analysis import analyse
from thuchu.matching.concepts import CONCEPT_LANGUAGES, Concepts, is_concept


def concepts(text: str, language: str) -> set[str]:
    return {term for term in analyse(text, language).folded if is_concept(term)}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("vi", "ra nhà băng rút tiền", "đến ngân hàng"),
        ("vi", "ra nha bang rut tien", "đến ngân hàng"),
        ("vi", "ăn thịt heo", "ăn thịt lợn"),
        ("vi", "đau bao tử", "đau dạ dày"),
        ("en", "the jab kills", "vaccines kill"),
        ("en", "he passed away", "he died"),
    ],
)
def test_two_names_of_one_thing_share_a_concept(language: str, one: str, other: str) -> None:
    assert concepts(one, language) & concepts(other, language)


def test_a_name_inside_a_longer_one_is_not_read() -> None:
    dangerous, harmless = concepts("rất nguy hiểm", "vi"), concepts("không nguy hiểm", "vi")

    assert dangerous
    assert harmless
    assert not dangerous & harmless


@pytest.mark.parametrize("language", CONCEPT_LANGUAGES)
def test_every_line_of_a_table_names_one_concept_in_two_ways_or_more(language: str) -> None:
    lines: list[list[str]] = []

    Concepts(language, lambda name: lines.append([name]) or name.split())

    names = [name for (name,) in lines]
    assert len(names) > 2_000
    assert all(name == name.strip().lower() and 0 < len(name.split()) <= 5 for name in names)


@pytest.mark.parametrize("language", CONCEPT_LANGUAGES)
def test_no_name_stands_for_two_concepts(language: str) -> None:
    names: list[str] = []

    Concepts(language, lambda name: names.append(name) or name.split())

    assert sorted(names) == sorted(set(names))


def test_other_languages_name_none() -> None:
    assert concepts("the jab kills", "pt") == set()
