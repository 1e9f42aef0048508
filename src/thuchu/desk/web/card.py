"""A share card: one fact-check as a picture of 1200 by 630, for previews of its address.

The verdict stands first, in a word and a shape; the claim never stands alone.  The same card is the same bytes.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
# Raised when a card is drawn otherwise, so that nobody keeps an old one.
DRAWING = 1
_FONTS = Path(__file__).parent / "card_fonts"
# What look.css says of light pages.
_PAPER, _INK, _SOFT, _LINE = "#faf8f3", "#1c1d1f", "#5d5f63", "#e3ded2"
_COLOURS = {
    "false": "#a5231c",
    "misleading": "#8a5200",
    "outdated": "#55585e",
    "unproven": "#4a4b9c",
    "true": "#17663a",
}
_MARGIN, _BAND = 72, 24
# The largest letters whose lines fit are taken; a claim of more lines than the smallest allow is cut.
_CLAIM_SIZES = (60, 52, 46, 40)
_CLAIM_HEIGHT = 300
# Two marks above a capital and one below need more than the usual line.
_LINE_HEIGHT = 1.5
# The letters that these fonts have, without marks that stand for themselves; others (emoji, Chinese) are left out.
_UNDRAWN = re.compile(
    "[^\u0020-\u007e\u00a0-\u00ff\u0102\u0103\u0110\u0111\u0128\u0129\u0131\u0152\u0153\u0168\u0169\u01a0\u01a1\u01af"
    "\u01b0\u1ea0-\u1ef9\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2039\u203a\u20ab\u20ac\u2122\u2212]"
)
# Shapes are drawn so many times as large and made smaller: their edges are smooth.
_FINER = 4
_SHAPE_PX = 76
# Pictures that are kept: a few megabytes; what is passed on a lot is asked for a lot.
_KEPT = 64

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on one.

    shape  a verdict's name; "wait" for what is no longer agreed, disputed or withdrawn; "" for a publisher's own words
    word   what stands before the claim
    by     who says so
    """

    shape: str
    word: str
    claim: str
    by: str
    desk: str
    address: str


@lru_cache(maxsize=_KEPT)
def draw(card: Card) -> bytes:
    """The card as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(picture)
    colour = _COLOURS.get(card.shape, _SOFT)
    pen.rectangle((0, 0, _BAND, HEIGHT), fill=colour)
    picture.paste(colour, (_MARGIN, 58), _shape(card.shape))
    _write(
        pen, (_MARGIN + _SHAPE_PX + 24, 52), _fitted(card.word, 64, 600, WIDTH - 2 * _MARGIN - _SHAPE_PX - 24), colour
    )
    lines, font = _claim(card.claim)
    for number, line in enumerate(lines):
        _write(pen, (_MARGIN, 160 + number * font.size * _LINE_HEIGHT), (line, font), _INK)
    _write(pen, (_MARGIN, 482), _fitted(card.by, 30, 400, WIDTH - 2 * _MARGIN), _SOFT)
    pen.line((_MARGIN, 540, WIDTH - _MARGIN, 540), fill=_LINE, width=2)
    desk = _fitted(card.desk, 30, 600, 380)
    _write(pen, (_MARGIN, 556), desk, _INK)
    address = _fitted(card.address, 30, 400, WIDTH - 2 * _MARGIN - desk[1].getlength(desk[0]) - 40)
    _write(pen, (WIDTH - _MARGIN - address[1].getlength(address[0]), 556), address, _SOFT)
    written = BytesIO()
    picture.save(written, "PNG", optimize=False)
    return written.getvalue()


def drawn(text: str) -> str:
    """`text` on one line in the letters that there are."""
    return " ".join(_UNDRAWN.sub(" ", unicodedata.normalize("NFC", text).replace("\u2010", "-")).split())


def _claim(claim: str) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The claim's lines between quotation marks, in the largest letters that take all of it."""
    text = drawn(claim)
    if not text:
        return [], _font(_CLAIM_SIZES[-1], 600)
    for size in _CLAIM_SIZES:
        font = _font(size, 600)
        lines, most = _lines(f"“{text}”", font), int(_CLAIM_HEIGHT / (size * _LINE_HEIGHT))
        if len(lines) <= most:
            return lines, font
    kept = lines[:most]
    while font.getlength(f"{kept[-1]}…”") > WIDTH - 2 * _MARGIN:
        kept[-1] = kept[-1].rpartition(" ")[0] or kept[-1][:-1]
    kept[-1] = kept[-1].rstrip(" ,;:–-”") + "…”"
    return kept, font


def _lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines += _pieces(word, font)
    return [line for line in lines if line]


def _pieces(word: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """A word, an address mostly, in pieces that fit on a line."""
    pieces = [""]
    for letter in word:
        if font.getlength(pieces[-1] + letter) > WIDTH - 2 * _MARGIN:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _fitted(text: str, size: int, weight: int, width: float) -> tuple[str, ImageFont.FreeTypeFont]:
    """`text` on one line that is not wider, cut where it is longer."""
    font, text = _font(size, weight), drawn(text)
    if font.getlength(text) <= width:
        return text, font
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return text.rstrip() + "…", font


def _write(pen: ImageDraw.ImageDraw, place: _Point, written: tuple[str, ImageFont.FreeTypeFont], colour: str) -> None:
    pen.text(place, written[0], font=written[1], fill=colour)


@lru_cache(maxsize=16)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    # Basic: the same places of letters whether or not a shaping library is on the machine.
    return ImageFont.truetype(_FONTS / f"be-vietnam-pro-{weight}.ttf", size, layout_engine=ImageFont.Layout.BASIC)


def _shape(code: str) -> Image.Image:
    """The drawing that goes with a verdict, as `parts/shape.html` has it on 24 by 24; where it is 255 there is ink."""
    mask = Image.new("L", (_SHAPE_PX * _FINER, _SHAPE_PX * _FINER), 0)
    pen = ImageDraw.Draw(mask)
    scale = _SHAPE_PX * _FINER / 24

    def at(*points: _Point) -> list[_Point]:
        return [(x * scale, y * scale) for x, y in points]

    def strokes(ink: int, width: float, *lines: Sequence[_Point]) -> None:
        radius = width * scale / 2
        for line in lines:
            pen.line(at(*line), fill=ink, width=round(width * scale), joint="curve")
            for x, y in at(*line):
                pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)

    if code == "false":
        pen.ellipse(at((1, 1), (23, 23)), fill=255)
        strokes(0, 3, [(8, 8), (16, 16)], [(16, 8), (8, 16)])
    elif code == "true":
        pen.ellipse(at((1, 1), (23, 23)), fill=255)
        strokes(0, 3, [(7, 12.5), (10.5, 16), (17, 9)])
    elif code == "misleading":
        pen.polygon(at((12, 1.5), (23.5, 22), (0.5, 22)), fill=255)
        strokes(0, 3, [(12, 9), (12, 14.5)], [(12, 18.4), (12, 18.6)])
    elif code == "outdated":
        pen.rounded_rectangle(at((1, 3), (23, 23)), radius=4 * scale, fill=255)
        strokes(255, 3, [(7, 1.5), (7, 6)], [(17, 1.5), (17, 6)])
        strokes(0, 3, [(12, 9), (12, 14), (15.5, 16.5)])
    elif code == "unproven":
        pen.polygon(at((12, 0.5), (23.5, 12), (12, 23.5), (0.5, 12)), fill=255)
        strokes(0, 3, [(7, 12), (7, 12)], [(12, 12), (12, 12)], [(17, 12), (17, 12)])
    elif code == "wait":
        pen.ellipse(at((1, 1), (23, 23)), fill=255)
        pen.ellipse(at((3.5, 3.5), (20.5, 20.5)), fill=0)
        strokes(255, 2.5, [(12, 6.5), (12, 12), (15.5, 14.5)])
    else:
        strokes(255, 2.5, [(2, 3), (22, 3), (22, 17), (11, 17), (6, 22), (6, 17), (2, 17), (2, 3)])
    return mask.resize((_SHAPE_PX, _SHAPE_PX), Image.Resampling.LANCZOS)
