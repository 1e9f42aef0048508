"""What a text is compared by: two parallel sequences of terms, one as written and one with less in it.

Vietnamese gets accented and folded syllables, English words and their stems, other languages words and folded words
(stems where a stemmer for the language exists).  Both sides of a comparison must come from here.
"""

import re
from dataclasses import dataclass
from functools import cache

import Stemmer

from thuchu.matching.concepts import CONCEPT_LANGUAGES, Concepts, thesaurus
from thuchu.text.chat import join_loan_words, spell_out
from thuchu.text.folding import fold
from thuchu.text.forms import normalise
from thuchu.text.syllables import one_final_i, one_tone_placement, release_held_keys

# Raised with every change of what `analyse` gives: collections made under another number are built anew.
ANALYSIS_VERSION = 4

# Scripts written without spaces are cut into single characters; the pairs that scoring makes do the work of words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Marks of Indic and Arabic script belong to the word although `\w` does not hold them.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0981-\u0dff"
_LETTER = rf"[^\W_{_UNSPACED}]"
_TERM = re.compile(rf"[{_UNSPACED}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|{_LETTER}(?:{_LETTER}|[{_MARKS}])*")
# A text of Latin letters in one piece needs neither: half the time.
_BEYOND_LATIN = re.compile("[\u0300-\u1dff\u2c00-\U0010ffff]")
_LATIN_TERM = re.compile(r"[^\W_]+")

_LINK = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+", re.IGNORECASE)
# What an embedded post ends in: "— Name (@handle) January 5, 2020".  The name stays: the claim is often about them.
_SIGNATURE = re.compile(r"[—–-]\s*([^—–\n(@]{1,80})\(@\w{1,20}\)\s*[A-Z][a-z]+ \d{1,2}, \d{4}\s*$")
_TAG = re.compile(r"[#@](\w+)")
_CAPITALS = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\D)(?=\d)|(?<=\d)(?=[^\W\d_])")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")

_STEMMERS = {
    "en": "english", "pt": "portuguese", "es": "spanish", "fr": "french", "de": "german", "it": "italian",
    "nl": "dutch", "id": "indonesian", "tr": "turkish", "ru": "russian", "ar": "arabic", "hi": "hindi",
}  # fmt: skip


# Any language that is neither Vietnamese nor has a stemmer is taken apart alike.
_OTHER = "other"
# Words repeat: this many at hand cover a language, at about 30 MB, and taking one apart anew costs 10 µs.
_WORDS_AT_HAND = 100_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """Two sequences of equal length: `surface[i]` is the i-th term as written, `folded[i]` the same with less in it."""

    surface: list[str]
    folded: list[str]


def analyse(text: str, language: str) -> Tokens:
    """The terms of `text`, in order; links dropped, tags split, one spelling a word; then the concepts it names.

    language  BCP 47 code of the text, "" when unknown: then nothing is stemmed
    """
    surface, folded = _terms(text, language)
    named = _concepts(language).named(folded) if language in CONCEPT_LANGUAGES else []
    return Tokens(surface + named, folded + named)


def _terms(text: str, language: str) -> tuple[list[str], list[str]]:
    """The terms of `text` as written and folded, without concepts."""
    text = clean(text, language).lower()
    if language == "vi":
        text = join_loan_words(text)
    words = _words_of(language)
    pattern = _TERM if _BEYOND_LATIN.search(text) else _LATIN_TERM
    found = [words[word] for word in pattern.findall(text)]
    return [term for forms, _ in found for term in forms], [term for _, forms in found for term in forms]


@cache
def _concepts(language: str) -> Concepts:
    return Concepts(thesaurus(language), lambda name: _terms(name, language)[1])


def clean(text: str, language: str) -> str:
    """`text` in normal form without addresses and embed signatures, tags and handles taken apart at capitals."""
    text = normalise(text)
    # Looking for a character is a hundred times as fast as looking for a pattern, and most texts hold none of these.
    if "/" in text or "www." in text.lower():
        text = _LINK.sub(" ", text)
    if "(@" in text:
        text = _SIGNATURE.sub(r"— \1", text)
    if "#" in text or "@" in text:
        text = _TAG.sub(lambda tag: " " + _CAPITALS.sub(" ", tag[1]) + " ", text)
    if language == "en" and ("'" in text or "’" in text):
        text = _APOSTROPHE.sub("", _POSSESSIVE.sub("", text))
    return text


class _Words(dict[str, tuple[tuple[str, ...], tuple[str, ...]]]):
    """What each word met in one language stands for: its terms as written and folded; found anew where it is missing.

    Threads may share it: what one of them clears or sets, another finds anew.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if len(self) >= _WORDS_AT_HAND:
            self.clear()
        parts = spell_out(word) if self._language == "vi" else (word,)
        pairs = [_term(part, self._language) for part in parts]
        forms = tuple(surface for surface, _ in pairs), tuple(folded for _, folded in pairs)
        self[word] = forms
        return forms


def _words_of(language: str) -> _Words:
    """One memory for each way of taking words apart, however many codes are asked for."""
    return _words(language if language in ("vi", "", *_STEMMERS) else _OTHER)


@cache
def _words(way: str) -> _Words:
    return _Words(way)


def _term(word: str, language: str) -> tuple[str, str]:
    """A word's two forms.  A stemmer is made for each call: the C object may not be shared between threads."""
    surface = release_held_keys(word)
    if language == "vi" or not language:
        surface = one_final_i(one_tone_placement(surface))
    folded = fold(surface)
    if language in _STEMMERS:
        folded = Stemmer.Stemmer(_STEMMERS[language]).stemWord(folded)
    return surface, folded
