"""JSON as it is found: read without exceptions that a file's author could choose, and without silent choices.

Control characters inside strings are let through (many pages have them); NaN, infinities and endless numbers are read
as nothing; an object in which a name stands twice with different values is marked, so that nobody picks one unseen.
Names of schema.org lose their prefix on the way in: `schema:url` and `http://schema.org/url` are read as `url`.
"""

import json
import math
import re

# Scripts in pages wrap JSON in what old browsers or XML needed: `<!-- … -->`, `//<![CDATA[ … //]]>`, a last `;`.
_WRAPPING = re.compile(r"\s*(?://\s*|/\*\s*)?(?:<!--|<!\[CDATA\[)\s*(?:\*/)?")
_WRAPPED_END = re.compile(r"(?:(?://|/\*)?\s*(?:-->|\]\]>)\s*(?:\*/)?|;)\s*\Z")
_PREFIX = re.compile(r"^(?:schema:|https?://schema\.org/)")
# No number in a ClaimReview needs more; Python's own limit would stop the whole document with an exception.
_DIGITS_MAX = 30


class NotJson(ValueError):
    """The text is no JSON: `reason` says what is wrong, `line` where, counted from 1 within the text."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class Ambiguous(dict[str, object]):
    """An object whose file gives some names twice with different values; `repeated` are these names."""

    repeated: frozenset[str]


def parse(text: str) -> object:
    """The JSON value of `text`.

    raises  NotJson
    """
    try:
        return _DECODER.decode(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise NotJson(f"isn't JSON: {error.msg.lower()} at character {error.colno}", error.lineno) from None
    except RecursionError:
        raise NotJson("nests deeper than any record does", 1) from None


def parse_at(text: str, position: int) -> tuple[object, int]:
    """The JSON value that begins at `position`, and the position behind it.

    raises  NotJson also where the text ends before the value does
    """
    try:
        return _DECODER.raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise NotJson(f"isn't JSON: {error.msg.lower()}", error.lineno) from None
    except RecursionError:
        raise NotJson("nests deeper than any record does", 1) from None


def parse_script(text: str) -> object:
    """The JSON value of a script element's text, without the wrappings that old pages put around it.

    raises  NotJson
    """
    wrapping = _WRAPPING.match(text)
    body = text[wrapping.end() :] if wrapping else text
    tail = _WRAPPED_END.search(body, max(0, len(body) - 60))
    return parse(body[: tail.start()] if tail else body)


def bare_name(name: str) -> str:
    """`name` without the prefix that makes it a name of schema.org."""
    return _PREFIX.sub("", name, count=1) if ":" in name else name


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    pairs = [(bare_name(name), value) for name, value in pairs]
    read = dict(pairs)
    if len(read) == len(pairs):
        return read
    marked = Ambiguous(read)
    marked.repeated = frozenset(name for name, value in pairs if value != read[name])
    return marked if marked.repeated else read


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS_MAX else None


def _fraction(digits: str) -> float | None:
    number = float(digits) if len(digits) <= _DIGITS_MAX else math.inf
    return number if math.isfinite(number) else None


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_fraction,
    parse_constant=lambda _name: None,
    strict=False,
)
