"""What the tests of this room share: reading bytes as a file, and fact-checks as Hypothesis makes them."""

import gzip
import io
from datetime import date
from typing import Any

from hypothesis import strategies as st

from thuchu.claimreview import FactCheckRecord, Outcome, Reading, Refusal, Row, verdict_of
from thuchu.claimreview.addresses import why_left_out, why_unreadable
from thuchu.claimreview.limits import (
    CLAIM_CHARS_MAX,
    EXPLANATION_CHARS_MAX,
    LICENCE_CHARS_MAX,
    PUBLISHER_CHARS_MAX,
    TITLE_CHARS_MAX,
    VERDICT_WORDS_CHARS_MAX,
)
from thuchu.claimreview.plain import is_garbled, plain_line, plain_text

URL = "https://kiemchung.example.vn/nuoc-muoi"
CLAIM = "Uống nước muối loãng diệt được virus"


def read(content: bytes | str, name: str = "file") -> list[Outcome]:
    raw = content.encode() if isinstance(content, str) else content
    return list(Reading(io.BytesIO(raw), name=name, size_bytes=len(raw)))


def records(content: bytes | str, name: str = "file") -> list[FactCheckRecord]:
    outcomes = read(content, name)
    assert all(isinstance(outcome, Row) for outcome in outcomes), [str(o) for o in outcomes if isinstance(o, Refusal)]
    return [outcome.record for outcome in outcomes if isinstance(outcome, Row)]


def row(content: bytes | str, name: str = "file") -> Row:
    [only] = read(content, name)
    assert isinstance(only, Row), only
    return only


def refusal(content: bytes | str, name: str = "file") -> Refusal:
    [only] = read(content, name)
    assert isinstance(only, Refusal), only
    return only


def claim_review(**changes: Any) -> dict[str, Any]:
    """A small ClaimReview; a change to None takes the property away."""
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": URL,
        "claimReviewed": CLAIM,
        "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
    }
    review |= {name.replace("at_", "@"): value for name, value in changes.items()}
    return {name: value for name, value in review.items() if value is not None}


def packed(content: str | bytes) -> bytes:
    # Without a time in it: the same file twice, so that every test process collects the same tests.
    return gzip.compress(content.encode() if isinstance(content, str) else content, mtime=0)


def _lines(chars_max: int) -> st.SearchStrategy[str]:
    return st.text(max_size=60).map(plain_line).filter(lambda t: len(t) <= chars_max and not is_garbled(t))


def _texts(chars_max: int) -> st.SearchStrategy[str]:
    return st.text(max_size=200).map(plain_text).filter(lambda t: len(t) <= chars_max and not is_garbled(t))


_WORDS = st.sampled_from(["Sai", "False", "falso", "Mostly false", "=A2+5", "Đúng một phần", "'=sai", "@x", "-1 thing"])
_PATHS = (
    st.text(max_size=30)
    .map(lambda path: f"https://kiemchung.example.vn/{path}")
    .filter(lambda a: not why_unreadable(a))
)
_ADDRESSES = _PATHS.filter(lambda a: "&amp;" not in a and a == a.strip())
_KEPT = st.lists(_ADDRESSES.filter(lambda a: not why_left_out(a)), max_size=3, unique=True).map(tuple)
_DATES = st.none() | st.dates(date(1990, 1, 1), date(2099, 12, 31))


def _with_verdict(fields: dict[str, Any]) -> FactCheckRecord:
    words = fields["verdict_words"]
    return FactCheckRecord(**(fields | {"verdict": verdict_of(words)}))


# Every record that reading can give: plain texts within the limits, a verdict that follows from the words.
fact_check_records: st.SearchStrategy[FactCheckRecord] = st.fixed_dictionaries(
    {
        "url": _ADDRESSES,
        "claim": _texts(CLAIM_CHARS_MAX).filter(lambda t: any(c.isalnum() for c in t)),
        "title": _lines(TITLE_CHARS_MAX),
        "publisher": _lines(PUBLISHER_CHARS_MAX).filter(
            lambda t: not t.lower().startswith(("http:", "https:", "www."))
        ),
        "verdict_words": _WORDS | _lines(VERDICT_WORDS_CHARS_MAX).filter(lambda t: any(c.isalpha() for c in t)),
        "explanation": _texts(EXPLANATION_CHARS_MAX),
        "language": st.sampled_from(["", "vi", "en", "pt", "fil"]),
        "date_published": _DATES,
        "date_modified": _DATES,
        "date_deleted": _DATES,
        "appearances": _KEPT,
        "citations": _KEPT,
        "licence": _lines(LICENCE_CHARS_MAX) | st.just("https://creativecommons.org/licenses/by/4.0/"),
    }
).map(_with_verdict)
