"""Tables with a header line, and JSON lines: one bad row never costs another."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from fact_checks import CLAIM, URL, claim_review, packed, read, records, refusal, row
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.claimreview import Reading, Refusal, Row, Verdict, Withdrawal, read_file
from thuchu.claimreview.tables import COLUMN_NAMES, guarded, unguarded


def table(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def test_a_table_is_read_by_its_header() -> None:
    text = table(
        "Title;Claim reviewed;URL;Publisher;Verdict;Review body;in_language;date-published;Appearances",
        f'Tiêu đề;"Nước; muối";{URL};Kiểm Chứng;Sai;"Vì ""muối""\nkhông diệt";vi;5/1/2026;https://a.vn https://b.vn',
    )

    made = row(text)

    record = made.record
    assert (record.claim, record.title, record.url) == ("Nước; muối", "Tiêu đề", URL)
    assert (record.publisher, record.verdict, record.language) == ("Kiểm Chứng", Verdict.FALSE, "vi")
    assert record.explanation == 'Vì "muối"\nkhông diệt'
    assert record.date_published == date(2026, 1, 5)
    assert record.appearances == ("https://a.vn", "https://b.vn")
    assert made.line == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_known_columns(delimiter: str) -> None:
    lines = ("url claim verdict", f"{URL} Tin Sai")

    assert records(table(*(line.replace(" ", delimiter) for line in lines)))[0].verdict is Verdict.FALSE


@pytest.mark.parametrize("name", COLUMN_NAMES["claim"])
def test_every_documented_claim_column_is_read(name: str) -> None:
    assert records(table(f"url,{name}", f"{URL},Tin"))[0].claim == "Tin"


def test_vietnamese_column_names_are_read() -> None:
    text = table("Liên kết,Điều cần kiểm chứng,Kết luận,Ngày đăng", f"{URL},{CLAIM},Sai,12/11/2026")

    [record] = records(text)

    assert (record.claim, record.verdict, record.date_published) == (CLAIM, Verdict.FALSE, date(2026, 11, 12))


def test_the_better_of_two_columns_counts_and_the_other_fills_in() -> None:
    text = table("url,claim,rating,verdict", f"{URL},Một,4,Sai", f"{URL},Hai,False,")

    assert [record.verdict_words for record in records(text)] == ["Sai", "False"]


def test_a_row_that_does_not_fit_is_refused_alone() -> None:
    text = table("url,claim", f"{URL},Một", f"{URL},Hai,thừa", f"{URL}", f"{URL},Bốn,", "", f"{URL},Sáu")

    outcomes = read(text)

    assert [(type(o), o.line) for o in outcomes] == [(Row, 2), (Refusal, 3), (Refusal, 4), (Row, 5), (Row, 7)]


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    text = table("url,claim", f"{URL},Một", f'{URL},"Hai', *(f"{URL},Tin {n}" for n in range(3_000)))

    outcomes = read(text)

    problems = [(o.line, o.reason) for o in outcomes if isinstance(o, Refusal)]
    assert problems == [(3, "opens a quote that is never closed; close it, or write quotes inside a cell twice")]
    assert len(outcomes) == 3_002


def test_a_quote_in_the_middle_of_a_quoted_cell_is_refused() -> None:
    problem, made = read(table("url,claim", f'{URL},"Hai" ba', f"{URL},Bốn"))

    assert isinstance(problem, Refusal)
    assert "quote" in problem.reason
    assert isinstance(made, Row)


def test_tabs_part_cells_without_quoting() -> None:
    [record] = records(table("url\tclaim", f'{URL}\t"Một" và "hai'))

    assert record.claim == '"Một" và "hai'


@pytest.mark.parametrize("content", ["Dòng một\rdòng hai", '"Dòng một\rdòng hai"', '"Dòng một\ndòng hai"'])
def test_a_bare_carriage_return_stays_inside_its_cell(content: str) -> None:
    [record] = records(f"url,claim\r\n{URL},{content}\r\n")

    assert record.claim == "Dòng một\ndòng hai"


def test_a_file_whose_lines_all_end_in_carriage_returns_is_read() -> None:
    assert [r.claim for r in records(f"url,claim\r{URL},Một\r{URL},Hai\r")] == ["Một", "Hai"]


def test_a_row_that_is_not_utf8_is_refused_alone() -> None:
    content = table("url,claim", f"{URL},Một").encode() + f"{URL},Tiếng Vi\xea\n".encode("cp1258", "replace")

    made, problem = read(content + f"{URL},Ba\n".encode())[:2]

    assert isinstance(made, Row)
    assert isinstance(problem, Refusal)
    assert "Windows-1258" in problem.reason
    assert problem.line == 3


def test_a_table_whose_header_is_not_utf8_says_so() -> None:
    assert "UTF-8" in refusal("url,claim,título\n".encode("latin-1")).reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_may_be_in_any_unicode_encoding(encoding: str) -> None:
    assert records(table("url,claim", f"{URL},{CLAIM}").encode(encoding))[0].claim == CLAIM


def test_a_utf16_table_that_is_cut_off_keeps_what_stands_before() -> None:
    content = table("url,claim", f"{URL},Một", f"{URL},Hai").encode("utf-16")[:-1]

    assert isinstance(read(content)[-1], Refusal)


def test_a_withdrawn_row_says_when_with_or_without_its_claim() -> None:
    record, withdrawal = read(table("url,claim,date_deleted", f"{URL},Tin,2026-05-01", f"{URL},,2026-05-02"))

    assert isinstance(record, Row)
    assert record.record.date_deleted == date(2026, 5, 1)
    assert isinstance(withdrawal, Withdrawal)
    assert (withdrawal.url, withdrawal.date_deleted, withdrawal.line) == (URL, date(2026, 5, 2), 3)


@pytest.mark.parametrize(
    "text", ["tên,tuổi\nAn,3\n", "url\nhttps://a.vn\n", "xin chào", "12", '"', "\0\x01\x02abc", "a" * 99]
)
def test_a_file_that_is_none_of_the_formats_is_one_refusal(text: str) -> None:
    assert "docs/formats.md" in refusal(text).reason


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", packed(""), b"\xff\xfe"])
def test_an_empty_file_says_so(content: bytes) -> None:
    assert "empty" in refusal(content).reason


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", b"%PDF-1.7", b"PAR1", b"BZh9", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0"]
)
def test_a_spreadsheet_or_archive_is_told_what_to_become(start: bytes) -> None:
    assert refusal(start + b"\x00" * 100).reason.startswith("is ")


def test_each_json_line_stands_alone() -> None:
    good = json.dumps(claim_review())
    text = "\n".join([good, good[:-5], "", "[1", "null", json.dumps({"@type": "Article"}), good])

    outcomes = read(text)

    kinds = [(type(outcome), outcome.line) for outcome in outcomes]
    assert kinds == [(Row, 1), (Refusal, 2), (Refusal, 4), (Refusal, 5), (Refusal, 6), (Row, 7)]


def test_json_lines_are_known_even_when_the_first_is_broken() -> None:
    good = json.dumps(claim_review())

    assert [type(o) for o in read(f'{{"broken": \n{good}\n{good}\n')] == [Refusal, Row, Row]
    assert [type(o) for o in read(f'{{"broken\n{good}\n{{"also broken\n', "tin.jsonl.gz")] == [Refusal, Row, Refusal]


def test_an_indented_document_is_not_taken_for_json_lines() -> None:
    text = json.dumps({"@graph": [claim_review(), claim_review(claimReviewed="Tin khác")]}, indent=1)

    assert len(records(text, "tin.jsonl")) == 2


def test_a_line_that_is_too_long_is_skipped_over() -> None:
    good = json.dumps(claim_review())
    long = json.dumps(claim_review(reviewBody="a" * 3_000_000))

    made, problem, last = read(f"{good}\n{long}\n{good}\n")

    assert isinstance(made, Row)
    assert isinstance(problem, Refusal)
    assert (problem.line, problem.reason) == (2, "is longer than 1,000,000 characters; shorten it")
    assert isinstance(last, Row)
    assert last.line == 3


def test_a_packed_file_that_is_cut_off_keeps_what_stands_before() -> None:
    lines = "".join(json.dumps(claim_review(claimReviewed=f"Tin {n}")) + "\n" for n in range(2_000))
    content = packed(lines)

    *made, problem = read(content[: len(content) // 2])

    assert len(made) > 10
    assert isinstance(problem, Refusal)
    assert "cut off" in problem.reason


def test_a_file_that_unpacks_without_end_is_stopped_at_the_limit() -> None:
    content = packed(json.dumps(claim_review()) + "\n{}\n" + "\n" * 10_000_000)

    reading = Reading(io.BytesIO(content), name="bomb.gz", size_bytes=len(content), unpacked_bytes_max=1_000_000)
    made, _, problem = list(reading)

    assert isinstance(made, Row)
    assert isinstance(problem, Refusal)
    assert "1,000,000 bytes" in problem.reason


def test_progress_goes_from_nothing_to_the_size_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "tin.jsonl.gz"
    path.write_bytes(packed("".join(json.dumps(claim_review(claimReviewed=f"Tin {n}")) + "\n" for n in range(5_000))))

    reading = read_file(path)
    before = reading.bytes_read
    seen = [reading.bytes_read for _ in reading]

    assert before == 0
    assert seen == sorted(seen)
    assert seen[-1] == reading.bytes_read == reading.bytes_total == path.stat().st_size
    assert reading.format == "lines"


def test_a_file_that_is_not_there_is_a_refusal(tmp_path: Path) -> None:
    for path in (tmp_path / "khong-co.json", tmp_path):
        [problem] = read_file(path)

        assert isinstance(problem, Refusal)
        assert problem.file == str(path)
        assert "check the path" in problem.reason


@given(st.text(max_size=40))
@settings(max_examples=100)
def test_a_guarded_cell_is_no_formula_and_gives_the_cell_back(cell: str) -> None:
    assert guarded(cell)[:1] not in set("=+-@\t\r\n")
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["=HYPERLINK()", "+1", "-1", "@x", "'=1", "''-", "\t=1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
