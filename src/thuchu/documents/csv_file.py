"""A table as CSV that a spreadsheet opens with its accents and runs nothing of.

UTF-8 with a byte-order mark, one header row, days as 2026-11-12, whole numbers as 3418.  A text that a spreadsheet
would take for a formula gets an apostrophe before it: what people typed must not run on who opens the file.
"""

import csv
import io
from datetime import date

from thuchu.documents.errors import DocumentRefused
from thuchu.documents.plain import plain
from thuchu.documents.tree import Cell, Document, Table, Told

# Excel, LibreOffice and Google Sheets read what follows one of these as a formula; tab and line ends are skipped first.
_FORMULA_BEGINS = tuple("=+-@\t\r\n＝＋－＠")
_BYTE_ORDER_MARK = "\ufeff"


def render(document: Document) -> bytes:
    """The table that a register is; raises DocumentRefused for any other document, or where it has no row."""
    table = next(document.tables(), None)
    if document.kind != "register" or table is None:
        raise DocumentRefused(document.kind, "is no table; only a register with commitments can be a CSV file")
    return table_csv(table)


def table_csv(table: Table) -> bytes:
    """All rows of a table, however many."""
    return rows_csv(table.columns, table.rows)


def rows_csv(columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> bytes:
    """A header row and its rows; line ends are those of RFC 4180."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in columns])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return (_BYTE_ORDER_MARK + file.getvalue()).encode("utf-8")


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case date():
            return f"{cell:%Y-%m-%d}"
        case int():
            return str(cell)
        case Told(text, _):
            return _harmless(text)
        case _:
            return _harmless(cell)


def _harmless(text: str) -> str:
    kept = plain(text)
    # The text as typed is asked as well: what `plain` strips before a sign, a spreadsheet may skip.
    return f"'{kept}" if kept.startswith(_FORMULA_BEGINS) or text.startswith(_FORMULA_BEGINS) else kept
