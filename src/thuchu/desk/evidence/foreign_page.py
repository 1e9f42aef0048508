"""Reads web pages and text files, in the child process of `reader`: title and text, a line a block.

Refuses: scripts, styles and pictures inside pages, links of any kind, navigation and the rest of a page's furniture.
"""

import codecs
import re
import sys
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from thuchu.desk.evidence.reader import answer

# What is on nearly every page and is no part of what it says.
_FURNITURE = (
    "script,style,noscript,template,svg,math,iframe,object,embed,canvas,audio,video,form,button,select,dialog,"
    "nav,footer,aside,[hidden],[aria-hidden=true],[role=navigation],[role=banner],[role=contentinfo],[role=search]"
)
_BLOCKS = (
    "address,article,blockquote,br,dd,details,div,dl,dt,fieldset,figcaption,figure,h1,h2,h3,h4,h5,h6,header,hr,li,"
    "main,ol,p,pre,section,summary,table,tbody,td,tfoot,th,thead,tr,ul"
)
# Stands between blocks while text is collected; taken out of the page first.
_BREAK = "\x1e"
# An article shorter than this beside a page of the rest is a teaser, not the article.
_ARTICLE_CHARS_MIN = 200
# A codec is a file that is opened at its first use; these are opened before files are given up.
_CHARSETS = (
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be windows-1258 windows-1252 iso-8859-1 windows-1251 koi8-r gb18030 big5 "
    "shift_jis euc-jp euc-kr cp874"
).split()
_HEAD_BYTES = 4096
_STATED_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-z0-9_-]{1,20})", re.IGNORECASE)


def warm_up() -> None:
    """Opens what decoding and parsing open at their first use, while opening is still possible."""
    for charset in _CHARSETS:
        codecs.lookup(charset)
    LexborHTMLParser("<p>a</p>").css(_BLOCKS)


def read_page(body: bytes, charset: str) -> dict[str, Any]:
    """Title and text of a web page, a line a block, without its furniture."""
    parser = LexborHTMLParser(decode(body, charset).replace(_BREAK, " "))
    title = _title(parser)
    for node in parser.css(_FURNITURE):
        node.decompose()
    for node in parser.css(_BLOCKS):
        node.insert_before(_BREAK)
        node.insert_after(_BREAK)
    text = _lines(_best_part(parser))
    return {"title": title or text.partition("\n")[0], "text": text}


def _title(parser: LexborHTMLParser) -> str:
    stated = parser.css_first('meta[property="og:title"]')
    node = parser.css_first("title")
    written = (stated.attributes.get("content") if stated else "") or (node.text() if node else "")
    return " ".join((written or "").split())


def _best_part(parser: LexborHTMLParser) -> str:
    """The text of the one article or main part where there is one, else of the whole page."""
    body = parser.body.text() if parser.body else ""
    for choice in ("article", "main", "[role=main]"):
        found: list[LexborNode] = parser.css(choice)
        text = found[0].text() if len(found) == 1 else ""
        if len(text) >= _ARTICLE_CHARS_MIN:
            return text
    return body


def _lines(text: str) -> str:
    """A line a block, spaces as a browser shows them."""
    lines = (" ".join(block.split()) for block in text.split(_BREAK))
    return "\n".join(line for line in lines if line)


def decode(body: bytes, charset: str) -> str:
    """The letters of a page: by its byte order mark, the site's word, the page's own word, else UTF-8."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if body.startswith(mark):
            return body.removeprefix(codecs.BOM_UTF8).decode(name, "replace")
    for name in (charset, _stated_charset(body)):
        if name:
            return body.decode(_known(name), "replace")
    return body.decode("utf-8", "replace")


def _stated_charset(body: bytes) -> str:
    stated = _STATED_CHARSET.search(body[:_HEAD_BYTES])
    return stated[1].decode("ascii") if stated else ""


def _known(name: str) -> str:
    """`name` as a codec that was opened in time; UTF-8 for any other."""
    try:
        wanted = codecs.lookup(name).name
    except (LookupError, OSError, ValueError):
        return "utf-8"
    # A page that says UTF-16 in letters of one byte is in UTF-8, as browsers have it.
    known = {codecs.lookup(charset).name for charset in _CHARSETS}
    return wanted if wanted in known and not wanted.startswith("utf-16") else "utf-8"


def read_plain(body: bytes, charset: str) -> dict[str, Any]:
    """A text file; its first line is its title."""
    text = "\n".join(line.rstrip() for line in decode(body, charset).replace("\0", "").splitlines()).strip()
    return {"title": text.partition("\n")[0], "text": text}


READERS = {"text/html": read_page, "application/xhtml+xml": read_page, "text/plain": read_plain}

if __name__ == "__main__":
    sys.exit(answer(READERS, warm_up))
