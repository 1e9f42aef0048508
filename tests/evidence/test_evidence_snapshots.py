"""What was captured stays as it was, or the desk says that it did not."""

import hashlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.desk.evidence.refusals import SnapshotDamaged, SnapshotMissing
from thuchu.desk.evidence.snapshot import Snapshots

PAGE = "<title>Tin</title><p>Ngày bầu cử không đổi.</p>".encode()


@pytest.fixture
def snapshots(tmp_path):
    return Snapshots(tmp_path / "home" / "captures")


def files(tmp_path):
    return [path for path in (tmp_path / "home").rglob("*") if path.is_file()]


def test_bytes_are_kept_under_their_digest_and_once(snapshots, tmp_path):
    first, second = snapshots.keep(PAGE), snapshots.keep(PAGE)

    assert first == second == hashlib.sha256(PAGE).hexdigest()
    assert snapshots.read(first) == PAGE
    assert len(files(tmp_path)) == 1
    assert list(snapshots.digests()) == [first]


def test_only_the_desk_may_look_at_captures(snapshots, tmp_path):
    snapshots.keep(PAGE)

    for path in [tmp_path / "home" / "captures", *files(tmp_path)]:
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077


def test_no_captures_name_says_what_it_is_so_nothing_renders_it(snapshots, tmp_path):
    snapshots.keep(PAGE)

    assert all(path.suffix == "" for path in files(tmp_path))


def test_a_damaged_capture_is_told_and_the_same_bytes_mend_it(snapshots, tmp_path):
    digest = snapshots.keep(PAGE)
    [path] = files(tmp_path)
    path.write_bytes(PAGE.replace(b"Ng", b"ng"))

    assert list(snapshots.damaged()) == [digest]
    with pytest.raises(SnapshotDamaged, match=f"{digest[:12]} is no longer"):
        snapshots.read(digest)

    assert snapshots.keep(PAGE) == digest
    assert snapshots.read(digest) == PAGE


@pytest.mark.parametrize("digest", ["", "a" * 63, "A" * 64, "../" * 20 + "etc/passwd", "a" * 64, "a" * 64 + "\n"])
def test_what_is_no_digest_or_not_kept_is_missing(snapshots, digest):
    with pytest.raises(SnapshotMissing):
        snapshots.read(digest)


def test_a_file_kept_again_is_young_again(snapshots, tmp_path):
    """Else cleaning could take it away between the keeping and the row that names it."""
    digest = snapshots.keep(PAGE)
    [path] = files(tmp_path)
    os.utime(path, (0, 0))
    assert list(snapshots.kept_before(datetime(2020, 1, 1, tzinfo=UTC))) == [digest]

    snapshots.keep(PAGE)

    assert list(snapshots.kept_before(datetime(2020, 1, 1, tzinfo=UTC))) == []
    assert not snapshots.remove(digest, before=datetime(2020, 1, 1, tzinfo=UTC))
    assert snapshots.holds(digest)


def test_what_is_old_can_be_removed(snapshots, tmp_path):
    digest = snapshots.keep(PAGE)
    os.utime(files(tmp_path)[0], (0, 0))

    assert snapshots.remove(digest, before=datetime(2020, 1, 1, tzinfo=UTC))
    assert not snapshots.holds(digest)
    assert not snapshots.remove(digest, before=datetime(2020, 1, 1, tzinfo=UTC))


def test_what_a_stopped_writer_left_is_swept_and_nothing_else(snapshots, tmp_path):
    digest = snapshots.keep(PAGE)
    folder = files(tmp_path)[0].parent
    left = folder / ".unfinished-abc"
    left.write_bytes(b"nua chung")
    os.utime(left, (0, 0))
    (folder / ".unfinished-def").write_bytes(b"dang viet")

    assert list(snapshots.digests()) == [digest]
    assert snapshots.sweep(before=datetime(2020, 1, 1, tzinfo=UTC)) == 1
    assert sorted(path.name for path in folder.iterdir()) == [".unfinished-def", digest[2:]]


def test_a_writer_killed_at_any_moment_leaves_no_half_capture(tmp_path):
    """`kill -9`, ten times: every digest that was told is whole, and so is every name that exists."""
    folder = tmp_path / "home" / "captures"
    code = (
        "import os, sys; from pathlib import Path; from thuchu.desk.evidence.snapshot import Snapshots\n"
        "kept = Snapshots(Path(sys.argv[1]))\n"
        "print('ready', flush=True)\n"
        "while True: print(kept.keep(os.urandom(200_000)), flush=True)\n"
    )
    told = []

    for turn in range(10):
        writer = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout.readline() == "ready\n"
        time.sleep(0.02 + turn * 0.011)
        writer.send_signal(signal.SIGKILL)
        told += writer.communicate(timeout=30)[0].splitlines()

    snapshots = Snapshots(folder)
    assert told
    assert set(told) <= set(snapshots.digests())
    assert list(snapshots.damaged()) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=100), max_size=6))
def test_everything_kept_is_read_back_and_equal_bytes_are_one_file(bodies):
    with tempfile.TemporaryDirectory() as folder:
        snapshots = Snapshots(Path(folder) / "captures")

        digests = [snapshots.keep(body) for body in bodies]

        assert [snapshots.read(digest) for digest in digests] == bodies
        assert list(snapshots.digests()) == sorted(set(digests))


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=1, max_size=60), st.data())
def test_any_changed_byte_is_noticed(body, data):
    with tempfile.TemporaryDirectory() as folder:
        snapshots = Snapshots(Path(folder))
        digest = snapshots.keep(body)
        place = Path(folder) / digest[:2] / digest[2:]
        at, flip = data.draw(st.integers(0, len(body) - 1)), data.draw(st.integers(1, 255))
        place.write_bytes(body[:at] + bytes([body[at] ^ flip]) + body[at + 1 :])

        assert not snapshots.is_whole(digest)
