"""A table as CSV: a spreadsheet opens it with its accents, and runs nothing of what people typed."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_review import REVIEW
from small_documents import document, long_table, table

from thuchu.documents import csv_file
from thuchu.documents.errors import DocumentRefused
from thuchu.documents.register import register
from thuchu.documents.report import report
from thuchu.documents.tree import Told


def read(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_a_spreadsheet_sees_that_it_is_utf8_and_finds_one_header_row():
    body = csv_file.render(register(REVIEW, "vi"))

    assert body.startswith(b"\xef\xbb\xbf")
    rows = read(body)
    assert rows[0] == [
        "Mã",
        "Nội dung",
        "Chủ trì",
        "Hạn gốc",
        "Hạn nay",
        "Trạng thái",
        "Bằng chứng",
        "Cập nhật",
        "Nội dung cập nhật",
    ]
    assert len(rows) == 1 + len(REVIEW.commitments)
    assert rows[3][:5] == [
        "CK-2026-003",
        "Mở buổi tập “Nguồn tin đầu tiên” cho 15 người ở thôn Đông và thôn Thượng",
        "Hội Phụ nữ xã",
        "2026-03-17",
        "2026-04-16",
    ]


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =HYPERLINK(1)", "＝1", "\u200b=1", "\ufeff=1"],
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(typed):
    (_, (cell, told, plain)) = read(csv_file.rows_csv(("a", "b", "c"), ((typed, Told(typed, "en"), f"x{typed}"),)))

    assert cell.startswith("'")
    assert told.startswith("'")
    assert not plain.startswith("'")


@settings(deadline=None)
@given(st.text())
def test_no_cell_begins_like_a_formula_and_every_row_has_its_cells(text):
    rows = read(csv_file.rows_csv((text, "Số"), ((text, 1), (text, None))))

    assert [len(row) for row in rows] == [2, 2, 2]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


def test_numbers_and_days_are_those_of_a_machine():
    rows = read(csv_file.rows_csv(("a", "b", "c", "d"), ((3418, -3, date(2026, 11, 12), None),)))

    assert rows[1] == ["3418", "-3", "2026-11-12", ""]


def test_all_rows_of_a_long_table_stand_in_it():
    assert len(read(csv_file.table_csv(long_table(4_000)))) == 4_001


def test_only_a_register_is_a_table():
    with pytest.raises(DocumentRefused, match="only a register"):
        csv_file.render(report(REVIEW, "vi"))
    with pytest.raises(DocumentRefused, match="only a register"):
        csv_file.render(document(table(("A", "B"))))
