"""A desk as one file: whole although the desk runs on, and put back only when everything in it is as it was."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from contextlib import closing
from datetime import UTC, datetime

import pytest
from test_cli import REVIEW, thuchu

from thuchu.desk.backup import CannotBackUp, CannotRestore, back_up, restore, tables

NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)
CAPTURE = "captures/ab/cd/abcd0123"
PAPER = "papers/9f/86d081884c7d65"


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """A home with a fact-check, a question, a capture and a paper."""
    folder = tmp_path_factory.mktemp("lived-in")
    records = folder / "records.jsonl"
    records.write_text(json.dumps(REVIEW, ensure_ascii=False) + "\n", "utf-8")
    home = folder / "home"
    done = thuchu("import", records, "--publisher", "Báo Thử", "--host", "tin.example", home=home)
    assert done.returncode == 0, done.stderr
    assert thuchu("check", "có ai biết chuyện cắt nước tuần sau không", home=home).returncode == 0
    (home / CAPTURE).parent.mkdir(parents=True)
    (home / CAPTURE).write_bytes(b"a page as it was")
    (home / PAPER).parent.mkdir(parents=True)
    (home / PAPER).write_bytes(b"minutes as they were published")
    return home


@pytest.fixture
def saved(lived_in, tmp_path):
    target = tmp_path / "desk.backup"
    back_up(lived_in, target, now=NOW)
    return target


def entries_of(file):
    with tarfile.open(file) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def packed(target, entries):
    with tarfile.open(target, "w:gz") as tar:
        for name, content in entries.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return target


def test_a_restored_desk_answers_as_before(lived_in, tmp_path):
    file, home = tmp_path / "desk.backup", tmp_path / "elsewhere" / "home"

    made = thuchu("backup", file, home=lived_in)
    put_back = thuchu("restore", file, home=home)
    answer = thuchu("check", REVIEW["claimReviewed"], "--json", home=home)

    assert made.returncode == 0, made.stderr
    assert "keep it where only you can read it" in made.stdout
    assert put_back.returncode == 0, put_back.stderr
    assert "The ledger holds" in put_back.stdout
    assert json.loads(answer.stdout)["matches"][0]["url"] == REVIEW["url"]
    assert thuchu("doctor", home=home).returncode == 0


def test_every_row_and_file_is_the_same_afterwards(lived_in, saved, tmp_path):
    home = tmp_path / "home"

    manifest = restore(saved, home)

    assert tables(home / "desk.sqlite3") == tables(lived_in / "desk.sqlite3") == manifest.tables
    assert (home / CAPTURE).read_bytes() == b"a page as it was"
    assert (home / PAPER).read_bytes() == b"minutes as they were published"
    assert (home / "secret-key").read_bytes() == (lived_in / "secret-key").read_bytes()
    assert (home / "secret-key").stat().st_mode & 0o077 == 0


def test_only_its_owner_may_read_it(saved):
    assert saved.stat().st_mode & 0o077 == 0


def test_it_is_one_moment_of_a_desk_that_is_written_to_meanwhile(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "secret-key").write_text("x" * 50)
    with closing(sqlite3.connect(home / "desk.sqlite3", isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE pair (id INTEGER PRIMARY KEY, half TEXT)")
        made.execute(
            "INSERT INTO pair (half) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
            "WHERE i < 40000) SELECT hex(randomblob(200)) FROM n"
        )
    is_over, written = threading.Event(), []

    def write_pairs():
        with closing(sqlite3.connect(home / "desk.sqlite3", isolation_level=None, timeout=20)) as writer:
            while not is_over.is_set():
                writer.execute("BEGIN IMMEDIATE")
                writer.execute("INSERT INTO pair (half) VALUES ('left')")
                writer.execute("INSERT INTO pair (half) VALUES ('right')")
                writer.execute("COMMIT")
                written.append(1)

    thread = threading.Thread(target=write_pairs)
    thread.start()
    try:
        before = len(written)
        back_up(home, tmp_path / "one", now=NOW)
        during = len(written) - before
    finally:
        is_over.set()
        thread.join()
    restore(tmp_path / "one", tmp_path / "restored")

    with closing(sqlite3.connect(tmp_path / "restored" / "desk.sqlite3")) as found:
        halves = dict(found.execute("SELECT half, count(*) FROM pair WHERE half IN ('left', 'right') GROUP BY half"))
    assert during > 0
    assert halves.get("left", 0) == halves.get("right", 0)


def test_killed_while_it_writes_it_leaves_no_file_of_that_name(lived_in, tmp_path):
    big = tmp_path / "home"
    subprocess.run(["cp", "-r", str(lived_in), str(big)], check=True)
    (big / CAPTURE).write_bytes(os.urandom(60_000_000))
    target = tmp_path / "desk.backup"
    process = subprocess.Popen([sys.executable, "-m", "thuchu.cli", "--home", str(big), "backup", str(target)])
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".backup-*/whole")) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()

    assert not target.exists()


def test_a_home_in_use_is_left_alone(saved, lived_in):
    before = sorted(path.name for path in lived_in.iterdir())

    with pytest.raises(CannotRestore, match="is not empty"):
        restore(saved, lived_in)

    assert sorted(path.name for path in lived_in.iterdir()) == before


def test_a_file_that_exists_is_not_overwritten(saved, lived_in):
    with pytest.raises(CannotBackUp, match="exists already"):
        back_up(lived_in, saved, now=NOW)


def test_a_folder_without_a_desk_is_not_backed_up(tmp_path):
    with pytest.raises(CannotBackUp, match="holds no desk"):
        back_up(tmp_path, tmp_path / "file", now=NOW)


@pytest.mark.parametrize("kept", [0, 10, 0.5, 0.99])
def test_half_a_file_restores_nothing(saved, tmp_path, kept):
    whole = saved.read_bytes()
    half = tmp_path / "half"
    half.write_bytes(whole[: int(kept * len(whole)) if kept < 1 else kept])

    with pytest.raises(CannotRestore, match="take another copy"):
        restore(half, tmp_path / "home")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk.backup", "half"]


@pytest.mark.parametrize("name", ["desk.sqlite3", "secret-key", CAPTURE, PAPER])
def test_a_changed_part_restores_nothing(saved, tmp_path, name):
    entries = entries_of(saved)
    entries[name] = entries[name][:-1] + bytes([entries[name][-1] ^ 1])

    with pytest.raises(CannotRestore, match=name):
        restore(packed(tmp_path / "changed", entries), tmp_path / "home")

    assert not (tmp_path / "home").exists()


def test_rows_that_are_not_those_backed_up_restore_nothing(saved, tmp_path):
    entries = entries_of(saved)
    manifest = json.loads(entries["manifest.json"])
    manifest["tables"]["ledger_entry"]["rows"] += 1
    entries["manifest.json"] = json.dumps(manifest).encode()

    with pytest.raises(CannotRestore, match="ledger_entry"):
        restore(packed(tmp_path / "changed", entries), tmp_path / "home")


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/outside", "captures/../../outside", "other.txt", "captures/a/../b"]
)
def test_nothing_is_written_that_no_backup_holds(saved, tmp_path, name):
    entries = {name: b"hello", **entries_of(saved)}

    with pytest.raises(CannotRestore, match="which no backup of thuchu does"):
        restore(packed(tmp_path / "odd", entries), tmp_path / "inner" / "home")

    assert not list(tmp_path.rglob("outside"))


def test_a_link_inside_is_refused(saved, tmp_path):
    odd = tmp_path / "odd"
    with tarfile.open(odd, "w:gz") as tar:
        entry = tarfile.TarInfo("secret-key")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)

    with pytest.raises(CannotRestore, match="no backup"):
        restore(odd, tmp_path / "home")


def test_a_backup_of_a_newer_version_says_so(saved, tmp_path):
    entries = entries_of(saved)
    entries["manifest.json"] = json.dumps(json.loads(entries["manifest.json"]) | {"format": 2}).encode()

    with pytest.raises(CannotRestore, match="upgrade thuchu first"):
        restore(packed(tmp_path / "newer", entries), tmp_path / "home")


def test_a_file_that_is_none_of_ours_is_a_sentence_not_a_traceback(tmp_path):
    other = tmp_path / "photo.jpg"
    other.write_bytes(b"\xff\xd8 no backup" * 100)

    done = thuchu("restore", other, home=tmp_path / "home")

    assert done.returncode == 1
    assert "is not a whole backup of thuchu" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists()
