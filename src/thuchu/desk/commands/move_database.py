"""`thuchu move-database`: all rows into another database, compared on both sides, the ledger's chain verified there."""

import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from thuchu.desk import databases, moving
from thuchu.desk.commands.progress import bar
from thuchu.desk.commands.ready import ready
from thuchu.desk.holding import InUse, alone, let_go
from thuchu.desk.ledger.verify import verify_ledger

# What `--to` says for the home's own file.
TO_FILE = "sqlite"


def run(to: str) -> int:
    """Move them, and say what the desk must be started with from now on."""
    ready()
    home: Path = settings.THUCHU_HOME
    # As a command of its own it is at the home, too.
    let_go(home)
    try:
        _refuse_the_same(to)
        with alone(home):
            _refuse_others()
            with bar("Moving") as shown:
                moved = _move(to, home, shown.to)
    except (InUse, moving.CannotMove) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{sum(table.rows for table in moved.values())} rows of {len(moved)} tables, the same on both sides.")
    print("The ledger's chain holds there.")
    if to == TO_FILE:
        print("Start the desk without THUCHU_DATABASE_URL from now on.")
    else:
        print(
            f"Start the desk with THUCHU_DATABASE_URL={databases.shown(to)} from now on, the rest of the home as it is."
        )
    print("What was there before is untouched: delete it when you are sure, it holds what people asked.")
    return 0


def copy_to_file(place: Path) -> None:
    """All rows as of one moment into a new SQLite file, while the desk runs on: for `thuchu backup`."""
    moving.copy_to_file(_here(), place, check=_check)


def _move(to: str, home: Path, report: moving.Report) -> dict[str, moving.Table]:
    if to == TO_FILE:
        return moving.copy_to_file(_here(), home / databases.FILE, check=_check, report=report)
    return moving.copy(_here(), databases.postgresql(to), check=_check, report=report)


def _here() -> databases.Database:
    return databases.of_desk(settings.THUCHU_DATABASE_URL, settings.THUCHU_HOME)


def _refuse_the_same(to: str) -> None:
    if to == (settings.THUCHU_DATABASE_URL or TO_FILE):
        raise moving.CannotMove("that is where the desk's rows are: set THUCHU_DATABASE_URL to where they come from")


def _refuse_others() -> None:
    """A PostgreSQL desk may have servers on other machines, whose locks are not seen here."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND application_name = %s AND pid <> pg_backend_pid()",
            [databases.APPLICATION],
        )
        (others,) = cursor.fetchone()
    if others:
        raise InUse(f"{others} other connections of thuchu are at that database: stop those desks first")


def _check(using: str) -> None:
    """The chain in that database; raises log.chain.ChainBroken."""
    verify_ledger(using=using)
