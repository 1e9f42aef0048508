"""A desk of the version before is upgraded, and saved, while people go on asking, writing and rating: nothing is lost.

Everybody comes at once: server, its worker, another worker and a command find an old home together, and one of them
upgrades it.  Every other time all that is killed in the middle of it.
"""

import random
import subprocess
import sys
import threading
import time

import pytest

from journey.killed_desk import CLI, PAUSE_SECONDS, BusyDesk, check_whole

# What people were told of, by columns that this version and the one before have in common.
KEPT = {
    "ledger_entry": "seq, time_ms, kind, subject, body, hash",
    "intake_submission": "id, token_digest, text, door, asked_at",
    "claims_grouping": "id, submission_id, placed_in_id, at",
    "notes_note": "id, claim_id, author_id, written_at",
    "notes_version": "id, note_id, number, verdict, text",
    "notes_rating": "id, note_id, rater_number, helpfulness",
}
# As an operator who installed the version before over this one would leave it: its tables, no guards.
BACK = """
import django
django.setup()
from django.core.management import call_command
from thuchu.desk import triggers
triggers.take_off("default")
call_command("migrate", "intake", "0002", verbosity=0)
call_command("migrate", "claims", "0003", verbosity=0)
"""
NEW_COLUMN = "SELECT COUNT(*) FROM pragma_table_info('intake_submission') WHERE name = 'first_kind'"
KILLED_AFTER_SECONDS = (0.2, 2.5)


@pytest.fixture
def busy(tmp_path):
    """Such a desk, and its people at work; it ends with the test."""
    desk = BusyDesk(tmp_path, claims=40)
    people = [threading.Thread(target=each) for each in (desk.ask, desk.write, desk.rate)]
    desk.stand_up()
    desk.wait_until_up()
    for each in people:
        each.start()
    yield desk
    desk.stop()
    for each in people:
        each.join(60)


@pytest.mark.long
def test_nothing_is_lost_when_a_desk_at_work_is_upgraded_and_saved(busy, tmp_path):
    for number in range(4):
        upgrade_again_and_again(busy, turns=4, seed=number)
        check_saved(busy, tmp_path / f"saved-{number}.tar.gz", tmp_path / f"elsewhere-{number}")

    busy.stop()

    check_whole(busy)
    assert len(busy.asked) > 100
    assert len(busy.notes) > 20
    assert len(busy.ratings) > 40


def upgrade_again_and_again(desk, *, turns, seed):
    """Each time the new version is taken away and comes back; what was there before is there after."""
    chance, told = random.Random(seed), 0
    for turn in range(turns):
        desk.wait_until_more_is_told(told)
        time.sleep(chance.uniform(*PAUSE_SECONDS))
        told = desk.told()
        desk.process.terminate()
        desk.process.wait(60)
        go_back(desk)
        before = {table: rows_of(desk, table) for table in KEPT}
        others = all_at_once(desk)
        if turn % 2:
            time.sleep(chance.uniform(*KILLED_AFTER_SECONDS))
            kill_all(desk, others)
            others = all_at_once(desk)
        desk.wait_until_up()
        assert [each.wait(120) for each in others] == [0, 0]
        assert desk.rows(NEW_COLUMN) == [(1,)]
        for table, rows in before.items():
            assert rows <= rows_of(desk, table), table


def go_back(desk):
    environment = desk.environment | {"THUCHU_HOME": str(desk.home), "DJANGO_SETTINGS_MODULE": "thuchu.desk.settings"}
    subprocess.run([sys.executable, "-c", BACK], env=environment, check=True, timeout=120)
    assert desk.rows(NEW_COLUMN) == [(0,)]


def all_at_once(desk):
    """The server with its worker, and two commands beside it."""
    desk.stand_up()
    return [
        subprocess.Popen(
            [*CLI, "--home", str(desk.home), *words], env=desk.environment, stdout=desk.log, stderr=desk.log
        )
        for words in (("worker", "--until-empty"), ("ledger", "verify"))
    ]


def kill_all(desk, others):
    for each in others:
        each.kill()
        each.wait(30)
    desk.process.kill()
    desk.process.wait(30)


def rows_of(desk, table):
    """All of them, whole; the desk goes on, so later there are more."""
    return set(desk.rows(f"SELECT {KEPT[table]} FROM {table}"))


def check_saved(desk, file, place):
    """Back up the desk at work and restore it elsewhere: every row that was there when it began is in it."""
    before = {table: rows_of(desk, table) for table in KEPT}
    saved = desk.run("backup", str(file))
    assert saved.returncode == 0, saved.stderr
    restored = subprocess.run(
        [*CLI, "--home", str(place), "restore", str(file)],
        env=desk.environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert restored.returncode == 0, restored.stderr
    here, desk.home = desk.home, place
    try:
        for table, rows in before.items():
            assert rows <= rows_of(desk, table), table
    finally:
        desk.home = here
