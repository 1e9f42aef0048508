"""Which words look alike: the letter quadruples of every word of a collection, so that a slip still finds its word.

One append-only file of fixed records, one a word as written.  What a crash leaves half written at its end is cut off;
a word that is missing costs only its share of this evidence.
"""

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from thuchu.matching.terms import TermIds, term_id, term_ids
from thuchu.text.folding import fold_word

# Letters a quadruple; three make half of all Vietnamese syllables look alike, five none.
_LETTERS = 4
# Quadruples kept a word; the end of a word longer than 14 letters does not tell it apart.
GRAMS_MAX = 12
# Words of messages whose quadruples' numbers are kept at hand: about 20 MB.
_WORDS_AT_HAND = 50_000
_RECORD = np.dtype([("term", "<u4"), ("grams", "<u4", (GRAMS_MAX,))])

_HALF = np.uint64(32)

Grams = npt.NDArray[np.uint32]


def grams(word: str) -> list[str]:
    """The letter quadruples of a folded word with its borders; a short word is one quadruple of its own."""
    bordered = f"_{fold_word(word)}_"
    if len(bordered) <= _LETTERS:
        return [bordered]
    return [bordered[i : i + _LETTERS] for i in range(len(bordered) - _LETTERS + 1)][:GRAMS_MAX]


@lru_cache(maxsize=_WORDS_AT_HAND)
def gram_ids(word: str) -> tuple[int, ...]:
    """The numbers of a word's quadruples."""
    return tuple(map(term_id, grams(word)))


class Spelling:
    """The quadruples of words by their numbers, as far as the file was written when it was opened.

    entries  (n,) a word's number in the upper half, in the lower where it stands in the file; ascending
    records  (n, 1 + GRAMS_MAX) the file itself: a word's number, then its quadruples'
    buckets  (65537,) where among `entries` the numbers begin that share their upper 16 bits
    """

    def __init__(self, path: Path) -> None:
        n_records = path.stat().st_size // _RECORD.itemsize if path.exists() else 0
        shape = (n_records, 1 + GRAMS_MAX)
        self.records: Grams = np.empty(shape, dtype="<u4")
        if n_records:
            self.records = np.memmap(path, dtype="<u4", mode="r", shape=shape).view(np.ndarray)
        self.entries = np.sort((self.records[:, 0].astype(np.uint64) << _HALF) | np.arange(n_records, dtype=np.uint64))
        self.buckets = np.searchsorted(self.entries, np.arange((1 << 16) + 1, dtype=np.uint64) << np.uint64(48))

    def __len__(self) -> int:
        return len(self.entries)

    def grams(self, terms: TermIds) -> Grams:
        """Numbers of each word's quadruples, 0 where there is none: (len(terms), GRAMS_MAX)."""
        if not len(self):
            return np.zeros((len(terms), GRAMS_MAX), dtype=np.uint32)
        entries = self._entries_at(terms)
        found: Grams = self.records[entries.astype(np.uint32), 1:]
        found[entries >> _HALF != terms] = 0
        return found

    def missing(self, terms: TermIds) -> npt.NDArray[np.bool_]:
        """Which of `terms` are not in the file."""
        if not len(self):
            return np.ones(len(terms), dtype=np.bool_)
        return np.asarray(self._entries_at(terms) >> _HALF != terms)

    def _entries_at(self, terms: TermIds) -> npt.NDArray[np.uint64]:
        """The first entry of each term; that of another one where it has none."""
        place = np.searchsorted(self.entries, terms.astype(np.uint64) << _HALF)
        found: npt.NDArray[np.uint64] = self.entries[np.minimum(place, len(self) - 1)]
        return found


class SpellingWriter:
    """Adds words to the file; one at a time, guarded by the index's writer lock."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._written = Spelling(path)
        self._new: set[int] = set()
        self._file = path.open("ab")
        # A record torn by a crash would shift all that follow.
        self._file.truncate(len(self._written) * _RECORD.itemsize)

    def add(self, words: Iterable[str]) -> None:
        """Write the words that are new."""
        unique = list(dict.fromkeys(words))
        terms = term_ids(unique)
        unwritten = np.flatnonzero(self._written.missing(terms)).tolist()
        new = {int(terms[place]): unique[place] for place in unwritten if int(terms[place]) not in self._new}
        records = np.zeros(len(new), dtype=_RECORD)
        for record, (term, word) in zip(records, new.items(), strict=True):
            quadruples = term_ids(grams(word))
            record["term"] = term
            record["grams"][: len(quadruples)] = quadruples
        self._file.write(records.tobytes())
        self._new.update(new)

    def sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()
