"""A pool: the few hundred documents that retrieval hands to exact scoring, as arrays laid end to end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from thuchu.matching.terms import TermIds, locate

Field = Literal["surface", "folded", "bigrams"]
Rows = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WeightedTerms:
    """What retrieval looks for: terms of each field and what one occurrence of each is worth.

    A weight takes the place of the inverse document frequency; 0 or less leaves the term out.  Bigrams are written
    as `terms.bigrams` writes them.
    """

    surface: Mapping[str, float] = field(default_factory=dict)
    folded: Mapping[str, float] = field(default_factory=dict)
    bigrams: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pool:
    """n retrieved documents, best retrieval score first.

    rows             (n,)  where the documents stand in the forward index; `Collection.document_ids(rows)` names them
    retrieval_score  (n,)  what retrieval gave; comparable inside one pool only
    offsets          (n + 1,)  document i's terms are `surface[offsets[i]:offsets[i + 1]]`, likewise `folded`
    surface, folded  numbers of all terms, in the order of the text: title, claim, body
    title_tokens     (n,)  how many of a document's terms are its title's
    head_tokens      (n,)  how many are its title's and claim's together
    sketches         (n, 2, SKETCH_SIZE)  fingerprints of claim and title; all zero where there is none
    """

    rows: Rows
    retrieval_score: Scores
    offsets: Counts
    surface: TermIds
    folded: TermIds
    title_tokens: Counts
    head_tokens: Counts
    sketches: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Sightings:
    """Where a message's folded terms stand in a pool's documents, m in all, ascending: every exact sum starts here.

    position  (m,) in `pool.folded`; equal surface terms and pairs of neighbours can only be among these
    document  (m,) which of the pool's documents
    term      (m,) which of the message's terms
    """

    position: Counts
    document: Counts
    term: Counts


def sight(pool: Pool, folded: TermIds) -> Sightings:
    """The sightings of these folded terms (each once) in `pool`."""
    position, term = locate(pool.folded, folded)
    document = np.repeat(np.arange(len(pool)), np.diff(pool.offsets))[position]
    return Sightings(position, document, term)


def select(pool: Pool, documents: npt.NDArray[np.int64], terms_max: Counts) -> Pool:
    """These documents of the pool, in this order, each cut to its first terms_max[i] terms."""
    lengths = np.minimum(np.diff(pool.offsets)[documents], terms_max)
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    where = np.arange(offsets[-1]) + np.repeat(pool.offsets[documents] - offsets[:-1], lengths)
    return Pool(
        rows=pool.rows[documents],
        retrieval_score=pool.retrieval_score[documents],
        offsets=offsets,
        surface=pool.surface[where],
        folded=pool.folded[where],
        title_tokens=pool.title_tokens[documents],
        head_tokens=pool.head_tokens[documents],
        sketches=pool.sketches[documents],
    )
