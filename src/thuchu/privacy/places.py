"""Coordinates exact enough to find a house: decimal pairs, degrees with seconds, and links of map services.

A storm's centre (`15,5 độ Vĩ Bắc`) is not exact enough and stays.
"""

import re
from collections.abc import Iterator

from thuchu.privacy.context import near, words
from thuchu.privacy.shadow import Shadow

Span = tuple[int, int]

# Four decimals are about eleven metres; three, about a hundred, count only where a word says that it is a place.
_DECIMALS = r"[+-]?[0-9]{1,3}[.,][0-9]{3,}+"
_BETWEEN = r"[ ,;:|/\n°]{0,4}(?:(?:n|s|b|va|and|lon|long|lng|kinh do|kd|bac)(?![a-z]))?[ ,;:|/=°\n]{0,4}"
_PAIR = re.compile(rf"(?<![0-9.,])({_DECIMALS}){_BETWEEN}(?<![0-9])({_DECIMALS})(?!\.?[0-9])")
_BY_NAME = re.compile(
    rf"(?<![a-z])(?:lat|latitude|n|vi do) ?[:=]? ?({_DECIMALS})[ ,;&|/°]{{0,4}}"
    rf"(?:lon|lng|long|longitude|e|kinh do) ?[:=]? ?({_DECIMALS})(?!\.?[0-9])"
)
_IN_MAP_LINK = re.compile(r"!3d(-?[0-9]{1,3}\.[0-9]{3,}+)!4d(-?[0-9]{1,3}\.[0-9]{3,}+)")
_SHORT_MAP_LINK = re.compile(r"(?:maps\.app\.goo\.gl|goo\.gl/maps|g\.co/maps|maps\.apple\.com/p)/([a-z0-9_-]{4,64})")
_SECONDS = r"[0-9]{1,3} ?° ?[0-9]{1,2} ?['′’‘] ?[0-9]{1,2}(?:[.,][0-9]+)? ?(?:[\"″”“]|'')?(?: ?[nsewbdt](?![a-z]))?"
_MINUTES = r"[0-9]{1,3} ?° ?[0-9]{1,2}[.,][0-9]{2,} ?['′’‘](?: ?[nsewbdt](?![a-z]))?"
_SEXAGESIMAL = re.compile(rf"(?<![0-9.,])(?:{_SECONDS}|{_MINUTES})(?:[ ,;-]{{0,3}}(?:{_SECONDS}|{_MINUTES}))?")

PLACE_WORDS = words(
    "toa do | vi tri | gps | lat | latitude | location | map | maps | dinh vi | coordinates | q= | ll= | @"
)
_PLACE_REACH_CHARS = 30


def find_places(page: Shadow) -> Iterator[Span]:
    """Spans of coordinates; they may overlap."""
    letters = page.letters
    if not page.has_digits:
        return
    for pattern in (_PAIR, _BY_NAME):
        for match in pattern.finditer(letters):
            if _is_place(page, match):
                yield match.start(1), match.end()
    if "!3d" in letters:
        for match in _IN_MAP_LINK.finditer(letters):
            yield match.start(1), match.end(2)
    if "/" in letters:
        for match in _SHORT_MAP_LINK.finditer(letters):
            yield match.span(1)
    if "°" in letters:
        for match in _SEXAGESIMAL.finditer(letters):
            yield match.span()


def _is_place(page: Shadow, match: re.Match[str]) -> bool:
    one, other = (match[i].replace(",", ".") for i in (1, 2))
    small, large = sorted((abs(float(one)), abs(float(other))))
    # Two figures under 2 are shares or odds; the sea off West Africa loses little.
    if small > 90 or large > 180 or large < 2:
        return False
    decimals = min(len(one.partition(".")[2]), len(other.partition(".")[2]))
    return decimals >= 4 or near(page, PLACE_WORDS, match.start(), _PLACE_REACH_CHARS)
