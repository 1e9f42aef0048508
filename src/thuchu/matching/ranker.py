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
from thuchu.matching.pool import Pool, Rows
from thuchu.matching.reading import Reading, family, read, with_accents
from thuchu.matching.scoring import Floats, Message
from thuchu.matching.snapshot import Snapshot
from thuchu.matching.terms import term_id
from thuchu.matching.weights import MEANING_KIND, ranking_weights

# Documents scored exactly: recall at 50 then equals that of scoring every document (train splits).
POOL_DOCUMENTS = 100
# Of those, as many as anybody could be shown.
RANKED_DOCUMENTS = 50
# Words named as the reason of a match.
_WORDS_MAX = 8


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


@dataclass(frozen=True, slots=True)
class Ranking:
    """At most RANKED_DOCUMENTS of the pool, best first.

    rows           (n,) in the forward index
    scores         (n,) comparable among the candidates of one message only
    probabilities  (n,) 0 to 1 that the document answers the message
    """

    evidence: Evidence
    rows: Rows
    scores: Floats
    probabilities: Floats


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
    return Ranking(found, found.pool.rows[best], scores[best], sure)


def shared_words(found: Evidence, rows: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The words that documents of the pool share with the message, as it wrote them: weightiest first, by row."""
    if not rows:
        return {}
    tokens, worth, pool = found.reading.tokens, found.reading.weights, found.pool
    by_weight = sorted(dict.fromkeys(zip(tokens.folded, tokens.surface, strict=True)), key=lambda pair: -worth[pair[0]])
    once = dict(reversed([(folded, surface) for folded, surface in by_weight]))
    ordered = [term for term in sorted(once, key=lambda folded: -worth[folded]) if not is_concept(term)]
    place_of = {row: place for place, row in enumerate(pool.rows.tolist())}
    words: dict[int, tuple[str, ...]] = {}
    for row in rows:
        first, last = pool.offsets[place_of[row] : place_of[row] + 2]
        held = set(pool.folded[first:last].tolist())
        words[row] = tuple([once[term] for term in ordered if term_id(term) in held][:_WORDS_MAX])
    return words
