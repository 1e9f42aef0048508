"""How long a review's register takes as each kind of file, how many pages it has, and how much memory its child held.

    python bench/documents.py --json
    python bench/documents.py --review

Rows are commitments of a sentence each.  Above 500 rows PDF and DOCX show 200 and the address of the CSV; "in tables of
500" is what all of them would take.  Each file is made by the product's own child process, one after the other.
`--review` makes as many files as a review has (four documents of 40 rows in two languages, as PDF and DOCX), all by one
process, and each by one of its own.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdfium2

from thuchu.desk import papers
from thuchu.documents.tree import FORMATS, Document, Format, Language, Section, Table

ROWS = (40, 200, 500, 1_000, 4_000)
TABLE_ROWS = 500
LANGUAGES: tuple[Language, ...] = ("vi", "en")
COLUMNS = ("Mã", "Nội dung", "Chủ trì", "Hạn gốc", "Hạn nay", "Trạng thái")
WIDTHS = (2, 4, 2, 2, 2, 2)
TEXT = "Kiểm tra lại toàn bộ nguồn đã dẫn trong năm, thay những nguồn không còn mở được"


def main() -> None:
    """Each number of rows in each format, then all rows in tables that are shown whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON, not lines")
    parser.add_argument("--review", action="store_true", help="one process for the files of a review, or one for each")
    parser.add_argument("--one", nargs=3, metavar=("ROWS", "FORMAT", "WHOLE"), help=argparse.SUPPRESS)
    parser.add_argument("--all", choices=("together", "alone"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.all:
        sys.stdout.write(json.dumps(_review(together=options.all == "together")))
        return
    if options.one:
        rows, format, whole = options.one
        sys.stdout.write(json.dumps(_measured(int(rows), format, whole == "whole")))
        return
    if options.review:
        for together in (False, True):
            command = [sys.executable, __file__, "--all", "together" if together else "alone"]
            sys.stdout.write(subprocess.run(command, check=True, capture_output=True, text=True).stdout + "\n")
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
    (body,) = papers.render([(document, format)])
    seconds = time.monotonic() - began
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "rows": rows,
        "tables": "of 500" if whole else "one",
        "format": format,
        "seconds": round(seconds, 2),
        "cpu_s": round(child.ru_utime + child.ru_stime, 2),
        "peak_mb": child.ru_maxrss // 1024,
        "kb": len(body) // 1024 if isinstance(body, bytes) else None,
        "pages": len(pypdfium2.PdfDocument(body)) if format == "pdf" else None,
    }


def _review(*, together: bool) -> dict[str, object]:
    formats: tuple[Format, ...] = ("pdf", "docx")
    files = [
        (replace(_register(40, whole=False), subtitle=subtitle, language=language), format)
        for subtitle in ("1", "2", "3", "4")
        for language in LANGUAGES
        for format in formats
    ]
    began = time.monotonic()
    bodies = papers.render(files) if together else [papers.render([each])[0] for each in files]
    seconds = time.monotonic() - began
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    digest = hashlib.sha256(b"".join(body for body in bodies if isinstance(body, bytes))).hexdigest()
    return {
        "processes": 1 if together else len(files),
        "files": sum(isinstance(body, bytes) for body in bodies),
        "seconds": round(seconds, 2),
        "cpu_s": round(child.ru_utime + child.ru_stime, 2),
        "peak_mb": child.ru_maxrss // 1024,
        "sha256_of_all": digest[:16],
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
