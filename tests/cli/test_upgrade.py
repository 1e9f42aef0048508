"""A home from before the desk had claims, opened by this version: nothing is lost, what waited is in the queue."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from home_of_before import POWER_CUT, SALT_WATER
from test_cli import thuchu

SCRIPT = Path(__file__).with_name("home_of_before.py")
# Every table of then; what they hold belongs to people and to the public, and an upgrade changes none of it.
TABLES_OF_THEN = """
ledger_entry library_publisher library_publisherhost library_factcheck library_pastversion library_listedhost
intake_submission intake_firstquestion intake_feedback
""".split()


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    """The home, and its rows before; a worker was the first command of this version to see it."""
    home = tmp_path_factory.mktemp("before") / "home"
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(SCRIPT), str(home)]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True, timeout=120)
    # By name: a table may have more columns now, or hold them in another order.
    columns = {table: columns_of(home, table) for table in TABLES_OF_THEN}
    before = {table: rows_of(home, f"SELECT {columns[table]} FROM {table} ORDER BY 1") for table in TABLES_OF_THEN}
    worked = thuchu("worker", "--until-empty", home=home)
    assert worked.returncode == 0, worked.stderr
    return home, before, columns


def columns_of(home, table):
    return ", ".join(name for _, name, *_ in rows_of(home, f"PRAGMA table_info({table})"))


def rows_of(home, sql):
    with closing(sqlite3.connect(home / "desk.sqlite3", timeout=20)) as database:
        return database.execute(sql).fetchall()


def test_no_row_of_then_is_lost_or_changed(upgraded):
    home, before, columns = upgraded

    assert before["intake_submission"]
    assert before["library_factcheck"]
    for table, rows in before.items():
        assert rows_of(home, f"SELECT {columns[table]} FROM {table} ORDER BY 1")[: len(rows)] == rows, table


def test_the_chain_goes_on_from_its_last_entry_and_the_doctor_finds_nothing(upgraded):
    home, before, _ = upgraded
    last = before["ledger_entry"][-1][0]

    doctor = thuchu("doctor", home=home)

    assert doctor.returncode == 0, doctor.stdout
    # Its worker also plans the first review.
    assert f"chain holds up to entry {last + 3}" in doctor.stdout
    since = sorted(rows_of(home, f"SELECT kind FROM ledger_entry WHERE seq > {last}"))
    assert since == [("claim.opened",), ("claim.opened",), ("review.planned",)]


def test_what_waited_then_waits_in_the_queue_since_it_was_asked(upgraded):
    home, *_ = upgraded
    first = "SELECT text, MIN(asked_at) FROM intake_submission WHERE told_kind = 'none' GROUP BY text"
    asked = dict(rows_of(home, first))

    claims = rows_of(home, "SELECT wording, state, askers, opened_at FROM claims_claim ORDER BY id")

    assert sorted(claims) == sorted(
        [(SALT_WATER, "open", 2, asked[SALT_WATER]), (POWER_CUT, "open", 1, asked[POWER_CUT])]
    )
    assert rows_of(home, "SELECT COUNT(*) FROM claims_grouping") == [(3,)]


def test_what_was_said_first_stands_in_columns_of_its_own(upgraded):
    home, *_ = upgraded

    found = rows_of(home, "SELECT first_kind, first_told, tellings FROM intake_submission ORDER BY id")

    assert {kind for kind, *_ in found} == {"none", "answer", "suggest"}
    for kind, told, tellings in found:
        _, first, names = json.loads(tellings)[0]
        assert (kind, told) == (first, names[0][0] if names else "")


def test_old_questions_are_no_burst(upgraded):
    home, *_ = upgraded

    assert rows_of(home, "SELECT COUNT(*) FROM claims_notice") == [(0,)]


BACK = """
import django
django.setup()
from django.core.management import call_command
from thuchu.desk import triggers
triggers.take_off("default")
call_command("migrate", "reviews", "0002", verbosity=0)
"""


def test_a_home_whose_guards_name_a_table_that_changes_is_upgraded(tmp_path):
    """A review's table gets columns, so SQLite builds it anew, while triggers of other tables name it."""
    home = tmp_path / "home"
    assert thuchu("worker", "--until-empty", home=home).returncode == 0
    environment = os.environ | {"THUCHU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "thuchu.desk.settings"}
    subprocess.run([sys.executable, "-c", BACK], env=environment, check=True, timeout=120)
    assert rows_of(home, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'reviews%'")

    upgraded = thuchu("worker", "--until-empty", home=home)

    assert upgraded.returncode == 0, upgraded.stderr
    wrong = [line for line in thuchu("doctor", home=home).stdout.splitlines() if line.startswith("WRONG")]
    # A new desk has none; every guard is there again.
    assert wrong == ["WRONG  0 fact-checks"]


KILLED = """
import os, signal
import django
django.setup()
from django.core.management.commands import migrate
from thuchu.desk import home
migrate.emit_post_migrate_signal = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
home.make_ready()
"""


def test_an_upgrade_killed_before_its_guards_were_back_is_ended_by_the_next_command(tmp_path):
    home = tmp_path / "home"
    assert thuchu("worker", "--until-empty", home=home).returncode == 0
    triggers = rows_of(home, "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    environment = os.environ | {"THUCHU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "thuchu.desk.settings"}
    subprocess.run([sys.executable, "-c", BACK], env=environment, check=True, timeout=120)
    killed = subprocess.run([sys.executable, "-c", KILLED], env=environment, check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert not rows_of(home, "SELECT name FROM sqlite_master WHERE type = 'trigger'")

    assert thuchu("worker", "--until-empty", home=home).returncode == 0

    assert rows_of(home, "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name") == triggers
    assert not (home / "upgrading").exists()
