"""A year's frozen figures follow from the public dump byte for byte, whichever database the desk keeps its rows on."""

from datetime import datetime, time

import pytest
from test_cli import thuchu

from a_year import VIET_NAM, day_of, entries_of, play, recount, said_by_the_desk, stage

pytestmark = pytest.mark.long
SMALL = ("--quarters", "4", "--contributors", "6", "--claims", "4", "--seed", "1")


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_figures_frozen_on_either_database_are_recomputed_byte_for_byte(database, tmp_path):
    home, there, here = tmp_path / "home", tmp_path / "postgresql", tmp_path / "sqlite"
    play(home, *SMALL, THUCHU_DATABASE_URL=database)
    assert thuchu("export", "--public", there, home=home, THUCHU_DATABASE_URL=database).returncode == 0

    entries = entries_of(there)
    evening = datetime.combine(day_of(entries[-1]), time(20), tzinfo=VIET_NAM)
    counted = recount(entries, evening.date())
    with stage(home, THUCHU_DATABASE_URL=database) as get:
        assert said_by_the_desk(get, evening, counted["resolved"]) == counted
    moved = thuchu("move-database", "--to", "sqlite", home=home, THUCHU_DATABASE_URL=database)
    assert moved.returncode == 0, moved.stderr
    assert thuchu("export", "--public", here, home=home).returncode == 0

    assert len(counted["published"]) == 4
    assert files_of(here) == files_of(there)
    for slug in counted["published"]:
        again = thuchu("review", "recompute", slug, "--dump", there)
        assert again.returncode == 0, again.stdout + again.stderr
        assert "all as published" in again.stdout
