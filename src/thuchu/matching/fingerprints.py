"""Fingerprints of forwarded text: small sketches that tell the same forward from another text.

A sketch stands for the set of folded word pairs of a text in which everything that changes from one copy to the next
(numbers of phones and accounts, placeholders, addresses, emoji, case, accents, punctuation) was masked first.
The share of equal places in two sketches estimates how many of the word pairs two texts have in common.
Texts under WORDS_MIN words have none: too many different ones would share it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.matching.terms import BigramIds, TermIds, bigram_ids, term_ids
from thuchu.text.folding import fold_word
from thuchu.text.forms import normalise

Sketches = npt.NDArray[np.uint8]
Similarities = npt.NDArray[np.float64]
_Minima = npt.NDArray[np.uint32]

WORDS_MIN = 8
# Words looked at: the longest message accepted has about a thousand.
WORDS_MAX = 1_200
# Places of a sketch: the estimate's standard error is at most sqrt(.25 / 64) = .0625.
SKETCH_SIZE = 64
# Two texts with at least this estimated share of word pairs are one forward: in 26 words one may be another.
SIMILARITY_MIN = 0.75
# In a shorter text one other word makes another claim (the share is then .85 at most): only the very same text passes.
SHORT_WORDS = 26
SHORT_SIMILARITY_MIN = 0.92

_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,40}\]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# Seven digits and more, however grouped, are a phone, an account or a card.
_LONG_NUMBER = re.compile(r"\d(?:[ .\-()]{0,2}\d){6,}")
_WORD = re.compile(r"[^\W_]+")
# What chat programs and mail put above a forwarded text, with time and sender.
_HEADER = re.compile(
    r"\A(?:[\s>*_-]*+(?:(?:tin nhắn )?(?:được )?(?:chuyển tiếp|chuyen tiep)(?: nhiều lần)?|fwd?"
    r"|forwarded(?: message| many times)?)\b[^\w\n]*+\n?)+"
)

# Odd multipliers and offsets of 64 permutations of 32-bit numbers, drawn once from a fixed seed: they live in files.
_random = np.random.Generator(np.random.PCG64(20_261_124))
_MULTIPLIERS = _random.integers(0, 2**31, SKETCH_SIZE, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
_OFFSETS = _random.integers(0, 2**32, SKETCH_SIZE, dtype=np.uint32)
_NOTHING = np.zeros(SKETCH_SIZE, dtype=np.uint8)


def masked_words(text: str) -> list[str]:
    """The folded words of `text` without what differs between two copies of one forward; at most WORDS_MAX."""
    text = _PLACEHOLDER.sub(" ", _HEADER.sub("", normalise(text).lower()))
    text = _LONG_NUMBER.sub(" ", _ADDRESS.sub(" ", text))
    return [fold_word(word) for word in _WORD.findall(text)[:WORDS_MAX]]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One text's sketch, shape (SKETCH_SIZE,), all zero where it is too short for one, and how alike is the same."""

    sketch: Sketches
    similarity_min: float


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of one message."""
    words = masked_words(text)
    strict = len(words) < SHORT_WORDS
    return Fingerprint(_lowest_bytes(_minima([words]))[0], SHORT_SIMILARITY_MIN if strict else SIMILARITY_MIN)


def same_forward(own: Fingerprint, many: Sketches) -> Similarities:
    """How alike `many` (…, SKETCH_SIZE) are to a text, 0 where that is too little for the same forward: shape (…)."""
    alike = similarity(own.sketch, many)
    return np.where(alike >= own.similarity_min, alike, 0.0)


def sketches(texts: Sequence[str]) -> Sketches:
    """One sketch a text, in order: shape (len(texts), SKETCH_SIZE)."""
    return _lowest_bytes(_minima([masked_words(text) for text in texts]))


def similarity(one: Sketches, many: Sketches) -> Similarities:
    """Estimated share of word pairs that `one` (SKETCH_SIZE,) has in common with each of `many` (…, SKETCH_SIZE).

    0 to 1, shape (…); 0 where either side has no sketch.  Equal bytes by chance (1 in 255) are taken off.
    """
    if not one.any():
        return np.zeros(many.shape[:-1])
    equal = np.count_nonzero(many == one, axis=-1) / SKETCH_SIZE
    estimate: Similarities = np.clip((equal - 1 / 255) / (1 - 1 / 255), 0.0, 1.0)
    return estimate


def _minima(words: Sequence[list[str]]) -> _Minima:
    """The smallest value of each hash function over a text's word pairs: (len(words), SKETCH_SIZE), zeros for none."""
    found = np.zeros((len(words), SKETCH_SIZE), dtype=np.uint32)
    long_enough = [place for place, terms in enumerate(words) if len(terms) >= WORDS_MIN]
    if not long_enough:
        return found
    pairs = [bigram_ids(term_ids(words[place])) for place in long_enough]
    starts = np.concatenate(([0], np.cumsum([len(ids) for ids in pairs])[:-1]))
    mixed = _mix(np.concatenate(pairs))
    # One permutation a row: eight times as fast as one a column, since each row is passed through in one go.
    hashed = _MULTIPLIERS[:, None] * mixed + _OFFSETS[:, None]
    found[long_enough] = np.minimum.reduceat(hashed, starts, axis=1).T
    return found


def _mix(values: BigramIds) -> TermIds:
    """32 bits of each number, every bit spread over all (the finaliser of MurmurHash3): neighbours fall apart."""
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return ((values ^ (values >> np.uint64(33))) >> np.uint64(32)).astype(np.uint32)


def _lowest_bytes(minima: _Minima) -> Sketches:
    """One byte of each minimum, 1 to 255: 0 stays the mark of a text without a sketch."""
    present = minima.any(axis=1)
    reduced = (minima % np.uint32(255) + np.uint32(1)).astype(np.uint8)
    reduced[~present] = _NOTHING
    return reduced
