"""The elements of one long list, taken out of a JSON document one after the other, in constant memory.

A list of ClaimReviews, or the `dataFeedElement` of a feed: collections of a hundred megabytes are published so, in one
document.  Refuses nothing by itself: what is broken is given back as what it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from thuchu.claimreview.json_text import NotJson, parse, parse_at
from thuchu.claimreview.limits import LINE_CHARS_MAX

FEED_LIST = "dataFeedElement"
_FEED_OPENING = re.compile(rf'"(?:schema:|https?://schema\.org/)?{FEED_LIST}"\s*:\s*\[')
# In the beginning of a feed; more are names inside texts, and then the document is read whole.
_OPENINGS_MAX = 10
# What may stand before a text without being part of it.
BEFORE_TEXT = "\ufeff \t\r\n\0"
_BETWEEN = re.compile(r"[ \t\r\n,]+")
_CHUNK_CHARS = 64 * 1024


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the elements begin: the name of the list ("" for an outermost list) and the position behind its bracket."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Broken:
    """The document can't be read from here on, or says more than its elements."""

    reason: str


def opening_of(head: str) -> Opening | None:
    """The outermost list that `head`, the beginning of a document, opens; None when it must be read whole."""
    if head.startswith("["):
        return Opening("", 1)
    for _, found in zip(range(_OPENINGS_MAX), _FEED_OPENING.finditer(head), strict=False):
        if _is_object(head[: found.end()] + "]}"):
            return Opening(FEED_LIST, found.end())
    return None


def elements(text: TextIO, opening: Opening) -> Iterator[tuple[int, str, object]]:
    """Each element with its number from 0; a `Broken` is the last, where the list does not end as it should.

    Between them stands the element's own text, as the file has it.
    """
    source = _Window(text, opening.position)
    number = 0
    while source.at_element():
        try:
            yield number, *source.take()
        except NotJson as problem:
            yield number, "", Broken(f"{problem.reason}; what stands before was read")
            return
        number += 1
    wrong_ending = source.what_follows(opening)
    if wrong_ending:
        yield number, "", Broken(wrong_ending)


class _Window:
    """The part of the text that is being looked at; grows only until one element is whole."""

    def __init__(self, text: TextIO, position: int) -> None:
        self._text = text
        self._position = 0
        self._seen = text.read(_CHUNK_CHARS).lstrip(BEFORE_TEXT)
        while len(self._seen) <= position and self._grow():
            pass
        self._position = position

    def at_element(self) -> bool:
        """Moves over what stands between elements; False at the end of the list, and of the text."""
        while True:
            between = _BETWEEN.match(self._seen, self._position)
            self._position = between.end() if between else self._position
            if self._position < len(self._seen):
                return self._seen[self._position] != "]"
            if not self._grow():
                return False

    def take(self) -> tuple[str, object]:
        """The next element's text and value."""
        while True:
            try:
                value, end = parse_at(self._seen, self._position)
            except NotJson:
                if len(self._seen) - self._position > LINE_CHARS_MAX or not self._grow():
                    raise
                continue
            # A number at the window's end may go on behind it.
            if end < len(self._seen) or not self._grow():
                written = self._seen[self._position : end]
                self._position = end
                return written, value

    def what_follows(self, opening: Opening) -> str:
        """Why what stands behind the list isn't the end of the document; "" when it is."""
        rest = self._seen[self._position :] + self._text.read(LINE_CHARS_MAX)
        if not rest.startswith("]"):
            return "ends in the middle; what stands before was read, fetch the file again"
        if not opening.name:
            return "goes on behind its end; only the first list was read" if rest[1:].strip() else ""
        if opening.name in rest:
            return f"has {opening.name} twice; only the first was read"
        closing = rest[1:].lstrip().removeprefix(",")
        return "" if _is_object("{" + closing) else "is broken behind its last element; all were read"

    def _grow(self) -> bool:
        """Reads on, and lets go of what was taken; False at the end of the text."""
        more = self._text.read(_CHUNK_CHARS)
        self._seen = self._seen[self._position :] + more
        self._position = 0
        return bool(more)


def _is_object(text: str) -> bool:
    try:
        return isinstance(parse(text), dict)
    except NotJson:
        return False
