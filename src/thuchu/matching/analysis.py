"""What a text is compared by: two parallel sequences of terms, one as written and one with less in it.

Vietnamese gets accented and folded syllables, English words and their stems, other languages words and folded words
(stems where a stemmer for the language exists).  Both sides of a comparison must come from here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from thuchu.matching.concepts import concepts
from thuchu.text.chat import join_loan_words, spell_out
from thuchu.text.folding import fold
from thuchu.text.forms import normalise
from thuchu.text.syllables import one_final_i, one_tone_placement, release_held_keys

# Raised with every change of what `analyse` gives: collections made under another number are built anew.
ANALYSIS_VERSION = 3

# Scripts written without spaces are cut into single characters; the pairs that scoring makes do the work of words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Marks of Indic and Arabic script belong to the word although `\w` does not hold them.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0981-\u0dff"
_LETTER = rf"[^\W_{_UNSPACED}]"
_TERM = re.compile(rf"[{_UNSPACED}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|{_LETTER}(?:{_LETTER}|[{_MARKS}])*")

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


# Words repeat: this many at hand cover a language or two, at about 40 MB, and taking one apart anew costs 10 µs.
_WORDS_AT_HAND = 150_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """Two sequences of equal length: `surface[i]` is the i-th term as written, `folded[i]` the same with less in it."""

    surface: list[str]
    folded: list[str]


def analyse(text: str, language: str) -> Tokens:
    """The terms of `text`, in order; links dropped, tags split, one spelling a word; then the concepts it names.

    language  BCP 47 code of the text, "" when unknown: then nothing is stemmed
    """
    text = clean(text, language).lower()
    if language == "vi":
        text = join_loan_words(text)
    words = _TERM.findall(text)
    if language == "vi":
        words = [part for word in words for part in spell_out(word)]
    pairs = [_term(word, language) for word in words]
    named = concepts([folded for _, folded in pairs]) if language == "vi" else []
    return Tokens([surface for surface, _ in pairs] + named, [folded for _, folded in pairs] + named)


def clean(text: str, language: str) -> str:
    """`text` in normal form without addresses and embed signatures, tags and handles taken apart at capitals."""
    text = _LINK.sub(" ", normalise(text))
    text = _SIGNATURE.sub(r"— \1", text)
    text = _TAG.sub(lambda tag: " " + _CAPITALS.sub(" ", tag[1]) + " ", text)
    if language == "en":
        text = _APOSTROPHE.sub("", _POSSESSIVE.sub("", text))
    return text


@lru_cache(maxsize=_WORDS_AT_HAND)
def _term(word: str, language: str) -> tuple[str, str]:
    """A word's two forms.  A stemmer is made for each call: the C object may not be shared between threads."""
    surface = release_held_keys(word)
    if language == "vi" or not language:
        surface = one_final_i(one_tone_placement(surface))
    folded = fold(surface)
    if language in _STEMMERS:
        folded = Stemmer.Stemmer(_STEMMERS[language]).stemWord(folded)
    return surface, folded
