"""The compiled bodies say what NumPy's say: the same hits and counts, sums alike to the last digits."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba", reason="the compiled bodies need Numba")

from thuchu.matching import compiled, counting, scoring
from thuchu.matching.pool import Pool
from thuchu.matching.scoring import Terms
from thuchu.matching.spelling import Spelling, SpellingWriter, grams
from thuchu.matching.terms import bigram_ids, term_id, term_ids

WORDS = ["an", "ban", "banana", "bandana", "can", "canal", "channel", "dan", "panama", "xanadu"]
documents = st.lists(st.lists(st.sampled_from(WORDS), max_size=70), min_size=0, max_size=6)
messages = st.lists(st.sampled_from([*WORDS[:5], "nothing", "bananas"]), min_size=1, max_size=9)


def pool_of(texts: list[list[str]]) -> Pool:
    n = len(texts)
    return Pool(
        rows=np.arange(n),
        retrieval_score=np.zeros(n),
        offsets=np.cumsum([0, *map(len, texts)], dtype=np.int64),
        surface=term_ids([word for text in texts for word in text]),
        # Two words that fold to one, so that surface and folded differ.
        folded=term_ids([word.replace("dan", "ban") for text in texts for word in text]),
        title_tokens=np.zeros(n, dtype=np.int64),
        head_tokens=np.zeros(n, dtype=np.int64),
        sketches=np.zeros((n, 2, 64), dtype=np.uint8),
    )


def terms_of(numbers: Any) -> Terms:
    """Each term worth its own amount, so that mixing two up shows."""
    unique = np.unique(numbers)
    return Terms(unique, 1.0 + np.arange(len(unique)) / 7)


def same(measure: Callable[[Any], Any]) -> None:
    """`measure` gives the same arrays with either module's functions."""
    ours, theirs = measure(compiled), measure(scoring)
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-12, atol=1e-12)


@given(documents, messages)
@settings(max_examples=150, deadline=None)
def test_compiled_bodies_say_what_numpy_s_say(texts: list[list[str]], message: list[str]) -> None:
    pool, sequence = pool_of(texts), term_ids(message)
    n, folded, pairs = len(pool), terms_of(sequence), terms_of(bigram_ids(sequence))
    hits = scoring.find_hits(pool, folded)
    tf = scoring.counts(hits.document, hits.term, n, len(folded.numbers))
    lengths = np.maximum(np.diff(pool.offsets), 1).astype(np.float64)

    def hits_of(bodies: Any) -> Any:
        found = bodies.find_hits(pool, folded)
        return found.position, found.document, found.term

    same(hits_of)
    same(lambda bodies: [bodies.surface_terms(pool, hits, folded)])
    same(lambda bodies: bodies.bigram_hits(pool, hits, pairs))
    same(lambda bodies: [bodies.counts(hits.document, hits.term - 1, n, len(folded.numbers))])
    same(lambda bodies: [bodies.bm25(tf, lengths, 7.5, folded.weights)])
    same(lambda bodies: [bodies.bm25(tf, lengths, 0.0, folded.weights, k1=0.6, b=1.0)])
    same(lambda bodies: bodies.longest_run(hits, sequence, folded, n))
    same(lambda bodies: [bodies.best_passage(pool, hits, folded)])
    same(lambda bodies: [bodies.near_pairs(hits, sequence, folded, n)])
    same(lambda bodies: [bodies.rarity_in_pool(pool)])


@pytest.fixture(scope="module")
def spelling(tmp_path_factory: pytest.TempPathFactory) -> Spelling:
    path = tmp_path_factory.mktemp("spelling") / "words"
    writer = SpellingWriter(path)
    # One word is missing, as after a crash.
    writer.add(WORDS[:-1])
    writer.close()
    return Spelling(path)


@given(documents, messages)
@settings(max_examples=100, deadline=None)
def test_compiled_quadruples_are_counted_as_numpy_counts_them(
    spelling: Spelling, texts: list[list[str]], message: list[str]
) -> None:
    pool = pool_of(texts)
    wanted = terms_of(np.array([term_id(gram) for word in message for gram in grams(word)], dtype=np.uint32))
    heads = np.diff(pool.offsets) // 2

    same(lambda bodies: bodies.gram_counts(pool, spelling, wanted, heads))


def test_a_collection_without_words_has_no_quadruples(tmp_path: Path) -> None:
    nothing, wanted = Spelling(tmp_path / "words"), terms_of(term_ids(["_an_"]))

    same(lambda bodies: bodies.gram_counts(pool_of([["an"]]), nothing, wanted, np.array([1])))


def test_evidence_is_counted_by_the_compiled_bodies_where_they_are_there() -> None:
    assert {name: getattr(counting, name) for name in counting.__all__} == {
        name: getattr(compiled, name) for name in counting.__all__
    }
