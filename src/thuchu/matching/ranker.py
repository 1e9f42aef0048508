"""Candidates for a message, best first: the evidence of the pool, weighed by what the language's weights say.

One weight vector a language family, fitted by `bench/train_ranker.py`; the weights lie beside this file as numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thuchu.matching.concepts import is_concept
from thuchu.matching.features import FEATURES, features
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
# Words named as the reason of a match: those that weigh at least this share of the weightiest one shared.  What is
# left are words that any two texts share.
_WORDS_MAX = 8
_WORD_SHARE_MIN = 0.5
# Columns that are shares of the message's weight, and those that say together how much of it a document reaches.
_SHARES = slice(0, FEATURES.index("run") + 1)
_REACH = [FEATURES.index(name) for name in ("surface", "folded", "bigrams")]
_REACH_WEIGHTS = np.array([1.0, 1.0, 0.8])


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

    best    (n,) places in the pool
    scores  (n,) comparable among the candidates of one message only
    """

    evidence: Evidence
    best: Rows
    scores: Floats

    @property
    def rows(self) -> Rows:
        """(n,) in the forward index."""
        return self.evidence.pool.rows[self.best]


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


def relative(matrix: Floats) -> Floats:
    """`matrix` with all shares of the message measured against what the best document of the pool reaches.

    Of a long letter no document holds more than a tenth, of a line many hold all: ranking weighs how much more than
    the others, calibration how much.
    """
    if not len(matrix):
        return matrix
    reach = float((matrix[:, _REACH] @ _REACH_WEIGHTS).max())
    measured = matrix.copy()
    measured[:, _SHARES] /= max(reach, 1e-9)
    return measured


def _meaning_of(text: str, reading: Reading, snapshot: Snapshot) -> MessageMeaning | None:
    """What compares `text` with documents by meaning; None without an encoder for the language it is read in."""
    return snapshot.meanings.of_message(text, reading.language) if snapshot.meanings else None


def rank(text: str, snapshot: Snapshot, without: Sequence[int] = ()) -> Ranking:
    """Candidates for `text`, best first; equal ones in the order of their rows; rows in `without` are passed over."""
    found = evidence(text, snapshot, without)
    scores = relative(found.matrix) @ ranking_weights(found.kind)
    best = np.lexsort((found.pool.rows, -scores))[:RANKED_DOCUMENTS]
    return Ranking(found, best, scores[best])


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
        shared = [term for term in ordered if term_id(term) in held][:_WORDS_MAX]
        words[row] = tuple(once[term] for term in shared if worth[term] >= _WORD_SHARE_MIN * worth[shared[0]])
    return words
