"""Terms as numbers: a stable 32-bit number a term, a 64-bit number a pair of neighbours.

Never Python's own `hash`: it differs from one start to the next, and these numbers live in files.
"""

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

TermIds = npt.NDArray[np.uint32]
BigramIds = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

# Joins the two terms of a bigram in the index.  The analyser never leaves it inside a term.
BIGRAM_JOIN = "_"
# Numbers kept at hand.  A language's terms repeat: this many cover a collection's text, at about 30 MB.
_MEMO_TERMS_MAX = 200_000


class _Memo(dict[str, int]):
    """Numbers of terms seen; a missing one is computed on the spot, as fast as a dictionary can be."""

    def __missing__(self, term: str) -> int:
        if len(self) >= _MEMO_TERMS_MAX:
            self.clear()
        number = self[term] = crc32(term.encode("utf-8", "surrogatepass"))
        return number


_memo = _Memo()


def term_id(term: str) -> int:
    """The number of a term, 0 to 2**32 - 1, the same on every machine and at every start (CRC-32 of its UTF-8)."""
    return _memo[term]


def term_ids(terms: Sequence[str]) -> TermIds:
    """The numbers of `terms`, in order: shape (len(terms),)."""
    return np.fromiter(map(_memo.__getitem__, terms), dtype=np.uint32, count=len(terms))


def bigram_ids(ids: TermIds) -> BigramIds:
    """A number for each pair of neighbours: shape (max(len(ids) - 1, 0),), the first in the upper half."""
    wide = ids.astype(np.uint64)
    pairs: BigramIds = (wide[:-1] << np.uint64(32)) | wide[1:]
    return pairs


def locate(terms: TermIds, wanted: TermIds) -> tuple[Places, Places]:
    """Where any of the `wanted` numbers (each once) stands in `terms`, ascending, and which of them stands there.

    A table of the lower halves leaves a small rest to search: six times as fast as `np.searchsorted` over everything.
    """
    if not len(wanted) or not len(terms):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    may_be = np.zeros(1 << 16, dtype=np.bool_)
    may_be[wanted.astype(np.uint16)] = True
    positions = np.flatnonzero(may_be[terms.astype(np.uint16)])
    order = np.argsort(wanted)
    ascending = wanted[order]
    found = np.minimum(np.searchsorted(ascending, terms[positions]), len(wanted) - 1)
    same = ascending[found] == terms[positions]
    return positions[same], order[found[same]]


def bigrams(terms: Sequence[str]) -> list[str]:
    """Each pair of neighbours as the index writes it: `["a", "b", "c"]` gives `["a_b", "b_c"]`."""
    return list(map(BIGRAM_JOIN.join, pairwise(terms)))
