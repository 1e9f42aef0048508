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
# A cheap first look: a run that is not spelled out shows at least four real digits, or letters for them in a row.
_FOUR_DIGITS = re.compile(r"(?:[0-9][^0-9]*+){4}|[0-9][0-9oil]{5}")

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
    """Whole groups that stand together, `run.tokens[first:last]`: a candidate for one number."""

    run: "Run"
    first: int
    last: int

    @property
    def page(self) -> Shadow:
        return self.run.page

    @property
    def tokens(self) -> list[Token]:
        return self.run.tokens[self.first : self.last]

    @property
    def digits(self) -> str:
        return self.run.digits_of(self.first, self.last)

    def take(self) -> bool:
        """Whether it was free until now; if so, it no longer is."""
        free = self.run.is_free(self.first, self.last)
        if free:
            self.run.take(self.first, self.last)
        return free

    @property
    def start(self) -> int:
        return self.run.tokens[self.first].start

    @property
    def end(self) -> int:
        return self.run.tokens[self.last - 1].end

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
        self._taken = bytearray(len(tokens))

    def digits_of(self, first: int, last: int) -> str:
        return self.digits[self._offsets[first] : self._offsets[last]]

    def take(self, first: int, last: int) -> None:
        """From now on the groups from `first` up to `last` belong to somebody: no further stretch has them."""
        self._taken[first:last] = b"\1" * (last - first)

    def is_free(self, first: int, last: int) -> bool:
        return 1 not in self._taken[first:last]

    def matches(self, pattern: re.Pattern[str]) -> Iterator[Stretch]:
        """Free stretches of whole groups whose digits have the shape of `pattern`; they may overlap."""
        offsets = self._offsets
        found = pattern.search(self.digits)
        while found:
            start, end = found.span()
            first, last = bisect_left(offsets, start), bisect_left(offsets, end)
            position = start + 1
            if offsets[first] == start and offsets[last] == end and self.is_free(first, last):
                yield Stretch(self, first, last)
                # When the asker took it, the next one begins behind it.
                position = start + 1 if self.is_free(first, last) else end
            found = pattern.search(self.digits, position)

    def uniform_from(self, index: int, digits_max: int) -> Stretch:
        """The group at `index` and those that follow with the same short gap, up to `digits_max` digits."""
        last = self.tokens[index]
        total, gap, end = len(last.digits), None, index + 1
        for token in self.tokens[index + 1 : index + 1 + digits_max]:
            between = self.page.letters[last.end : token.start]
            total += len(token.digits)
            if total > digits_max or gap not in (None, between) or between not in _GROUP_GAPS:
                break
            if _UNIT.match(self.page.letters, token.end):
                break
            last, gap, end = token, between, end + 1
        return Stretch(self, index, end)


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
