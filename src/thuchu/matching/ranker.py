"""Candidates for a message, best first: what is looked for, exact sums over the pool, and how sure each one is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.matching.analysis import analyse
from thuchu.matching.encoder import Encoder
from thuchu.matching.pool import Field, Pool, Scores, WeightedTerms
from thuchu.matching.snapshot import Snapshot
from thuchu.matching.terms import bigrams, term_ids

# Documents retrieved for exact scoring, and those of them worth ranking.
POOL_DOCUMENTS = 200
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
    scores: Scores = 0.5 * (
        _bm25(pool, pool.surface, weights.surface, snapshot.average_length("surface"))
        + _bm25(pool, pool.folded, weights.folded, snapshot.average_length("folded"))
    )
    best = np.lexsort((pool.rows, -scores))[:RANKED_DOCUMENTS]
    mass = sum(weights.surface.values()) + sum(weights.folded.values()) or 1.0
    candidates = [Candidate(int(pool.rows[i]), min(float(scores[i]) / mass, 0.5), ()) for i in best]
    return Ranking("vi", len(tokens.surface), pool, candidates)


def _weights(snapshot: Snapshot, field: Field, terms: list[str]) -> dict[str, float]:
    unique = list(dict.fromkeys(terms))
    frequency = snapshot.document_frequency(field, unique)
    n = max(snapshot.n_documents, int(frequency.max(initial=0)))
    return dict(zip(unique, np.log(1 + (n - frequency + 0.5) / (frequency + 0.5)).tolist(), strict=True))


def _bm25(pool: Pool, terms: npt.NDArray[np.uint32], weights: Mapping[str, float], average: float) -> Scores:
    """Weight × BM25 saturation (k1 1.5, b .75) summed over the query's terms: (len(pool),)."""
    if not len(terms):
        return np.zeros(len(pool))
    query = term_ids(list(weights))
    order = np.argsort(query)
    place = np.minimum(np.searchsorted(query[order], terms), len(query) - 1)
    found = np.flatnonzero(query[order][place] == terms)
    lengths = np.diff(pool.offsets)
    document = np.repeat(np.arange(len(pool)), lengths)[found]
    counts = np.bincount(document * len(query) + place[found], minlength=len(pool) * len(query))
    counts = counts.reshape(len(pool), len(query))
    slowing = 1.5 * (0.25 + 0.75 * lengths / max(average, 1e-9))
    saturation = counts * 2.5 / (counts + slowing[:, None])
    scores: Scores = saturation @ np.array(list(weights.values()))[order]
    return scores
