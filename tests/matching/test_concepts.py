"""One thing, several everyday names: the tables, and how they are read."""

import itertools
from collections.abc import Sequence

import pytest

from thuchu.matching.analysis import analyse
from thuchu.matching.concepts import CONCEPT_LANGUAGES, Concepts, is_concept, thesaurus


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
    table = list(thesaurus(language))

    assert len(table) > 900
    assert all(len(set(names)) >= 2 for names in table)
    assert all(name == " ".join(name.lower().split()) and name.count(" ") < 5 for names in table for name in names)


@pytest.mark.parametrize("language", CONCEPT_LANGUAGES)
def test_no_name_stands_for_two_concepts(language: str) -> None:
    names = [name for line in thesaurus(language) for name in line]

    assert len(names) == len(set(names))


def test_other_languages_name_none() -> None:
    assert concepts("the jab kills", "pt") == set()


def test_of_names_that_begin_alike_the_longest_is_read() -> None:
    """Whatever the tables hold: read in one pass, the text falls apart as by trying every length everywhere."""
    table = [["a", "z"], ["a b", "x y"], ["a b c", "w"], ["b c", "v"], ["c", "u t"]]
    concepts = Concepts(table, str.split)

    for text in itertools.product("abcx", repeat=5):
        assert concepts.named(text) == by_trying(table, text)


def by_trying(table: list[list[str]], text: Sequence[str]) -> list[str]:
    mark = {tuple(name.split()): "§" + names[0].replace(" ", "") for names in table for name in names}
    found: list[str] = []
    place = 0
    while place < len(text):
        lengths = [n for n in range(len(text) - place, 0, -1) if tuple(text[place : place + n]) in mark]
        if lengths:
            found.append(mark[tuple(text[place : place + lengths[0]])])
        place += lengths[0] if lengths else 1
    return list(dict.fromkeys(found))
