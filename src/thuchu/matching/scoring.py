"""Where a message's terms stand in the documents of a pool, and what each document is worth by them.

Everything is counted from the two sequences of terms that the forward index keeps; nothing is looked up per document.
`compiled` has the same functions over compiled loops; `counting` chooses.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.matching.pool import Pool
from thuchu.matching.spelling import GRAMS_MAX, Spelling
from thuchu.matching.statistics import Weights
from thuchu.matching.terms import BigramIds, TermIds, locate

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

# Okapi BM25: how soon repeating a term stops to count, and how far a long text is held against a document.
K1 = 1.5
B = 0.75


@dataclass(frozen=True, slots=True)
class Terms:
    """Distinct terms of a message: `numbers` ascending, `weights` what each is worth."""

    numbers: TermIds | BigramIds
    weights: Weights

    @classmethod
    def of(cls, numbers: TermIds | BigramIds, weights: Weights) -> "Terms":
        """From terms in any order, each with its weight; of equal numbers the first counts."""
        first = np.unique(numbers, return_index=True)[1]
        return cls(numbers[first], weights[first])

    def mass(self) -> float:
        """The sum of all weights: what a document would get that held everything."""
        return float(self.weights.sum())


@dataclass(frozen=True, slots=True)
class Message:
    """A message as scoring reads it.

    sequence  (n,) folded terms in the order of the text
    surface, folded, bigrams  its distinct terms as written (accents restored where it had none), folded, and in pairs
    grams     letter quadruples of its words
    digits    numbers of the surface terms that hold a digit
    """

    sequence: TermIds
    surface: Terms
    folded: Terms
    bigrams: Terms
    grams: Terms
    digits: TermIds


@dataclass(frozen=True, slots=True)
class Hits:
    """Every place of the pool where a folded term of the message stands, ascending.

    position  (h,) in the pool's sequences · document (h,) · term (h,) index in `Message.folded`
    """

    position: Indices
    document: Indices
    term: Indices


def places(known: npt.NDArray[np.generic], looked_for: npt.NDArray[np.generic]) -> Indices:
    """For each number its index in `known` (ascending), -1 where it is not there: (len(looked_for),)."""
    if not len(known):
        return np.full(len(looked_for), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(known, looked_for), len(known) - 1)
    return np.where(known[place] == looked_for, place, -1)


def find_hits(pool: Pool, folded: Terms) -> Hits:
    """The places of the pool that hold one of these terms.

    Most places hold none: a table of 65,536 slots turns them away before the exact search.
    """
    slots = np.zeros(1 << 16, dtype=np.bool_)
    slots[folded.numbers.astype(np.uint16)] = True
    near = np.flatnonzero(slots[pool.folded.astype(np.uint16)])
    term = places(folded.numbers, pool.folded[near])
    position = near[term >= 0]
    document = np.searchsorted(pool.offsets, position, side="right") - 1
    return Hits(position, document, term[term >= 0])


def counts(document: Indices, term: Indices, n_documents: int, n_terms: int) -> Floats:
    """How often each term stands in each document; negative terms are left out: (n_documents, n_terms)."""
    known = term >= 0
    flat = np.bincount(document[known] * n_terms + term[known], minlength=n_documents * n_terms)
    return flat.reshape(n_documents, n_terms).astype(np.float64)


def bm25(tf: Floats, lengths: Floats, average: float, weights: Weights, k1: float = K1, b: float = B) -> Floats:
    """Weight × tf / (tf + k1 (1 - b + b length / average)), summed over terms: (n_documents,)."""
    slowing = k1 * (1 - b + b * lengths / max(average, 1.0))
    scores: Floats = (tf / (tf + slowing[:, None])) @ weights
    return scores


def surface_terms(pool: Pool, hits: Hits, surface: Terms) -> Indices:
    """For each hit the index of its surface term in `surface`, -1 where it is written otherwise: (h,)."""
    return places(surface.numbers, pool.surface[hits.position])


def bigram_hits(pool: Pool, hits: Hits, bigrams: Terms) -> tuple[Indices, Indices]:
    """Document and index of each pair of neighbours that the message holds, too."""
    first = np.flatnonzero((np.diff(hits.position) == 1) & (np.diff(hits.document) == 0))
    left = pool.folded[hits.position[first]].astype(np.uint64)
    right = pool.folded[hits.position[first] + 1].astype(np.uint64)
    return hits.document[first], places(bigrams.numbers, (left << np.uint64(32)) | right)


def longest_run(hits: Hits, sequence: TermIds, folded: Terms, n_documents: int) -> tuple[Floats, Floats]:
    """The longest stretch that document and message have in common, in terms and in weight: two of (n_documents,)."""
    in_message = places(folded.numbers, sequence)
    by_term = np.argsort(in_message, kind="stable")
    first = np.searchsorted(in_message[by_term], np.arange(len(folded.numbers)))
    occurrences = np.bincount(in_message, minlength=len(folded.numbers))
    repeat = occurrences[hits.term]
    hit = np.repeat(np.arange(len(hits.term)), repeat)
    turn = np.arange(len(hit)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    place = by_term[first[hits.term[hit]] + turn]
    diagonal = hits.position[hit] - place
    order = np.lexsort((hits.position[hit], diagonal, hits.document[hit]))
    position, diagonal, document = hits.position[hit][order], diagonal[order], hits.document[hit][order]
    weight = folded.weights[hits.term[hit][order]]
    length_best, weight_best = np.zeros(n_documents), np.zeros(n_documents)
    if not len(position):
        return length_best, weight_best
    broken = (np.diff(position) != 1) | (np.diff(diagonal) != 0) | (np.diff(document) != 0)
    starts = np.concatenate(([0], np.flatnonzero(broken) + 1))
    lengths = np.diff(np.concatenate((starts, [len(position)]))).astype(np.float64)
    np.maximum.at(length_best, document[starts], lengths)
    np.maximum.at(weight_best, document[starts], np.add.reduceat(weight, starts))
    return length_best, weight_best


# A passage is a pair of neighbouring blocks of this many terms: about two sentences.
BLOCK_TERMS = 15


def best_passage(pool: Pool, hits: Hits, folded: Terms) -> Floats:
    """The weight of distinct message terms in each document's richest passage: (len(pool),)."""
    n_terms = len(folded.numbers)
    block = (hits.position - pool.offsets[hits.document]) // BLOCK_TERMS
    n_blocks = int(block.max(initial=0)) + 2
    present = np.zeros((len(pool), n_blocks, n_terms), dtype=np.bool_)
    present[hits.document, block, hits.term] = True
    both = present[:, :-1] | present[:, 1:]
    passages: Floats = (both @ folded.weights).max(axis=1)
    return passages


# Two terms of a message that stand this near each other are a pair, and found where a document has them as near.
NEAR_IN_MESSAGE = 3
NEAR_IN_DOCUMENT = 4


def near_pairs(hits: Hits, sequence: TermIds, folded: Terms, n_documents: int) -> Floats:
    """The share, by weight, of the message's near pairs that stand near each other in a document: (n_documents,)."""
    in_message = places(folded.numbers, sequence)
    n_terms = len(folded.numbers)
    number = np.full((n_terms, n_terms), -1, dtype=np.int64)
    for step in range(1, NEAR_IN_MESSAGE + 1):
        left, right = in_message[:-step], in_message[step:]
        number[left, right] = number[right, left] = 0
    np.fill_diagonal(number, -1)
    one, other = np.nonzero(np.triu(number == 0))
    number[one, other] = number[other, one] = np.arange(len(one))
    worth = np.minimum(folded.weights[one], folded.weights[other])
    found = np.zeros((n_documents, len(one)), dtype=np.bool_)
    for step in range(1, NEAR_IN_DOCUMENT + 1):
        near = np.flatnonzero(
            (hits.position[step:] - hits.position[:-step] <= NEAR_IN_DOCUMENT)
            & (hits.document[step:] == hits.document[:-step])
        )
        pair = number[hits.term[near], hits.term[near + step]]
        found[hits.document[near][pair >= 0], pair[pair >= 0]] = True
    shares: Floats = found @ worth / max(float(worth.sum()), 1e-9)
    return shares


def rarity_in_pool(pool: Pool) -> Floats:
    """How rare each place's term is among the pool's terms, 0 where it is on average in every document: (n terms,).

    Stands in for the rarity in the whole collection, which would cost a look-up a term.  Counted in 65,536 slots: two
    terms that share one look a little commoner than they are.
    """
    slots = pool.folded.astype(np.uint16)
    times = np.bincount(slots, minlength=1 << 16)[slots]
    often = np.arange(1, len(pool) + 2)
    rarity: Floats = np.log((len(pool) + 1) / often)[np.minimum(times, len(pool) + 1) - 1]
    return rarity


def gram_counts(pool: Pool, spelling: Spelling, grams: Terms, heads: Indices) -> tuple[Floats, Floats]:
    """How often each letter quadruple of the message stands in each document's words: two of (len(pool), n grams).

    spelling  the quadruples of the collection's words; a word it lacks counts for nothing
    heads     (len(pool),) terms of each document's head: the second result counts only those
    """
    words = np.unique(pool.surface)
    flat, gram = locate(spelling.grams(words).reshape(-1), grams.numbers.astype(np.uint32))
    alike, first, each = np.unique(flat // GRAMS_MAX, return_index=True, return_counts=True)
    position, word = locate(pool.surface, words[alike])
    # As many entries a position as its word has quadruples of the message.
    entry = np.repeat(np.arange(len(position)), each[word])
    begins = np.cumsum(each[word]) - each[word]
    turn = np.arange(len(entry)) - begins[entry]
    gram = gram[first[word][entry] + turn]
    document = np.searchsorted(pool.offsets, position, side="right") - 1
    in_head = (position - pool.offsets[document] < heads[document])[entry]
    document = document[entry]
    everywhere = counts(document, gram, len(pool), len(grams.numbers))
    if in_head.all():
        return everywhere, everywhere
    return everywhere, counts(document[in_head], gram[in_head], len(pool), len(grams.numbers))
