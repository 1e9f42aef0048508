"""Which place a question names, from a table of names handed in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from thuchu.procedure.reading import words_of
from thuchu.text.forms import normalise

# How units of each kind are called before their names, longest first; one-letter forms as chats shorten them.
_CALLED = ("thanh pho", "thi tran", "thi xa", "dac khu", "phuong", "tinh", "xa", "tp", "p", "f", "x", "tt")
_IN_ENGLISH = ("commune", "ward", "province", "city", "town")
_LONG_FORM = {"p": "phuong", "f": "phuong", "x": "xa", "tt": "thi tran", "tp": "thanh pho"}
# "Xã Bình Minh": a kind of unit and a name with capitals, as nobody writes "xã tôi".
_NAMED = re.compile(
    r"\b(?:[Xx]ã|XÃ|[Pp]hường|PHƯỜNG|[Tt]hị trấn|[Đđ]ặc khu|[Xx]a|[Pp]huong)\s+((?:[^\W\d_]|\d)\w*(?:\s+[^\W\d_]\w*)?)"
)
_NAMED_IN_ENGLISH = re.compile(r"\b([A-ZĐ]\w*(?:\s+[A-ZĐ]\w*)?)\s+(?:commune|ward|Commune|Ward)\b")
# A name of one syllable is a word of the language; it counts only behind its kind.
_SYLLABLES_MIN = 2
# An event's table comes with every question; a desk has a few events at a time.
_TABLES_AT_HAND = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaName:
    """One area as people call it; `parent` is the code of the area it lies in, "" for none."""

    code: str
    name_vi: str
    name_en: str = ""
    parent: str = ""


def area_named(question: str, table: Sequence[AreaName]) -> str | None:
    """The code of the one area that a question names; None for none, for several, and for a name that two areas bear.

    Of an area and what it lies in the smaller one is meant.  The same with and without accents.
    """
    codes = _named(question, table)
    parents = {area.code: area.parent for area in table}
    smallest = [code for code in codes if not any(code in _above(other, parents) for other in codes)]
    return smallest[0] if len(smallest) == 1 else None


def names_a_stranger(question: str, table: Sequence[AreaName]) -> bool:
    """Does the question name several areas, or by its kind one that isn't in the table ("phường Bến Nghé")?

    Then an answer for any other area would be a wrong one.
    """
    if area_named(question, table) is not None:
        return False
    if _named(question, table):
        return True
    written = normalise(question)
    found = [each[1] for each in (*_NAMED.finditer(written), *_NAMED_IN_ENGLISH.finditer(written))]
    return any(name[:1].isupper() for name in found)


def _named(question: str, table: Sequence[AreaName]) -> set[str]:
    words = words_of(question).split()
    ways, longest_way = _ways_of(tuple(table))
    found: list[tuple[int, int, frozenset[str]]] = []
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest_way, len(words)) + 1):
            codes = ways.get(" ".join(words[start:end]))
            if codes:
                found.append((start, end, codes))
    # "Phường Tân Phú" is read before "Tân Phú" alone, "Đông Sơn Hạ" before "Đông Sơn".
    longest = [
        codes
        for start, end, codes in found
        if not any((s, e) != (start, end) and s <= start and end <= e for s, e, _ in found)
    ]
    return {code for codes in longest for code in codes}


@lru_cache(maxsize=_TABLES_AT_HAND)
def _ways_of(table: tuple[AreaName, ...]) -> tuple[dict[str, frozenset[str]], int]:
    """Codes by what stands for them, and how many words the longest of these has."""
    ways: dict[str, set[str]] = {}
    for area in table:
        for way in _ways(area):
            ways.setdefault(way, set()).add(area.code)
    longest = max((way.count(" ") + 1 for way in ways), default=0)
    return {way: frozenset(codes) for way, codes in ways.items()}, longest


def _ways(area: AreaName) -> set[str]:
    """What may stand for an area, in plain words: its name with its kind, and without where that is still a name."""
    ways: set[str] = set()
    for name in filter(None, (area.name_vi, area.name_en)):
        plain = words_of(name).strip()
        kind, bare = _parted(plain)
        ways.add(plain)
        if kind:
            ways.update(f"{short} {bare}" for short, long in _LONG_FORM.items() if long == kind)
            ways.add(f"{kind} {bare}")
            ways.update({f"{bare} {word}" for word in _IN_ENGLISH} | {f"{word} {bare}" for word in _IN_ENGLISH})
        if bare.count(" ") + 1 >= _SYLLABLES_MIN:
            ways.update((bare, bare.replace(" ", "")))
    return {way for way in ways if way}


def _parted(plain: str) -> tuple[str, str]:
    for kind in _CALLED:
        if plain.startswith(f"{kind} "):
            return _LONG_FORM.get(kind, kind), plain[len(kind) + 1 :]
    for word in _IN_ENGLISH:
        if plain.endswith(f" {word}"):
            return "", plain[: -len(word) - 1]
    return "", plain


def _above(code: str, parents: dict[str, str]) -> list[str]:
    """The areas that an area lies in; a table that goes round in a circle ends where it began."""
    found: list[str] = []
    while (code := parents.get(code, "")) and code not in found:
        found.append(code)
    return found
