"""A table as a file that a spreadsheet opens with its accents, and in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# What a spreadsheet would take as the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The answer to a download: UTF-8 with its mark, one line of names, days as 2026-11-24, nothing for None."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(columns)
    table.writerows([_cell(value) for value in row] for row in rows)
    response = HttpResponse(written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
