"""Tables with a header line (CSV, TSV): which columns are read, and rows found again behind a broken one.

Refuses a row whose cells don't fit the header.  Columns that name a person (author, claimant) are not read at all.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thuchu.claimreview.building import Draft
from thuchu.claimreview.limits import LINE_CHARS_MAX, ROW_LINES_MAX
from thuchu.text.folding import fold

# The columns of our own export, in its order.
COLUMNS = (
    "url",
    "claim",
    "title",
    "publisher",
    "verdict",
    "explanation",
    "language",
    "date_published",
    "date_modified",
    "date_deleted",
    "appearances",
    "citations",
    "licence",
)

# Field of `Draft` -> names of columns, the first with a cell in it wins.  Compared without case, accents, blanks and
# punctuation: `claimReviewed`, `claim_reviewed` and `Claim reviewed` are one name.
COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "url": ("url", "review url", "claim review url", "fact check url", "link", "address", "liên kết", "địa chỉ"),
    "claim": ("claim", "claim reviewed", "claim text", "điều cần kiểm chứng", "tuyên bố"),
    "title": ("title", "headline", "name", "fact check title", "review title", "tiêu đề"),
    "publisher": ("publisher", "publisher name", "organisation", "organization", "nơi công bố"),
    "verdict_words": (
        "verdict",
        "verdict words",
        "alternate name",
        "alternative name",
        "textual rating",
        "review rating",
        "rating",
        "kết luận",
    ),
    "explanation": ("explanation", "review body", "rating explanation", "description", "summary", "giải thích"),
    "language": ("language", "in language", "language code", "lang", "ngôn ngữ"),
    "date_published": ("date published", "review date", "published", "date", "ngày công bố", "ngày đăng"),
    "date_modified": ("date modified", "modified", "updated", "updated at", "ngày sửa"),
    "date_deleted": ("date deleted", "deleted", "withdrawn", "ngày rút"),
    "appearances": ("appearances", "appearance", "claim appearances"),
    "citations": ("citations", "citation", "sources", "is based on"),
    "licence": ("licence", "license", "sd license", "giấy phép"),
}
# A cell that begins so is a formula to a spreadsheet.  Full-width forms count: some programs fold them.
_FORMULA_STARTS = frozenset("=+-@＝＋－＠\t\r\n")


def guarded(cell: str) -> str:
    """`cell` with an apostrophe before what a spreadsheet would run as a formula; `unguarded` takes it off again."""
    return f"'{cell}" if cell.lstrip("'")[:1] in _FORMULA_STARTS else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in _FORMULA_STARTS else cell


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says: how cells are parted, and which of them hold which field.

    places     field of `Draft` -> positions of its columns, the best first
    is_ours    written by our own export: cells are unguarded
    """

    delimiter: str
    width: int
    places: dict[str, tuple[int, ...]]
    is_ours: bool


def header_of(line: str) -> Header | None:
    """The header that `line` is, parted by the character that makes the most known columns; None when it is none.

    A header must have a column for the address and one for the claim (or for a withdrawal's date).
    """
    candidates = [_header(line, delimiter) for delimiter in "\t,;|"]
    usable = [h for h in candidates if "url" in h.places and {"claim", "date_deleted"} & h.places.keys()]
    return max(usable, key=lambda header: len(header.places), default=None)


def _header(line: str, delimiter: str) -> Header:
    cells = _split(line.strip("\r\n"), delimiter) or []
    names = [_column_name(cell) for cell in cells]
    places: dict[str, tuple[int, ...]] = {}
    for field, accepted in COLUMN_NAMES.items():
        wanted = [_column_name(name) for name in accepted]
        found = tuple(names.index(name) for name in wanted if name in names)
        if found:
            places[field] = found
    return Header(delimiter, len(cells), places, tuple(cells) == COLUMNS)


def _column_name(cell: str) -> str:
    return "".join(c for c in fold(cell[:100]) if c.isalnum())


def _split(line: str, delimiter: str) -> list[str] | None:
    if delimiter == "\t":
        return line.split("\t")
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def draft_of(cells: list[str], header: Header) -> Draft:
    """The fields of one row."""
    if header.is_ours:
        cells = [unguarded(cell) for cell in cells]

    def cell(field: str) -> str:
        filled = (cells[place] for place in header.places.get(field, ()) if cells[place].strip())
        return next(filled, "")

    return Draft(
        url=cell("url"),
        claim=cell("claim"),
        title=cell("title"),
        publisher=cell("publisher"),
        verdict_words=cell("verdict_words"),
        explanation=cell("explanation"),
        language=cell("language"),
        date_published=cell("date_published"),
        date_modified=cell("date_modified"),
        date_deleted=cell("date_deleted"),
        appearances=tuple(cell("appearances").split()),
        citations=tuple(cell("citations").split()),
        licence=cell("licence"),
    )


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken apart, and why."""

    reason: str


def rows(lines: Iterable[str | BadRow], header: Header) -> Iterator[tuple[int, list[str] | BadRow]]:
    """Each row with the number of its first line, counted from 2; empty rows are passed over.

    Tabs part cells without any quoting, as text/tab-separated-values says.  Elsewhere cells may be quoted, and a quoted
    cell may hold line breaks; where a quote is never closed, that row is refused and the next line is tried.
    """
    source = _Lines(lines)
    while source.has_more():
        number = source.number + 1
        cells = _quoted_row(source, header.delimiter) if header.delimiter != "\t" else _tabbed_row(source)
        if isinstance(cells, BadRow):
            yield number, cells
        elif any(cell.strip() for cell in cells):
            yield number, _fitted(cells, header.width)


def _fitted(cells: list[str], width: int) -> list[str] | BadRow:
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        cells = cells[:width]
    if len(cells) != width:
        return BadRow(f"has {len(cells)} cells, the header has {width}; a quote, a line break or a column is missing")
    return cells


class _Lines:
    """Lines that can be given back; `number` is that of the last one taken."""

    def __init__(self, lines: Iterable[str | BadRow]) -> None:
        self._lines = iter(lines)
        self._again: deque[str | BadRow] = deque()
        self.number = 1

    def has_more(self) -> bool:
        if not self._again:
            self._again.extend(line for line in [next(self._lines, None)] if line is not None)
        return bool(self._again)

    def take(self) -> str | BadRow:
        self.number += 1
        return self._again.popleft() if self._again else next(self._lines)

    def give_back(self, lines: list[str | BadRow]) -> None:
        self._again.extendleft(reversed(lines))
        self.number -= len(lines)


def _tabbed_row(source: _Lines) -> list[str] | BadRow:
    line = source.take()
    return line if isinstance(line, BadRow) else _one_break(line).rstrip("\n").split("\t")


def _quoted_row(source: _Lines, delimiter: str) -> list[str] | BadRow:
    first = source.take()
    if isinstance(first, BadRow):
        return first
    taken: list[str | BadRow] = []
    try:
        # Strict: a quote where none may stand is reported, not read as something else.
        return next(csv.reader(_row_lines(first, source, taken), delimiter=delimiter, strict=True))
    except csv.Error as error:
        source.give_back(taken)
        return BadRow(_why(str(error)))


def _row_lines(first: str, source: _Lines, taken: list[str | BadRow]) -> Iterator[str]:
    """The lines that one row may take; ends where a limit or a bad line stands, and then the row is refused."""
    yield _one_break(first)
    chars = len(first)
    while len(taken) < ROW_LINES_MAX and chars <= LINE_CHARS_MAX and source.has_more():
        line = source.take()
        taken.append(line)
        if isinstance(line, BadRow):
            return
        chars += len(line)
        yield _one_break(line)


def _one_break(line: str) -> str:
    # A bare carriage return is a line break that somebody's program wrote inside a cell; as U+2028 it stays inside.
    return line.replace("\r\n", "\n").replace("\r", "\u2028")


def _why(error: str) -> str:
    if "field larger" in error:
        return f"has a cell longer than {csv.field_size_limit():,} characters; shorten it"
    if "unexpected end" in error:
        return "opens a quote that is never closed; close it, or write quotes inside a cell twice"
    return "has a quote in the middle of a cell; write quotes inside a quoted cell twice"
