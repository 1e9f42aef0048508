"""Words beside a number that say what it is: found once a page, then asked for by distance."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from thuchu.privacy.shadow import Shadow


@dataclass(frozen=True, eq=False)
class Words:
    """Whole words or phrases, as the shadow shows them (no accents, small letters).

    tail  what may follow a phrase and still belong to it; the distance to the number is counted from behind it
    """

    phrases: tuple[str, ...]
    tail: re.Pattern[str] | None = None

    def in_page(self, page: Shadow) -> tuple[list[int], list[int]]:
        """Starts and ends of all occurrences, each list in order.

        Looked for one by one: most phrases are not in most messages, and `in` says so faster than any pattern.
        """
        if self not in page.seen:
            spans = [span for phrase in self.phrases if phrase in page.letters for span in self._of(phrase, page)]
            page.seen[self] = sorted(start for start, _ in spans), sorted(end for _, end in spans)
        return page.seen[self]

    def _of(self, phrase: str, page: Shadow) -> Iterator[tuple[int, int]]:
        letters = page.letters
        start = letters.find(phrase)
        while start >= 0:
            end = start + len(phrase)
            if not letters[end : end + 1].isalpha() and not letters[max(0, start - 1) : start].isalpha():
                tail = self.tail.match(letters, end) if self.tail else None
                yield start, tail.end() if tail else end
            start = letters.find(phrase, end)


def words(listed: str, tail: re.Pattern[str] | None = None) -> Words:
    """`Words` from a list written with ` | ` between the phrases."""
    return Words(tuple(phrase.strip() for phrase in listed.split("|")), tail)


def stands_on(page: Shadow, named: Words) -> bool:
    """Whether any of the words stands anywhere on the page."""
    return bool(named.in_page(page)[0])


def near(page: Shadow, named: Words, start: int, reach_chars: int) -> bool:
    """Whether one of the words ends at most `reach_chars` before `start`."""
    _, ends = named.in_page(page)
    at = bisect_right(ends, start)
    return at > 0 and start - ends[at - 1] <= reach_chars


def follows(page: Shadow, named: Words, end: int, reach_chars: int) -> bool:
    """Whether one of the words starts at most `reach_chars` after `end`."""
    starts, _ = named.in_page(page)
    at = bisect_left(starts, end)
    return at < len(starts) and starts[at] - end <= reach_chars
