"""Runs of digits as people write them: in groups, with letters for digits, or spelled out in words.

`09-12 345`, `O9l2 345` and `không chín một hai` become one string of digits each, and every digit remembers where it
stands.  A recogniser looks for its shape in the digits, then asks how they were grouped.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from thuchu.privacy.shadow import HIDDEN, Shadow

_WORDS = {
    "khong": "0", "mot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5", "lam": "5", "sau": "6",
    "bay": "7", "tam": "8", "chin": "9",
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9",
}  # fmt: skip
_WORD = "(?:" + "|".join(_WORDS) + ")(?![a-z])"
_LETTERS_AS_DIGITS = str.maketrans("oil", "011")

# What may stand between two groups of one number: up to four characters that are no letters.
_GAP = rf"(?:[^\w{HIDDEN}]|_){{0,4}}"
# Nine digits and more stand by themselves: a letter glued to them (`0912345678l`) is a slip, not a digit.
_DIGITS = r"[0-9]{9,}|[0-9][0-9oil]*(?![a-z])|[0-9]+"
_AT_WORD_START = r"(?<![^\W_0-9])"
_LETTERED = rf"{_AT_WORD_START}(?:[oil]{{1,2}}[0-9][0-9oil]*(?![a-z])|[oil](?![a-z0-9]))"
_SPELLED = rf"{_AT_WORD_START}{_WORD}"
_TOKEN = re.compile(f"{_DIGITS}|{_SPELLED}|{_LETTERED}")
_MORE = f"(?:{_GAP}(?:{_TOKEN.pattern}))*"
# Most messages spell no number out, and a search that begins at digits only is three times faster.
_RUN = re.compile(f"(?:{_DIGITS}|{_LETTERED}){_MORE}")
_RUN_OF_WORDS = re.compile(f"(?:{_TOKEN.pattern}){_MORE}")
# A zero and one more, or six in a row.
_SPELLED_NUMBER = re.compile(
    rf"(?:khong|zero){_GAP}(?:{_WORD}|[0-9])|{_WORD}(?:[^\w{HIDDEN}]{{1,4}}(?:{_WORD}|[0-9])){{5}}"
)
# Below six digits nothing is personal: hotlines, years, prices, one-time codes of five.
DIGITS_MIN = 6
# A cheap first look: a run that is not spelled out shows at least four real digits.
_FOUR_DIGITS = re.compile(r"(?:[0-9][^0-9]*+){4}")

# After a number these say that it is an amount.
_UNIT = re.compile(
    r" ?(?:k|tr|trieu|ty|ti|ngan|nghin|d|dong|vnd|usd|%|₫|\$|€|kg|km|m2|ml|mg|nguoi|ca|khach|suat|cai|hop)(?![a-z0-9])"
)


class Token(NamedTuple):
    """One group of a run: `letters[start:end]`, read as `digits`."""

    start: int
    end: int
    digits: str
    is_word: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole groups that stand together: a candidate for one number."""

    page: Shadow
    tokens: list[Token]
    digits: str

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(len(token.digits) for token in self.tokens)

    @property
    def gaps(self) -> list[str]:
        letters = self.page.letters
        return [letters[a.end : b.start] for a, b in zip(self.tokens, self.tokens[1:], strict=False)]

    @property
    def is_uniform(self) -> bool:
        """One group, or every gap the same."""
        return len(set(self.gaps)) <= 1

    @property
    def is_amount(self) -> bool:
        """Groups of three after the first with one kind of point between, or a unit behind."""
        sizes = self.sizes
        grouped = (
            len(sizes) > 1
            and sizes[0] <= 3
            and set(sizes[1:]) == {3}
            and set(self.gaps) in ({"."}, {","})
            and not self.digits.startswith("0")
        )
        return grouped or _UNIT.match(self.page.letters, self.end) is not None

    @property
    def is_calendar(self) -> bool:
        """A date or a time of day stands in it."""
        return _CALENDAR.search(self.page.letters, self.start, self.end) is not None


_DAY, _MONTH = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])"
_CALENDAR = re.compile(
    rf"(?<![0-9]){_DAY}(?P<sep> ?[/.-] ?){_MONTH}(?P=sep)(?:(?:19|20)[0-9]{{2}}|1[5-9]|2[0-9])(?![0-9])"
    rf"|(?<![0-9])(?:19|20)[0-9]{{2}}(?P<sep2>[/.-]){_MONTH}(?P=sep2){_DAY}(?![0-9])"
    r"|(?<![0-9])[0-2]?[0-9]:[0-5][0-9](?![0-9])"
)


class Run:
    """Groups of digits with nothing but short gaps between them."""

    def __init__(self, page: Shadow, tokens: list[Token]) -> None:
        self.page = page
        self.tokens = tokens
        self.digits = "".join(token.digits for token in tokens)
        self._offsets = [0]
        for token in tokens:
            self._offsets.append(self._offsets[-1] + len(token.digits))

    def between(self, start: int, end: int) -> Stretch | None:
        """The groups that make up digits[start:end]; None where that would cut one."""
        offsets = self._offsets
        first, last = bisect_left(offsets, start), bisect_left(offsets, end)
        if offsets[first] != start or offsets[last] != end:
            return None
        return Stretch(self.page, self.tokens[first:last], self.digits[start:end])

    def matches(self, pattern: re.Pattern[str]) -> Iterator[Stretch]:
        """Stretches whose digits have the shape of `pattern`; they may overlap."""
        found = pattern.search(self.digits)
        while found:
            stretch = self.between(*found.span())
            if stretch is not None:
                yield stretch
            found = pattern.search(self.digits, found.start() + 1)

    def uniform_from(self, index: int, digits_max: int) -> Stretch:
        """The group at `index` and those that follow with the same short gap, up to `digits_max` digits."""
        tokens = self.tokens[index : index + 1]
        total, gap = len(tokens[0].digits), None
        for token in self.tokens[index + 1 : index + 1 + digits_max]:
            between = self.page.letters[tokens[-1].end : token.start]
            total += len(token.digits)
            if total > digits_max or gap not in (None, between) or between not in _GROUP_GAPS:
                break
            if _UNIT.match(self.page.letters, token.end):
                break
            gap = between
            tokens.append(token)
        return Stretch(self.page, tokens, "".join(token.digits for token in tokens))


_GROUP_GAPS = frozenset({"", " ", ".", "-", " - ", ", ", ". "})


def runs(page: Shadow) -> list[Run]:
    """All runs of at least DIGITS_MIN digits, in order."""
    pattern = _RUN_OF_WORDS if _SPELLED_NUMBER.search(page.letters) else _RUN
    if pattern is _RUN and _FOUR_DIGITS.search(page.letters) is None:
        return []
    found = []
    for match in pattern.finditer(page.letters):
        if match.end() - match.start() >= DIGITS_MIN:
            tokens = [_token(group) for group in _TOKEN.finditer(page.letters, match.start(), match.end())]
            if sum(len(token.digits) for token in tokens) >= DIGITS_MIN:
                found.append(Run(page, tokens))
    return found


def _token(match: re.Match[str]) -> Token:
    written = match.group()
    if written in _WORDS:
        return Token(match.start(), match.end(), _WORDS[written], is_word=True)
    return Token(match.start(), match.end(), written.translate(_LETTERS_AS_DIGITS), is_word=False)
