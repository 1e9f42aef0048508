"""What `scoring` says, said by compiled loops: a tenth of the time, where Numba is installed ([fast])."""

from functools import cache
from types import ModuleType

import numpy as np

from thuchu.matching.pool import Pool
from thuchu.matching.scoring import BLOCK_TERMS, K1, NEAR_IN_DOCUMENT, NEAR_IN_MESSAGE, B, Floats, Hits, Indices, Terms
from thuchu.matching.spelling import Spelling
from thuchu.matching.statistics import Weights
from thuchu.matching.terms import TermIds


@cache
def _kernels() -> ModuleType:
    """Not before the first message: Numba takes half a second to import, and most commands look for nothing."""
    from thuchu.matching import kernels

    return kernels


def find_hits(pool: Pool, folded: Terms) -> Hits:
    return Hits(*_kernels().find_hits(pool.folded, pool.offsets, folded.numbers))


def counts(document: Indices, term: Indices, n_documents: int, n_terms: int) -> Floats:
    found: Floats = _kernels().counts(document, term, n_documents, n_terms)
    return found


def bm25(tf: Floats, lengths: Floats, average: float, weights: Weights, k1: float = K1, b: float = B) -> Floats:
    scores: Floats = _kernels().bm25(tf, lengths, average, weights, k1, b)
    return scores


def surface_terms(pool: Pool, hits: Hits, surface: Terms) -> Indices:
    found: Indices = _kernels().places(surface.numbers, pool.surface[hits.position])
    return found


def bigram_hits(pool: Pool, hits: Hits, bigrams: Terms) -> tuple[Indices, Indices]:
    document, pair = _kernels().bigram_hits(pool.folded, hits.position, hits.document, bigrams.numbers)
    return document, pair


def longest_run(hits: Hits, sequence: TermIds, folded: Terms, n_documents: int) -> tuple[Floats, Floats]:
    in_message = _kernels().places(folded.numbers, sequence)
    terms, worth = _kernels().longest_run(
        hits.position, hits.document, hits.term, in_message, folded.weights, n_documents
    )
    return terms, worth


def best_passage(pool: Pool, hits: Hits, folded: Terms) -> Floats:
    passages: Floats = _kernels().best_passage(
        hits.position, hits.document, hits.term, pool.offsets, folded.weights, BLOCK_TERMS
    )
    return passages


def near_pairs(hits: Hits, sequence: TermIds, folded: Terms, n_documents: int) -> Floats:
    in_message = _kernels().places(folded.numbers, sequence)
    shares: Floats = _kernels().near_pairs(
        hits.position,
        hits.document,
        hits.term,
        in_message,
        folded.weights,
        n_documents,
        NEAR_IN_MESSAGE,
        NEAR_IN_DOCUMENT,
    )
    return shares


def rarity_in_pool(pool: Pool) -> Floats:
    rarity: Floats = _kernels().rarity_in_pool(pool.folded, len(pool))
    return rarity


def gram_counts(pool: Pool, spelling: Spelling, grams: Terms, heads: Indices) -> tuple[Floats, Floats]:
    if not len(spelling):
        nothing = np.zeros((len(pool), len(grams.numbers)))
        return nothing, nothing
    everywhere, in_head = _kernels().gram_counts(
        pool.surface, pool.offsets, heads, grams.numbers, spelling.entries, spelling.buckets,
        spelling.records,
    )  # fmt: skip
    return everywhere, in_head
