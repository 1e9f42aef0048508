"""Real workers, killed with -9 while they capture: each request ends once, with one capture and one entry."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("some_captures.py")


def run(home, *more):
    return subprocess.Popen([sys.executable, str(SCRIPT), str(home), *more])


def ask_database(home, sql):
    with closing(sqlite3.connect(home / "desk.sqlite3", timeout=20)) as connection:
        return connection.execute(sql).fetchall()


def wait_for(is_so, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError(f"not so after {seconds} s")


def capture_while_killing(home, *, requests, kills):
    home.mkdir()
    assert run(home, str(requests)).wait(timeout=120) == 0
    chance = random.Random(7)
    for _ in range(kills):
        worker = run(home)
        wait_for((home / f"ready-{worker.pid}").exists, 60)
        time.sleep(chance.uniform(0.05, 1.2))
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=30)
    last = run(home)
    try:
        wait_for(lambda: ask_database(home, STATES) == [("ready", requests)], 240)
    finally:
        last.kill()
        last.wait(timeout=30)


STATES = "SELECT state, COUNT(*) FROM evidence_capturerequest GROUP BY state"
COUNTS = (
    "SELECT (SELECT COUNT(*) FROM evidence_capture), (SELECT COUNT(*) FROM evidence_quote), "
    "(SELECT COUNT(*) FROM evidence_check), (SELECT COUNT(*) FROM ledger_entry), (SELECT MAX(seq) FROM ledger_entry)"
)


def check_whole(home, requests):
    assert ask_database(home, COUNTS) == [(requests,) * 5]
    named = "SELECT digest FROM evidence_capture UNION SELECT text_digest FROM evidence_capture"
    for (digest,) in ask_database(home, named):
        assert (home / "captures" / digest[:2] / digest[2:]).exists()


def test_captures_killed_in_the_middle_end_in_one_capture_a_request(tmp_path):
    capture_while_killing(tmp_path / "home", requests=6, kills=4)

    check_whole(tmp_path / "home", 6)


@pytest.mark.long
def test_captures_killed_sixty_times_end_in_one_capture_a_request(tmp_path):
    capture_while_killing(tmp_path / "home", requests=80, kills=60)

    check_whole(tmp_path / "home", 80)
