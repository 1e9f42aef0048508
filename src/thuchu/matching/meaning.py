"""What documents and messages mean, where an encoder is there: vectors beside a collection, cosines for the ranker.

A claim told in other words shares no term with its fact-check; its vector is near all the same.  Only documents and
messages in the encoder's languages are compared: outside of them a cosine means nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from thuchu.matching.analysis import clean
from thuchu.matching.encoder import Encoder, FloatArray
from thuchu.matching.values import Document
from thuchu.matching.vectors import VectorStore, VectorView

# Documents that join the pool because they are near in meaning, whatever words they use.
NEAREST_DOCUMENTS = 20
# A vector of a long text blurs what single sentences say: long messages are also compared by windows of this many
# words, each half over the next (24 and 48 words were worse on the train splits).
PASSAGE_WORDS = 32
PASSAGE_STEP_WORDS = 16
# The whole and the first 250 words in windows: each passage costs as much time as a short message.
PASSAGES_MAX = 16


@dataclass(frozen=True, slots=True)
class Meanings:
    """An encoder and the vectors it made of a collection's documents, at one commit."""

    encoder: Encoder
    view: VectorView

    def of_message(self, text: str, language: str) -> "MessageMeaning | None":
        """None where the language is not the encoder's, or no document has a vector."""
        if language not in self.encoder.languages or not len(self.view):
            return None
        return MessageMeaning(self.encoder.encode(passages(clean(text, ""))), self.view)


@dataclass(frozen=True, slots=True)
class MessageMeaning:
    """One message's passages, (p, dimension), before the documents' vectors."""

    passages: FloatArray
    view: VectorView

    def nearest(self, k: int) -> list[str]:
        """Ids of the k nearest documents, nearest first."""
        return self.view.nearest(self.passages, k)[0]

    def cosines(self, ids: Sequence[str]) -> FloatArray:
        """How near each document is, -1 to 1; 0 for one without a vector: (len(ids),)."""
        return np.nan_to_num(self.view.cosines(self.passages, ids), nan=0.0)


class MeaningWriter:
    """Keeps the vectors of a collection's documents; follows the collection's own `put`, `remove` and `commit`.

    Commits before the collection does: stopped between the two, there are vectors of a state that the caller, who
    goes on from the collection's stamp, is about to write again.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.encoder = encoder
        self._store = VectorStore(folder, encoder.name, encoder.dimension)

    def meanings(self) -> Meanings:
        """As of the last commit, in whatever process."""
        self._store.refresh()
        return Meanings(self.encoder, self._store.view)

    def put(self, documents: Sequence[Document]) -> None:
        """Encode documents, whose languages must be known; those of other languages lose a vector they had."""
        known = [document for document in documents if document.language in self.encoder.languages]
        others = [document.id for document in documents if document.language not in self.encoder.languages]
        if known:
            self._store.put([document.id for document in known], document_vectors(self.encoder, known))
        if others:
            self._store.remove(others)

    def remove(self, ids: Iterable[str]) -> None:
        self._store.remove(ids)

    def commit(self, stamp: int) -> None:
        self._store.commit(stamp)

    def rollback(self) -> None:
        self._store.rollback()


def passages(text: str) -> list[str]:
    """`text` whole, and in overlapping windows where it is long; at most PASSAGES_MAX."""
    words = text.split()
    if len(words) <= PASSAGE_WORDS:
        return [text]
    starts = range(0, len(words) - PASSAGE_STEP_WORDS, PASSAGE_STEP_WORDS)
    windows = [" ".join(words[start : start + PASSAGE_WORDS]) for start in starts]
    return [text, *windows][:PASSAGES_MAX]


def document_vectors(encoder: Encoder, documents: Sequence[Document]) -> FloatArray:
    """One vector a document, the middle of its headline's and its claim's: (len(documents), dimension), length 1.

    Apart they say more than in one text (MAP@5 +.003 on the train splits); the middle is as good as keeping both.
    A document with neither is read by its body's beginning.
    """
    texts: list[str] = []
    owners: list[int] = []
    for place, document in enumerate(documents):
        heads = [text for text in (document.title, document.claim) if text.strip()] or [document.body]
        texts += heads
        owners += [place] * len(heads)
    sums = np.zeros((len(documents), encoder.dimension), dtype=np.float32)
    np.add.at(sums, owners, encoder.encode(texts))
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    # Two texts of opposite meaning would leave nothing: then any direction is as wrong as another.
    return np.asarray(np.where(lengths > 0, sums / np.maximum(lengths, 1e-12), 0), dtype=np.float32)
