"""Base tables: the rows that a figure is computed from, in bytes that everybody writes alike.

UTF-8, one header row, lines end in LF, rows sorted, cells whole numbers or words and nothing else.  A word that could
be taken for a number, or that holds a comma or a quotation mark, stands in quotation marks; one that a spreadsheet
would take for a formula has an apostrophe before it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import cast

Cell = int | str
Row = tuple[Cell, ...]

# Whole numbers beyond this lose digits where a reader keeps numbers as doubles.
NUMBER_MAX = 2**53 - 1
# An organisation's name is the longest word; the desk's own limit for a name is 200.
WORD_CHARS_MAX = 300
# A desk of 100,000 claims a quarter has as many rows of waiting times; ten times that is somebody else's file.
ROWS_MAX = 1_000_000
TABLE_BYTES_MAX = 64 * 1024 * 1024

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")
_PLAIN = re.compile(r'"((?:[^"]|"")*)"(?=,|$)|([^",]*)(?=,|$)')
# What a spreadsheet takes for the beginning of a formula, and the apostrophe that keeps it from doing so.
_FORMULA = ("=", "+", "-", "@", "'")


class BadTable(ValueError):
    """A table that isn't one; the message names the file, the row (1 is the header) and the column."""

    def __init__(self, file: str, row: int, column: str, what: str) -> None:
        place = f"{file}, row {row}" if row else file
        super().__init__(f"{place}, column {column}: {what}" if column else f"{place}: {what}")
        self.file = file
        self.row = row
        self.column = column


@dataclass(frozen=True)
class BaseTable:
    """Rows of whole numbers and words, sorted; `BaseTable.of` sorts and checks what it is given.

    name     which table of `definitions.TABLES`
    columns  as there, in that order
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)

    @classmethod
    def of(cls, name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> "BaseTable":
        """The table of these rows, in any order; raises BadTable for a cell that is no number and no word."""
        _check_header(name, columns)
        kept = [tuple(row) for row in rows]
        if len(kept) > ROWS_MAX:
            raise BadTable(name, 0, "", f"{len(kept)} rows, at most {ROWS_MAX} are one table")
        _check_rows(name, columns, kept)
        return cls(name, tuple(columns), tuple(_sorted(kept)))

    @cached_property
    def csv(self) -> bytes:
        """The canonical bytes."""
        cells = (_written_all(cells) for cells in self._cells)
        lines = [",".join(self.columns), *map(",".join, zip(*cells, strict=True))]
        return ("\n".join(lines) + "\n").encode()

    @cached_property
    def sha256(self) -> str:
        """Of the canonical bytes, 64 hexadecimal digits: the name of the table's file."""
        return hashlib.sha256(self.csv).hexdigest()

    def column(self, name: str) -> Sequence[Cell]:
        """One column's cells, a cell a row."""
        return self._cells[self.columns.index(name)]

    def numbers(self, name: str) -> Sequence[int]:
        """The same of a column of whole numbers; raises BadTable for a word."""
        cells = self.column(name)
        if not set(map(type, cells)) <= {int}:
            row = next(row for row, cell in enumerate(cells, 2) if not isinstance(cell, int))
            raise BadTable(self.name, row, name, f"{cells[row - 2]!r} where a whole number is expected")
        return cast(Sequence[int], cells)

    @cached_property
    def _cells(self) -> tuple[Sequence[Cell], ...]:
        return tuple(zip(*self.rows, strict=True)) if self.rows else ((),) * len(self.columns)


def parse(name: str, columns: Sequence[str], content: bytes, *, file: str = "") -> BaseTable:
    """The table whose canonical bytes these are; raises BadTable naming file, row and column.

    file  how messages call it; the table's name unless said
    """
    file = file or f"{name}.csv"
    if len(content) > TABLE_BYTES_MAX:
        raise BadTable(file, 0, "", f"{len(content)} bytes, at most {TABLE_BYTES_MAX} are read")
    lines = _lines(file, content)
    header = next(lines, None)
    if header != ",".join(columns):
        raise BadTable(file, 1, "", f"the header is {header!r}; {','.join(columns)!r} is expected")
    rows: list[Row] = []
    for number, line in enumerate(lines, 2):
        cells = _cells(file, number, line)
        if len(cells) != len(columns):
            raise BadTable(file, number, "", f"{len(cells)} cells, the header has {len(columns)}")
        rows.append(tuple(_read(file, number, column, *cell) for column, cell in zip(columns, cells, strict=True)))
    table = BaseTable(name, tuple(columns), tuple(rows))
    return _canonical(file, table, content)


def _lines(file: str, content: bytes) -> Iterator[str]:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise BadTable(file, content[: error.start].count(b"\n") + 1, "", "not UTF-8") from None
    if not text.endswith("\n"):
        raise BadTable(file, text.count("\n") + 1, "", "the last line has no end; take another copy of the file")
    # No other character ends a line: a word may not hold one, and what holds one is found with its cell.
    yield from text[:-1].split("\n")


def _cells(file: str, number: int, line: str) -> list[tuple[str, bool]]:
    """(text, whether it stood in quotation marks) of every cell of a line."""
    cells, place = [], 0
    while True:
        found = _PLAIN.match(line, place)
        if found is None:
            raise BadTable(file, number, "", f"a quotation mark out of place after {line[:place]!r}")
        quoted = found[1] is not None
        cells.append((found[1].replace('""', '"') if quoted else found[2], quoted))
        place = found.end()
        if place == len(line):
            return cells
        place += 1


def _read(file: str, number: int, column: str, text: str, quoted: bool) -> Cell:
    if not quoted and _NUMBER.fullmatch(text):
        cell: Cell = int(text)
    else:
        cell = text[1:] if text.startswith("'") else text
    _check_cell(file, number, column, cell)
    if _written(cell) != (f'"{text.replace(chr(34), 2 * chr(34))}"' if quoted else text):
        raise BadTable(file, number, column, f"{text!r} isn't written as {_written(cell)}")
    return cell


def _canonical(file: str, table: BaseTable, content: bytes) -> BaseTable:
    """Rows in their order; raises BadTable with the first that isn't."""
    if len(table.rows) > ROWS_MAX:
        raise BadTable(file, 0, "", f"{len(table.rows)} rows, at most {ROWS_MAX} are one table")
    keys = [_order(row) for row in table.rows]
    for number, (before, after) in enumerate(pairwise(keys), 3):
        if after < before:
            raise BadTable(file, number, "", "rows aren't sorted: this one belongs before the one above it")
    if table.csv != content:
        raise BadTable(file, 0, "", "isn't written in canonical form")
    return table


def _check_header(name: str, columns: Sequence[str]) -> None:
    for word in (name, *columns):
        if not _NAME.fullmatch(word):
            raise BadTable(name, 1, word, "names of tables and columns are small letters, digits and _")
    if not columns or len(set(columns)) != len(columns):
        raise BadTable(name, 1, "", "columns have names of their own, one at least")


def _check_rows(name: str, columns: Sequence[str], rows: list[Row]) -> None:
    for number, row in enumerate(rows, 2):
        if len(row) != len(columns):
            raise BadTable(name, number, "", f"{len(row)} cells, {len(columns)} columns")
    for column, cells in zip(columns, zip(*rows, strict=True), strict=False):
        # Whole numbers of a hundred thousand rows are looked at together, a word that stands in all of them once.
        looked_at = {(type(cell), cell) for cell in cells}
        for number, cell in enumerate(cells, 2) if _is_odd(name, column, looked_at) else ():
            _check_cell(name, number, column, cell)


def _is_odd(name: str, column: str, cells: Iterable[tuple[type, Cell]]) -> bool:
    try:
        for _, cell in cells:
            _check_cell(name, 0, column, cell)
    except BadTable:
        return True
    return False


def _check_cell(file: str, number: int, column: str, cell: Cell) -> None:
    if type(cell) is int:
        if not 0 <= cell <= NUMBER_MAX:
            raise BadTable(file, number, column, f"{cell} isn't between 0 and {NUMBER_MAX}")
        return
    if type(cell) is not str:
        raise BadTable(file, number, column, f"{type(cell).__name__} where a whole number or a word is expected")
    if not 0 < len(cell) <= WORD_CHARS_MAX:
        raise BadTable(file, number, column, f"a word of {len(cell)} characters; 1 to {WORD_CHARS_MAX} are allowed")
    if cell != cell.strip() or not cell.isprintable() or unicodedata.normalize("NFC", cell) != cell:
        raise BadTable(file, number, column, f"{cell!r} is no word: printable, in NFC, no blank around it")


def _sorted(rows: list[Row]) -> list[Row]:
    try:
        # Where no column has both numbers and words, this is the same order, sooner.
        return sorted(rows)
    except TypeError:
        return sorted(rows, key=_order)


def _order(row: Row) -> tuple[tuple[bool, int, str], ...]:
    """Numbers by size before words by code point."""
    return tuple((False, cell, "") if isinstance(cell, int) else (True, 0, cell) for cell in row)


def _written_all(cells: Sequence[Cell]) -> list[str]:
    """A column's cells; each of its words is looked at once."""
    words = {cell: _written(cell) for cell in set(cells) if isinstance(cell, str)}
    return [str(cell) if isinstance(cell, int) else words[cell] for cell in cells]


def _written(cell: Cell) -> str:
    if isinstance(cell, int):
        return str(cell)
    text = f"'{cell}" if cell.startswith(_FORMULA) else cell
    if "," in text or '"' in text or _NUMBER.fullmatch(text):
        return '"' + text.replace('"', '""') + '"'
    return text
