"""What a term is worth follows from documents and from messages, one vote a fact-check."""

import math

import numpy as np
import pytest

from thuchu.matching.analysis import Tokens
from thuchu.matching.asking import discounted
from thuchu.matching.statistics import answered, message_arrays, rarity, term_weights
from thuchu.matching.terms import term_ids


def said(text: str) -> Tokens:
    return Tokens(text.split(), text.split())


def test_rarity_is_what_bm25_calls_inverse_document_frequency() -> None:
    assert rarity(np.array([1, 5, 10]), 10).tolist() == pytest.approx(
        [math.log(1 + 9.5 / 1.5), math.log(1 + 5.5 / 5.5), math.log(1 + 0.5 / 10.5)]
    )


def test_a_rumour_asked_a_hundred_times_votes_once() -> None:
    many = [(said("hello flood"), "one")] * 100 + [(said("hello fire"), "two"), (said("hello storm"), "three")]

    learned = message_arrays(many)

    assert answered(learned) == 3
    assert learned["messages_folded"].tolist() == term_ids(["hello"]).tolist()
    assert learned["messages_folded_count"].tolist() == [3]


def test_a_word_of_all_messages_is_cheap_however_rare_in_documents() -> None:
    learned = message_arrays([(said(f"hello topic{number}"), str(number)) for number in range(20)])
    terms = term_ids(["hello", "topic3"])

    weights = term_weights(np.array([1, 1]), 10_000, "folded", terms, learned)

    assert weights[0] == pytest.approx(math.log(1 + 0.5 / 20.5))
    assert weights[1] == pytest.approx(math.log(1 + 9999.5 / 1.5))


def test_nothing_learned_leaves_the_rarity_in_documents() -> None:
    terms = term_ids(["one", "two"])

    assert term_weights(np.array([3, 7]), 50, "folded", terms, {}).tolist() == rarity(np.array([3, 7]), 50).tolist()
    assert answered(message_arrays([])) == 0


def test_asking_words_are_held_down_and_others_stay() -> None:
    weights = discounted(["khong", "vaccine"], np.array([6.0, 6.0]), is_pair=False)

    assert weights[0] < 2
    assert weights[1] == 6
