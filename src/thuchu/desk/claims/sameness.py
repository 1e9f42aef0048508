"""Do two texts say the same? Matching says how near they are; what keeps them apart may be one word.

"Storm nine reaches Đà Nẵng tonight" and "… Huế tonight" are as near as two texts can be, to matching as to sketches:
a publisher's check of one is worth showing to who asks the other, but the two are not one claim.
"""

import re

from thuchu.text.folding import fold
from thuchu.text.forms import normalise

_WORD = re.compile(r"[^\W_]+")
_PLACEHOLDER = re.compile(r"\[[a-z ]{2,20}\]")
# A name: a capital that no sentence's beginning explains.
_NAME = re.compile(r"(?<=[^\W_]|,)[ ](?P<name>[^\W\d_]+)")
# What people put around a question, and what changes nothing in it: no number, time, place or negation. Accents count:
# "của" is in no frame when it is "cua", a crab.
_FRAME = frozenset(
    "nghe nói có phải không đúng thật sự hay sao vậy thế nhỉ nhé nha ạ ơi dạ thưa mọi người bà con cô bác anh chị em "
    "mình bạn các này kia đó tin cho hỏi giúp xem với ai biết là thì mà và được vào ở trong tại của buổi rồi luôn chưa "
    "is it true that the does really please can anyone tell heard people say saying of and".split()
)
# Of these, those that stay what they are when the accents were not typed.
_PLAIN_FRAME = frozenset(
    "nghe noi phai khong dung that vay moi nguoi nhe nha oi a bac giup xem biet duoc vao buoi "
    "is it true that the does really please can anyone tell heard people say saying of and".split()
)
# Before a word that says something these deny it; at a question's end they only ask.
_NEGATIONS = frozenset("không chẳng chả đừng chưa khong chang dung chua not no never".split())


def same_words(one: str, other: str) -> bool:
    """Do both have the same words that say something, denied or not, in whatever order and frame?

    Accents count where both texts are written with them.
    """
    first, second = _words(one), _words(other)
    if _is_plain(first) or _is_plain(second):
        first, second = [fold(word) for word in first], [fold(word) for word in second]
        return _saying(first, _PLAIN_FRAME) == _saying(second, _PLAIN_FRAME)
    return _saying(first, _FRAME) == _saying(second, _FRAME)


def same_names(one: str, other: str) -> bool:
    """Do both write the same words with a capital inside a sentence? Texts all in one case name nothing."""
    first, second = _names(one), _names(other)
    return not first or not second or first == second


def _words(text: str) -> list[str]:
    return _WORD.findall(_PLACEHOLDER.sub(" ", normalise(text)).casefold())


def _is_plain(words: list[str]) -> bool:
    return all(fold(word) == word for word in words)


def _saying(words: list[str], frame: frozenset[str]) -> frozenset[tuple[str, bool]]:
    """(word, whether it is denied) of the words that say something."""
    said = set()
    for before, word in zip(["", *words], words, strict=False):
        if word not in frame:
            said.add((word, before in _NEGATIONS))
    return frozenset(said)


def _names(text: str) -> frozenset[str]:
    text = _PLACEHOLDER.sub(" ", normalise(text))
    if text.isupper():
        return frozenset()
    return frozenset(found["name"] for found in _NAME.finditer(text) if found["name"][0].isupper())
