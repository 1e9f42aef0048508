"""A feed as Atom 1.0 (RFC 4287) and as JSON Feed 1.1: the same entries, well-formed whatever text stands in them."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from thuchu.log.chain import Head

ATOM = "http://www.w3.org/2005/Atom"
# Names what only this desk says; an address of nobody's, and it leads nowhere.
OURS = "urn:thuchu:feed:1"
ATOM_TYPE, JSON_TYPE = "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"
# What XML 1.0 has no way to write, not even as a reference; half a pair of surrogates is no character at all.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact-check's news.  `address` is its permanent page and its name; `elsewhere` where it was published first.

    language  of `text`, where somebody else wrote it: the title begins with our own words, in the feed's
    state     current · disputed · no_longer_agreed · withdrawn
    verdict   "" where none is told
    """

    address: str
    title: str
    text: str
    language: str
    published: datetime
    updated: datetime
    author: str
    elsewhere: str
    verdict: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed.  `address` is its name, `atom` and `json` where its two forms are."""

    title: str
    subtitle: str
    language: str
    desk: str
    home: str
    icon: str
    atom: str
    json: str
    updated: datetime
    version: str
    head: Head
    entries: Sequence[Entry]


def atom(feed: Feed) -> bytes:
    """As Atom; the ledger's head stands in `ledger`, and the state of each entry in `state`, both in OURS."""
    root = ET.Element("feed", {"xmlns": ATOM, "xmlns:thuchu": OURS, "xml:lang": _text(feed.language)})
    _add(root, "id", feed.atom)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", _moment(feed.updated))
    _add(root, "link", "", rel="self", type="application/atom+xml", href=feed.atom)
    _add(root, "link", "", rel="alternate", type="text/html", href=feed.home)
    _add(root, "icon", feed.icon)
    _add(root, "generator", "thuchu", version=feed.version)
    _add(ET.SubElement(root, "author"), "name", feed.desk)
    _add(root, "thuchu:ledger", "", seq=str(feed.head.seq), hash=feed.head.hash.hex())
    for entry in feed.entries:
        _atom_entry(root, entry)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def json_feed(feed: Feed) -> bytes:
    """As JSON Feed; what only this desk says stands under `_thuchu`."""
    written = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        "icon": feed.icon,
        "language": feed.language,
        "authors": [{"name": feed.desk}],
        "_thuchu": {"about": OURS, "ledger": {"seq": feed.head.seq, "hash": feed.head.hash.hex()}},
        "items": [_json_entry(entry) for entry in feed.entries],
    }
    # Escapes: every character has one, so that any text is written.
    return json.dumps(written, ensure_ascii=True, indent=1).encode()


def _atom_entry(root: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(root, "entry")
    _add(element, "id", entry.address)
    _add(element, "title", entry.title)
    _add(element, "published", _moment(entry.published))
    _add(element, "updated", _moment(entry.updated))
    _add(element, "link", "", rel="alternate", type="text/html", href=entry.address)
    if entry.elsewhere:
        _add(element, "link", "", rel="via", href=entry.elsewhere)
    _add(ET.SubElement(element, "author"), "name", entry.author)
    _add(element, "summary", entry.text, **({"xml:lang": entry.language} if entry.language else {}))
    _add(element, "thuchu:state", entry.state, **({"verdict": entry.verdict} if entry.verdict else {}))


def _json_entry(entry: Entry) -> dict[str, object]:
    written: dict[str, object] = {
        "id": entry.address,
        "url": entry.address,
        "title": entry.title,
        "content_text": entry.text or entry.title,
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "authors": [{"name": entry.author}],
        "_thuchu": {"state": entry.state, "verdict": entry.verdict or None},
    }
    if entry.language:
        written["language"] = entry.language
    if entry.elsewhere:
        written["external_url"] = entry.elsewhere
    return written


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    element = ET.SubElement(parent, name, {key: _text(value) for key, value in attributes.items()})
    element.text = _text(text) or None


def _text(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="seconds")
