"""The child process that reads one foreign file and may do nothing else: `python -m thuchu.desk.evidence.reader TYPE`.

The bytes come by standard input, the answer goes as JSON to standard output.  Before the first foreign byte is looked
at, the process gives up memory, time, files and new descriptors for good; whatever a file makes of the parsers after
that has nothing to open, and no address to send to.  Started by `reading`, which believes nothing that comes back.
Refuses: scripts, styles and pictures inside pages, links of any kind, more than the first of an animation.
"""

import base64
import codecs
import io
import json
import re
import resource
import sys
import unicodedata
import warnings
from collections.abc import Callable
from typing import Any

import pypdfium2
from PIL import Image, ImageOps
from selectolax.lexbor import LexborHTMLParser, LexborNode

# The largest picture takes 160 MB unpacked and as much again while it is turned.
MEMORY_BYTES_MAX = 768 * 1024 * 1024
# 500 pages of print in a PDF take one second, the largest picture three.
CPU_SECONDS_MAX = 10
# A novel. What stands behind it is not quoted.
TEXT_CHARS_MAX = 1_000_000
TITLE_CHARS_MAX = 300
PAGES_MAX = 500
# A photo of a modern telephone has 12 to 50 million points; more is a map, or a bomb.
PICTURE_PIXELS_MAX = 50_000_000
# Enough to read a photographed page of print.
PICTURE_SIDE_MAX = 2_400
PICTURE_QUALITY = 88
PICTURE_FORMS = ("JPEG", "PNG", "WEBP")

# Exit codes that `reading` knows; any other one means that the process came to its limits or fell over.
EXIT_NOT_READABLE = 3
EXIT_PICTURE_TOO_LARGE = 4

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


class NotReadable(Exception):
    """The bytes are not what their type says."""


class PictureTooLarge(Exception):
    """More than PICTURE_PIXELS_MAX points."""


def give_up_everything() -> None:
    """No more memory, time, files or descriptors than a parser needs; there is no way back."""
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES_MAX,
        resource.RLIMIT_CPU: CPU_SECONDS_MAX,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        # What is open stays open; nothing can be opened any more, no file and no socket.
        resource.RLIMIT_NOFILE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def warm_up() -> None:
    """Opens what the parsers open at their first use, while opening is still possible."""
    for charset in _CHARSETS:
        codecs.lookup(charset)
    LexborHTMLParser("<p>a</p>").css(_BLOCKS)
    for form in PICTURE_FORMS:
        kept = io.BytesIO()
        Image.new("RGB", (1, 1)).save(kept, form)
        Image.open(kept, formats=PICTURE_FORMS).load()
    _look_at_a_pdf()
    unicodedata.normalize("NFC", "ế")


def _look_at_a_pdf() -> None:
    # pdfium looks for the machine's fonts when it opens its first page.
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100).get_textpage().get_text_range()
    document.close()


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


def read_pdf(body: bytes, _charset: str) -> dict[str, Any]:
    """Title and text of a PDF; no text where its pages are pictures."""
    try:
        document = pypdfium2.PdfDocument(body)
        pages = [_pdf_page(document, number) for number in range(min(len(document), PAGES_MAX))]
        title = document.get_metadata_dict().get("Title", "")
    except pypdfium2.PdfiumError:
        raise NotReadable from None
    text = "\n".join(pages)
    return {"title": title.strip() or text.strip().partition("\n")[0], "text": text.strip()}


def _pdf_page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    lines = page.get_textpage().get_text_range().replace("\ufffe", "").splitlines()
    page.close()
    return "\n".join(line.rstrip() for line in lines)


def read_picture(body: bytes, _charset: str) -> dict[str, Any]:
    """The picture made anew: upright, at most PICTURE_SIDE_MAX a side, without what its camera wrote into it."""
    Image.MAX_IMAGE_PIXELS = PICTURE_PIXELS_MAX
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        picture = Image.open(io.BytesIO(body), formats=PICTURE_FORMS)
        picture.draft("RGB", (PICTURE_SIDE_MAX, PICTURE_SIDE_MAX))
        picture.thumbnail((PICTURE_SIDE_MAX, PICTURE_SIDE_MAX))
        upright = _flat(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge from None
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, OverflowError):
        raise NotReadable from None
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=PICTURE_QUALITY)
    encoded = base64.b64encode(kept.getvalue()).decode("ascii")
    return {"title": "", "text": "", "picture": encoded, "width": upright.width, "height": upright.height}


def _flat(picture: Image.Image) -> Image.Image:
    """The points alone, on white: a new picture, so that nothing of the old one's notes comes along."""
    with_alpha = picture.convert("RGBA")
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return flat


READERS: dict[str, Callable[[bytes, str], dict[str, Any]]] = {
    "text/html": read_page,
    "application/xhtml+xml": read_page,
    "text/plain": read_plain,
    "application/pdf": read_pdf,
    "image/jpeg": read_picture,
    "image/png": read_picture,
    "image/webp": read_picture,
}


def _kept(text: str, most: int) -> str:
    """In NFC, without what can't be stored or written as UTF-8."""
    plain = unicodedata.normalize("NFC", text[: 2 * most]).replace("\0", "")
    return plain.encode("utf-8", "replace").decode("utf-8")[:most]


def main() -> int:
    """Reads standard input as the type in the first argument, with the charset in the second."""
    content_type, charset = sys.argv[1], sys.argv[2]
    warm_up()
    give_up_everything()
    try:
        read = READERS[content_type](sys.stdin.buffer.read(), charset)
    except NotReadable:
        return EXIT_NOT_READABLE
    except PictureTooLarge:
        return EXIT_PICTURE_TOO_LARGE
    whole_text = read["text"]
    read["title"] = _kept(" ".join(read["title"].split()), TITLE_CHARS_MAX)
    read["text"] = _kept(whole_text, TEXT_CHARS_MAX)
    read["is_cut"] = len(whole_text) > TEXT_CHARS_MAX
    sys.stdout.buffer.write(json.dumps(read).encode("ascii"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
