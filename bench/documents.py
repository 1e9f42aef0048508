"""How long a review's register takes as each kind of file, how many pages it has, and how much memory its child held.

    python bench/documents.py --json

Rows are commitments of a sentence each.  Above 500 rows PDF and DOCX show 200 and the address of the CSV; "in tables of
500" is what all of them would take.  Each file is made by the product's own child process, one after the other.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pypdfium2

from thuchu.desk import papers
from thuchu.documents.tree import FORMATS, Document, Format, Section, Table

ROWS = (40, 200, 500, 1_000, 4_000)
TABLE_ROWS = 500
COLUMNS = ("Mã", "Nội dung", "Chủ trì", "Hạn gốc", "Hạn nay", "Trạng thái")
WIDTHS = (2, 4, 2, 2, 2, 2)
TEXT = "Kiểm tra lại toàn bộ nguồn đã dẫn trong năm, thay những nguồn không còn mở được"


def main() -> None:
    """Each number of rows in each format, then all rows in tables that are shown whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON, not lines")
    parser.add_argument("--one", nargs=3, metavar=("ROWS", "FORMAT", "WHOLE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        rows, format, whole = options.one
        sys.stdout.write(json.dumps(_measured(int(rows), format, whole == "whole")))
        return
    found = []
    for rows, format, whole in _cases():
        command = [sys.executable, __file__, "--one", str(rows), format, "whole" if whole else "cut"]
        found.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        sys.stderr.write(f"{found[-1]}\n")
    if options.json:
        sys.stdout.write(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def _cases() -> Iterator[tuple[int, Format, bool]]:
    for rows in ROWS:
        for format in FORMATS:
            yield rows, format, False
    for rows in ROWS[-2:]:
        yield rows, "pdf", True
        yield rows, "docx", True


def _measured(rows: int, format: Format, whole: bool) -> dict[str, object]:
    document = _register(rows, whole=whole)
    began = time.monotonic()
    body = papers.render(document, format)
    seconds = time.monotonic() - began
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "rows": rows,
        "tables": "of 500" if whole else "one",
        "format": format,
        "seconds": round(seconds, 2),
        "cpu_s": round(child.ru_utime + child.ru_stime, 2),
        "peak_mb": child.ru_maxrss // 1024,
        "kb": len(body) // 1024,
        "pages": len(pypdfium2.PdfDocument(body)) if format == "pdf" else None,
    }


def _register(rows: int, *, whole: bool) -> Document:
    every = tuple(_row(place) for place in range(1, rows + 1))
    size = TABLE_ROWS if whole else rows
    tables = tuple(_table(every[at : at + size]) for at in range(0, rows, size))
    return Document(
        kind="register",
        language="vi",
        title="Bảng theo dõi cam kết",
        subtitle="Quý 1/2026",
        organisation="Bàn Thực Hư",
        number="Kỳ rà soát 2026-q1",
        place_and_date="Hướng Dương, ngày 17 tháng 4 năm 2026",
        notice="Bản gốc mà ai cũng đọc được: https://ban.example/ra-soat/2026-q1/",
        dated=datetime(2026, 4, 17, tzinfo=UTC),
        sections=(Section("1", "Cam kết", tables),),
    )


def _table(rows: tuple[tuple[str | date, ...], ...]) -> Table:
    return Table(caption="Mọi cam kết", columns=COLUMNS, rows=rows, widths=WIDTHS, rest_at="https://ban.example/x.csv")


def _row(place: int) -> tuple[str | date, ...]:
    due = date(2026, 1, 1) + timedelta(days=place % 365)
    return (f"CK-2026-{place:04}", f"{TEXT} ({place})", "Nhóm trực", due, due, "Chưa đến hạn")


if __name__ == "__main__":
    main()
