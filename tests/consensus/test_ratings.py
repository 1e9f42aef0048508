"""Columns become ratings, or a sentence that names what is wrong."""

import numpy as np
import pytest

from thuchu.consensus import ratings
from thuchu.consensus.ratings import Coded
from thuchu.consensus.values import BadRatings


def test_ids_may_be_numbers_or_text_and_long_ones_keep_every_digit() -> None:
    long = 1_874_000_000_000_001_009

    numbers, texts = ratings.read([long, long + 1], [1, 1], [1, 0]), ratings.read(["b", "a"], ["x", "x"], [1, 0])

    assert numbers.note_ids.tolist() == [long, long + 1]
    assert texts.note_ids[texts.note].tolist() == ["b", "a"]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (([1], [1], [0.7]), "row 0: 0.7 is not 0, 0.5 or 1"),
        (([1, 1], [1, 2], [1, float("nan")]), "row 1: nan"),
        (([1], [1], ["much"]), "no number"),
        (([1.5], [1], [1]), "column note must hold whole numbers or text"),
        (([1, 2], [1], [1, 1]), "column rater has 1 rows, column note 2"),
        ((["a", ""], [1, 2], [1, 1]), "row 1: the id is empty"),
        (([1, 1], [1, 1], [1, 0]), "twice, differently"),
        ((np.array([1 << 63], dtype=np.uint64), [1], [1]), "more than 63 bits"),
    ],
)
def test_a_bad_column_is_named(columns: tuple[object, object, object], sentence: str) -> None:
    with pytest.raises(BadRatings, match=sentence):
        ratings.read(*columns)  # type: ignore[arg-type]


def test_entries_and_times_are_checked() -> None:
    with pytest.raises(BadRatings, match="rows 0 and 1: both have entry number 7"):
        ratings.read([1, 2], [1, 2], [1, 1], entries=[7, 7])
    with pytest.raises(BadRatings, match="column time, row 1: -5 is negative"):
        ratings.read([1, 2], [1, 2], [1, 1], times=[3, -5])
    with pytest.raises(BadRatings, match="column entry must hold whole numbers"):
        ratings.read([1], [1], [1], entries=[0.5])  # type: ignore[list-item]


def test_a_rating_sent_twice_counts_once() -> None:
    assert len(ratings.read([1, 1, 2], [1, 1, 1], [1, 1, 0])) == 2


def test_the_later_of_two_ratings_counts() -> None:
    by_entry = ratings.read([1, 1], [1, 1], [1, 0], entries=[9, 8])
    by_time = ratings.read([1, 1], [1, 1], [1, 0], times=[8, 9])

    assert by_entry.value.tolist() == [1]
    assert by_time.value.tolist() == [0]


def test_codes_of_a_reader_are_numbered_as_ids_are() -> None:
    plain = ratings.read([30, 10, 20], [1, 1, 1], [1, 0, 1])
    coded = ratings.read(Coded(np.array([0, 1, 2], np.int32), np.array([30, 10, 20])), [1, 1, 1], [1, 0, 1])

    assert plain.note.tolist() == coded.note.tolist() == [2, 0, 1]
    assert plain.note_ids.tolist() == coded.note_ids.tolist()


@pytest.mark.parametrize("least", [0, -7, 10**15])
def test_a_long_column_of_ids_is_numbered_in_their_order(least: int) -> None:
    random = np.random.default_rng(3)
    raters = random.integers(0, 50_000, 100_000) * 3 + least

    table = ratings.read(np.arange(100_000), raters, np.ones(100_000))

    assert np.array_equal(table.rater_ids, np.unique(raters))
    assert np.array_equal(table.rater_ids[table.rater], raters)


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int64, np.float32, np.bool_])
def test_numbers_of_any_width_say_the_same_and_halves_are_halves_where_they_are_called_so(kind: type) -> None:
    ones = ratings.read([1, 1, 1], ["a", "b", "c"], np.array([0, 1, 1], dtype=kind))
    halves = ratings.read([1, 1, 1], ["a", "b", "c"], ratings.Halves(np.array([0, 1, 2], dtype=np.int8)))

    assert ones.value.tolist() == [0, 1, 1]
    assert halves.value.tolist() == [0, 0.5, 1]
    with pytest.raises(BadRatings, match="row 1: 3 halves"):
        ratings.read([1, 1], ["a", "b"], ratings.Halves(np.array([0, 3], dtype=np.int8)))
