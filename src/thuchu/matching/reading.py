"""A message read against a collection: its language, what its terms are worth there, and its accents put back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from thuchu.matching.analysis import Tokens, analyse
from thuchu.matching.pool import Field, Pool, WeightedTerms
from thuchu.matching.scoring import Message, Terms, find_hits
from thuchu.matching.snapshot import Snapshot
from thuchu.matching.spelling import grams
from thuchu.matching.statistics import term_weights
from thuchu.matching.terms import BigramIds, TermIds, bigram_ids, bigrams, term_id, term_ids
from thuchu.text.accents import is_typed_without_accents, restore
from thuchu.text.language import detect

# What retrieval gives each field, by language: settled on the train splits before anything else was.
_RETRIEVAL: Mapping[str, Mapping[Field, float]] = {
    "vi": {"surface": 0.5, "folded": 0.5, "bigrams": 0.5},
    "en": {"surface": 1.0, "folded": 1.0, "bigrams": 0.3},
    "other": {"surface": 2.0, "folded": 0.5, "bigrams": 0.5},
}


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
    told = detect(text)
    return told if told in languages or not languages else languages[0]


def read(text: str, snapshot: Snapshot) -> Reading:
    """`text` as the collection of `snapshot` would read it."""
    told = detect(text)
    language = reading_language(text, snapshot.languages)
    tokens = analyse(text, language)
    pairs = bigrams(tokens.folded)
    surface = _weigh(snapshot, "surface", tokens.surface, term_ids(tokens.surface))
    folded = _weigh(snapshot, "folded", tokens.folded, term_ids(tokens.folded))
    pair_weights = _weigh(snapshot, "bigrams", pairs, bigram_ids(term_ids(tokens.folded)))
    plain = language == "vi" and is_typed_without_accents(tokens.surface)
    shares = _RETRIEVAL[family(language)]
    query = WeightedTerms(
        surface={} if plain else _scaled(surface, shares["surface"]),
        folded=_scaled(folded, shares["folded"] + (shares["surface"] if plain else 0.0)),
        bigrams=_scaled(pair_weights, shares["bigrams"]),
    )
    message = Message(
        sequence=term_ids(tokens.folded),
        surface=_terms(surface),
        folded=_terms(folded),
        bigrams=Terms.of(bigram_ids(term_ids(tokens.folded)), np.array([pair_weights[pair] for pair in pairs])),
        grams=_gram_terms(tokens, folded),
        digits=np.unique(term_ids([word for word in tokens.surface if any(map(str.isdigit, word))])),
    )
    return Reading(told, language, tokens, folded, message, query, plain)


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
    return replace(message, surface=Terms.of(numbers, weights))


def _readings(pool: Pool, message: Message) -> tuple[dict[int, dict[int, float]], dict[tuple[int, int], float]]:
    """How the pool writes each folded term of the message, and which two forms stand side by side."""
    hits = find_hits(pool, message.folded)
    forms = pool.surface[hits.position].astype(np.int64)
    terms = message.folded.numbers[hits.term].astype(np.int64)
    found, seen = np.unique(np.stack([terms, forms]), axis=1, return_counts=True)
    readings: dict[int, dict[int, float]] = {}
    for term, form, count in zip(*found.tolist(), seen.tolist(), strict=True):
        readings.setdefault(term, {})[form] = float(count)
    beside = np.flatnonzero(np.diff(hits.position) == 1)
    pairs, together = np.unique(np.stack([forms[beside], forms[beside + 1]]), axis=1, return_counts=True)
    return readings, {(a, b): float(n) for a, b, n in zip(*pairs.tolist(), together.tolist(), strict=True)}


def _weigh(snapshot: Snapshot, field: Field, terms: list[str], numbers: TermIds | BigramIds) -> dict[str, float]:
    """Each distinct term, in order of first use, with its worth."""
    first = {term: place for place, term in reversed(list(enumerate(terms)))}
    unique = list(dict.fromkeys(terms))
    documents = snapshot.document_frequency(field, unique)
    chosen = numbers[[first[term] for term in unique]]
    weights = term_weights(documents, snapshot.n_documents, field, chosen, snapshot.learned)
    return dict(zip(unique, weights.tolist(), strict=True))


def _terms(weights: Mapping[str, float]) -> Terms:
    return Terms.of(term_ids(list(weights)), np.fromiter(weights.values(), np.float64, len(weights)))


def _scaled(weights: Mapping[str, float], share: float) -> dict[str, float]:
    return {term: share * weight for term, weight in weights.items()}


def _gram_terms(tokens: Tokens, folded: Mapping[str, float]) -> Terms:
    """A quadruple is worth what the cheapest of the words is that hold it: it cannot be rarer than they are."""
    worth: dict[int, float] = {}
    for word, term in dict(zip(tokens.surface, tokens.folded, strict=True)).items():
        for gram in grams(word):
            number = term_id(gram)
            worth[number] = min(worth.get(number, folded[term]), folded[term])
    numbers = np.fromiter(worth, dtype=np.uint32, count=len(worth))
    return Terms.of(numbers, np.fromiter(worth.values(), np.float64, len(worth)))
