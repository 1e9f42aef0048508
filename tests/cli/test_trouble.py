"""What an operator reads when something is wrong with the machine: a sentence, never a traceback."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys

import pytest

from warm_thuchu import thuchu


def thuchu_on_a_full_disk(*words, file_bytes_max):
    def full_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes_max, file_bytes_max))

    command = [sys.executable, "-m", "thuchu.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, preexec_fn=full_disk)


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


@pytest.mark.parametrize("words", [("ledger", "verify"), ("export",), ("export", "--public", "DUMP")])
def test_what_only_looks_at_a_desk_makes_none_at_a_mistyped_home(words, tmp_path):
    """A ledger that nobody has written to holds up to entry 0: of the wrong folder that was told as good news."""
    (tmp_path / "empty").mkdir()
    words = [tmp_path / "dump" if word == "DUMP" else word for word in words]

    for name in ("mistyped", "empty"):
        done = thuchu(*words, "--home", tmp_path / name)

        assert done.returncode == 2
        assert is_a_sentence(done), done.stderr
        assert f"no desk in {tmp_path / name}" in done.stderr
        assert not done.stdout
    assert [each.name for each in tmp_path.rglob("*")] == ["empty"]


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
    path = records(tmp_path / "records.jsonl", 1_500)

    full = thuchu_on_a_full_disk(
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


def copy_of(home, tmp_path):
    shutil.copytree(home, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.mark.parametrize("content", [b"this was a database once" * 500, b""], ids=["garbage", "empty"])
def test_a_broken_database_is_a_sentence_and_doctor_says_what_to_do(home, tmp_path, content):
    """Doctor stopped half-way at an empty file, and other commands showed a traceback at garbage."""
    broken = copy_of(home, tmp_path)
    for file in broken.glob("desk.sqlite3*"):
        file.unlink()
    (broken / "desk.sqlite3").write_bytes(content)

    doctor = thuchu("doctor", "--home", broken)
    asked = thuchu("check", "Chuyện mèo biết nói", "--home", broken)

    assert doctor.returncode == 1
    assert "→ restore" in doctor.stdout if content else "→ 38 migrations wait; run `thuchu serve` once" in doctor.stdout
    assert "1 to mend." in doctor.stdout
    assert "Traceback" not in doctor.stderr + asked.stderr
    assert asked.returncode == (1 if content else 0)


def test_a_model_that_is_not_there_is_a_sentence_and_doctor_names_it(home, tmp_path):
    doctor = thuchu("doctor", "--home", home, THUCHU_ENCODER=str(tmp_path / "none"))
    asked = thuchu("check", "Chuyện mèo biết nói", "--home", home, THUCHU_ENCODER=str(tmp_path / "none"))

    assert "thuchu semantic build" in doctor.stdout
    assert "to mend." in doctor.stdout
    assert is_a_sentence(asked), asked.stderr


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can give its powers away")
@pytest.mark.parametrize("locked", ["desk.sqlite3", "index", "home.lock"])
def test_doctor_names_the_file_that_this_user_may_not_touch(home, tmp_path, locked):
    """It said "restore the database from a backup", or stopped with an error, where a chown was wanted."""
    copy = copy_of(home, tmp_path)
    (copy / locked).chmod(0)
    powerless = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]

    done = subprocess.run(
        [*powerless, sys.executable, "-m", "thuchu.cli", "doctor", "--home", str(copy)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert f"WRONG  this user can't read and write {copy / locked}" in done.stdout, done.stdout + done.stderr
    assert "restore" not in done.stdout


def test_doctor_leaves_nothing_behind_where_there_is_no_home(tmp_path):
    done = thuchu("doctor", "--home", tmp_path / "none")

    assert done.returncode == 1
    assert "is not made yet" in done.stdout
    assert not (tmp_path / "none").exists()


def test_a_file_in_place_of_the_home_is_called_a_file(tmp_path):
    (tmp_path / "file").write_text("")

    doctor, asked = (thuchu(*words, "--home", tmp_path / "file") for words in (["doctor"], ["check", "Chuyện mèo"]))

    assert "is a file, not a folder" in doctor.stdout
    assert "is a file where a folder is needed" in asked.stderr


def test_a_key_cut_short_by_a_full_disk_is_made_again(home, tmp_path):
    """An empty file was taken for the key: everybody could have guessed it."""
    copy = copy_of(home, tmp_path)
    (copy / "secret-key").write_text("")

    done = thuchu("check", "Chuyện mèo biết nói", "--home", copy)

    assert done.returncode == 0, done.stderr
    assert len((copy / "secret-key").read_text()) == 50
    assert (copy / "secret-key").stat().st_mode & 0o777 == 0o600


def test_nothing_but_the_answer_is_written_where_nobody_watches(home):
    """The progress bar left an empty line in every log and pipe."""
    done = thuchu("check", "Chuyện mèo biết nói tiếng Pháp", "--home", home)

    assert done.stderr == ""


def test_who_names_every_address_is_told_that_the_desk_needs_one(home, free_port):
    """`serve --host 0.0.0.0` gave every visitor from another machine a page "we couldn't read what was sent"."""
    command = [sys.executable, "-m", "thuchu.cli", "--home", str(home), "serve", "--port", str(free_port)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("THUCHU_")}
    clean["THUCHU_ADDRESS"] = f"http://0.0.0.0:{free_port}"

    desk = subprocess.Popen(command, env=clean, stderr=subprocess.PIPE, text=True)
    said = desk.stderr.readline()
    desk.terminate()
    desk.communicate(timeout=30)

    assert "set THUCHU_ADDRESS" in said
