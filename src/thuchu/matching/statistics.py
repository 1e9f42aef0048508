"""How much a term of a message is worth: how rare it is in documents, and how rare in messages already answered.

A word that many messages hold, whatever they ask, says nothing about which document they need, however rare it is in
documents: `chào bác sĩ` opens every letter to a doctor and stands in no headline.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from thuchu.matching.analysis import Tokens
from thuchu.matching.learned import Arrays
from thuchu.matching.terms import BigramIds, TermIds, bigram_ids, term_ids

# A term counts as a message's word once messages about this many fact-checks held it: one fact-check's rumour may be
# asked about by hundreds, and its own words must stay dear.
_GROUPS_MIN = 2

Weights = npt.NDArray[np.float64]
_Numbers = npt.NDArray[np.uint32] | npt.NDArray[np.uint64]


def rarity(frequency: npt.NDArray[np.int64], n: int) -> Weights:
    """Inverse document frequency as BM25 has it, ln(1 + (n - f + ½) / (f + ½)): above 0, 0.7 at half."""
    total = np.maximum(n, frequency)
    found: Weights = np.log(1 + (total - frequency + 0.5) / (frequency + 0.5))
    return found


def message_arrays(messages: Iterable[tuple[Tokens, str]]) -> Arrays:
    """In how many fact-checks' messages each term occurs, from (terms of a message, id of the fact-check it was about).

    messages_total (1,)  fact-checks · messages_{field}, messages_{field}_count  terms' numbers, ascending, and counts,
    for field surface, folded, bigrams; only terms of _GROUPS_MIN fact-checks or more
    """
    groups: dict[str, list[Tokens]] = {}
    for tokens, group in messages:
        groups.setdefault(group, []).append(tokens)
    arrays: dict[str, npt.NDArray[np.generic]] = {"messages_total": np.array([len(groups)], dtype=np.int64)}
    for field, numbers in (("surface", _surface), ("folded", _folded), ("bigrams", _bigrams)):
        votes = [np.unique(np.concatenate([numbers(tokens) for tokens in group])) for group in groups.values()]
        terms, counts = np.unique(np.concatenate(votes), return_counts=True) if votes else (np.empty(0), np.empty(0))
        kept = counts >= _GROUPS_MIN
        arrays[f"messages_{field}"] = terms[kept].astype(np.uint64 if field == "bigrams" else np.uint32)
        arrays[f"messages_{field}_count"] = counts[kept].astype(np.int64)
    return arrays


def answered(learned: Arrays) -> int:
    """About how many fact-checks the messages learned from were."""
    return int(learned["messages_total"][0]) if "messages_total" in learned else 0


def term_weights(documents: npt.NDArray[np.int64], n: int, field: str, terms: _Numbers, learned: Arrays) -> Weights:
    """What each of `terms` is worth: the smaller of its rarities in documents and in messages: (len(terms),).

    documents  (len(terms),) in how many of the `n` documents each occurs
    terms      their numbers, as `terms.term_ids` or `terms.bigram_ids` gives them
    """
    weights = rarity(documents, n)
    if f"messages_{field}" not in learned or not len(learned[f"messages_{field}"]):
        return weights
    known, counts = learned[f"messages_{field}"], learned[f"messages_{field}_count"]
    place = np.minimum(np.searchsorted(known, terms), len(known) - 1)
    in_messages = rarity(np.asarray(counts[place]), answered(learned))
    return np.where(known[place] == terms, np.minimum(weights, in_messages), weights)


def _surface(tokens: Tokens) -> TermIds:
    return term_ids(tokens.surface)


def _folded(tokens: Tokens) -> TermIds:
    return term_ids(tokens.folded)


def _bigrams(tokens: Tokens) -> BigramIds:
    return bigram_ids(term_ids(tokens.folded))
