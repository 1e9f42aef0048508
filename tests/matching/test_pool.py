"""What retrieval hands over is what stands in the documents, and the best of them by any count are among it."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.matching import Collection, Document
from thuchu.matching.analysis import analyse
from thuchu.matching.pool import WeightedTerms, sight
from thuchu.matching.terms import bigram_ids, bigrams, locate, term_id, term_ids

WORDS = [
    f"{initial}{rime}" for initial in ("b", "đ", "kh", "m", "t") for rime in ("ạn", "ương", "iết", "o", "ầu", "an")
]
N_DOCUMENTS = 400


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    random = np.random.default_rng(7)
    frequency = 1 / (np.arange(len(WORDS)) + 1)
    made = [
        " ".join(random.choice(WORDS, random.integers(3, 40), p=frequency / frequency.sum()))
        for _ in range(N_DOCUMENTS)
    ]
    opened = Collection.open(tmp_path_factory.mktemp("pool"))
    opened.put(Document(id=f"d{number}", claim=text, language="vi") for number, text in enumerate(made))
    opened.commit(1)
    opened.texts = made  # type: ignore[attr-defined]
    return opened


def test_one_term_finds_every_document_that_holds_it(collection: Collection) -> None:
    pool = collection.pool(WeightedTerms(surface={"khiết": 1.0}), N_DOCUMENTS)

    holding = {f"d{number}" for number, text in enumerate(collection.texts) if "khiết" in text.split()}
    assert set(collection.document_ids(pool.rows)) == holding
    assert collection.document_frequency("surface", ["khiết", "không"]).tolist() == [len(holding), 0]


def test_accents_tell_surface_terms_apart_and_not_folded_ones(collection: Collection) -> None:
    accented = collection.pool(WeightedTerms(surface={"bạn": 1.0}), N_DOCUMENTS)
    folded = collection.pool(WeightedTerms(folded={"ban": 1.0}), N_DOCUMENTS)

    assert set(accented.rows.tolist()) < set(folded.rows.tolist())


def test_a_pair_finds_only_documents_where_the_two_stand_together(collection: Collection) -> None:
    pool = collection.pool(WeightedTerms(bigrams=dict.fromkeys(bigrams(["ban", "buong"]), 1.0)), N_DOCUMENTS)

    for place in range(len(pool)):
        terms = pool.folded[pool.offsets[place] : pool.offsets[place + 1]].tolist()
        assert (term_id("ban"), term_id("buong")) in set(pairwise(terms))
    assert len(pool) > 0


def test_a_weight_takes_the_place_of_the_rarity(collection: Collection) -> None:
    """Whichever of two terms weighs more decides, however rare the other is."""
    common, rare = "ban", "tau"
    for weights, wanted in (({common: 9.0, rare: 0.1}, common), ({common: 0.1, rare: 9.0}, rare)):
        best = collection.pool(WeightedTerms(folded=weights), 1)
        assert term_id(wanted) in best.folded.tolist()
    left_out = collection.pool(WeightedTerms(folded={common: 0.0, rare: -1.0}), 5)
    assert len(left_out) == 0


def test_scores_fall_and_no_document_comes_twice(collection: Collection) -> None:
    pool = collection.pool(WeightedTerms(folded={"ban": 1.0, "mo": 2.0, "dau": 0.5}), 50)

    assert len(pool) == 50
    assert (np.diff(pool.retrieval_score) <= 0).all()
    assert len(set(pool.rows.tolist())) == 50


def test_retrieval_orders_documents_as_bm25_over_everything_does(collection: Collection) -> None:
    """The oracle: BM25 with tantivy's constants over all documents, summed in plain Python."""
    weights = {"ban": 0.7, "muong": 2.0, "khiet": 3.0, "dan": 1.1}
    texts = [analyse(text, "vi").folded for text in collection.texts]
    average = sum(map(len, texts)) / len(texts)
    expected = []
    for terms in texts:
        slowing = 1.2 * (0.25 + 0.75 * len(terms) / average)
        counts = {term: terms.count(term) for term in weights}
        expected.append(sum(weights[term] * 2.2 * n / (n + slowing) for term, n in counts.items()))

    pool = collection.pool(WeightedTerms(folded=weights), 30)

    got = [expected[int(name[1:])] for name in collection.document_ids(pool.rows)]
    # tantivy rounds lengths to steps of up to an eighth and counts the state's own entry as a document.
    assert np.allclose(got, pool.retrieval_score, rtol=0.05)
    assert sum(got) >= 0.99 * sum(sorted(expected, reverse=True)[:30])


def test_nothing_asked_finds_nothing(collection: Collection) -> None:
    for query in (WeightedTerms(), WeightedTerms(folded={"không có": 1.0}), WeightedTerms(surface={"": 1.0})):
        pool = collection.pool(query, 10)
        assert len(pool) == 0
        assert pool.offsets.tolist() == [0]
        assert sight(pool, term_ids(["ban"])).position.size == 0


def test_sightings_are_the_places_where_the_terms_stand(collection: Collection) -> None:
    wanted = ["ban", "mo", "không có"]
    pool = collection.pool(WeightedTerms(folded={"ban": 1.0, "mo": 1.0}), 20)

    seen = sight(pool, term_ids(wanted))

    expected = [
        (place, document, wanted.index(term))
        for document in range(len(pool))
        for place in range(pool.offsets[document], pool.offsets[document + 1])
        for term in ("ban", "mo")
        if pool.folded[place] == term_id(term)
    ]
    assert list(zip(*(part.tolist() for part in (seen.position, seen.document, seen.term)), strict=True)) == expected


@given(
    st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 5), max_size=200),
    st.sets(st.integers(0, 2**32 - 1) | st.integers(0, 9), max_size=30),
)
@settings(max_examples=100, deadline=None)
def test_locate_says_what_a_loop_says(terms: list[int], wanted: set[int]) -> None:
    order = list(wanted)

    positions, which = locate(np.array(terms, dtype=np.uint32), np.array(order, dtype=np.uint32))

    expected = [(place, order.index(term)) for place, term in enumerate(terms) if term in wanted]
    assert list(zip(positions.tolist(), which.tolist(), strict=True)) == expected


@given(st.lists(st.text(max_size=8), max_size=30))
@settings(max_examples=100, deadline=None)
def test_numbers_of_terms_and_pairs_are_stable_and_in_order(terms: list[str]) -> None:
    ids = term_ids(terms)

    assert ids.tolist() == [term_id(term) for term in terms]
    assert bigram_ids(ids).tolist() == [one << 32 | other for one, other in pairwise(ids.tolist())]
    assert bigrams(terms) == [f"{one}_{other}" for one, other in pairwise(terms)]


def test_a_term_keeps_its_number_for_ever() -> None:
    """The numbers live in files: CRC-32 of the UTF-8."""
    assert term_id("chanh") == 0x17202B38
    assert term_id("") == 0


def test_links_and_ids_lead_to_rows(tmp_path: Path) -> None:
    shared = "https://tin.example/chung"
    documents = [
        Document(id=str(n), claim="x", language="vi", links=(shared, f"https://tin.example/{n}")) for n in range(3)
    ]
    with Collection.open(tmp_path) as collection:
        collection.put(documents)
        collection.commit(1)
        snapshot = collection.snapshot

        assert sorted(snapshot.document_ids(snapshot.rows_by_link([shared]))) == ["0", "1", "2"]
        assert snapshot.document_ids(snapshot.rows_by_link(["https://tin.example/1"])) == ["1"]
        assert snapshot.document_ids(snapshot.rows_by_id(["2", "2", "không có"])) == ["2"]
        assert snapshot.rows_by_link(["https://tin.example"]).size == 0
        assert snapshot.rows_by_link([]).size == 0
