"""Whatever a file holds, it becomes the ratings that it says or an error with file and row; never others in silence."""

import contextlib
import io
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thuchu.consensus import files, tables
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.tables import BadFile
from thuchu.consensus.values import ConsensusError

TABLE = "rater\tnote\trating\n" + "".join(f"{row % 7}\t{row // 7}\t{('0', '0.5', '1')[row % 3]}\n" for row in range(60))
SAME_FIXTURES = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(folder: Path, content: str | bytes, name: str = "mine.tsv") -> Path:
    target = folder / name
    target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return target


def said(ratings: Ratings) -> list[tuple[str, str, float]]:
    return sorted(
        (str(ratings.note_ids[note]), str(ratings.rater_ids[rater]), value)
        for note, rater, value in zip(ratings.note, ratings.rater, ratings.value.tolist(), strict=True)
    )


def plainly(text: str) -> list[tuple[str, str, float]]:
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return sorted((note, rater, float(value)) for rater, note, value in rows)


@pytest.mark.parametrize("block", [1, 7, 64, 1 << 20])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_neither_blocks_nor_line_ends_nor_a_byte_order_mark_change_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, end: str, mark: bytes
) -> None:
    monkeypatch.setattr(tables, "BLOCK_BYTES", block)

    assert said(files.read_ratings(written(tmp_path, mark + TABLE.replace("\n", end).encode()))) == plainly(TABLE)


@SAME_FIXTURES
@given(st.integers(0, len(TABLE)))
def test_a_file_that_is_cut_off_is_refused_or_says_what_its_whole_lines_say(tmp_path: Path, at: int) -> None:
    """Where the cut falls on the end of a line nobody can tell; nowhere else does it pass."""
    cut = TABLE[:at]
    place = written(tmp_path, cut)

    try:
        ratings = files.read_ratings(place)
    except ConsensusError:
        return
    whole = TABLE[: TABLE.index("\n", at)] if not cut.endswith("\n") and at < len(TABLE) else cut
    assert said(ratings) == plainly(whole)


@pytest.mark.parametrize(
    ("last", "fine"), [("9\t9\t1", True), ("9\t9\t0.5", True), ("9\t9\t0", False), ("9\t9\t0.", False), ("9\t9", False)]
)
def test_a_last_line_without_an_end_counts_where_it_can_t_be_a_part(tmp_path: Path, last: str, fine: bool) -> None:
    place = written(tmp_path, TABLE + last)

    if fine:
        assert len(files.read_ratings(place)) == 61
    else:
        with pytest.raises(BadFile, match=r"mine\.tsv, row 62"):
            files.read_ratings(place)


class Endless(io.RawIOBase):
    """Ten gigabytes without a line end, made as they are read."""

    def __init__(self, before: bytes) -> None:
        self.left, self.before, self.given = 10_000_000_000, before, 0

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        piece, self.before = (self.before, b"") if self.before else (b"7" * min(size, self.left), b"")
        self.given += len(piece)
        return piece


@pytest.mark.parametrize(("before", "row"), [(b"", 2), (b"1\t2\t1\n1\t3\t1\n", 4)])
def test_a_line_of_ten_gigabytes_is_refused_before_it_is_read(before: bytes, row: int) -> None:
    endless = Endless(before)

    with pytest.raises(BadFile, match=rf"mine\.tsv, row {row}: the line is longer than 1,000,000 bytes"):
        list(tables._blocks(Path("mine.tsv"), endless))  # type: ignore[arg-type]

    assert endless.given <= 2 * tables.BLOCK_BYTES


def test_a_long_line_among_others_is_named(tmp_path: Path) -> None:
    lines = TABLE.split("\n")
    lines[5] = "x" * (tables.LINE_BYTES_MAX + 1)

    with pytest.raises(BadFile, match="row 6: the line is longer than"):
        files.read_ratings(written(tmp_path, "\n".join(lines)))


@pytest.mark.parametrize("note", ["", " 7", "7 ", "a\0", "a\x1b", "1.874E+18", "1,87E18", "2e5"])
def test_what_would_collide_with_another_id_is_no_id(tmp_path: Path, note: str) -> None:
    with pytest.raises(BadFile, match=r"mine\.tsv, row 62, column note: .*(no id|id is empty)"):
        files.read_ratings(written(tmp_path, f"{TABLE}9\t{note}\t1\n"))


@pytest.mark.parametrize(("one", "other"), [("1", "01"), ("1", "+1"), ("9223372036854775807", "9223372036854775808")])
def test_ids_that_look_alike_stay_apart(tmp_path: Path, one: str, other: str) -> None:
    ratings = files.read_ratings(written(tmp_path, f"rater\tnote\trating\n1\t{one}\t1\n1\t{other}\t0\n"))

    assert sorted(map(str, ratings.note_ids.tolist())) == sorted([one, other])


@pytest.mark.parametrize("text", ["-4", " 5", "1_000", "5.0", "1e9", "NaN", "", "9223372036854775808", "\u0665"])
def test_what_is_no_time_is_no_time(tmp_path: Path, text: str) -> None:
    lines = [f"{line}\t{row or 'time'}" for row, line in enumerate(TABLE.splitlines())]
    lines[9] = lines[9].rsplit("\t", 1)[0] + f"\t{text}"

    with pytest.raises(BadFile, match=r"row 10, column time: .* is (negative|not a whole number)"):
        files.read_ratings(written(tmp_path, "\n".join(lines) + "\n"))


@pytest.mark.parametrize("name", ["mine.tsv", "ratings-00000.tsv"])
def test_a_file_without_a_rating_is_named(tmp_path: Path, name: str) -> None:
    head = "rater\tnote\trating\n" if name == "mine.tsv" else "raterParticipantId\tnoteId\thelpfulnessLevel\nA\t1\t\n"

    with pytest.raises(BadFile, match=f"{name}: there is no rating in it"):
        files.read_ratings(written(tmp_path, head, name))


def test_two_rows_that_disagree_are_named_in_their_files_past_rows_without_a_rating(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "BLOCK_BYTES", 30)
    head = "raterParticipantId\tnoteId\thelpfulnessLevel\n"
    written(tmp_path, head + "A\t1\t\nB\t1\tHELPFUL\nC\t2\t\nA\t2\tHELPFUL\n", "ratings-0.tsv")
    written(tmp_path, head + "C\t1\t\nC\t3\tHELPFUL\nA\t2\tNOT_HELPFUL\n", "ratings-1.tsv")

    with pytest.raises(BadFile) as refused:
        files.read_ratings(tmp_path)

    one, other = tmp_path / "ratings-0.tsv", tmp_path / "ratings-1.tsv"
    assert str(refused.value).startswith(f"{one}, row 5 and {other}, row 4: rater A rated note 2 twice, differently")


def test_rows_are_named_as_they_stand_in_the_file_and_not_in_the_order_of_their_entries(tmp_path: Path) -> None:
    rows = "rater\tnote\trating\tentry\n1\t1\t1\t9\n2\t1\t1\t8\n3\t1\t1\t7\n4\t1\t1\t8\n"

    with pytest.raises(BadFile, match=r"mine\.tsv, row 3 and .*mine\.tsv, row 5: both have entry number 8"):
        files.read_ratings(written(tmp_path, rows))


@pytest.mark.parametrize(
    ("name", "inside"), [("mine.csv", ""), ("MINE.CSV", ""), ("mine.zip", "a.csv"), ("M.ZIP", "A.CSV")]
)
def test_csv_is_known_by_its_own_name_and_a_quoted_comma_divides_nothing(
    tmp_path: Path, name: str, inside: str
) -> None:
    text = 'rater,note,rating,words\n1,2,1,"well, yes"\n1,3,0,"he said ""no"", twice"\n'
    content = io.BytesIO()
    if inside:
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr(inside, text)

    ratings = files.read_ratings(written(tmp_path, content.getvalue() if inside else text, name))

    assert said(ratings) == [("2", "1", 1.0), ("3", "1", 0.0)]


def test_a_quotation_mark_that_nothing_ends_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"mine\.csv, row 3: not CSV"):
        files.read_ratings(written(tmp_path, 'rater,note,rating\n1,2,1\n1,"3,0\n', "mine.csv"))


def test_quotation_marks_between_tabs_are_part_of_the_id(tmp_path: Path) -> None:
    ratings = files.read_ratings(written(tmp_path, 'rater\tnote\trating\n7\t1\t1\n"7"\t1\t0\n'))

    assert sorted(ratings.rater_ids.tolist()) == ['"7"', "7"]


CELLS = st.sampled_from(
    ["1", "2", "x", "", " 1", "0.5", "0", "nan", "\t", "\n", "\r\n", '"', '"1"', "é", "\0", "HELPFUL"]
)


@SAME_FIXTURES
@given(st.lists(CELLS, max_size=30), st.sampled_from([3, 40, 1 << 20]))
def test_with_polars_and_without_files_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pieces: list[str], block: int
) -> None:
    pytest.importorskip("polars")
    place = written(tmp_path, TABLE + "".join(pieces))
    answers = []
    for quick in (tables._quick, lambda *_: None):
        with monkeypatch.context() as changed:
            changed.setattr(tables, "_quick", quick)
            changed.setattr(tables, "BLOCK_BYTES", block)
            try:
                answers.append(str(said(files.read_ratings(place))))
            except ConsensusError as error:
                answers.append(str(error))

    assert answers[0] == answers[1]


def test_a_zip_that_is_damaged_or_locked_is_named(tmp_path: Path) -> None:
    place = tmp_path / "ratings.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ratings.tsv", TABLE * 50)
    whole = place.read_bytes()

    for at in range(40, len(whole) - 1, 7):
        place.write_bytes(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
        # An error of another kind fails the test; a bit in a date or a comment harms nothing.
        with contextlib.suppress(ConsensusError):
            assert said(files.read_ratings(place)) == plainly(TABLE)
    flag = whole.index(b"PK\x01\x02") + 8
    place.write_bytes(whole[:flag] + struct.pack("<H", 1) + whole[flag + 2 :])
    with pytest.raises(ConsensusError, match=r"ratings\.zip"):
        files.read_ratings(place)


def test_a_parquet_file_that_is_damaged_is_named(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"rater": np.arange(200) % 9, "note": np.arange(200) // 9, "rating": np.ones(200)})
    place = tmp_path / "mine.parquet"
    frame.write_parquet(place)
    whole = place.read_bytes()

    for at in range(0, len(whole), 23):
        place.write_bytes(whole[:at])
        with pytest.raises(ConsensusError, match=r"mine\.parquet"):
            files.read_ratings(place)


@pytest.mark.parametrize(
    ("column", "values", "sentence"),
    [
        ("rating", [1.0, float("nan"), 0.0], "row 2, column rating: 'NaN' is none of"),
        ("rating", [1.0, None, 0.0], "row 2, column rating: '' is none of"),
        ("note", [1, None, 2], "row 2, column note: the id is empty"),
        ("note", [1.0, 2.0, 3.0], "column note: ids must be whole numbers or text"),
        ("time", [1, -1, 2], "row 2, column time: '-1' is negative"),
        ("time", [1.5, 2.0, 2.0], "row 1, column time: '1.5' is not a whole number"),
    ],
)
def test_what_is_wrong_in_parquet_is_named(tmp_path: Path, column: str, values: list[object], sentence: str) -> None:
    polars = pytest.importorskip("polars")
    table = {"rater": [1, 2, 3], "note": [1, 1, 1], "rating": [1.0, 0.5, 0.0], "time": [1, 2, 3], column: values}
    polars.DataFrame(table, strict=False).write_parquet(tmp_path / "mine.parquet")

    with pytest.raises(BadFile, match=rf"mine\.parquet.*{sentence}"):
        files.read_ratings(tmp_path / "mine.parquet")


def test_a_folder_of_files_with_and_without_times_is_refused(tmp_path: Path) -> None:
    written(tmp_path, TABLE, "one.tsv")
    written(tmp_path, "rater\tnote\trating\ttime\n1\t99\t1\t5\n", "two.tsv")

    with pytest.raises(BadFile, match="some of the files have a column time"):
        files.read_ratings(tmp_path)
