"""A whole desk from SQLite to PostgreSQL and back: every row, every guard, every number; or nothing at all."""

import json
import shutil
import sqlite3
from contextlib import closing

import psycopg
import pytest
from test_cli import REVIEW, thuchu

from thuchu.desk.backup import tables


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """A home with people, claims, notes, ratings, evidence and a question that was erased; on SQLite."""
    home = tmp_path_factory.mktemp("lived-in") / "home"
    assert thuchu("demo", "--load-only", home=home).returncode == 0
    with closing(sqlite3.connect(home / "desk.sqlite3")) as connection, connection:
        # The last number ever given isn't that of a row.
        connection.execute("UPDATE sqlite_sequence SET seq = seq + 5 WHERE name = 'jobs_job'")
        connection.execute("INSERT INTO sqlite_sequence SELECT 'jobs_job', 5 WHERE changes() = 0")
    return home


@pytest.fixture(scope="module")
def moved(lived_in, database):
    """The address of the database that the desk's rows were moved to."""
    done = thuchu("move-database", "--to", database, home=lived_in)
    assert done.returncode == 0, done.stderr
    assert "the same on both sides" in done.stdout
    assert "The ledger's chain holds there" in done.stdout
    return database


def rows_of(home):
    """What the home's file holds, but for when Django's own tables were made."""
    found = tables(home / "desk.sqlite3")
    return {name: table for name, table in found.items() if name != "django_migrations"}


def copy_of(home, target):
    """What a home keeps beside its database."""
    shutil.copytree(home, target, ignore=shutil.ignore_patterns("desk.sqlite3*", "*index*", "*.lock"))
    return target


def test_the_desk_is_well_on_the_other_database_and_answers_from_there(lived_in, moved):
    doctor = thuchu("doctor", home=lived_in, THUCHU_DATABASE_URL=moved)
    asked = thuchu("check", "uống nước muối loãng diệt vi rút", "--json", home=lived_in, THUCHU_DATABASE_URL=moved)

    assert doctor.returncode == 0, doctor.stdout
    assert "the database is on PostgreSQL" in doctor.stdout
    assert json.loads(asked.stdout)["decision"] in ("answer", "suggest", "none")


def test_back_again_every_row_is_as_it_was(lived_in, moved, tmp_path):
    before = rows_of(lived_in)
    home = copy_of(lived_in, tmp_path / "home")
    # The way there once more, for the desk of the fixture may have been asked something since.
    again = thuchu("move-database", "--to", "sqlite", home=home, THUCHU_DATABASE_URL=moved)

    assert again.returncode == 0, again.stderr
    after = rows_of(home)
    private = {"jobs_job", "intake_submission", "django_session"}
    assert {name: table.rows for name, table in after.items() if name not in private} == {
        name: table.rows for name, table in before.items() if name not in private
    }
    assert thuchu("doctor", home=home).returncode == 0


def test_every_guard_stands_in_the_target(lived_in, moved):
    with closing(sqlite3.connect(lived_in / "desk.sqlite3")) as connection:
        here = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    with psycopg.connect(moved, autocommit=True) as connection:
        there = {name for (name,) in connection.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")}
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
            connection.execute("UPDATE ledger_entry SET kind = 'other' WHERE seq = 1")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="no gaps"):
            connection.execute("INSERT INTO ledger_entry VALUES (99999, 0, 'x', 'x', '{}', '\\x00')")
    with psycopg.connect(moved) as connection, connection.transaction(force_rollback=True):
        connection.execute("UPDATE library_factcheck SET note = 7777, state = 'no_longer_agreed' WHERE id = 1")
        with (
            pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="follows from a round"),
            connection.transaction(),
        ):
            connection.execute("UPDATE library_factcheck SET state = 'current' WHERE id = 1")

    # Emptying a table at once has a guard of its own there.
    assert here == {name.removesuffix("_at_once") for name in there}
    assert len(there) > len(here)


def test_numbers_go_on_after_the_last_one_ever_given(lived_in, moved):
    with closing(sqlite3.connect(lived_in / "desk.sqlite3")) as connection:
        last = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    with psycopg.connect(moved) as connection:
        for table, number in last.items():
            # A table that never had a row has given no number.
            if table.startswith("django_") or table in ("jobs_job", "intake_submission") or not number:
                continue
            (sequence,) = connection.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table]).fetchone()
            assert connection.execute(f"SELECT last_value FROM {sequence}").fetchone() == (number,), table


def test_a_backup_of_a_desk_on_postgresql_is_a_home_that_restores_anywhere(lived_in, moved, tmp_path):
    made = thuchu("backup", tmp_path / "desk.backup", home=lived_in, THUCHU_DATABASE_URL=moved)
    refused = thuchu("restore", tmp_path / "desk.backup", home=tmp_path / "home", THUCHU_DATABASE_URL=moved)
    restored = thuchu("restore", tmp_path / "desk.backup", home=tmp_path / "home")

    assert made.returncode == 0, made.stderr
    assert refused.returncode == 1
    assert "move-database" in refused.stderr
    assert restored.returncode == 0, restored.stderr
    assert rows_of(tmp_path / "home")["ledger_entry"].rows == rows_of(lived_in)["ledger_entry"].rows
    assert thuchu("doctor", home=tmp_path / "home").returncode == 0


def test_a_target_with_tables_is_refused(lived_in, moved):
    refused = thuchu("move-database", "--to", moved, home=lived_in)

    assert refused.returncode == 1
    assert "isn't empty" in refused.stderr


def test_a_home_that_somebody_is_at_is_refused(lived_in, other_database):
    import fcntl

    with (lived_in / "in-use.lock").open("w") as server:
        fcntl.flock(server, fcntl.LOCK_SH)
        refused = thuchu("move-database", "--to", other_database, home=lived_in)
    with (lived_in / "in-use.lock").open("w") as mover:
        fcntl.flock(mover, fcntl.LOCK_EX)
        waits = thuchu("jobs", home=lived_in)

    assert refused.returncode == 1
    assert "stop it first" in refused.stderr
    assert waits.returncode == 1
    assert "being moved" in waits.stderr


def test_nothing_is_half_there_when_a_row_can_not_be_moved(tmp_path, other_database):
    home = tmp_path / "home"
    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps(REVIEW, ensure_ascii=False), "utf-8")
    assert thuchu("import", records, "--publisher", "Báo Thử", home=home).returncode == 0
    with closing(sqlite3.connect(home / "desk.sqlite3")) as connection, connection:
        connection.execute("UPDATE library_publisher SET name = 'Báo' || char(0) || 'Thử'")

    refused = thuchu("move-database", "--to", other_database, home=home)

    assert refused.returncode == 1
    assert "nothing was moved" in refused.stderr
    with psycopg.connect(other_database) as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_an_address_that_is_none_is_said_without_its_password(lived_in):
    wrong = thuchu("move-database", "--to", "mysql://an:bímật@máy/desk", home=lived_in)
    unset = thuchu("jobs", home=lived_in, THUCHU_DATABASE_URL="mysql://an:bímật@máy/desk")

    assert wrong.returncode == 2
    assert "postgresql://" in wrong.stderr
    assert "THUCHU_DATABASE_URL" in unset.stderr
    assert "bímật" not in wrong.stderr + unset.stderr
