"""What speaks for a document, as one row of numbers a candidate: the only thing that ranking and calibration see.

All sums are divided by what a document would get that held the whole message, so that they mean the same for a line
and for a letter, in a small collection and in a large one.
"""

import numpy as np
import numpy.typing as npt

from thuchu.matching.counting import (
    best_passage,
    bigram_hits,
    bm25,
    counts,
    find_hits,
    gram_counts,
    longest_run,
    near_pairs,
    rarity_in_pool,
    surface_terms,
)
from thuchu.matching.pool import Pool
from thuchu.matching.scoring import Floats, Hits, Message
from thuchu.matching.spelling import Spelling

FEATURES = (
    "surface",  # BM25 over terms as written
    "folded",  # over folded terms
    "bigrams",  # over pairs of neighbours
    "steep",  # over folded terms, early saturation and full length norm
    "head_surface",  # the same three over title and claim only
    "head_folded",
    "head_bigrams",
    "grams",  # over letter quadruples of all words
    "head_grams",
    "covered",  # weight of the message's distinct terms that stand anywhere in the document
    "passage",  # in its richest two sentences
    "pairs",  # near pairs of the message that are near in the document
    "run",  # weight of the longest common run
    "run_terms",  # its length, ln(1 + terms)
    "share",  # share of the document's terms that the message holds
    "head_share",  # share of its title and claim
    "known",  # share by weight: of what the document says, how much the message holds
    "head_known",  # of what its title and claim say
    "first",  # where its first shared term stands, 0 at the beginning, 1 at the end or nowhere
    "numbers",  # share of the message's numbers that it holds
    "length",  # ln(1 + its terms)
    "cosine",  # how near it is in meaning; 0 where no encoder says
)


def features(
    message: Message,
    pool: Pool,
    spelling: Spelling,
    average_surface: float,
    average_bigrams: float,
    cosines: npt.NDArray[np.float32],
) -> Floats:
    """One row a document of `pool`, one column a name in FEATURES: (len(pool), len(FEATURES)).

    cosines  (len(pool),)
    average_surface, average_bigrams  mean lengths of the collection's documents, in terms and in pairs
    """
    n = len(pool)
    mass = max(message.folded.mass(), 1e-9)
    lengths = np.diff(pool.offsets).astype(np.float64)
    # A document without title and claim is its own head.
    heads = np.where(pool.head_tokens > 0, pool.head_tokens, lengths).astype(np.float64)
    hits = find_hits(pool, message.folded)
    in_head = np.flatnonzero(hits.position < (pool.offsets[:-1] + heads)[hits.document])
    head_hits = Hits(hits.position[in_head], hits.document[in_head], hits.term[in_head])
    average_head = float(heads.mean()) if n else 1.0
    average_pairs = max(average_bigrams, 1.0)
    folded = counts(hits.document, hits.term, n, len(message.folded.numbers))
    head_folded = counts(head_hits.document, head_hits.term, n, len(message.folded.numbers))
    run_terms, run = longest_run(hits, message.sequence, message.folded, n)
    grams, head_grams = gram_counts(pool, spelling, message.grams, heads.astype(np.int64))
    unheld = rarity_in_pool(pool)
    unheld[hits.position] = 0.0
    unheld = np.concatenate(([0.0], np.cumsum(unheld)))
    columns = (
        _surface(message, pool, hits, lengths, average_surface) / mass,
        bm25(folded, lengths, average_surface, message.folded.weights) / mass,
        _bigrams(message, pool, hits, lengths - 1, average_pairs) / mass,
        bm25(folded, lengths, average_surface, message.folded.weights, k1=0.6, b=1.0) / mass,
        _surface(message, pool, head_hits, heads, average_head) / mass,
        bm25(head_folded, heads, average_head, message.folded.weights) / mass,
        _bigrams(message, pool, head_hits, heads - 1, average_head) / mass,
        bm25(grams, lengths, float(lengths.mean()) if n else 1.0, message.grams.weights) / mass,
        bm25(head_grams, heads, average_head, message.grams.weights) / mass,
        (folded > 0) @ message.folded.weights / mass,
        best_passage(pool, hits, message.folded) / mass,
        near_pairs(hits, message.sequence, message.folded, n),
        run / mass,
        np.log1p(run_terms),
        np.bincount(hits.document, minlength=n) / np.maximum(lengths, 1.0),
        np.bincount(head_hits.document, minlength=n) / np.maximum(heads, 1.0),
        _known(pool, hits, message, lengths, unheld),
        _known(pool, head_hits, message, heads, unheld),
        _first(pool, hits, lengths),
        _numbers(message, pool),
        np.log1p(lengths),
        cosines,
    )
    return np.stack(columns, axis=1)


def _surface(message: Message, pool: Pool, hits: Hits, lengths: Floats, average: float) -> Floats:
    tf = counts(hits.document, surface_terms(pool, hits, message.surface), len(pool), len(message.surface.numbers))
    return bm25(tf, lengths, average, message.surface.weights)


def _bigrams(message: Message, pool: Pool, hits: Hits, lengths: Floats, average: float) -> Floats:
    tf = counts(*bigram_hits(pool, hits, message.bigrams), len(pool), len(message.bigrams.numbers))
    return bm25(tf, np.maximum(lengths, 0.0), average, message.bigrams.weights)


def _known(pool: Pool, hits: Hits, message: Message, lengths: Floats, unheld: Floats) -> Floats:
    """Weight of the terms held over that and the rarity of the others, in each document's first `lengths` terms.

    unheld  (n terms + 1,) running sums of what the terms not held are worth
    """
    n = len(pool)
    held = np.bincount(hits.document, weights=message.folded.weights[hits.term], minlength=n)
    begins = pool.offsets[:-1]
    not_held = unheld[begins + lengths.astype(np.int64)] - unheld[begins]
    shares: Floats = held / np.maximum(held + not_held, 1e-9)
    return shares


def _first(pool: Pool, hits: Hits, lengths: Floats) -> Floats:
    first = np.ones(len(pool))
    relative = (hits.position - pool.offsets[hits.document]) / np.maximum(lengths[hits.document], 1.0)
    np.minimum.at(first, hits.document, relative)
    return first


def _numbers(message: Message, pool: Pool) -> Floats:
    if not len(message.digits):
        return np.zeros(len(pool))
    document = np.repeat(np.arange(len(pool)), np.diff(pool.offsets))
    found = np.zeros((len(pool), len(message.digits)), dtype=np.bool_)
    for place, number in enumerate(message.digits):
        found[document[pool.surface == number], place] = True
    shares: Floats = found.sum(axis=1) / len(message.digits)
    return shares
