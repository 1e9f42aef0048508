"""The order of the Vietnamese alphabet, for lists that people look names up in.

Syllable by syllable, as dictionaries have it: first the letters (a ă â b c d đ …), then the tone (ngang, huyền, hỏi,
ngã, sắc, nặng), so that every “An …” stands before the first “Ân …”.  Figures stand before letters, by their worth.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}
_TONES = "\u0300\u0309\u0303\u0301\u0323"
# Figures are compared by worth up to here; longer ones are no number that somebody looks up.
_DIGITS_MAX = 18
_WORD = re.compile(rf"\d{{1,{_DIGITS_MAX}}}|[^\W\d_]+")

# A figure: (0, its worth, ()); a syllable: (1 with its letters, their tones).
_Part = tuple[int, tuple[int, ...], tuple[int, ...]]


def alphabetical(text: str) -> tuple[tuple[_Part, ...], str]:
    """A key to sort by; two texts with the same key are the same text."""
    whole = unicodedata.normalize("NFC", text)
    return tuple(_part(word) for word in _WORD.findall(whole.lower())), whole


def _part(word: str) -> _Part:
    if word.isdecimal():
        return 0, (int(word),), ()
    ranks, tones = zip(*map(_placed, word), strict=True)
    return 1, ranks, tones


@lru_cache(maxsize=1_000)
def _placed(letter: str) -> tuple[int, int]:
    """(place in the alphabet, place of its tone); letters of other alphabets come after ours, by their number."""
    marks = unicodedata.normalize("NFD", letter)
    tone = next((_TONES.index(mark) + 1 for mark in marks if mark in _TONES), 0)
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return _RANK.get(bare, len(_LETTERS) + ord(bare[:1] or "\0")), tone
