"""Loops over a pool's terms, compiled by Numba: the bodies of `compiled`, plain arrays in and out.

What each must say stands in `scoring`, in NumPy; a test holds the two to the same numbers.  Compiled once a machine and
kept beside this file, or in the user's cache folder where that may not be written.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

_Body = TypeVar("_Body", bound=Callable[..., Any])
_Array = npt.NDArray[Any]


def _compiled(body: _Body) -> _Body:
    try:
        return cast(_Body, numba.njit(cache=True, nogil=True)(body))
    except RuntimeError:
        # No folder may be written: then it is compiled at every start, some ten seconds in all.
        return cast(_Body, numba.njit(nogil=True)(body))


@_compiled
def _table(numbers: _Array) -> _Array:
    """Places of `numbers` in a hash table, -1 for an empty slot.

    The numbers are check sums: their lower bits are as good as any hash.  With 32 slots a number nearly all that is
    asked for in vain finds an empty one, so that the processor guesses right and need not start over.
    """
    size = 1024
    while size < 32 * len(numbers):
        size *= 2
    slots = np.full(size, -1, dtype=np.int32)
    for place in range(len(numbers)):
        slot = np.int64(numbers[place]) & (size - 1)
        while slots[slot] >= 0:
            slot = (slot + 1) & (size - 1)
        slots[slot] = place
    return slots


@_compiled
def _place(slots: _Array, numbers: _Array, wanted: Any) -> Any:
    """Where `wanted` stands in `numbers`, -1 where it does not."""
    mask = len(slots) - 1
    slot = np.int64(wanted) & mask
    while slots[slot] >= 0 and numbers[slots[slot]] != wanted:
        slot = (slot + 1) & mask
    return slots[slot]


@_compiled
def places(numbers: _Array, wanted: _Array) -> _Array:
    slots = _table(numbers)
    found = np.empty(len(wanted), dtype=np.int64)
    for i in range(len(wanted)):
        found[i] = _place(slots, numbers, wanted[i])
    return found


@_compiled
def find_hits(sequence: _Array, offsets: _Array, numbers: _Array) -> tuple[_Array, _Array, _Array]:
    slots = _table(numbers)
    # Room for all: pages never touched cost nothing, arrays that grow inside the loop make it four times as slow.
    hits = np.empty((3, len(sequence)), dtype=np.int64)
    count = 0
    for document in range(len(offsets) - 1):
        for position in range(offsets[document], offsets[document + 1]):
            term = _place(slots, numbers, sequence[position])
            if term >= 0:
                hits[0, count] = position
                hits[1, count] = document
                hits[2, count] = term
                count += 1
    return hits[0, :count], hits[1, :count], hits[2, :count]


@_compiled
def counts(document: _Array, term: _Array, n_documents: int, n_terms: int) -> _Array:
    found = np.zeros((n_documents, n_terms))
    for hit in range(len(term)):
        if term[hit] >= 0:
            found[document[hit], term[hit]] += 1
    return found


@_compiled
def bm25(tf: _Array, lengths: _Array, average: float, weights: _Array, k1: float, b: float) -> _Array:
    scores = np.zeros(len(tf))
    for document in range(len(tf)):
        slowing = k1 * (1 - b + b * lengths[document] / max(average, 1.0))
        for term in range(len(weights)):
            times = tf[document, term]
            if times > 0:
                scores[document] += weights[term] * times / (times + slowing)
    return scores


@_compiled
def bigram_hits(sequence: _Array, position: _Array, document: _Array, bigrams: _Array) -> tuple[_Array, _Array]:
    slots = _table(bigrams)
    found = np.empty((2, len(position)), dtype=np.int64)
    count = 0
    for hit in range(len(position) - 1):
        if position[hit + 1] != position[hit] + 1 or document[hit + 1] != document[hit]:
            continue
        left, right = np.uint64(sequence[position[hit]]), np.uint64(sequence[position[hit + 1]])
        found[0, count] = document[hit]
        found[1, count] = _place(slots, bigrams, (left << np.uint64(32)) | right)
        count += 1
    return found[0, :count], found[1, :count]


@_compiled
def longest_run(
    position: _Array, document: _Array, term: _Array, in_message: _Array, weights: _Array, n_documents: int
) -> tuple[_Array, _Array]:
    # The message's places of each term, as chains: last[term], before[place], …
    last = np.full(len(weights), -1, dtype=np.int64)
    before = np.empty(len(in_message), dtype=np.int64)
    for place in range(len(in_message)):
        before[place] = last[in_message[place]]
        last[in_message[place]] = place
    # The run that ends at each place of the message: up to where in the pool, how long, how dear.
    upto = np.full(len(in_message) + 1, -2, dtype=np.int64)
    terms, worth = np.zeros(len(in_message) + 1, dtype=np.int64), np.zeros(len(in_message) + 1)
    terms_best, worth_best = np.zeros(n_documents), np.zeros(n_documents)
    for hit in range(len(position)):
        here, of = position[hit], document[hit]
        begins = hit == 0 or document[hit - 1] != of
        # From the end to the beginning, so that the place before still tells of the position before.
        place = last[term[hit]]
        while place >= 0:
            goes_on = place > 0 and not begins and upto[place - 1] == here - 1
            terms[place] = 1 + (terms[place - 1] if goes_on else 0)
            worth[place] = weights[term[hit]] + (worth[place - 1] if goes_on else 0.0)
            upto[place] = here
            terms_best[of] = max(terms_best[of], terms[place])
            worth_best[of] = max(worth_best[of], worth[place])
            place = before[place]
    return terms_best, worth_best


@_compiled
def best_passage(
    position: _Array, document: _Array, term: _Array, offsets: _Array, weights: _Array, block_terms: int
) -> _Array:
    best = np.zeros(len(offsets) - 1)
    seen = np.full(len(weights), -2, dtype=np.int64)
    # What stands in this block and the one before it, and what in this block and the next, as far as was read.
    block, with_before, with_next = -2, 0.0, 0.0
    for hit in range(len(position)):
        of = document[hit]
        if hit == 0 or document[hit - 1] != of:
            seen[:] = -2
            block, with_before, with_next = -2, 0.0, 0.0
        here = (position[hit] - offsets[of]) // block_terms
        if here != block:
            with_before = with_next if here == block + 1 else 0.0
            block, with_next = here, 0.0
        if seen[term[hit]] != here:
            with_next += weights[term[hit]]
            if seen[term[hit]] != here - 1:
                with_before += weights[term[hit]]
            seen[term[hit]] = here
            best[of] = max(best[of], with_before, with_next)
    return best


@_compiled
def near_pairs(
    position: _Array,
    document: _Array,
    term: _Array,
    in_message: _Array,
    weights: _Array,
    n_documents: int,
    near_in_message: int,
    near_in_document: int,
) -> _Array:
    # Which document a pair was last found in; -2 for two terms that are no pair.
    n_terms = len(weights)
    found = np.full((n_terms, n_terms), -2, dtype=np.int32)
    total = 0.0
    for place in range(len(in_message)):
        for other in range(place + 1, min(place + 1 + near_in_message, len(in_message))):
            one, two = in_message[place], in_message[other]
            if one != two and found[one, two] == -2:
                found[one, two] = found[two, one] = -1
                total += min(weights[one], weights[two])
    shares = np.zeros(n_documents)
    for hit in range(len(position)):
        for other in range(hit + 1, min(hit + 1 + near_in_document, len(position))):
            of = document[hit]
            if document[other] != of or position[other] - position[hit] > near_in_document:
                break
            one, two = term[hit], term[other]
            if found[one, two] != -2 and found[one, two] != of:
                found[one, two] = found[two, one] = of
                shares[of] += min(weights[one], weights[two])
    return shares / max(total, 1e-9)


@_compiled
def rarity_in_pool(sequence: _Array, n_documents: int) -> _Array:
    times = np.zeros(1 << 16, dtype=np.int32)
    for number in sequence:
        times[number & 0xFFFF] += 1
    rarities = np.zeros(n_documents + 2)
    for often in range(1, n_documents + 2):
        rarities[often] = np.log((n_documents + 1) / often)
    found = np.empty(len(sequence))
    for position in range(len(sequence)):
        found[position] = rarities[min(times[sequence[position] & 0xFFFF], n_documents + 1)]
    return found


@_compiled
def _distinct(sequence: _Array) -> tuple[_Array, _Array]:
    """The distinct numbers of a sequence in order of first use, and for each place which of them stands there."""
    size = 1024
    while size < 2 * len(sequence):
        size *= 2
    slots = np.full(size, -1, dtype=np.int32)
    found, which = np.empty(len(sequence), dtype=np.uint32), np.empty(len(sequence), dtype=np.int32)
    count = 0
    for place in range(len(sequence)):
        slot = np.int64(sequence[place]) & (size - 1)
        while slots[slot] >= 0 and found[slots[slot]] != sequence[place]:
            slot = (slot + 1) & (size - 1)
        if slots[slot] < 0:
            slots[slot] = count
            found[count] = sequence[place]
            count += 1
        which[place] = slots[slot]
    return found[:count], which


@_compiled
def _records_of(words: _Array, entries: _Array, buckets: _Array) -> _Array:
    """Where in the file each word stands, -1 for one that does not; its upper half says about where to look."""
    found = np.full(len(words), -1, dtype=np.int64)
    for number in range(len(words)):
        word = np.uint64(words[number])
        for place in range(buckets[word >> np.uint64(16)], buckets[(word >> np.uint64(16)) + np.uint64(1)]):
            if entries[place] >> np.uint64(32) == word:
                found[number] = entries[place] & np.uint64(0xFFFFFFFF)
                break
    return found


@_compiled
def gram_counts(
    sequence: _Array, offsets: _Array, heads: _Array, grams: _Array, entries: _Array, buckets: _Array, records: _Array
) -> tuple[_Array, _Array]:
    # Step by step for all words, not word by word: what each step reads lies scattered over megabytes, and the
    # processor fetches many places at once only where none waits for another.
    words, which = _distinct(sequence)
    found = _records_of(words, entries, buckets)
    slots = _table(grams)
    shared = np.empty(len(words) * records.shape[1], dtype=np.int32)
    begin = np.zeros(len(words) + 1, dtype=np.int64)
    count = 0
    for word in range(len(words)):
        for column in range(1, records.shape[1] if found[word] >= 0 else 0):
            number = records[found[word], column]
            if number == 0:
                break
            gram = _place(slots, grams, number)
            if gram >= 0:
                shared[count] = gram
                count += 1
        begin[word + 1] = count
    everywhere, in_head = np.zeros((len(heads), len(grams))), np.zeros((len(heads), len(grams)))
    for document in range(len(heads)):
        for position in range(offsets[document], offsets[document + 1]):
            word = which[position]
            is_head = position - offsets[document] < heads[document]
            for entry in range(begin[word], begin[word + 1]):
                everywhere[document, shared[entry]] += 1
                in_head[document, shared[entry]] += is_head
    return everywhere, in_head
