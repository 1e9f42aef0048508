"""A document as DOCX: styles for headings, header rows that repeat, languages marked, and the same bytes every time.

Imported by the child process alone, as python-docx and its XML library take 15 MB.  The letters are named "Times New
Roman", which offices have; who hasn't gets Liberation Serif, of the same widths.
"""

import io
import zipfile
from datetime import UTC
from typing import Any

import docx
from docx.document import Document as File
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from thuchu.documents.picture import HEIGHT_MM_MAX, WIDTH_MM, png
from thuchu.documents.plain import plain
from thuchu.documents.tree import (
    Block,
    Bullets,
    Chart,
    Document,
    Language,
    Paragraph,
    Quote,
    Section,
    Table,
    Terms,
    Text,
    Told,
)
from thuchu.documents.words import say
from thuchu.documents.written import cell, is_of_numbers, keeps_with_next, rest, stays_whole, told

_FONT = "Times New Roman"
_FALLBACK = "Liberation Serif"
_LOCALES: dict[Language, str] = {"vi": "vi-VN", "en": "en-GB"}
_INK = RGBColor(0x1A, 0x1A, 0x1A)
# The zip format begins its time in 1980; a constant day keeps the bytes the same.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_PAGE_MM = (210, 297)
_MARGINS_MM = {"top_margin": 25, "bottom_margin": 22, "left_margin": 30, "right_margin": 18}
_FONT_STYLES = ("Normal", "Title", "Heading 1", "Heading 2", "Caption", "Quote", "List Bullet", "Header")
_SIZES = {"Normal": 13, "Title": 17, "Heading 1": 14, "Heading 2": 13, "Caption": 12, "Quote": 13}
_TABLE_POINTS = 11
# python-docx refuses longer ones, as the format does.
_PROPERTY_CHARS_MAX = 255


def render(document: Document) -> bytes:
    """The file; the same bytes for the same document."""
    file = docx.Document()
    _set_up(file, document)
    _head(file, document)
    for section, level in document.headings():
        _section(file, section, level, document.language)
    for signed in document.signatures:
        line = _line(file, signed.role, document.language, bold=True)
        line.paragraph_format.space_before = Pt(24)
        line.paragraph_format.keep_with_next = True
        _line(file, signed.name or " ", document.language)
    written = io.BytesIO()
    file.save(written)
    return _same_bytes(written.getvalue())


def _set_up(file: File, document: Document) -> None:
    known = file.core_properties
    known.title = plain(f"{document.title}: {document.subtitle}")[:_PROPERTY_CHARS_MAX]
    known.author = known.last_modified_by = plain(document.organisation)[:_PROPERTY_CHARS_MAX]
    known.comments = ""
    known.language = _LOCALES[document.language]
    # The format knows no zone: python-docx writes what it gets, with a Z.
    known.created = known.modified = document.dated.astimezone(UTC).replace(microsecond=0)
    known.revision = 1
    for name in _FONT_STYLES:
        _set_style(file.styles[name], _SIZES.get(name))
    normal, title, caption = (file.styles[name] for name in ("Normal", "Title", "Caption"))
    normal.paragraph_format.space_after = Pt(6)
    title.font.bold, title.paragraph_format.space_before = True, Pt(18)
    caption.font.bold, caption.font.italic = False, True
    _set_language(file, _LOCALES[document.language])
    _set_fallback(file)
    _set_page(file, is_lying=document.kind == "register")


def _set_style(style: Any, points: int | None) -> None:
    style.font.name, style.font.color.rgb = _FONT, _INK
    if points:
        style.font.size = Pt(points)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), _FONT)


def _set_language(file: File, locale: str) -> None:
    for known in file.styles.element.iter(qn("w:lang")):
        known.set(qn("w:val"), locale)
        known.set(qn("w:eastAsia"), locale)


def _set_fallback(file: File) -> None:
    """Name the letters to take where Times New Roman isn't, in the part that lists fonts."""
    for part in file.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            body = part.blob.decode("utf-8")
            named = f'<w:font w:name="{_FONT}">'
            part._blob = body.replace(named, f'{named}<w:altName w:val="{_FALLBACK}"/>', 1).encode()


def _set_page(file: File, *, is_lying: bool) -> None:
    page = file.sections[0]
    width, height = (Mm(side) for side in _PAGE_MM)
    page.orientation = WD_ORIENT.LANDSCAPE if is_lying else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (height, width) if is_lying else (width, height)
    for side, millimetres in _MARGINS_MM.items():
        setattr(page, side, Mm(millimetres))
    # The page's number stands in the middle of the top margin, not on page 1.
    page.different_first_page_header_footer = True
    line = page.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)


def _head(file: File, document: Document) -> None:
    language = document.language
    _line(file, document.organisation, language, bold=True)
    _line(file, document.number, language)
    if document.national_heading:
        for key in ("nation", "motto"):
            _centred(_line(file, say(key, language), language, bold=True))
    place = _line(file, document.place_and_date, language)
    place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    place.runs[0].italic = True
    title = file.add_paragraph(style="Title")
    _write(title, told(document.title.upper(), language), language)
    _centred(title)
    for edge in file.styles["Title"].element.iter(qn("w:pBdr")):
        edge.getparent().remove(edge)
    _centred(_line(file, document.subtitle, language, bold=True))
    _line(file, document.notice, language)


def _section(file: File, section: Section, level: int, language: Language) -> None:
    heading = file.add_heading(level=level)
    heading.add_run(f"{plain(section.number)}. ")
    _write(heading, told(section.heading, language), language)
    for place, block in enumerate(section.blocks):
        _block(file, block, language)
        if keeps_with_next(section, place):
            file.paragraphs[-1].paragraph_format.keep_with_next = True


def _block(file: File, block: Block, language: Language) -> None:
    match block:
        case Paragraph(text):
            _line(file, text, language)
        case Bullets(items):
            for item in items:
                _line(file, item, language, style="List Bullet")
        case Table():
            _table(file, block, language)
        case Chart():
            _chart(file, block, language)
        case Quote(verbatim, source):
            _line(file, verbatim, language, style="Quote")
            _line(file, source, language).paragraph_format.left_indent = Mm(10)
        case Terms(pairs):
            for term, text in pairs:
                line = _line(file, f"{plain(term)}:", language, bold=True)
                line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(6), Mm(-6)
                line.paragraph_format.space_after = Pt(2)
                line.add_run(" ")
                _write(line, told(text, language), language)


def _table(file: File, table: Table, language: Language) -> None:
    caption = _line(file, table.caption, language, style="Caption")
    caption.paragraph_format.keep_with_next = True
    page = file.sections[0]
    width = int(page.page_width or 0) - int(page.left_margin or 0) - int(page.right_margin or 0)
    widths = [Emu(width * part // sum(table.widths)) for part in table.widths]
    rows = table.rows_shown
    grid = file.add_table(rows=1 + len(rows), cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    _describe(grid, table.caption)
    numbers, is_small = [is_of_numbers(table, column) for column in range(len(table.columns))], stays_whole(table)
    for column, part in enumerate(grid.columns):
        part.width = widths[column]
    heads = tuple(Told(plain(name), language) for name in table.columns)
    # Cells are taken row by row from the XML: python-docx looks through the whole table for each that it is asked for.
    for place, row in enumerate(grid._tbl.tr_lst):
        texts = heads if place == 0 else tuple(cell(value, language) for value in rows[place - 1])
        _keep_whole(row, repeats=place == 0)
        together = is_small and place < len(rows)
        for column, (box, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
            box.width = widths[column]
            line = Line(box.p_lst[0], grid)
            line.paragraph_format.space_after, line.paragraph_format.line_spacing = Pt(2), 1
            line.paragraph_format.keep_with_next = together or None
            if numbers[column]:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in _write(line, text, language):
                run.font.size, run.bold = Pt(_TABLE_POINTS), place == 0 or None
    after = _line(file, rest(table, language) if table.is_cut else " ", language)
    after.paragraph_format.space_after = Pt(6)


def _describe(grid: Any, caption: str) -> None:
    """The name of a table for a screen reader."""
    properties = grid._tbl.tblPr
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), plain(caption))
    properties.append(named)


def _keep_whole(row: Any, *, repeats: bool) -> None:
    properties = row.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader") if repeats else ("w:cantSplit",):
        properties.append(OxmlElement(name))


def _chart(file: File, chart: Chart, language: Language) -> None:
    line = file.add_paragraph()
    line.paragraph_format.keep_with_next = True
    shape = line.add_run().add_picture(io.BytesIO(png(chart.svg)), width=Mm(WIDTH_MM))
    if shape.height > Mm(HEIGHT_MM_MAX):
        shape.width, shape.height = Emu(shape.width * Mm(HEIGHT_MM_MAX) // shape.height), Mm(HEIGHT_MM_MAX)
    for shown in line._p.iter(qn("wp:docPr")):
        shown.set("descr", plain(chart.alt))
    _line(file, chart.sentence, language, style="Caption")
    _table(file, chart.table, language)


def _line(file: File, text: Text, language: Language, *, style: str = "Normal", bold: bool = False) -> Line:
    line = file.add_paragraph(style=style)
    for run in _write(line, told(text, language), language):
        run.bold = bold or None
    return line


def _write(line: Line, text: Told, language: Language) -> list[Any]:
    run = line.add_run(text.text)
    if text.language != language:
        marked = OxmlElement("w:lang")
        marked.set(qn("w:val"), _LOCALES[text.language])
        run._r.get_or_add_rPr().append(marked)
    return [run]


def _centred(line: Line) -> None:
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _same_bytes(written: bytes) -> bytes:
    """The same zip with one constant day: python-docx writes the hour of the machine."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIP_DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
