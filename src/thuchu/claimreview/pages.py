"""The JSON-LD blocks of a web page, found in one walk that no page can slow down.

Refuses microdata and RDFa; what stands inside HTML comments is not read.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_NEXT = re.compile(r"<!--|<script(?=[\s/>])", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script(?=[\s/>])", re.IGNORECASE)
_JSON_LD = re.compile(r"""type\s*=\s*["']?\s*application/(?:[a-z.]+\+)?ld\+json""", re.IGNORECASE)
# Attributes of a script element; a longer tag is no JSON-LD block that anybody wrote.
_TAG_CHARS_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one `<script type="application/ld+json">`, and the line of the page on which it begins."""

    text: str
    line: int


def blocks(page: str) -> Iterator[Block]:
    """Each JSON-LD block of `page`, in its order; one that is never closed ends with the page."""
    position = line_position = 0
    line = 1
    while opening := _NEXT.search(page, position):
        if opening[0] == "<!--":
            position = _behind(page, "-->", opening.end())
            continue
        tag_end = page.find(">", opening.end(), opening.end() + _TAG_CHARS_MAX)
        if tag_end < 0:
            position = opening.end()
            continue
        closing = _SCRIPT_END.search(page, tag_end + 1)
        end = closing.start() if closing else len(page)
        if _JSON_LD.search(html.unescape(page[opening.end() : tag_end])):
            line += page.count("\n", line_position, tag_end)
            line_position = tag_end
            yield Block(page[tag_end + 1 : end], line)
        position = closing.end() if closing else len(page)


def _behind(page: str, ending: str, position: int) -> int:
    found = page.find(ending, position)
    return found + len(ending) if found >= 0 else len(page)
