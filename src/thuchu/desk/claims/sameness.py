"""Do two texts say the same? Matching says how near they are; what keeps them apart may be one word.

"Storm nine reaches Đà Nẵng tonight" and "… Huế tonight" are as near as two texts can be, to matching and to fingerprints:
a publisher's check of one is worth showing to who asks the other, but the two are not one claim.
"""

import re

from thuchu.text.folding import fold
from thuchu.text.forms import normalise

_WORD = re.compile(r"[^\W_]+")
_PLACEHOLDER = re.compile(r"\[[a-z ]{2,20}\]")
# A name: a capital that no sentence's beginning explains.
_NAME = re.compile(r"(?<=[^\W_]|,)[ ](?P<name>[^\W\d_]+)")
# What people put around a question, and what changes nothing in it; folded. No number, no time, no place, no negation.
_FRAME = frozenset(
    "nghe noi co phai khong dung that su hay sao vay the nhi nhe nha a oi da thua moi nguoi ba con co bac anh chi em minh "
    "ban cac nay kia do tin cho hoi giup xem voi ai biet la thi ma va duoc vao o tai cua buoi roi luon chua "
    "is it true that the an does do really please can anyone tell me i heard people say saying of and".split()
)
# Before a word that says something these deny it; at a question's end they only ask.
_NEGATIONS = frozenset("khong chang cha dung chua not no never".split())


def same_words(one: str, other: str) -> bool:
    """Do both have the same words that say something, denied or not, in whatever order and frame?

    Accents count where both texts are written with them.
    """
    first, second = _words(one), _words(other)
    if _is_plain(first) or _is_plain(second):
        first, second = [fold(word) for word in first], [fold(word) for word in second]
    return _saying(first) == _saying(second)


def same_names(one: str, other: str) -> bool:
    """Do both write the same words with a capital inside a sentence? Texts all in one case name nothing."""
    first, second = _names(one), _names(other)
    return not first or not second or first == second


def _words(text: str) -> list[str]:
    return _WORD.findall(_PLACEHOLDER.sub(" ", normalise(text)).casefold())


def _is_plain(words: list[str]) -> bool:
    return all(fold(word) == word for word in words)


def _saying(words: list[str]) -> frozenset[tuple[str, bool]]:
    """(word, whether it is denied) of the words that say something."""
    said = set()
    for before, word in zip(["", *words], words, strict=False):
        if fold(word) not in _FRAME:
            said.add((word, fold(before) in _NEGATIONS))
    return frozenset(said)


def _names(text: str) -> frozenset[str]:
    text = _PLACEHOLDER.sub(" ", normalise(text))
    if text.isupper():
        return frozenset()
    return frozenset(found["name"] for found in _NAME.finditer(text) if found["name"][0].isupper())
