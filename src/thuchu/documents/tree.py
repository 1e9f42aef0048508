"""One tree for a document, from which every format is made: Document → Section → Block.

Text here is plain: no markup means anything in it, in no format.  What would leave somebody out is refused when the
tree is made, with a sentence that says where: a chart without a text alternative, a table without a caption.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from thuchu.documents.errors import DocumentRefused
from thuchu.documents.plain import plain

Language = Literal["vi", "en"]
Kind = Literal["report", "minutes", "conclusions", "register", "drill"]
Format = Literal["html", "pdf", "docx", "csv"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "docx", "csv")

# Above this a table is no reading any more: PDF and DOCX show its beginning and say where the rest is.
ROWS_WHOLE_MAX = 500
ROWS_SHOWN = 200
# A chart of a year's weeks takes 20 kB; beyond this it is a picture of something else.
SVG_BYTES_MAX = 500_000

# A picture that opens, runs or declares something is none of ours.
_SVG_FORBIDDEN = re.compile(r"<!|<script|<image|<foreignObject|<use|href\s*=|url\(\s*['\"]?(?!#)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """Words in the language they were written in, where that may not be the document's."""

    text: str
    language: Language


Text = str | Told
# Whole numbers and days stand in a table as what they are: pages write 3.418 and 12/11/2026, a CSV 3418 and 2026-11-12.
Cell = Text | int | date | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns; the first cell of a row names the row.

    widths   parts of the whole width, one a column
    rest_at  where all rows stand as CSV; needed above ROWS_WHOLE_MAX rows
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    rest_at: str = ""

    @property
    def is_cut(self) -> bool:
        return len(self.rows) > ROWS_WHOLE_MAX

    @property
    def rows_shown(self) -> tuple[tuple[Cell, ...], ...]:
        """What a document on paper shows of it."""
        return self.rows[:ROWS_SHOWN] if self.is_cut else self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture, in words too, and as the table it was drawn from.

    svg       whole in itself: its own colours and sizes, no script, nothing it opens
    alt       what the picture shows, for who doesn't see it
    sentence  what there is to see, for everybody
    """

    svg: str
    alt: str
    sentence: str
    table: Table


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words as they were, and whose."""

    verbatim: Text
    source: Text


@dataclass(frozen=True, slots=True)
class Terms:
    """What something is called, and what it is."""

    pairs: tuple[tuple[str, Text], ...]


Block = Paragraph | Bullets | Table | Chart | Quote | Terms


@dataclass(frozen=True, slots=True)
class Section:
    """number  as people say it in the room: "2", "2.1"; the same in every language."""

    number: str
    heading: Text
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who stands for the document: a role, and the name that the person gave for this meeting, or none."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of a desk in one language.

    title             what it is, "Biên bản"; subtitle: of what
    number            how it is filed
    notice            on page 1: where the accessible original is
    dated             aware; the only time in the files
    national_heading  Quốc hiệu and Tiêu ngữ: only for who is entitled to them (DESIGN rule 11)
    """

    kind: Kind
    language: Language
    title: str
    subtitle: str
    organisation: str
    number: str
    place_and_date: str
    notice: str
    dated: datetime
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...] = ()
    national_heading: bool = False

    def __post_init__(self) -> None:
        for name, value in (("title", self.title), ("subtitle", self.subtitle), ("notice", self.notice)):
            if not plain(value):
                raise DocumentRefused(self.kind, f"has no {name}")
        if self.language not in get_args(Language):
            raise DocumentRefused(self.kind, f"language {self.language!r}: must be one of {get_args(Language)}")
        if self.dated.tzinfo is None:
            raise DocumentRefused(self.kind, "is dated without a time zone: two machines would write two times")
        for section, level in self.headings():
            if not plain(section.number) or not _told(section.heading):
                raise DocumentRefused(f"{self.kind}, section {section.number!r}", "needs a number and a heading")
            if level > 2:
                raise DocumentRefused(f"{self.kind}, section {section.number}", "stands deeper than two levels")
            for place, block in enumerate(section.blocks, start=1):
                _check(block, f"{self.kind}, section {section.number} “{_told(section.heading)}”, block {place}")

    def headings(self) -> Iterator[tuple[Section, int]]:
        """Every section in reading order, with its level from 1."""
        return _below(self.sections, 1)

    def tables(self) -> Iterator[Table]:
        """Every table in reading order, those of charts too."""
        for section, _ in self.headings():
            for block in section.blocks:
                if isinstance(block, Table):
                    yield block
                elif isinstance(block, Chart):
                    yield block.table


def _below(sections: tuple[Section, ...], level: int) -> Iterator[tuple[Section, int]]:
    for section in sections:
        yield section, level
        yield from _below(section.sections, level + 1)


def _told(text: Text) -> str:
    """What of it is seen."""
    return plain(text.text if isinstance(text, Told) else text)


def _check(block: Block, where: str) -> None:
    match block:
        case Paragraph(text):
            if not _told(text):
                raise DocumentRefused(where, "an empty paragraph; leave it out")
        case Bullets(items):
            if not items or not all(map(_told, items)):
                raise DocumentRefused(where, "a list without items, or with an empty one; leave it out")
        case Table():
            _check_table(block, where)
        case Chart():
            _check_chart(block, where)
        case Quote(verbatim, source):
            if not (_told(verbatim) and _told(source)):
                raise DocumentRefused(where, "a quote needs its words and whose they are")
        case Terms(pairs):
            if not pairs or not all(plain(term) and _told(text) for term, text in pairs):
                raise DocumentRefused(where, "a list of terms without terms, or with an empty one; leave it out")


def _check_table(table: Table, where: str) -> None:
    if not plain(table.caption):
        raise DocumentRefused(where, "a table without a caption; say in a few words what stands in it")
    if not table.columns or not all(plain(name) for name in table.columns):
        raise DocumentRefused(where, f"the table “{table.caption}” has a column without a heading")
    if len(table.widths) != len(table.columns) or min(table.widths) < 1:
        raise DocumentRefused(where, f"the table “{table.caption}” needs a width of 1 or more for each column")
    for place, row in enumerate(table.rows, start=1):
        if len(row) != len(table.columns):
            raise DocumentRefused(
                where, f"row {place} of “{table.caption}” has {len(row)} cells for {len(table.columns)} columns"
            )
    if table.is_cut and not table.rest_at:
        raise DocumentRefused(
            where, f"the table “{table.caption}” has more than {ROWS_WHOLE_MAX} rows and says not where the rest is"
        )


def _check_chart(chart: Chart, where: str) -> None:
    if not plain(chart.alt):
        raise DocumentRefused(where, "a chart without a text alternative; say what the picture shows")
    if not plain(chart.sentence):
        raise DocumentRefused(where, "a chart without its sentence; say what there is to see")
    if len(chart.svg.encode()) > SVG_BYTES_MAX:
        raise DocumentRefused(where, f"a chart of more than {SVG_BYTES_MAX} bytes")
    if not chart.svg.lstrip().startswith("<svg") or _SVG_FORBIDDEN.search(chart.svg):
        raise DocumentRefused(where, "a chart must be one <svg> without script, link, style sheet or foreign picture")
    _check_table(chart.table, where)
