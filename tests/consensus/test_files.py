"""Files become ratings, or an error that names file, row and column; never a wrong result in silence."""

import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.ratings_facts import two_camps
from thuchu import cli, consensus, consensus_cli, watching
from thuchu.consensus import PARAMS, drawing, files, looking, priors
from thuchu.consensus.values import ConsensusError

TABLE = "rater\tnote\trating\n1\t10\t1\n2\t10\t0.5\n1\t11\t0\n"
PUBLIC = (
    "noteId\traterParticipantId\tcreatedAtMillis\thelpful\tnotHelpful\thelpfulnessLevel\tnewColumn\n"
    "1874000000000000001\tAB\t5\t\t\tHELPFUL\tx\n"
    "1874000000000000001\tCD\t6\t\t\tSOMEWHAT_HELPFUL\tx\n"
    "1874000000000000002\tAB\t7\t0\t1\t\tx\n"
    "1874000000000000002\tCD\t8\t0\t0\t\tx\n"
)


def written(folder: Path, name: str, text: str) -> Path:
    target = folder / name
    target.write_text(text, encoding="utf-8")
    return target


def test_a_table_of_three_columns_is_read(tmp_path: Path) -> None:
    ratings = files.read_ratings(written(tmp_path, "mine.tsv", TABLE))

    assert ratings.note_ids[ratings.note].tolist() == [10, 10, 11]
    assert ratings.rater_ids[ratings.rater].tolist() == [1, 2, 1]
    assert ratings.value.tolist() == [1, 0.5, 0]


def test_commas_and_quotes_are_read_where_the_file_says_csv(tmp_path: Path) -> None:
    ratings = files.read_ratings(written(tmp_path, "mine.csv", TABLE.replace("\t", ",").replace("0.5", '"0.5"')))

    assert ratings.value.tolist() == [1, 0.5, 0]


def test_public_files_are_read_by_name_with_their_old_form_and_unrated_rows_left_out(tmp_path: Path) -> None:
    ratings = files.read_ratings(written(tmp_path, "ratings-00000.tsv", PUBLIC))

    assert ratings.value.tolist() == [1, 0.5, 0]
    assert ratings.time is not None
    assert ratings.time.tolist() == [5, 6, 7]
    assert ratings.note_ids.tolist() == [1874000000000000001, 1874000000000000002]


def test_parts_of_a_folder_and_zips_are_one_table(tmp_path: Path) -> None:
    lines = TABLE.splitlines(keepends=True)
    written(tmp_path, "ratings-00000.tsv", "".join(lines[:2]))
    with zipfile.ZipFile(tmp_path / "ratings-00001.zip", "w") as archive:
        archive.writestr("ratings-00001.tsv", lines[0] + "".join(lines[2:]))

    assert len(files.read_ratings(tmp_path)) == 3


def test_parquet_says_the_same(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"rater": [1, 2, 1], "note": [10, 10, 11], "rating": [1.0, 0.5, 0.0]})
    frame.write_parquet(tmp_path / "mine.parquet")

    assert files.read_ratings(tmp_path / "mine.parquet").value.tolist() == [1, 0.5, 0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file is empty"),
        (TABLE.replace("rating", "score"), "no column rating or helpfulNum or helpfulnessLevel"),
        (TABLE.replace("\trating", "\tnote"), "no column rating|stands there twice"),
        (TABLE.replace("0.5", "0.7"), r"mine\.tsv, row 3, column rating: '0\.7' is none of 0, 0\.5, 1"),
        (TABLE.replace("0.5", "nan"), "row 3, column rating: 'nan'"),
        (TABLE.replace("\t0.5", ""), "row 3: 2 columns, but the first line has 3"),
        (TABLE[:-6], "row 4: 1 columns.*cut off"),
        (TABLE.replace("2\t10", "\t10"), "row 3, column rater: the id is empty"),
        (TABLE.replace("rating\n", "rating\ttime\n").replace("1\n", "1\t-4\n", 1).replace("5\n", "5\t1\n").replace(
            "\t0\n", "\t0\t1\n"), "row 2, column time"),
        ("x" * 2_000_000, "row 1: the line is longer than"),
        (TABLE + "1\t10\t0\n", "twice, differently"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConsensusError, match=sentence):
        files.read_ratings(written(tmp_path, "mine.tsv", text))


def test_what_is_no_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_bytes(b"rater\tnote\trating\n\xff\xfe\t1\t1\n")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")

    for place, sentence in (
        ("mine.tsv", "not text in UTF-8"),
        ("broken.zip", "broken or cut off"),
        ("empty", "no .tsv, .csv, .parquet or .zip file"),
        ("missing.tsv", "no such file"),
        ("broken.parquet", "can't be read as parquet|needs polars"),
    ):
        with pytest.raises(ConsensusError, match=sentence):
            files.read_ratings(tmp_path / place)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(TABLE)), st.integers(0, 20))
def test_whatever_stands_in_a_file_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, cut: int
) -> None:
    target = tmp_path_factory.mktemp("noise") / "mine.tsv"
    target.write_bytes(TABLE.encode()[:at] + noise + TABLE.encode()[at + cut :])

    try:
        ratings = files.read_ratings(target)
    except ConsensusError:
        return
    assert set(ratings.value.tolist()) <= {0.0, 0.5, 1.0}


def in_file(folder: Path, seed: int = 1) -> Path:
    ratings = two_camps(seed, n_raters=30, n_notes=40)
    table = {"rater": ratings.rater, "note": ratings.note, "rating": ratings.value}
    return files.write_table(folder, "ratings", "tsv", table)


def test_a_run_writes_notes_and_what_it_was_made_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = in_file(tmp_path)

    assert (
        cli.main(["consensus", "score", "--ratings", str(table), "--out", str(tmp_path / "run"), "--format", "tsv"])
        == 0
    )

    report = json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))
    header, *rows = (tmp_path / "run" / "notes.tsv").read_text("utf-8").splitlines()
    assert header.split("\t")[:7] == ["noteId", "ratings", "intercept", "factor", "uncertainty", "status", "rule"]
    assert len(rows) == 40
    assert sum(report["statuses"].values()) == 40
    assert report["params"]["name"] == "desk"
    assert not (tmp_path / "run" / "raters.tsv").exists()
    assert report["outputs"]["notes.tsv"] == files.digest(tmp_path / "run" / "notes.tsv")
    assert "Written to" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["tsv", "npz", "parquet"])
def test_a_fit_is_written_the_same_way_twice(tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("polars")
    table = in_file(tmp_path)

    for name in ("one", "two"):
        arguments = ["--ratings", str(table), "--out", str(tmp_path / name), "--format", form]
        assert cli.main(["consensus", "fit", *arguments]) == 0

    reports = [json.loads((tmp_path / name / "run.json").read_text("utf-8")) for name in ("one", "two")]
    assert reports[0]["outputs"] == reports[1]["outputs"]
    assert {"global_intercept", "fit_cpu_s", "peak_mb", "loss", "gradient_norm", "inputs"} <= set(reports[0])
    assert looking.compare(tmp_path / "one", tmp_path / "two")[1].startswith("intercepts differ by up to 0,")


def test_public_notes_and_history_are_read_beside_the_ratings(tmp_path: Path) -> None:
    ratings = written(tmp_path, "ratings-00000.tsv", PUBLIC)
    notes = written(tmp_path, "notes.tsv", "noteId\tclassification\n1874000000000000002\tNOT_MISLEADING\n")
    history = written(
        tmp_path,
        "history.tsv",
        "noteId\tparticipantId\tcreatedAtMillis\tcurrentStatus\ttimestampMillisOfLatestNonNMRStatus\n"
        "1874000000000000001\tCD\t3\tCURRENTLY_RATED_HELPFUL\t9\n",
    )

    prior = priors.read_prior(files.read_ratings(ratings), priors.PriorFiles(notes, history))

    assert prior.not_misleading.tolist() == [False, True]
    assert prior.was_helpful.tolist() == [True, False]
    assert prior.author.tolist() == [1, -1]
    assert prior.created_ms[0] == 3
    assert prior.decided_ms[0] == 9


def test_a_note_is_explained_without_showing_fewer_than_five_raters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = in_file(tmp_path)
    picture = tmp_path / "note.svg"

    assert cli.main(["consensus", "explain", "3", "--ratings", str(table), "--plot", str(picture)]) == 0

    lines = capsys.readouterr().out.splitlines()
    bars = [line for line in lines if " to " in line and line[0] in "+-"]
    assert lines[0].startswith("Note 3: ")
    assert bars
    assert all(sum(bar.count(mark) for mark in "█▒·") >= 5 for bar in bars)
    drawn = ElementTree.fromstring(picture.read_text("utf-8"))
    assert drawn.attrib["role"] == "img"
    assert drawn[0].text == lines[0]
    columns = [
        text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text") if text.text and " to " in text.text
    ]
    assert len([text for text in columns if text[0] in "+−"]) == len(bars)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["explain", "999"], "note 999: it has no rating in this table; one that has is 0"),
        (["explain", "3", "--plot", "note.png"], "its name must end in .svg"),
    ],
)
def test_what_can_t_be_explained_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert cli.main(["consensus", *arguments, "--ratings", str(in_file(tmp_path))]) == 1

    assert sentence in capsys.readouterr().err


def test_a_note_with_four_raters_has_no_picture_of_them() -> None:
    ratings = consensus.read([1, 1, 1, 1, *[2] * 9], [1, 2, 3, 4, *range(9)], [1, 0, 1, 0, *[1] * 9])

    explanation = looking.explain(ratings, consensus.score(ratings), "1")

    assert not explanation.groups
    assert "no picture" in explanation.text()[-1]
    assert "Too few raters" in drawing.note(explanation)


def test_no_group_of_a_picture_mixes_sides_that_have_enough_of_their_own() -> None:
    ratings = two_camps(1, n_raters=30, n_notes=40, per_note=20)
    scores = consensus.score(ratings)

    for note in ratings.note_ids.tolist():
        groups = looking.explain(ratings, scores, str(note)).groups
        assert sum(group.not_helpful + group.somewhat + group.helpful for group in groups) == 20
        assert len(groups) <= looking.GROUPS_MAX
        if len(groups) > 1:
            assert not any(group.low < 0 <= group.high for group in groups) or len(groups) < 4


def test_a_fit_and_a_scoring_have_no_statuses_to_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = in_file(tmp_path)
    for step in ("fit", "score"):
        assert cli.main(["consensus", step, "--ratings", str(table), "--out", str(tmp_path / step)]) == 0

    assert cli.main(["consensus", "compare", str(tmp_path / "fit"), str(tmp_path / "score")]) == 0

    assert "no statuses to compare" in capsys.readouterr().out


@pytest.mark.parametrize(("option", "value"), [("--share", "7"), ("--share", "nan"), ("--seed", "-1")])
def test_a_community_that_can_t_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    assert cli.main(["consensus", "simulate", "--out", str(tmp_path), option, value]) == 1

    assert "lies between 0 and 1" in (said := capsys.readouterr().err) or "from 0 up" in said


class Terminal(io.StringIO):
    """A terminal that somebody watches."""

    def isatty(self) -> bool:
        return True


def test_what_takes_long_is_shown_and_wiped_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(watching, "PATIENCE_S", 0.0)
    monkeypatch.setattr(watching, "REDRAW_S", 0.0)

    with watching.Watching() as progress:
        progress("fitting 9 ratings", 0.5)

    assert "50%  fitting 9 ratings" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_made_up_community_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert cli.main(["consensus", "simulate", "--out", str(tmp_path / name), "--seed", "5"]) == 0

    assert (tmp_path / "one" / "ratings.tsv").read_bytes() == (tmp_path / "two" / "ratings.tsv").read_bytes()


def test_a_bad_table_is_one_sentence_and_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = written(tmp_path, "mine.tsv", TABLE.replace("0.5", "5"))

    assert cli.main(["consensus", "fit", "--ratings", str(table), "--out", str(tmp_path / "run")]) == 1

    assert "row 3, column rating" in capsys.readouterr().err


def test_the_command_knows_the_parameter_sets() -> None:
    assert sorted(PARAMS) == sorted(consensus_cli.PARAMETER_SETS)


def test_arrays_are_written_without_the_time_of_day(tmp_path: Path) -> None:
    target = files.write_table(tmp_path, "notes", "npz", {"noteId": np.arange(3)})

    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["score", "--out", "IN_THE_WAY"], "a file is in the way of this folder"),
        (["fit", "--out", "IN_THE_WAY/deeper"], "a file is in the way of this folder"),
        (["explain", "1", "--plot", "nowhere/x.svg"], "there is no folder nowhere"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_named_by_its_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], said: str
) -> None:
    in_the_way = written(tmp_path, "file", "x")
    command = [word.replace("IN_THE_WAY", str(in_the_way)) for word in wrong]

    assert cli.main(["consensus", *command, "--ratings", str(in_file(tmp_path))]) == 1

    assert said in capsys.readouterr().err


def test_a_file_of_another_kind_is_told_what_can_be_read(tmp_path: Path) -> None:
    place = tmp_path / "mine.npz"
    np.savez(place, note=[1], rater=[1], rating=[1])

    with pytest.raises(ConsensusError, match=r"not text in UTF-8.*what can be read is \.tsv, \.csv, \.parquet, \.zip"):
        files.read_ratings(place)
