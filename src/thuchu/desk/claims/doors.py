"""What tells the same message again: the digests and sketch of one question's clean text.

The exact doors stand in the database beside the questions, so that two people who ask in the same second are grouped
before any index has caught up.  Numbers and links are never masked here: the same sentence with another sum, date or
link may be another claim.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from thuchu.matching.fingerprints import SKETCH_SIZE, Fingerprint, fingerprint, masked_words, same_forward
from thuchu.text.folding import fold
from thuchu.text.forms import normalise

# Fewer words say too little: only the very same ones, accents counted, are the same message (rule 8).
SURE_WORDS_MIN = 8
# A message with more is a list of links; which of them it is about, nobody can tell.
LINKS_MAX = 5
_BANDS = 16
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """A message as the doors see it.

    n_words       without what differs between two copies of one forward
    text_digest   of all its words, without case and punctuation; from SURE_WORDS_MIN words on without accents, too
    marks_digest  of its numbers and links: two texts that are nearly the same must have the same
    has_links     it holds a link, of whatever sort
    pages         digests of the links that name one page; none where there are more than LINKS_MAX
    sketch        `fingerprints`, b"" for a text too short for one
    """

    n_words: int
    text_digest: str
    marks_digest: str
    has_links: bool
    pages: tuple[str, ...]
    sketch: bytes

    @property
    def bands(self) -> list[int]:
        """One number a band of the sketch; none for no sketch."""
        return bands_of(self.sketch)


def read_signs(text: str, links: Sequence[str]) -> Signs:
    """The signs of a clean text; `links` are the canonical addresses found in it."""
    own = fingerprint(text)
    pages = sorted({link for link in links if names_a_page(link)})
    n_words = len(masked_words(text))
    folded = fold(normalise(text)) if n_words >= SURE_WORDS_MIN else normalise(text).casefold()
    marks = [*sorted(set(_NUMBER.findall(text))), *sorted(set(links))]
    return Signs(
        n_words=n_words,
        text_digest=_digest("text", [*_WORD.findall(folded), *sorted(set(links))]),
        marks_digest=_digest("marks", marks),
        has_links=bool(links),
        pages=tuple(_digest("link", [page]) for page in pages) if len(pages) <= LINKS_MAX else (),
        sketch=own.sketch.tobytes() if own.sketch.any() else b"",
    )


def names_a_page(link: str) -> bool:
    """Does a canonical address name one page? A bare host may hold anything."""
    return "/" in link or "?" in link


def bands_of(sketch: bytes) -> list[int]:
    """One number a band of a sketch, with the band's place in it; none for b""."""
    keys = np.frombuffer(sketch, dtype="<u4")
    return [(place << 32) | int(key) for place, key in enumerate(keys[:_BANDS])]


def most_alike(text: str, sketches: Iterable[bytes]) -> int | None:
    """The place of the sketch that is the same forward as `text`, the most alike one; None when none is."""
    many = [np.frombuffer(sketch, dtype=np.uint8) for sketch in sketches]
    own: Fingerprint = fingerprint(text)
    if not many or not own.sketch.any():
        return None
    alike = same_forward(own, np.stack(many).reshape(len(many), SKETCH_SIZE))
    best = int(alike.argmax())
    return best if alike[best] > 0 else None


def _digest(kind: str, parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(["thuchu claims", kind, *parts]).encode()).hexdigest()
