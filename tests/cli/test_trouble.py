"""What an operator reads when something is wrong with the machine: a sentence, never a traceback."""

import json
import os
import resource
import sqlite3
import subprocess
import sys

import pytest


def thuchu(*words, file_bytes_max=None):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("THUCHU_")}

    def full_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes_max, file_bytes_max))

    return subprocess.run(
        [sys.executable, "-m", "thuchu.cli", *map(str, words)],
        env=clean,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=full_disk if file_bytes_max else None,
    )


def records(path, count):
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            record = {
                "@type": "ClaimReview",
                "url": f"https://tin.example/{number}",
                "claimReviewed": f"Tin đồn số {number} về món ăn chữa được bệnh",
                "reviewBody": "Không có bằng chứng nào. " * 40,
                "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def is_a_sentence(done):
    return done.returncode not in (0, None) and "Traceback" not in done.stderr and len(done.stderr.split()) > 3


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trouble") / "home"
    assert thuchu("check", "Chuyện mèo biết nói tiếng Pháp", "--home", folder).returncode == 0
    return folder


def test_a_home_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    done = thuchu("check", "Chuyện mèo", "--home", tmp_path / "file" / "home")

    assert is_a_sentence(done), done.stderr
    assert str(tmp_path / "file") in done.stderr


def test_an_export_to_a_folder_that_is_not_there_says_so(home, tmp_path):
    done = thuchu("export", "--home", home, "--output", tmp_path / "none" / "x.jsonl")

    assert is_a_sentence(done), done.stderr


def test_a_home_of_a_newer_version_is_left_alone(home, tmp_path):
    newer = tmp_path / "newer"
    newer.mkdir()
    source, target = sqlite3.connect(home / "desk.sqlite3"), sqlite3.connect(newer / "desk.sqlite3")
    source.backup(target)
    target.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('library', '0099_later', '2030-01-01')")
    target.commit()
    source.close()
    target.close()

    asked, doctor = thuchu("check", "Chuyện mèo", "--home", newer), thuchu("doctor", "--home", newer)

    assert is_a_sentence(asked), asked.stderr
    assert "library.0099_later" in asked.stderr
    assert "newer version" in doctor.stdout


def test_a_full_disk_stops_an_import_with_a_sentence_and_nothing_is_half_there(home, tmp_path):
    path = records(tmp_path / "records.jsonl", 3_000)

    full = thuchu(
        "import", path, "--publisher", "Báo Thử", "--host", "tin.example", "--home", home, file_bytes_max=2_000_000
    )
    again = thuchu("import", path, "--publisher", "Báo Thử", "--host", "tin.example", "--home", home)
    doctor = thuchu("doctor", "--home", home)

    assert is_a_sentence(full), full.stderr[-2000:]
    assert again.returncode == 0, again.stderr[-2000:]
    assert "ok     the index and the database agree" in doctor.stdout
    assert "the ledger's chain holds" in doctor.stdout


def test_a_port_that_is_none_is_named(tmp_path):
    done = thuchu("serve", "--port", "abc", "--home", tmp_path)

    assert done.returncode == 2
    assert "abc is not a port; use 1 to 65535" in done.stderr
