"""Where in a page's text the chosen sentence stands, so that it is found again when the page has changed.

Pure: text in, places out.  An anchor holds what the W3C's Web Annotation Data Model calls TextQuoteSelector and
TextPositionSelector.  Its words are always the page's own: where the contributor's differ, the page's are kept and the
score says how near they were.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from thuchu.desk.evidence.refusals import QuoteEmpty, QuoteNotFound, QuoteTooLong

# Two long sentences. More is the page itself, and belongs to its author.
QUOTE_CHARS_MAX = 1_000
# As common annotation tools have it; enough to tell two equal sentences of a page apart.
CONTEXT_CHARS = 32
# Six sentences tried: with a word or two changed they came to 89 to 92, other sentences on the same matter to 58 to 73.
SCORE_MIN = 80.0
SCORE_EXACT = 100.0
# Shorter ones resemble something on every page.
LIKENESS_CHARS_MIN = 20
# Below this the nearest passage is about something else, and showing it would only puzzle.
NEAREST_MIN = 50.0
# What a reader sees around a sentence: one more to either side.
AROUND_CHARS = 200
# A page may repeat a line on every screen; past this the nearest is near enough.
_PLACES_MAX = 1_000
# Beginnings and ends of words tried around a passage that is like the quote.
_EDGES_TRIED = 5
# What programs put in place of what people type: a quote that differs only in these doesn't differ for a reader.
_LOOK_ALIKES = {char: f"[{re.escape(group)}]" for group in ('"“”„«»', "'‘’‚`", "-–—‑−") for char in group}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One quoted passage: `text[start:end] == exact`, positions in characters of the NFC text.

    prefix, suffix  at most CONTEXT_CHARS before and after
    score           100 where nothing differs that a reader sees; below: how like the quote is to the page's words
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    score: float

    @property
    def differs(self) -> bool:
        """Whether the page says it in other words than the quote did."""
        return self.score < SCORE_EXACT

    def selectors(self) -> list[dict[str, str | int]]:
        """The two selectors in the form of the Web Annotation Data Model."""
        return [
            {"type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix},
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
        ]


def anchor(quote: str, text: str, *, near: int = 0) -> Anchor:
    """Where `quote` stands in `text`; of several places the one nearest to the character `near`.

    text    in NFC, as `reading` gives it
    raises  QuoteEmpty, QuoteTooLong, QuoteNotFound; ValueError for a text that is not in NFC
    """
    wanted = unicodedata.normalize("NFC", quote).strip()
    if not wanted:
        raise QuoteEmpty
    if len(wanted) > QUOTE_CHARS_MAX:
        raise QuoteTooLong(got=len(wanted), most=QUOTE_CHARS_MAX)
    return _find(wanted, text, near, lambda start, _end: -abs(start - near))


def reanchor(old: Anchor, text: str) -> Anchor:
    """Where `old` stands in a text that may have changed; of several places the one whose surroundings changed least.

    `differs` says that the passage itself changed.  Raises QuoteNotFound where it is gone, ValueError as `anchor` does.
    """

    def likeness(start: int, end: int) -> float:
        before, after = _context(text, start, end)
        around = fuzz.ratio(old.prefix, before) + fuzz.ratio(old.suffix, after)
        return around - abs(start - old.start) / (len(text) + 1)

    return _find(old.exact, text, old.start, likeness)


def nearest(quote: str, text: str) -> str:
    """The passage of `text`, in whole words, that is most like `quote` though not like enough; "" where none is."""
    wanted = unicodedata.normalize("NFC", quote).strip()
    if not LIKENESS_CHARS_MIN <= len(wanted) <= min(len(text), QUOTE_CHARS_MAX):
        return ""
    found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=NEAREST_MIN)
    if found is None:
        return ""
    _score, start, end = _best_words(wanted, text, found.dest_start, found.dest_end)
    return " ".join(text[start:end].split())[:QUOTE_CHARS_MAX]


def surroundings(anchor: Anchor, text: str) -> tuple[str, str]:
    """What stands before and after the quoted passage, for readers: whole words, at most AROUND_CHARS each."""
    first, last = max(0, anchor.start - AROUND_CHARS), anchor.end + AROUND_CHARS
    before, after = text[first : anchor.start], text[anchor.end : last]
    if first > 0:
        before = before[before.find(" ") + 1 :] if " " in before.strip() else ""
    if last < len(text):
        after = after[: after.rfind(" ")] if " " in after.strip() else ""
    return before.strip(), after.strip()


def _find(wanted: str, text: str, near: int, likeness: Callable[[int, int], float]) -> Anchor:
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("text: must be in NFC, as Reading.text is; positions mean nothing in another form")
    places = _exact_places(wanted, text, near)
    if not places:
        found = re.finditer(_as_a_reader_sees(wanted), text)
        places = [match.span() for match in islice(found, _PLACES_MAX)]
    if not places:
        return _most_like(wanted, text)
    return _anchor(text, *max(places, key=lambda place: likeness(*place)), SCORE_EXACT)


def _exact_places(wanted: str, text: str, near: int) -> list[tuple[int, int]]:
    """The first places of `wanted`, and those next to `near`."""
    starts = [text.find(wanted, near), text.rfind(wanted, 0, near + len(wanted))]
    start = text.find(wanted)
    while start >= 0 and len(starts) < _PLACES_MAX:
        starts.append(start)
        start = text.find(wanted, start + 1)
    return [(start, start + len(wanted)) for start in starts if start >= 0]


def _as_a_reader_sees(wanted: str) -> str:
    """A pattern for `wanted` with any spaces between its words, and any kind of quotation marks and dashes."""
    words = ("".join(_LOOK_ALIKES.get(char, re.escape(char)) for char in word) for word in wanted.split())
    return r"\s++".join(words)


def _most_like(wanted: str, text: str) -> Anchor:
    """The passage most like `wanted`, in whole words; raises QuoteNotFound below SCORE_MIN."""
    # The search would look for the text in the quote where that is the longer one.
    if not LIKENESS_CHARS_MIN <= len(wanted) <= len(text):
        raise QuoteNotFound
    found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=SCORE_MIN)
    if found is None:
        raise QuoteNotFound
    score, start, end = _best_words(wanted, text, found.dest_start, found.dest_end)
    if score < SCORE_MIN:
        raise QuoteNotFound
    # Different words are never "100", however long the quote.
    return _anchor(text, start, end, min(round(score, 1), SCORE_EXACT - 0.1))


def _best_words(wanted: str, text: str, start: int, end: int) -> tuple[float, int, int]:
    """Score and span of the whole words near `text[start:end]` that are most like `wanted`.

    The search compares pieces of the quote's own length, so that its ends lie a word or two beside those of a sentence
    that grew or shrank.
    """
    first = max(0, start - QUOTE_CHARS_MAX)
    words = [match.span() for match in re.finditer(r"\S+", text[first : end + QUOTE_CHARS_MAX])]
    starts = sorted((first + word[0] for word in words), key=lambda place: abs(place - start))[:_EDGES_TRIED]
    ends = sorted((first + word[1] for word in words), key=lambda place: abs(place - end))[:_EDGES_TRIED]
    spans = ((left, right) for left in starts for right in ends if left < right)
    scored = ((fuzz.ratio(wanted, text[left:right]), left, right) for left, right in spans)
    return max(scored, default=(0.0, start, end))


def _anchor(text: str, start: int, end: int, score: float) -> Anchor:
    prefix, suffix = _context(text, start, end)
    return Anchor(exact=text[start:end], prefix=prefix, suffix=suffix, start=start, end=end, score=score)


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - CONTEXT_CHARS) : start], text[end : end + CONTEXT_CHARS]
