"""The tables of a new home are written down; migrations stay what they are measured by."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

from thuchu.desk import schema

MIGRATED = """
import sys, django
django.setup()
from django.core.management import call_command
from thuchu.desk import schema
call_command("migrate", interactive=False, verbosity=0)
sys.stdout.write(schema.of_database("default"))
"""
MADE_READY = """
import django
django.setup()
from thuchu.desk import home
home.make_ready()
"""


def run(code, home):
    environment = os.environ | {"THUCHU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "thuchu.desk.settings"}
    environment.pop("THUCHU_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=240, check=True
    )
    return done.stdout


def all_of(home):
    """What SQLite says of a home's database, by kind and name; its rows of Django's content types."""
    with closing(sqlite3.connect(home / "desk.sqlite3")) as database:
        made = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        kinds = database.execute("SELECT app_label, model FROM django_content_type").fetchall()
    return sorted(made), sorted(kinds)


def test_what_is_written_down_is_what_all_migrations_make(tmp_path):
    made, migrated = tmp_path / "made", tmp_path / "migrated"
    made.mkdir(), migrated.mkdir()

    said = run(MIGRATED, migrated)
    run(MADE_READY, made)

    assert said == schema.written(), "A migration was added or changed: run `make schema`."
    assert all_of(made) == all_of(migrated)
    assert {kind for kind, _, _ in all_of(made)[0]} == {"table", "index", "trigger"}
