"""The same tests on the other database: a core of them always, all of them by `make test-long`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from the_server import fresh_database

TESTS = Path(__file__).parents[1]
# What stands or falls with the database: its locks, its triggers, the queue, the ledger; and something of each thing
# that a desk does with it: rounds, publishing, letters, the dump, pages, bad input at every door.
CORE = (
    "postgres/on_the_server",
    "jobs/test_queue.py",
    "jobs/test_triggers.py",
    "notes/test_note_batches.py",
    "principles/test_rule_4_nobody_publishes_by_hand.py",
    "publishing/test_rounds_of_a_desk.py",
    "publishing/test_publishing.py::test_what_was_helpful_for_half_an_hour_is_published_found_and_answers",
    "publishing/test_publishing.py::test_agreed_notes_with_different_verdicts_are_disputed_and_answer_nobody",
    "replies/test_sending_letters.py",
    "dump/test_public_dump.py::test_it_holds_and_every_status_comes_out_as_published",
    "dump/test_public_dump.py::test_whoever_reads_much_sees_one_moment_and_keeps_no_writer_waiting",
    "web/test_agreed_pages.py",
    "web/test_odd_values_at_every_door.py",
)
CORE_SECONDS_MAX = 600


@pytest.mark.skipif("THUCHU_TEST_DATABASE_URL" in os.environ, reason="this very run is on PostgreSQL")
def test_a_core_of_the_suite_holds_on_postgresql(server):
    with fresh_database(server) as address:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:xdist", "-m", "not long", *(str(TESTS / each) for each in CORE)],
            cwd=TESTS.parent,
            env=os.environ | {"THUCHU_TEST_DATABASE_URL": address},
            capture_output=True,
            text=True,
            timeout=CORE_SECONDS_MAX,
            check=False,
        )

    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "passed" in done.stdout
