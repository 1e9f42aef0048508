"""A document as tagged PDF (PDF/UA-1), set by typst with the fonts that stand beside this file and no others.

No typst source is written here: `paper.typ` is fixed, and everything that people typed goes to it as strings inside
one JSON value, which it shows and never evaluates.  Imported by the child process alone: typst takes 80 MB.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import typst

from thuchu.documents.errors import NotDrawn
from thuchu.documents.letters import FAMILY, FOLDER, drawn
from thuchu.documents.picture import HEIGHT_MM_MAX
from thuchu.documents.plain import plain
from thuchu.documents.tree import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Paragraph,
    Quote,
    Table,
    Terms,
    Text,
    Told,
)
from thuchu.documents.words import say
from thuchu.documents.written import (
    cell,
    counted,
    is_of_numbers,
    keeps_with_next,
    rest,
    stays_whole,
    told,
    with_address,
)

_STANDARD: Final = "ua-1"
_TEMPLATE = FOLDER.parent / "paper.typ"
_REGIONS = {"vi": "VN", "en": "GB"}
# A row stays on one page; a longer text than this may need two, and a row that fits on none would be cut off.
_LONG_CHARS = 500
# Width of the text in points, on A4 upright and lying, as the margins of `paper.typ` leave it; letters in points.
_TEXT_POINTS = {False: 459.2, True: 705.8}
_LETTER_POINTS = 13
_TABLE_LETTER_POINTS = {False: 11, True: 10}
_CELL_INSET_POINTS = 8
# A letter is about half as wide as it is high, a capital or a digit of a hash a little more.
_WIDTH_OF_HEIGHT = 0.6
# An address or a hash that fits into no line may break after every so many letters.
_BREAK_LETTERS = 4


class _Letters:
    """Texts on their way to paper, and how many characters of them can't be drawn."""

    def __init__(self, document: Document) -> None:
        self.language = document.language
        self.width = _TEXT_POINTS[_is_lying(document)]
        self.table_points = _TABLE_LETTER_POINTS[_is_lying(document)]
        self.missing = 0

    def line(self, text: str) -> str:
        return self._drawn(plain(text))

    def text(self, text: Text) -> list[Any]:
        return self.shown(told(text, self.language), int(self.width / (_LETTER_POINTS * _WIDTH_OF_HEIGHT)))

    def shown(self, text: Told, word_letters_max: int) -> list[Any]:
        """(pieces, language): a piece is a string, or a list of strings that a line may break between."""
        return [list(_pieces(self._drawn(text.text), word_letters_max)), text.language]

    def _drawn(self, text: str) -> str:
        kept, missing = drawn(text)
        self.missing += missing
        return kept


def render(document: Document) -> bytes:
    """The file; the same bytes for the same document, on every host."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
    try:
        made = typst.compile(
            _TEMPLATE.read_bytes(),
            format="pdf",
            font_paths=fonts,
            pdf_standards=_STANDARD,
            timestamp=int(document.dated.timestamp()),
            sys_inputs={"document": json.dumps(_plain_values(document))},
        )
    except typst.TypstError as error:
        raise NotDrawn(f"{document.kind} as PDF: {error.message}. {error.diagnostic}") from None
    return bytes(made)


def _is_lying(document: Document) -> bool:
    """The register alone: seven columns, and its table is no annex."""
    return document.kind == "register"


def _plain_values(document: Document) -> dict[str, Any]:
    letters, language = _Letters(document), document.language
    nation, motto = (say("nation", language), say("motto", language)) if document.national_heading else (None, None)
    values: dict[str, Any] = {
        "font": FAMILY,
        "language": language,
        "regions": _REGIONS,
        "landscape": _is_lying(document),
        "letter-points": _LETTER_POINTS,
        "table-letter-points": letters.table_points,
        "picture-height-max": HEIGHT_MM_MAX,
        "nation": nation,
        "motto": motto,
        "title": letters.line(document.title),
        # Made large here, not by the template: a capital may be none of our letters where its small one is.
        "title-shown": drawn(plain(document.title.upper()))[0],
        "subtitle": letters.line(document.subtitle),
        "organisation": letters.line(document.organisation),
        "number": letters.line(document.number),
        "place-and-date": letters.line(document.place_and_date),
        "sections": [
            {
                "number": letters.line(section.number),
                "heading": letters.text(section.heading),
                "level": level,
                "blocks": [
                    _block(block, letters) | {"keep": keeps_with_next(section, place)}
                    for place, block in enumerate(section.blocks)
                ],
            }
            for section, level in document.headings()
        ],
        "signatures": [
            {"role": letters.line(signed.role), "name": letters.line(signed.name)} for signed in document.signatures
        ],
        "notices": [_notice(document.notice, letters)],
    }
    if letters.missing:
        missing = counted("not_drawn", language, letters.missing)
        values["notices"].append(_notice(missing, letters))
    return values


def _notice(notice: str, letters: _Letters) -> dict[str, Any]:
    words, address = with_address(notice)
    shown = [letters.text(address)] if address else []
    # Words are cut at their end when they are made plain; the space before the address is the template's.
    return {"words": letters.text(words), "address": address, "shown": shown}


def _block(block: Block, letters: _Letters) -> dict[str, Any]:
    values: dict[str, Any] = {"is": type(block).__name__}
    match block:
        case Paragraph(text):
            values |= {"text": letters.text(text)}
        case Bullets(items):
            values |= {"items": [letters.text(item) for item in items]}
        case Table():
            values |= _table(block, letters)
        case Chart():
            values |= {
                "svg": block.svg,
                "alt": letters.line(block.alt),
                "sentence": letters.line(block.sentence),
                "table": _table(block.table, letters),
            }
        case Quote(verbatim, source):
            values |= {"verbatim": letters.text(verbatim), "source": letters.text(source)}
        case Terms(pairs):
            values |= {"pairs": [[letters.line(term), letters.text(text)] for term, text in pairs]}
    return values


def _table(table: Table, letters: _Letters) -> dict[str, Any]:
    points = [letters.width * part / sum(table.widths) - _CELL_INSET_POINTS for part in table.widths]
    most = [max(1, int(width / (letters.table_points * _WIDTH_OF_HEIGHT))) for width in points]
    return {
        "caption": letters.line(table.caption),
        "columns": [letters.line(name) for name in table.columns],
        "numbers": [is_of_numbers(table, column) for column in range(len(table.columns))],
        "widths": list(table.widths),
        "whole": stays_whole(table),
        "rows": [[_cell(one, most[place], letters) for place, one in enumerate(row)] for row in table.rows_shown],
        "cut": [letters.text(rest(table, letters.language))] if table.is_cut else [],
    }


def _cell(value: Cell, word_letters_max: int, letters: _Letters) -> dict[str, Any]:
    words = cell(value, letters.language)
    pieces, language = letters.shown(words, word_letters_max)
    if len(pieces) == 1 and isinstance(pieces[0], str) and (isinstance(value, date) or " " not in pieces[0]):
        # A day or the number of something is no word to break, not even after its dash or stroke.
        pieces = [pieces]
    return {"told": [pieces, language], "long": len(words.text) > _LONG_CHARS}


def _pieces(text: str, word_letters_max: int) -> Iterator[str | list[str]]:
    """The text, with each word that no line of so many letters holds as a list of short parts."""
    for piece in re.split(rf"(\S{{{word_letters_max + 1},}})", text):
        if len(piece) > word_letters_max and not re.search(r"\s", piece):
            yield _short_parts(piece)
        elif piece:
            yield piece


def _short_parts(word: str) -> list[str]:
    """Parts of a few letters; a mark stays with the letter it stands on."""
    parts = [""]
    letters = 0
    for letter in word:
        if not unicodedata.combining(letter):
            if letters == _BREAK_LETTERS:
                parts.append("")
                letters = 0
            letters += 1
        parts[-1] += letter
    return parts
