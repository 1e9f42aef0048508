"""A message read against a collection: its language, what its terms are worth there, and its accents put back."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from thuchu.matching.analysis import Tokens, analyse
from thuchu.matching.asking import ANSWERED_MIN, discounted
from thuchu.matching.concepts import is_concept
from thuchu.matching.counting import find_hits
from thuchu.matching.pool import Field, Pool, WeightedTerms
from thuchu.matching.scoring import Message, Terms
from thuchu.matching.snapshot import Snapshot
from thuchu.matching.spelling import gram_ids
from thuchu.matching.statistics import Weights, answered, term_weights
from thuchu.matching.terms import BigramIds, TermIds, bigram_ids, bigrams, term_ids
from thuchu.text.accents import is_typed_without_accents, restore
from thuchu.text.language import detect

# What retrieval gives each field, by language: settled on the train splits before anything else was.
_RETRIEVAL: Mapping[str, Mapping[Field, float]] = {
    "vi": {"surface": 0.5, "folded": 0.5, "bigrams": 0.5},
    "en": {"surface": 1.0, "folded": 1.0, "bigrams": 0.3},
    "other": {"surface": 2.0, "folded": 0.5, "bigrams": 0.5},
}


# A term that a message repeats is worth 1 + this × ln(times) as much: little, but not nothing (vi-healthfaq +.010 on
# train, others 0 to +.003).  Counted in full, a long message is about its commonest words.
_REPEAT = 0.4
# A concept only repeats what its words say, unless the document says it in others.
_CONCEPT_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Distinct terms of a message, in order of first use: numbers, and what each is worth by its text."""

    numbers: TermIds | BigramIds
    worth: dict[str, float]

    def terms(self) -> Terms:
        return Terms.of(self.numbers, np.fromiter(self.worth.values(), np.float64, len(self.worth)))


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as retrieval and scoring read it.

    told      its language as far as it can be told, "" otherwise
    language  the language it is read in: one that the collection has
    weights   what each of its words is worth, by folded term, in the order of the text
    """

    told: str
    language: str
    tokens: Tokens
    weights: Mapping[str, float]
    message: Message
    query: WeightedTerms
    is_without_accents: bool


def family(language: str) -> str:
    """Whose weights a language goes by: "vi", "en" or "other"."""
    return language if language in ("vi", "en") else "other"


def reading_language(text: str, languages: Sequence[str]) -> str:
    """The language to read `text` in: its own where the collection has it, else the collection's first."""
    return _read_in(detect(text), languages)


def _read_in(told: str, languages: Sequence[str]) -> str:
    return told if told in languages or not languages else languages[0]


def read(text: str, snapshot: Snapshot) -> Reading:
    """`text` as the collection of `snapshot` would read it."""
    told = detect(text)
    language = _read_in(told, snapshot.languages)
    tokens = analyse(text, language)
    pairs = bigrams(tokens.folded)
    sequence = term_ids(tokens.folded)
    surface = _weigh(snapshot, "surface", tokens.surface, term_ids(tokens.surface), tokens.folded)
    folded = _weigh(snapshot, "folded", tokens.folded, sequence, tokens.folded)
    paired = _weigh(snapshot, "bigrams", pairs, bigram_ids(sequence), pairs)
    plain = language == "vi" and is_typed_without_accents([word for word in tokens.surface if not is_concept(word)])
    shares = _RETRIEVAL[family(language)]
    query = WeightedTerms(
        surface={} if plain else _scaled(surface.worth, shares["surface"]),
        folded=_scaled(folded.worth, shares["folded"] + (shares["surface"] if plain else 0.0)),
        bigrams=_scaled(paired.worth, shares["bigrams"]),
    )
    message = Message(
        sequence=sequence,
        surface=surface.terms(),
        folded=folded.terms(),
        bigrams=paired.terms(),
        grams=_gram_terms(tokens, folded.worth),
        digits=np.unique(term_ids([word for word in tokens.surface if any(map(str.isdigit, word))])),
    )
    return Reading(told, language, tokens, folded.worth, message, query, plain)


def with_accents(reading: Reading, pool: Pool, snapshot: Snapshot) -> Message:
    """The message with the accents that its pool suggests, where it was typed without; else as it is.

    The pool was found by what is left without accents, so its documents write the same words with them.
    """
    message = reading.message
    if not reading.is_without_accents or not len(pool):
        return message
    readings, pairs = _readings(pool, message)
    restored = restore([readings.get(term, {}) for term in message.sequence.tolist()], pairs)
    numbers = np.array([r if r is not None else t for r, t in zip(restored, message.sequence.tolist(), strict=True)])
    numbers = numbers.astype(np.uint32)
    folded_documents = snapshot.document_frequency("folded", reading.tokens.folded)
    shares = np.array(
        [
            readings[term][r] / sum(readings[term].values()) if r is not None else 1.0
            for term, r in zip(message.sequence.tolist(), restored, strict=True)
        ]
    )
    documents = np.ceil(folded_documents * shares).astype(np.int64)
    weights = term_weights(documents, snapshot.n_documents, "surface", numbers, snapshot.learned)
    if answered(snapshot.learned) < ANSWERED_MIN:
        weights = discounted(reading.tokens.folded, weights, is_pair=False)
    folded = reading.tokens.folded
    return replace(message, surface=Terms.of(numbers, weights * _emphasis(folded, folded)))


def _readings(pool: Pool, message: Message) -> tuple[dict[int, dict[int, float]], dict[tuple[int, int], float]]:
    """How the pool writes each folded term of the message, and which two forms stand side by side."""
    hits = find_hits(pool, message.folded)
    forms = pool.surface[hits.position]
    readings: dict[int, dict[int, float]] = {}
    for term, form, times in _pairs_counted(message.folded.numbers[hits.term], forms):
        readings.setdefault(term, {})[form] = times
    beside = np.flatnonzero(np.diff(hits.position) == 1)
    return readings, {(a, b): times for a, b, times in _pairs_counted(forms[beside], forms[beside + 1])}


def _pairs_counted(left: npt.NDArray[Any], right: TermIds) -> Iterable[tuple[int, int, float]]:
    """Each distinct pair, ascending, with how often it comes; as one number a pair it sorts five times as fast."""
    joined, times = np.unique((left.astype(np.uint64) << np.uint64(32)) | right, return_counts=True)
    halves = (joined >> np.uint64(32)).tolist(), joined.astype(np.uint32).tolist()
    return zip(*halves, times.astype(np.float64).tolist(), strict=True)


def _weigh(
    snapshot: Snapshot, field: Field, terms: list[str], numbers: TermIds | BigramIds, folded: list[str]
) -> _Weighed:
    """What each distinct term is worth; `folded` are the same terms folded."""
    first: dict[str, int] = {}
    for place, term in enumerate(terms):
        first.setdefault(term, place)
    unique, chosen = list(first), list(first.values())
    documents = snapshot.document_frequency(field, unique)
    weights = term_weights(documents, snapshot.n_documents, field, numbers[chosen], snapshot.learned)
    if answered(snapshot.learned) < ANSWERED_MIN:
        weights = discounted([folded[place] for place in chosen], weights, is_pair=field == "bigrams")
    worth = (weights * _emphasis(terms, unique)).tolist()
    return _Weighed(numbers[chosen], dict(zip(unique, worth, strict=True)))


def _emphasis(terms: Sequence[str], asked: Sequence[str]) -> Weights:
    """How much more or less each asked term is worth for how often it stands among `terms`, and for what it is."""
    times = Counter(terms)
    emphasis = np.ones(len(asked))
    for place, term in enumerate(asked):
        if times[term] > 1:
            emphasis[place] = 1 + _REPEAT * math.log(times[term])
        if is_concept(term):
            emphasis[place] *= _CONCEPT_SHARE
    return emphasis


def _scaled(weights: Mapping[str, float], share: float) -> dict[str, float]:
    return {term: share * weight for term, weight in weights.items()}


def _gram_terms(tokens: Tokens, folded: Mapping[str, float]) -> Terms:
    """A quadruple is worth what the cheapest of the words is that hold it: it cannot be rarer than they are."""
    worth: dict[int, float] = {}
    for word, term in dict(zip(tokens.surface, tokens.folded, strict=True)).items():
        if is_concept(word):
            continue
        weight = folded[term]
        for number in gram_ids(word):
            if worth.get(number, math.inf) > weight:
                worth[number] = weight
    numbers = np.fromiter(worth, dtype=np.uint32, count=len(worth))
    return Terms.of(numbers, np.fromiter(worth.values(), np.float64, len(worth)))
