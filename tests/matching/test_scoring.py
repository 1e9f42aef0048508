"""Exact sums over a pool say what slow loops over the documents' terms say."""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.matching.pool import Pool
from thuchu.matching.scoring import (
    Terms,
    best_passage,
    bigram_hits,
    bm25,
    counts,
    find_hits,
    gram_counts,
    longest_run,
    near_pairs,
)
from thuchu.matching.spelling import Spelling, SpellingWriter, grams
from thuchu.matching.terms import bigram_ids, term_id, term_ids

documents = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=12), min_size=1, max_size=5)
messages = st.lists(st.sampled_from("abcdx"), min_size=1, max_size=7)


def pool_of(texts: list[list[str]]) -> Pool:
    n = len(texts)
    numbers = term_ids([term for text in texts for term in text])
    return Pool(
        rows=np.arange(n),
        retrieval_score=np.zeros(n),
        offsets=np.concatenate(([0], np.cumsum([len(text) for text in texts]))).astype(np.int64),
        surface=numbers,
        folded=numbers,
        title_tokens=np.zeros(n, dtype=np.int64),
        head_tokens=np.zeros(n, dtype=np.int64),
        sketches=np.zeros((n, 2, 64), dtype=np.uint8),
    )


def terms_of(message: list[str]) -> Terms:
    """Each term worth its own amount, so that mixing two up shows."""
    unique = list(dict.fromkeys(message))
    return Terms.of(term_ids(unique), np.array([1.0 + ord(term) - ord("a") for term in unique]))


def worth(term: str) -> float:
    return 1.0 + ord(term) - ord("a")


@given(documents, messages)
@settings(max_examples=100)
def test_bm25_is_the_sum_of_saturated_counts(texts: list[list[str]], message: list[str]) -> None:
    pool, folded = pool_of(texts), terms_of(message)
    hits = find_hits(pool, folded)
    lengths = np.diff(pool.offsets).astype(np.float64)

    scores = bm25(counts(hits.document, hits.term, len(pool), len(folded.numbers)), lengths, 4.0, folded.weights)

    for text, score in zip(texts, scores, strict=True):
        slowing = 1.5 * (0.25 + 0.75 * len(text) / 4.0)
        expected = sum(worth(term) * text.count(term) / (text.count(term) + slowing) for term in set(message))
        assert score == pytest.approx(expected)


def test_bm25_of_a_text_counted_by_hand() -> None:
    pool, folded = pool_of([["a", "b", "a", "g"]]), terms_of(["a", "b"])
    hits = find_hits(pool, folded)

    score = bm25(counts(hits.document, hits.term, 1, 2), np.array([4.0]), 4.0, folded.weights)

    assert score[0] == pytest.approx(1 * 2 / (2 + 1.5) + 2 * 1 / (1 + 1.5))


@given(documents, messages)
@settings(max_examples=100)
def test_the_longest_run_is_the_longest_stretch_in_common(texts: list[list[str]], message: list[str]) -> None:
    pool, folded = pool_of(texts), terms_of(message)

    lengths, _ = longest_run(find_hits(pool, folded), term_ids(message), folded, len(pool))

    for text, length in zip(texts, lengths, strict=True):
        stretches = [message[i:j] for i in range(len(message)) for j in range(i + 1, len(message) + 1)]
        held = [s for s in stretches if any(text[k : k + len(s)] == s for k in range(len(text)))]
        assert length == max(map(len, held), default=0)


@given(documents, messages)
@settings(max_examples=100)
def test_pairs_are_found_where_neighbours_stand(texts: list[list[str]], message: list[str]) -> None:
    pool, folded = pool_of(texts), terms_of(message)
    pairs = np.unique(bigram_ids(term_ids(message)))
    bigrams = Terms(pairs, np.ones(len(pairs)))

    document, pair = bigram_hits(pool, find_hits(pool, folded), bigrams)

    found = counts(document, pair, len(pool), len(pairs)).sum(axis=1)
    wanted = set(pairwise(message))
    assert found.tolist() == [sum(two in wanted for two in pairwise(text)) for text in texts]


@given(documents, messages)
@settings(max_examples=60)
def test_more_documents_change_nothing_for_the_others(texts: list[list[str]], message: list[str]) -> None:
    folded, sequence = terms_of(message), term_ids(message)
    alone, beside = pool_of(texts), pool_of([*texts, ["a", "b", "c"]])

    for measure in (
        lambda pool: best_passage(pool, find_hits(pool, folded), folded),
        lambda pool: near_pairs(find_hits(pool, folded), sequence, folded, len(pool)),
        lambda pool: longest_run(find_hits(pool, folded), sequence, folded, len(pool))[1],
    ):
        assert measure(beside)[: len(texts)] == pytest.approx(measure(alone))


def test_a_passage_counts_each_term_once_and_not_what_stands_far_off() -> None:
    folded = terms_of(["a", "b", "c"])
    near, far = ["a", "a", "b"] + ["g"] * 50, ["a"] + ["g"] * 50 + ["b"]

    passages = best_passage(pool_of([near, far]), find_hits(pool_of([near, far]), folded), folded)

    assert passages.tolist() == [3.0, 2.0]


def test_a_slip_shares_quadruples_with_its_word(tmp_path: Path) -> None:
    writer = SpellingWriter(tmp_path / "words")
    writer.add(["vaccination", "giraffe"])
    writer.close()
    numbers = np.unique(np.array([term_id(gram) for gram in grams("vacination")], dtype=np.uint32))
    pool = pool_of([["vaccination"], ["giraffe"]])

    everywhere, in_head = gram_counts(
        pool, Spelling(tmp_path / "words"), Terms(numbers, np.ones(len(numbers))), np.array([1, 1])
    )

    assert everywhere.sum(axis=1).tolist() == [len(set(grams("vacination")) & set(grams("vaccination"))), 0]
    assert math.isclose(in_head.sum(), everywhere.sum())


def test_a_record_torn_by_a_crash_is_cut_off(tmp_path: Path) -> None:
    writer = SpellingWriter(tmp_path / "words")
    writer.add(["one", "two"])
    writer.close()
    with (tmp_path / "words").open("ab") as file:
        file.write(b"torn")

    again = SpellingWriter(tmp_path / "words")
    again.add(["two", "three"])
    again.close()

    assert len(Spelling(tmp_path / "words")) == 3
    assert not Spelling(tmp_path / "words").missing(term_ids(["one", "two", "three"])).any()
