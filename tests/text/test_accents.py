"""Accents come back as the texts around write them; the way through is the likeliest of all."""

from itertools import pairwise, product
from math import log

from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.text.accents import is_typed_without_accents, restore

SEEN = {1: 3.0, 2: 1.0}


def test_the_neighbour_decides_between_two_readings() -> None:
    pairs = {(2, 10): 1.0}

    assert restore([SEEN, {10: 4.0}], {}) == [1, 10]
    assert restore([SEEN, {10: 1.0, 11: 3.0}], pairs)[1] in (10, 11)
    assert restore([{1: 3.0, 2: 2.5}, {10: 4.0, 11: 4.0}], {(2, 10): 2.5}) == [2, 10]


def test_a_syllable_nobody_wrote_stays_open_and_parts_the_text() -> None:
    assert restore([SEEN, {}, SEEN], {}) == [1, None, 1]
    assert restore([{}, {}], {}) == [None, None]
    assert restore([], {}) == []


readings = st.dictionaries(st.integers(1, 4), st.integers(1, 9).map(float), min_size=1, max_size=4)


@given(
    st.lists(readings, min_size=1, max_size=4),
    st.dictionaries(st.tuples(st.integers(1, 4), st.integers(1, 4)), st.just(1.0)),
)
@settings(max_examples=100)
def test_no_other_way_is_likelier(syllables: list[dict[int, float]], pairs: dict[tuple[int, int], float]) -> None:
    def likelihood(path: tuple[int, ...]) -> float:
        total = log(syllables[0][path[0]] / sum(syllables[0].values()))
        for place, (before, here) in enumerate(pairwise(path), start=1):
            alone = syllables[place][here] / sum(syllables[place].values())
            beside = pairs.get((before, here), 0.0) / syllables[place - 1][before]
            total += log(0.9 * beside + 0.1 * alone)
        return total

    best = max(map(likelihood, product(*syllables)))

    found = restore(syllables, pairs)
    assert likelihood(tuple(reading for reading in found if reading is not None)) >= best - 1e-9


def test_a_text_with_few_accents_counts_as_typed_without() -> None:
    assert is_typed_without_accents("nghe noi uong nuoc nay khoi benh dung khong ha".split())
    assert not is_typed_without_accents("nghe nói uống nước này khỏi bệnh".split())
    assert is_typed_without_accents([])
