"""Records as files that others read: ClaimReview objects, JSON lines, a DataFeed, CSV.  Reading them gives them back.

Who made a claim can't be written: no field holds it.
"""

import codecs
import csv
import json
from collections.abc import Iterable
from typing import BinaryIO

from thuchu.claimreview.fields import FactCheckRecord, Verdict
from thuchu.claimreview.tables import COLUMNS, guarded

# One direction only, for readers that sort by number; "unproven" and "outdated" have no place between true and false.
RATING_VALUES: dict[Verdict, int] = {Verdict.FALSE: 1, Verdict.MISLEADING: 2, Verdict.TRUE: 5}
_RATING_WORST, _RATING_BEST = 1, 5


def to_jsonld(record: FactCheckRecord) -> dict[str, object]:
    """The record as a schema.org ClaimReview; empty fields are left out.

    `date_deleted` is not in it: in that vocabulary it belongs to a feed's element (see `to_feed_element`).
    """
    rating = _rating(record)
    item: dict[str, object] = {"@type": "Claim"}
    if record.appearances:
        item["appearance"] = list(record.appearances)
    written: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": record.url,
        "claimReviewed": record.claim,
        "name": record.title,
        "author": {"@type": "Organization", "name": record.publisher} if record.publisher else None,
        "reviewRating": rating,
        "itemReviewed": item,
        "reviewBody": record.explanation,
        "inLanguage": record.language,
        "datePublished": record.date_published.isoformat() if record.date_published else None,
        "dateModified": record.date_modified.isoformat() if record.date_modified else None,
        "citation": list(record.citations),
        "sdLicense": record.licence,
    }
    return {name: value for name, value in written.items() if value}


def _rating(record: FactCheckRecord) -> dict[str, object] | None:
    if not record.verdict_words:
        return None
    rating: dict[str, object] = {"@type": "Rating", "alternateName": record.verdict_words}
    if record.verdict in RATING_VALUES:
        rating |= {
            "ratingValue": RATING_VALUES[record.verdict],
            "bestRating": _RATING_BEST,
            "worstRating": _RATING_WORST,
        }
    return rating


def to_feed_element(record: FactCheckRecord) -> dict[str, object]:
    """The record as an element of a DataFeed, which is where a withdrawal is written."""
    element: dict[str, object] = {"@type": "DataFeedItem", "url": record.url, "item": [to_jsonld(record)]}
    if record.date_deleted:
        element["dateDeleted"] = record.date_deleted.isoformat()
    return element


def script_text(record: FactCheckRecord) -> str:
    """The record's JSON-LD for a script element of a page: nothing in it can close the element or open another."""
    text = json.dumps(to_jsonld(record), ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def write_jsonl(records: Iterable[FactCheckRecord], out: BinaryIO) -> int:
    """One object a line in UTF-8: a ClaimReview, or for a withdrawn record a DataFeedItem.  Returns how many."""
    written = 0
    for record in records:
        line = to_feed_element(record) if record.date_deleted else to_jsonld(record)
        out.write(_json_bytes(line) + b"\n")
        written += 1
    return written


def write_feed(records: Iterable[FactCheckRecord], out: BinaryIO, *, name: str = "", url: str = "") -> int:
    """A schema.org DataFeed in UTF-8, element by element, in constant memory.  Returns how many.

    name, url  of the desk that gives the feed
    """
    about = {"@context": "https://schema.org", "@type": "DataFeed", "name": name, "url": url}
    opening = _json_bytes({key: value for key, value in about.items() if value})
    out.write(opening[:-1] + b',"dataFeedElement":[')
    written = 0
    for record in records:
        out.write((b",\n" if written else b"\n") + _json_bytes(to_feed_element(record)))
        written += 1
    out.write(b"\n]}\n")
    return written


def write_csv(records: Iterable[FactCheckRecord], out: BinaryIO) -> int:
    """A table as RFC 4180 has it, in UTF-8 with a byte-order mark, so that spreadsheets show Vietnamese as it is.

    No cell is a formula to a spreadsheet: `tables.guarded` says how.  Returns how many records.
    """
    text = codecs.getwriter("utf-8")(out)
    text.write("\ufeff")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    written = 0
    for record in records:
        table.writerow([guarded(cell) for cell in _cells(record)])
        written += 1
    return written


def _cells(record: FactCheckRecord) -> list[str]:
    dates = (record.date_published, record.date_modified, record.date_deleted)
    return [
        record.url,
        record.claim,
        record.title,
        record.publisher,
        record.verdict_words,
        record.explanation,
        record.language,
        *(day.isoformat() if day else "" for day in dates),
        " ".join(record.appearances),
        " ".join(record.citations),
        record.licence,
    ]


def _json_bytes(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
