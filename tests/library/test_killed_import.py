"""`kill -9` in the middle of an import: what was committed stays, nothing is half there, index and table agree."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

RECORDS = 4_000


def record(number):
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://tin.example/kiem-chung/{number}",
        "claimReviewed": f"Tin đồn số {number} về món {number % 97} ở phường {number % 89} chữa được bệnh",
        "reviewBody": f"Không có bằng chứng nào cho món {number % 97}. Bài số {number} nói rõ vì sao.",
        "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
        "inLanguage": "vi",
    }


def thuchu(home, *words, **more):
    return [sys.executable, "-m", "thuchu.cli", "--home", str(home), *words]


def start_import(home, path):
    return subprocess.Popen(
        thuchu(home, "import", str(path), "--publisher", "Báo Thử", "--host", "tin.example"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def rows_of(home):
    database = home / "desk.sqlite3"
    if not database.exists():
        return []
    connection = sqlite3.connect(database)
    try:
        return connection.execute("SELECT url, claim, explanation, verdict, change FROM library_factcheck").fetchall()
    except sqlite3.OperationalError:
        return []
    finally:
        connection.close()


def kill_in_the_middle(home, path, chance):
    process = start_import(home, path)
    time.sleep(chance.uniform(0.3, 3.0))
    acknowledged = {row[0] for row in rows_of(home)}
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    return acknowledged


def check_whole(home, acknowledged):
    rows = rows_of(home)
    assert acknowledged <= {row[0] for row in rows}, "a committed record is lost"
    for url, claim, explanation, verdict, _ in rows:
        number = int(url.rsplit("/", 1)[1])
        assert (claim, explanation, verdict) == (
            record(number)["claimReviewed"],
            record(number)["reviewBody"],
            "false",
        ), "a record is half there"


def finish_and_compare(home, path):
    done = subprocess.run(
        thuchu(home, "import", str(path), "--publisher", "Báo Thử", "--host", "tin.example"),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    doctor = subprocess.run(thuchu(home, "doctor"), capture_output=True, text=True, timeout=60, check=False)
    assert "ok     the index and the database agree" in doctor.stdout, doctor.stdout
    assert "the ledger's chain holds" in doctor.stdout, doctor.stdout
    assert len(rows_of(home)) == RECORDS


def kills(tmp_path, rounds, seed):
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(json.dumps(record(n), ensure_ascii=False) for n in range(RECORDS)), "utf-8")
    home = tmp_path / "home"
    chance = random.Random(seed)
    for _ in range(rounds):
        check_whole(home, kill_in_the_middle(home, path, chance))
    finish_and_compare(home, path)


def test_an_import_killed_twice_ends_whole(tmp_path):
    kills(tmp_path, rounds=2, seed=11)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_an_import_killed_ten_times_ends_whole(tmp_path, seed):
    kills(tmp_path, rounds=10, seed=seed)
