"""Candidates for a message, best first: the evidence of the pool, weighed by what the language's weights say.

One weight vector a language family, fitted by `bench/train_ranker.py`; the weights lie beside this file as numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thuchu.matching.calibration import probabilities
from thuchu.matching.concepts import is_concept
from thuchu.matching.features import features
from thuchu.matching.meaning import NEAREST_DOCUMENTS, MessageMeaning
from thuchu.matching.pool import Pool
from thuchu.matching.reading import Reading, family, read, with_accents
from thuchu.matching.scoring import Floats, Message, find_hits
from thuchu.matching.snapshot import Snapshot
from thuchu.matching.terms import term_id
from thuchu.matching.weights import MEANING_KIND, ranking_weights

# Documents scored exactly: recall at 50 then equals that of scoring every document (train splits).
POOL_DOCUMENTS = 100
# Of those, as many as anybody could be shown.
RANKED_DOCUMENTS = 50
# Those whose shared words are named: twice as many as are ever shown, since an exact door may name some of them first.
_WORDED_DOCUMENTS = 10
# Words named as the reason of a match.
_WORDS_MAX = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """One document of the pool.

    row          in the forward index
    score        comparable among the candidates of one message only
    probability  0 to 1 that the document answers the message
    words        the shared words that weighed most, as the message wrote them, weightiest first
    """

    row: int
    score: float
    probability: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a message finds.

    language    its own, "" when it cannot be told · kind  whose weights it went by
    n_words     how many it has
    pool        the documents looked at
    candidates  at most RANKED_DOCUMENTS, best first
    """

    language: str
    kind: str
    n_words: int
    pool: Pool
    candidates: list[Candidate]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What ranking and training look at: `matrix` has a row a document of the pool, a column a feature.

    kind  whose weights it goes by: the language's family, and MEANING_KIND behind it where meanings were compared
    """

    kind: str
    reading: Reading
    message: Message
    pool: Pool
    matrix: Floats


def evidence(text: str, snapshot: Snapshot, without: Sequence[int] = ()) -> Evidence:
    """The pool for `text` and what speaks for each of its documents; rows in `without` are passed over."""
    reading = read(text, snapshot)
    meaning = _meaning_of(text, reading, snapshot)
    near = meaning.nearest(NEAREST_DOCUMENTS + len(without)) if meaning else []
    pool = snapshot.pool(reading.query, POOL_DOCUMENTS, without, snapshot.rows_by_id(near).tolist())
    message = with_accents(reading, pool, snapshot)
    averages = snapshot.average_length("surface"), snapshot.average_length("bigrams")
    cosines = meaning.cosines(snapshot.document_ids(pool.rows)) if meaning else np.zeros(len(pool), dtype=np.float32)
    matrix = features(message, pool, snapshot.spelling, *averages, cosines)
    kind = family(reading.language) + (MEANING_KIND if meaning else "")
    return Evidence(kind, reading, message, pool, matrix)


def _meaning_of(text: str, reading: Reading, snapshot: Snapshot) -> MessageMeaning | None:
    """What compares `text` with documents by meaning; None without an encoder for the language it is read in."""
    return snapshot.meanings.of_message(text, reading.language) if snapshot.meanings else None


def rank(text: str, snapshot: Snapshot, without: Sequence[int] = ()) -> Ranking:
    """Candidates for `text`, best first; equal ones in the order of their rows; rows in `without` are passed over."""
    found = evidence(text, snapshot, without)
    scores = found.matrix @ ranking_weights(found.kind)
    best = np.lexsort((found.pool.rows, -scores))[:RANKED_DOCUMENTS]
    sure = probabilities(found.kind, found.matrix[best], scores[best], found.message, snapshot.n_documents)
    words = _shared_words(found, best[:_WORDED_DOCUMENTS]) + [()] * len(best[_WORDED_DOCUMENTS:])
    candidates = [
        Candidate(int(found.pool.rows[place]), float(scores[place]), float(p), shared)
        for place, p, shared in zip(best, sure, words, strict=True)
    ]
    return Ranking(found.reading.told, found.kind, len(found.reading.tokens.surface), found.pool, candidates)


def _shared_words(found: Evidence, best: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[tuple[str, ...]]:
    """For each of the best the words it shares with the message, weightiest first."""
    tokens, worth = found.reading.tokens, found.reading.weights
    by_weight = sorted(dict.fromkeys(zip(tokens.folded, tokens.surface, strict=True)), key=lambda pair: -worth[pair[0]])
    once = dict(reversed([(folded, surface) for folded, surface in by_weight]))
    ordered = [term for term in sorted(once, key=lambda folded: -worth[folded]) if not is_concept(term)]
    hits = find_hits(found.pool, found.message.folded)
    number_of = {int(number): place for place, number in enumerate(found.message.folded.numbers)}
    place_of = [number_of[term_id(folded)] for folded in ordered]
    held = np.zeros((len(found.pool), len(found.message.folded.numbers)), dtype=np.bool_)
    held[hits.document, hits.term] = True
    return [
        tuple([once[term] for term, place in zip(ordered, place_of, strict=True) if held[document, place]][:_WORDS_MAX])
        for document in best
    ]
