"""`thuchu worker`, `thuchu jobs` and the worker beside `thuchu serve`, as an operator meets them."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import warm_thuchu


def command(home, *words):
    return [sys.executable, "-m", "thuchu.cli", "--home", str(home), *map(str, words)]


def environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("THUCHU_")}


def thuchu(home, *words):
    return warm_thuchu.thuchu("--home", home, *words)


def rows(home, question):
    path = home / "desk.sqlite3"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path, timeout=20)) as connection:
        try:
            return connection.execute(question).fetchall()
        except sqlite3.OperationalError:
            return []


def change(home, statement):
    with closing(sqlite3.connect(home / "desk.sqlite3", timeout=20)) as connection, connection:
        connection.execute(statement)


def put_job(home, name, run_at, attempts=0):
    """A job that waits; gives back its number."""
    columns = "key, arguments, priority, state, worker, progress_done, progress_total, last_error"
    values = "'', '{\"args\": [], \"kwargs\": {}}', 0, 'waiting', '', 0, 0, 'ValueError at erase.py:31 erase_expired'"
    moments = f"'{run_at}', '{run_at}', {attempts}"
    change(
        home,
        f"INSERT INTO jobs_job (name, {columns}, run_at, created_at, attempts) VALUES ('{name}', {values}, {moments})",
    )
    return rows(home, "SELECT MAX(id) FROM jobs_job")[0][0]


def fail_one(home):
    """A job that was given up, as a worker leaves it."""
    number = put_job(home, "intake.erase", "2026-11-24 09:00:00", attempts=12)
    change(home, f"UPDATE jobs_job SET state='running', worker='w', locked_until=run_at WHERE id={number}")
    ended = "worker='', locked_until=NULL, finished_at='2026-11-24 14:00:00'"
    change(home, f"UPDATE jobs_job SET state='failed', {ended} WHERE id={number}")
    return number


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jobs") / "home"
    done = thuchu(folder, "worker", "--until-empty")
    assert done.returncode == 0, done.stderr
    return folder


def test_a_worker_alone_makes_the_home_and_does_what_is_due(home):
    assert {state for (state,) in rows(home, "SELECT state FROM jobs_job")} == {"done"}
    assert "25 done" in thuchu(home, "jobs").stdout


def test_what_failed_is_shown_to_the_operator_and_tried_again(home):
    number = fail_one(home)

    shown, doctor = thuchu(home, "jobs"), thuchu(home, "doctor")
    assert (
        f"failed   {number}  intake.erase, 2026-11-24 14:00 after 12 tries: ValueError at erase.py:31" in shown.stdout
    )
    assert "WRONG  1 jobs failed" in doctor.stdout
    assert "`thuchu jobs` says which" in doctor.stdout

    again = thuchu(home, "jobs", "--retry", number)
    assert again.returncode == 0, again.stderr
    thuchu(home, "worker", "--until-empty")
    assert "0 failed" in thuchu(home, "jobs").stdout
    assert "jobs failed" not in thuchu(home, "doctor").stdout


def test_only_a_failed_job_can_be_tried_again(home):
    done = thuchu(home, "jobs", "--retry", "999999")

    assert done.returncode == 1
    assert "No failed job has the number 999999; `thuchu jobs` lists" in done.stderr


def test_the_doctor_says_when_nobody_works(home):
    put_job(home, "jobs.forget", "2026-01-01 00:00:00")

    doctor = thuchu(home, "doctor")
    thuchu(home, "worker", "--until-empty")

    assert "run `thuchu serve` or `thuchu worker`" in doctor.stdout
    assert "ok     0 jobs wait" in thuchu(home, "doctor").stdout


@contextmanager
def serving(home, *words):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = home.parent / "serve.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            command(home, "serve", "--port", port, *words), env=environment(), stdout=out, stderr=out
        )
        try:
            wait_for(lambda: is_open(port), log)
            yield server, log
        finally:
            server.kill()
            server.wait(timeout=30)


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(is_so, log, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def parents():
    """Every process's parent and command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if fields[0] != "Z":
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found[int(folder.name)] = (int(fields[1]), words)
        except OSError:
            continue
    return found


def workers_of(server):
    known = parents()
    return [
        pid for pid, (parent, words) in known.items() if " worker " in words and known.get(parent, (0,))[0] == server
    ]


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the table of processes")


@needs_proc
def test_serve_runs_one_worker_starts_it_again_and_takes_it_along(tmp_path):
    home = tmp_path / "home"
    with serving(home) as (server, log):
        wait_for(lambda: len(workers_of(server.pid)) == 1, log)
        (worker,) = workers_of(server.pid)
        wait_for(lambda: rows(home, "SELECT 1 FROM jobs_job WHERE state = 'done'"), log)

        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: workers_of(server.pid) not in ([], [worker]), log)
        (worker,) = workers_of(server.pid)

        server.terminate()
        assert server.wait(timeout=60) == 0
        assert worker not in parents(), "the worker outlived its server"
    assert "the worker ended by itself" in log.read_text()
    assert "Traceback" not in log.read_text()


@needs_proc
def test_a_worker_does_not_outlive_a_server_that_was_killed(tmp_path):
    with serving(tmp_path / "home") as (server, log):
        wait_for(lambda: len(workers_of(server.pid)) == 1, log)
        (worker,) = workers_of(server.pid)

        server.kill()
        server.wait(timeout=30)

        wait_for(lambda: worker not in parents(), log)


@needs_proc
def test_serve_can_leave_the_work_to_others(tmp_path):
    home = tmp_path / "home"
    with serving(home, "--no-worker") as (server, _):
        time.sleep(2)

        assert workers_of(server.pid) == []
        assert rows(home, "SELECT 1 FROM jobs_job") == []
