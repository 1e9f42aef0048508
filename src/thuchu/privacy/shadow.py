"""The shadow of a text: the same characters as recognisers want to read them, each at a known place of the text.

Recognisers look for shapes, so case, accents, full-width and circled digits, look-alike letters of other scripts and
marks struck through the letters only stand in their way.  Nothing here decides what is personal.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

# Stands where a recogniser has already been, or must not look.  `normalise` removes it from every text.
HIDDEN = "\x00"

# Marks that stay by themselves after NFC: strikes, enclosing keycaps, stacked accents.  They have no place in a shape.
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]+")

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\u2043"
_DOTS = "\u2024\u3002\uff61\ufe52"

# Letters of other scripts that look like Latin ones; the second row says what a reader takes them for.
_LOOKALIKES = str.maketrans(
    "авсԁеһіјӏкмопрԛгѕтуԝхАВСЕНІЈКМОРЅТУХαβγικνορτυχΑΒΕΗΙΚΜΝΟΡΤΥΧ",
    "abcdehijlkmonpqrstuwxabcehijkmopstyxabyiknoptuxabehikmnoptyx",
)

# Where letters with accents, full-width, circled and mathematical letters live; digits are looked up everywhere.
_LETTER_BLOCKS = ((0xAA, 0x250), (0x1D00, 0x1DC0), (0x1E00, 0x1F00), (0x2100, 0x2150), (0x2460, 0x24EA))
_MORE_LETTER_BLOCKS = ((0xFF00, 0xFFF0), (0x1D400, 0x1D7CC), (0x1F110, 0x1F190))
# Every decimal digit of Unicode 16 lies below; scanning further would cost time at start for nothing.
_DIGITS_END = 0x1FC00


def _letter(char: str) -> str | None:
    """One ASCII character for `char`, or None where it has none."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", char).casefold() if not unicodedata.combining(c))
    plain = plain.strip("()")
    return plain if len(plain) == 1 and plain.isascii() else None


def _shadow_table() -> dict[int, str]:
    table = {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    for first, end in _LETTER_BLOCKS + _MORE_LETTER_BLOCKS:
        for code in range(first, end):
            letter = _letter(chr(code))
            if letter is not None and letter != " ":
                table[code] = letter
    table.update({code: chr(letter) for code, letter in _LOOKALIKES.items()})
    table.update({ord(c): letter for c, letter in zip("đĐøØłŁı", "ddoolli", strict=True)})
    table.update({ord(c): "-" for c in _DASHES} | {ord(c): "." for c in _DOTS})
    for code in range(0x80, _DIGITS_END):
        digit = unicodedata.digit(chr(code), None)
        if digit is not None:
            table[code] = str(digit)
    # The ordinal sign stands for a degree when people write coordinates.
    table[0xBA] = "\u00b0"
    return table


_TABLE = _shadow_table()


@dataclass(frozen=True)
class Shadow:
    """A text and how it looks to a recogniser.

    text     the normalised text
    letters  its characters without accents and case, one for one; HIDDEN where nobody may look any more
    places   places[i] is the index in `text` of letters[i]; one more entry than letters
    seen     where words of context stand, remembered by `context` as long as the page lives
    """

    text: str
    letters: str
    places: Sequence[int]
    seen: dict[Hashable, tuple[list[int], list[int]]] = field(init=False, default_factory=dict, compare=False)

    def hidden(self, spans: Iterable[tuple[int, int]]) -> "Shadow":
        """The same shadow with these spans of `letters` out of sight.  Spans may touch and overlap."""
        parts, done = [], 0
        for start, end in sorted(spans):
            if end > done:
                parts += [self.letters[done:start], HIDDEN * (end - max(start, done))]
                done = end
        if not parts:
            return self
        return replace(self, letters="".join([*parts, self.letters[done:]]))

    @cached_property
    def has_digits(self) -> bool:
        return _ANY_DIGIT.search(self.letters) is not None


_ANY_DIGIT = re.compile("[0-9]")


def shadow(text: str) -> Shadow:
    """The shadow of a text that `normalise` has been over."""
    letters = text.translate(_TABLE)
    if _MARKS.search(letters) is None:
        return Shadow(text, letters, range(len(letters) + 1))
    places: list[int] = []
    done = 0
    for mark in _MARKS.finditer(letters):
        places.extend(range(done, mark.start()))
        done = mark.end()
    places.extend(range(done, len(letters) + 1))
    return Shadow(text, _MARKS.sub("", letters), places)
