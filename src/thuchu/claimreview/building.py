"""From the words of a file to a record: the same cleaning, limits and refusals for every format."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thuchu.claimreview.addresses import why_left_out, why_unreadable
from thuchu.claimreview.dates import date_of
from thuchu.claimreview.fields import FactCheckRecord
from thuchu.claimreview.languages import language_of
from thuchu.claimreview.limits import (
    ADDRESSES_MAX,
    CLAIM_CHARS_MAX,
    EXPLANATION_CHARS_MAX,
    LICENCE_CHARS_MAX,
    PUBLISHER_CHARS_MAX,
    TITLE_CHARS_MAX,
    UNESCAPE_PASSES_MAX,
    VERDICT_WORDS_CHARS_MAX,
)
from thuchu.claimreview.outcomes import Refused
from thuchu.claimreview.plain import TooManyEscapes, cut, is_garbled, plain_text
from thuchu.claimreview.verdicts import verdict_of

_DATE_LIKE = re.compile(r"[0-9TZ/:.+ -]{1,40}")


@dataclass(slots=True, kw_only=True)
class Draft:
    """A record's fields as the file gives them, already without anybody's name; "" where there is nothing."""

    url: str = ""
    claim: str = ""
    title: str = ""
    publisher: str = ""
    verdict_words: str = ""
    explanation: str = ""
    language: str = ""
    date_published: str = ""
    date_modified: str = ""
    date_deleted: str = ""
    appearances: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    licence: str = ""


def record_of(draft: Draft) -> tuple[FactCheckRecord, list[str]]:
    """The record, and a sentence for each thing that was cut, left out or not understood.

    raises  Refused where a record would be empty, ambiguous or wrong
    """
    remarks: list[str] = []
    words = _line("verdict", draft.verdict_words)
    if not any(c.isalpha() for c in words):
        # "4", "1,5", "3/5", "80 %": a place on a scale that only its publisher knows.
        words = ""
    record = FactCheckRecord(
        url=web_address(draft.url),
        claim=_claim(draft.claim),
        title=_shortened("title", _line("title", draft.title), TITLE_CHARS_MAX, remarks),
        publisher=_publisher(draft.publisher),
        verdict_words=_shortened("verdict", words, VERDICT_WORDS_CHARS_MAX, remarks),
        verdict=verdict_of(words),
        explanation=_shortened("explanation", _text("explanation", draft.explanation), EXPLANATION_CHARS_MAX, remarks),
        language=_language(draft.language, remarks),
        date_published=_date("datePublished", draft.date_published, remarks),
        date_modified=_date("dateModified", draft.date_modified, remarks),
        date_deleted=deletion_date(draft.date_deleted) if draft.date_deleted.strip() else None,
        appearances=_kept("appearance", draft.appearances, remarks),
        citations=_kept("citation", draft.citations, remarks),
        licence=_licence(draft.licence, remarks),
    )
    return record, remarks


def web_address(url: str) -> str:
    """A record's own address, without the blanks and `&amp;` that exports leave around and in it.

    raises  Refused
    """
    address = _unescaped(url)
    if not address:
        raise Refused("url", "is empty; a fact-check is known by its address, so add it")
    problem = why_unreadable(address)
    if problem:
        raise Refused("url", f"{problem}; write the whole address of the fact-check")
    return address


def deletion_date(text: str) -> date:
    """The day of a withdrawal: unlike other dates it can't be passed over, or a withdrawn record would be answered.

    raises  Refused
    """
    day = date_of(text)
    if day is None:
        raise Refused("dateDeleted", f"{_quoted(text)} is no date we can read; write it as 2026-11-24")
    return day


def _claim(text: str) -> str:
    claim = _text("claimReviewed", text)
    if not any(c.isalnum() for c in claim):
        raise Refused("claimReviewed", "holds no words; add the claim that was checked")
    if len(claim) > CLAIM_CHARS_MAX:
        raise Refused(
            "claimReviewed",
            f"has {len(claim):,} characters, at most {CLAIM_CHARS_MAX:,} are read; put the claim alone there",
        )
    return claim


def _publisher(text: str) -> str:
    name = _line("publisher", text)
    # What stands in a name's place in many exports is the site's address.
    if name.lower().startswith(("http:", "https:", "www.")):
        return ""
    if len(name) > PUBLISHER_CHARS_MAX:
        raise Refused("publisher", f"is longer than {PUBLISHER_CHARS_MAX} characters; write the name alone")
    return name


def _text(field: str, text: str) -> str:
    try:
        plain = plain_text(text)
    except TooManyEscapes:
        raise Refused(
            field, f"is escaped as HTML more than {UNESCAPE_PASSES_MAX} times over; write plain text"
        ) from None
    if is_garbled(plain):
        raise Refused(
            field, "is UTF-8 that was read as Windows-1252 (“Tiáº¿ng” for “Tiếng”); export it once more as UTF-8"
        )
    return plain


def _line(field: str, text: str) -> str:
    return " ".join(_text(field, text).split())


def _shortened(field: str, text: str, chars_max: int, remarks: list[str]) -> str:
    if len(text) > chars_max:
        remarks.append(f"{field}: cut from {len(text):,} to {chars_max:,} characters")
    return cut(text, chars_max)


def _language(text: str, remarks: list[str]) -> str:
    language = language_of(text)
    if text.strip() and not language:
        remarks.append("inLanguage: left out, not a language tag such as vi or en-GB")
    return language


def _date(field: str, text: str, remarks: list[str]) -> date | None:
    day = date_of(text)
    if day is None and text.strip():
        remarks.append(f"{field}: left out, {_quoted(text)} is no date between 1990 and 2099 that we can read")
    return day


def _kept(field: str, addresses: Iterable[str], remarks: list[str]) -> tuple[str, ...]:
    kept: dict[str, None] = {}
    unreadable = personal = 0
    for given in addresses:
        address = _unescaped(given)
        if why_unreadable(address):
            unreadable += 1
        elif why_left_out(address):
            personal += 1
        else:
            kept[address] = None
    if unreadable:
        remarks.append(f"{field}: {unreadable} left out, no http or https address")
    if personal:
        remarks.append(f"{field}: {personal} left out, may lead to what a person posted")
    if len(kept) > ADDRESSES_MAX:
        remarks.append(f"{field}: the first {ADDRESSES_MAX} of {len(kept)} addresses kept")
    return tuple(kept)[:ADDRESSES_MAX]


def _licence(text: str, remarks: list[str]) -> str:
    address = _unescaped(text)
    licence = address if not why_unreadable(address) else _line("sdLicense", text)
    if len(licence) > LICENCE_CHARS_MAX:
        remarks.append(f"sdLicense: left out, longer than {LICENCE_CHARS_MAX} characters; give its name or address")
        return ""
    return licence


def _unescaped(address: str) -> str:
    return re.sub("&(?:amp;)+", "&", address).strip()


def _quoted(text: str) -> str:
    # Only what can be nothing but a date: anything else may be somebody's name in the wrong column.
    return f"“{text.strip()}”" if _DATE_LIKE.fullmatch(text.strip()) else "what stands there"
