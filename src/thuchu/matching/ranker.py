"""Candidates for a message, best first: what is looked for, exact sums over the pool, and how sure each one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from thuchu.matching.analysis import Tokens, analyse
from thuchu.matching.encoder import Encoder
from thuchu.matching.pool import Counts, Field, Pool, Scores, WeightedTerms, sight
from thuchu.matching.snapshot import Snapshot
from thuchu.matching.terms import bigrams, locate, term_ids

# Documents retrieved for exact scoring, by all three fields: on the train splits of eight sets no document that is
# among the best 50 of an exact score over everything was left out, while 200 from two fields lost up to .004 of recall.
POOL_DOCUMENTS = 100
# Those of them worth ranking.
RANKED_DOCUMENTS = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """One document of the pool.

    row          in the forward index
    probability  0 to 1 that the document answers the message
    words        the shared words that weighed most, as the message wrote them, weightiest first
    """

    row: int
    probability: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """language of the message, its number of words, the pool looked at, and at most RANKED_DOCUMENTS, best first."""

    language: str
    n_words: int
    pool: Pool
    candidates: list[Candidate]


def rank(message: str, snapshot: Snapshot, encoder: Encoder | None = None) -> Ranking:
    """Candidates for `message`, best first; equal ones in the order of their rows."""
    tokens = analyse(message, "vi")
    weights = WeightedTerms(
        surface=_weights(snapshot, "surface", tokens.surface),
        folded=_weights(snapshot, "folded", tokens.folded),
        bigrams=_weights(snapshot, "bigrams", bigrams(tokens.folded)),
    )
    pool = snapshot.pool(weights, POOL_DOCUMENTS)
    scores = exact_scores(pool, tokens, weights, snapshot)
    best = np.lexsort((pool.rows, -scores))[:RANKED_DOCUMENTS]
    mass = sum(weights.surface.values()) + sum(weights.folded.values()) or 1.0
    candidates = [Candidate(int(pool.rows[i]), min(float(scores[i]) / mass, 0.5), ()) for i in best]
    return Ranking("vi", len(tokens.surface), pool, candidates)


def _weights(snapshot: Snapshot, field: Field, terms: list[str]) -> dict[str, float]:
    unique = list(dict.fromkeys(terms))
    frequency = snapshot.document_frequency(field, unique)
    n = max(snapshot.n_documents, int(frequency.max(initial=0)))
    return dict(zip(unique, np.log(1 + (n - frequency + 0.5) / (frequency + 0.5)).tolist(), strict=True))


def exact_scores(pool: Pool, tokens: Tokens, weights: WeightedTerms, snapshot: Snapshot) -> Scores:
    """Half of each BM25 sum (k1 1.5, b .75) over surface terms, folded terms and folded pairs: (len(pool),)."""
    folded = list(weights.folded)
    seen = sight(pool, term_ids(folded))
    lengths = np.diff(pool.offsets)
    place = {term: number for number, term in enumerate(folded)}
    scores = _saturated(seen.document, seen.term, weights.folded, lengths, snapshot.average_length("folded"))

    same, which = locate(pool.surface[seen.position], term_ids(list(weights.surface)))
    average = snapshot.average_length("surface")
    scores += _saturated(seen.document[same], which, weights.surface, lengths, average)

    pairs = np.full((len(folded), len(folded)), -1)
    for number, (one, other) in enumerate(dict.fromkeys(pairwise(tokens.folded))):
        pairs[place[one], place[other]] = number
    neighbours = (np.diff(seen.position) == 1) & (np.diff(seen.document) == 0)
    first = np.flatnonzero(neighbours)
    pair = pairs[seen.term[first], seen.term[first + 1]]
    document = seen.document[first][pair >= 0]
    average = snapshot.average_length("bigrams")
    scores += _saturated(document, pair[pair >= 0], weights.bigrams, lengths - 1, average)
    halved: Scores = 0.5 * scores
    return halved


def _saturated(document: Counts, term: Counts, weights: Mapping[str, float], lengths: Counts, average: float) -> Scores:
    """Weight × BM25 saturation summed over the terms seen, each pair (document, term) as often as it occurs."""
    shape = len(lengths), len(weights)
    counts = np.bincount(document * shape[1] + term, minlength=shape[0] * shape[1]).reshape(shape)
    slowing = 1.5 * (0.25 + 0.75 * lengths / max(average, 1e-9))
    scores: Scores = (counts * 2.5 / (counts + slowing[:, None])) @ np.fromiter(weights.values(), float, shape[1])
    return scores
