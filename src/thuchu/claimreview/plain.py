"""Plain text from what publishers put into text fields: tags, entities, invisible characters, placeholders.

`plain_text` of a plain text is itself, so a text that was read once is read the same for ever.
"""

import html
import re
from html.entities import html5

from thuchu.claimreview.limits import MARKUP_CHARS_MAX, UNESCAPE_PASSES_MAX
from thuchu.text.forms import normalise

# Only names of HTML elements count as tags: "x <y and z> w" in a claim stays as it is.
_BLOCKS = "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul"  # noqa: E501
_INLINE = "a abbr acronym audio b big button cite code data del dfn em font i iframe img input ins kbd label mark object param picture q s samp small source span strike strong sub sup svg time tt u var video wbr"  # noqa: E501
_TAG = re.compile(rf"</?({'|'.join([*_BLOCKS.split(), *_INLINE.split()])})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_LINE_BREAKING = frozenset(_BLOCKS.split())
# What stands between these is not text for people.
_SILENT_OPENING = re.compile(r"<!--|<(script|style|noscript|template)(?=[\s/>])", re.IGNORECASE)
# With a semicolon only: "Q&A", "&copy=1" and "&notes" are ordinary text.
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# "&amp;amp;amp;" is one ampersand escaped again and again; taken together, so that the passes stay few.
_AMPERSANDS = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")
# What scrapers and databases write where nothing was.
_PLACEHOLDERS = frozenset({"empty", "null", "none", "nan", "undefined", "n/a", "#n/a"})
# How far back a cut looks for the end of a word.
_WORD_CHARS = 40
# Non-ASCII runs, each tried as UTF-8 that somebody read as Windows-1252.
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# How such a letter begins: a first byte of two to four, and a following byte as Windows-1252 shows it.
_GARBLED_PAIR = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


class TooManyEscapes(ValueError):
    """The text is escaped over and over: nobody can tell what it says."""


def plain_text(text: str) -> str:
    """`text` without markup, entities and unseen characters, in NFC; paragraphs are kept apart by one empty line.

    Idempotent.  What stands behind MARKUP_CHARS_MAX characters is not read.
    raises  TooManyEscapes after UNESCAPE_PASSES_MAX passes that still find markup
    """
    text = text[:MARKUP_CHARS_MAX]
    if "<" not in text and "&" not in text:
        return _without_placeholder(_paragraphs(text))
    for _ in range(UNESCAPE_PASSES_MAX):
        cleaned = _one_pass(text)
        if cleaned == text:
            return _without_placeholder(text)
        text = cleaned
    raise TooManyEscapes


def plain_line(text: str) -> str:
    """`plain_text` in one line."""
    return " ".join(plain_text(text).split())


def cut(text: str, chars_max: int) -> str:
    """`text`, or its beginning up to a word's end and "…", at most `chars_max` characters.  Idempotent."""
    if len(text) <= chars_max:
        return text
    head = text[: chars_max - 1]
    # Within reach only: some languages write hardly any blanks.
    blank = max(head.rfind(" ", len(head) - _WORD_CHARS), head.rfind("\n", len(head) - _WORD_CHARS))
    return head[: blank if blank > 0 else None].rstrip() + "…"


def is_garbled(text: str) -> bool:
    """Whether `text` is UTF-8 that was read as Windows-1252 and saved again: "Tiáº¿ng Viá»‡t" for "Tiếng Việt".

    At least two runs of foreign letters must turn into letters, and they must be the most of all such runs.
    """
    if not _GARBLED_PAIR.search(text):
        return False
    runs = _FOREIGN.findall(text)
    turned = sum(1 for run in runs if _reads_as_utf8(run))
    return turned >= 2 and turned * 2 > len(runs)


def _reads_as_utf8(run: str) -> bool:
    try:
        mended = b"".join(map(_windows_byte, run)).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return False
    return any(c.isalpha() for c in mended)


def _windows_byte(char: str) -> bytes:
    # Windows-1252 leaves five bytes undefined; programs pass them on as Latin-1.
    return char.encode("latin-1") if ord(char) < 256 else char.encode("cp1252")


def _one_pass(text: str) -> str:
    text = _TAG.sub(_gap, _without_silent_parts(text))
    text = _ENTITY.sub(_character, _AMPERSANDS.sub("&", text))
    return _paragraphs(text)


def _paragraphs(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", "\n".join(line.strip() for line in normalise(text).split("\n"))).strip()


def _without_placeholder(text: str) -> str:
    return "" if text.casefold() in _PLACEHOLDERS else text


def _character(entity: re.Match[str]) -> str:
    # Only whole names: `html.unescape` would read "&notes;" as "¬es;".
    name = entity[0][1:]
    return html.unescape(entity[0]) if name.startswith("#") or name in html5 else entity[0]


def _gap(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() in _LINE_BREAKING else ""


def _without_silent_parts(text: str) -> str:
    """`text` without comments, scripts and styles, in one walk; what is never closed goes to the end."""
    kept: list[str] = []
    position = 0
    while opening := _SILENT_OPENING.search(text, position):
        kept.append(text[position : opening.start()])
        closing = re.compile(f"</{opening[1]}[^<>]*>", re.IGNORECASE) if opening[1] else re.compile("-->")
        end = closing.search(text, opening.end())
        position = end.end() if end else len(text)
    kept.append(text[position:])
    return "".join(kept)
