"""Chosen names: what may be one, when two look alike, and what a name becomes when its person leaves."""

import re
import secrets
import unicodedata

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.models import NAME_CHARS_MAX, NAME_KEY_CHARS_MAX, Pseudonym
from thuchu.links.characters import skeleton
from thuchu.privacy import CleanText, require_clean
from thuchu.text.forms import normalise

NAME_CHARS_MIN = 3
LETTERS_MIN = 2
# Letters of any script (a), figures (1), marks on a letter (m); between them one of these (-), or a dot and a space.
_BETWEEN = {" ": "s", ".": ".", "-": "-", "_": "-", "'": "-", "’": "-"}
_SHAPE = re.compile(r"(?:a m{0,2} | 1)+ (?: (?:[-s.] | [.]s) (?:a m{0,2} | 1)+ )*", re.VERBOSE)
_WORD = re.compile(r"[a-z0-9]+")

# Letters and figures that most fonts draw alike; whoever tells "Lan1" from "Lanl" looks twice.
_TWINS = str.maketrans("013457i", "oleastl")
_PAIRS = (("rn", "m"), ("vv", "w"))

# What speaks for a desk, as folded words. Vietnamese first.
_OFFICIAL = (
    "thực hư", "điều phối", "điều phối viên", "quản trị", "quản trị viên", "vận hành", "ban biên tập", "ban quản trị",
    "người đóng góp", "chính thức", "hỗ trợ kỹ thuật", "kiểm duyệt", "hệ thống", "kiểm chứng viên",
    "coordinator", "operator", "contributor", "administrator", "admin", "moderator", "official", "support", "system",
    "root", "staff", "fact checker",
)  # fmt: skip
# Shorter ones stand inside ordinary words ("badminton"); they count only where a word begins.
_ANYWHERE_CHARS_MIN = 8

# What is left of a name: no letter or figure of it is taken for another one.
_LEFT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LEFT_CHARS = 6
_LEFT_PREFIX = "người đóng góp"
_LEFT_TRIES_MAX = 20


def key(name: str) -> str:
    """What the eye reads of a name: no accents, case, separators, foreign twins of Latin letters or figures for them.

    Two names with one key look alike, so that only one of them may be used.
    """
    return _alike(skeleton(normalise(name)))


def check(name: CleanText, *, desk_name: str) -> str:
    """The name as it will stand; whether it is still free only the table knows (`is_free`).

    desk_name  what the desk calls itself: nobody else may
    raises     NameRefused; TypeError for text that did not go through privacy.scrub
    """
    if require_clean(name).findings:
        raise refusals.NamePersonal
    text = " ".join(name.text.split())
    if not NAME_CHARS_MIN <= len(text) <= NAME_CHARS_MAX:
        raise refusals.NameLength(got=len(text), least=NAME_CHARS_MIN, most=NAME_CHARS_MAX)
    shape = "".join(map(_shape, text))
    if not _SHAPE.fullmatch(shape) or shape.count("a") < LETTERS_MIN:
        raise refusals.NameLetters
    if not LETTERS_MIN <= len(key(text)) <= NAME_KEY_CHARS_MAX:
        raise refusals.NameLetters
    if _sounds_official(text, desk_name):
        raise refusals.NameOfficial
    return text


def is_free(name: str) -> bool:
    """Does nobody here have this name, or one that looks like it?"""
    return not Pseudonym.objects.filter(key=key(name)).exists()


def for_who_left() -> str:
    """A random name for a pseudonym whose person is gone."""
    for _ in range(_LEFT_TRIES_MAX):
        suffix = "".join(secrets.choice(_LEFT_ALPHABET) for _ in range(_LEFT_CHARS))
        if is_free(name := f"{_LEFT_PREFIX} {suffix}"):
            return name
    # Of 700 million, twenty in a row taken: something is broken, and nobody's name may be kept for that.
    raise RuntimeError("no random name is free")


def _shape(char: str) -> str:
    if char in _BETWEEN:
        return _BETWEEN[char]
    category = unicodedata.category(char)
    if category in ("Mn", "Mc"):
        return "m"
    return "1" if category == "Nd" else "a" if category.startswith("L") else "?"


def _alike(seen: str) -> str:
    letters = "".join(char for char in seen if char.isalnum()).translate(_TWINS)
    for pair, one in _PAIRS:
        letters = letters.replace(pair, one)
    return letters


def _sounds_official(name: str, desk_name: str) -> bool:
    whole = key(name)
    words = [_alike(word) for word in _WORD.findall(skeleton(name))]
    for official in map(key, (*_OFFICIAL, desk_name)):
        if whole.startswith(official) or any(word.startswith(official) for word in words):
            return True
        if len(official) >= _ANYWHERE_CHARS_MIN and official in whole:
            return True
    return False
