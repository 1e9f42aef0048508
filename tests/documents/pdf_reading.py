"""What a PDF says of itself to a program that reads it aloud, and how its letters look."""

import ctypes
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from pypdfium2 import raw

from thuchu.documents.letters import FOLDER

# Letters are compared as pictures of this many points a side, whatever their size was.
SIDE = 64


@dataclass
class Tag:
    kind: str
    alt: str
    language: str
    attributes: dict[str, str]
    children: list["Tag"] = field(default_factory=list)

    def every(self, kind):
        """Tags of a kind, in reading order."""
        own = [self] if self.kind == kind else []
        return own + [one for child in self.children for one in child.every(kind)]


def opened(body):
    return pypdfium2.PdfDocument(body)


def text_of(body):
    """All words; a dash at a line's end, which pdfium takes for a hyphen of its own, is a dash again."""
    return "\n".join(page.get_textpage().get_text_range() for page in opened(body)).replace("\ufffe", "-")


def _string(call, *arguments):
    length = call(*arguments, None, 0)
    buffer = ctypes.create_string_buffer(length)
    call(*arguments, ctypes.cast(buffer, call.argtypes[len(arguments)]), length)
    return buffer.raw[:length].decode("utf-16-le").rstrip("\0")


def language(body):
    document = opened(body)
    return _string(raw.FPDFCatalog_GetLanguage, document.raw)


def is_tagged(body):
    document = opened(body)
    return bool(raw.FPDFCatalog_IsTagged(document.raw))


def tags(body):
    """All tags of all pages under one root; a tag that goes over pages comes once a page."""
    root = Tag("root", "", "", {})
    document = opened(body)
    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        root.children += [
            _tag(raw.FPDF_StructTree_GetChildAtIndex(tree, place))
            for place in range(raw.FPDF_StructTree_CountChildren(tree))
        ]
        raw.FPDF_StructTree_Close(tree)
    return root


def _tag(element):
    tag = Tag(
        _string(raw.FPDF_StructElement_GetRawType, element),
        _string(raw.FPDF_StructElement_GetAltText, element),
        _string(raw.FPDF_StructElement_GetLang, element),
        {"Scope": _string(raw.FPDF_StructElement_GetStringAttribute, element, b"Scope")},
    )
    for place in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
        if child:
            tag.children.append(_tag(child))
    return tag


def fonts(body):
    """Name of each font that letters are drawn with, and whether it stands in the file."""
    found = {}
    for page in opened(body):
        for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=10):
            font = raw.FPDFTextObj_GetFont(piece.raw)
            length = raw.FPDFFont_GetBaseFontName(font, None, 0)
            name = ctypes.create_string_buffer(length)
            raw.FPDFFont_GetBaseFontName(font, name, length)
            found[name.value.decode()] = raw.FPDFFont_GetIsEmbedded(font) == 1
    return found


def drawn_letters(body, wanted, *, after):
    """Each wanted letter of page 1 as a small picture of its ink; where it first stands after these words."""
    page = opened(body)[0]
    width, height = page.get_size()
    text = page.get_textpage()
    words = text.get_text_range()
    start = words.index(after) + len(after)
    found = {}
    for letter in wanted:
        left, bottom, right, top = text.get_charbox(words.index(letter, start))
        # Half a point around it; what is cut off is counted from each edge.
        around = (left - 0.5, bottom - 0.5, width - right - 0.5, height - top - 0.5)
        found[letter] = _ink(page.render(scale=20, crop=around).to_pil().convert("L"))
    return found


@cache
def font_letter(letter, style="Regular"):
    """The same picture, drawn straight from the shipped font."""
    font = ImageFont.truetype(FOLDER / f"LiberationSerif-{style}.ttf", 260)
    picture = Image.new("L", (800, 800), 255)
    ImageDraw.Draw(picture).text((200, 200), letter, font=font, fill=0)
    return _ink(picture)


def _ink(picture):
    box = picture.point(lambda light: 255 if light < 128 else 0).getbbox()
    return np.asarray(picture.crop(box).resize((SIDE, SIDE), Image.Resampling.BOX), dtype=np.float64) / 255


def unlike(one, other):
    """How far two pictures are apart: 0 is the same, 1 is black on white."""
    return float(np.abs(one - other).mean())
