"""A home folder that is ready: made, migrated, its index at the table's last change."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from thuchu.desk import schema, triggers
from thuchu.desk.claims import index as claims_index
from thuchu.desk.library import index
from thuchu.desk.library.index import Report
from thuchu.desk.schema import waiting_migrations

OUR_ROOMS = (
    "ledger",
    "jobs",
    "accounts",
    "evidence",
    "library",
    "intake",
    "claims",
    "facts",
    "notes",
    "publishing",
    "replies",
    "reviews",
    "inquiries",
    "shifts",
    "digest",
    "commitments",
    "board",
)


class NewerHome(Exception):
    """The home was made ready by a later version of Thực Hư; the message says what to do."""


# Beside `postgresql.base.WRITE_LOCK`, which each migration takes for itself.
MIGRATE_LOCK = 0x6D696772617465
# Copying a home must not hand the questions to everybody on the machine.
_OWNER_ONLY = 0o700
# Beside the database while an upgrade has its guards off: one that was killed is gone on with by the next command.
_UPGRADING = "upgrading"


def make_ready(report: Report | None = None) -> None:
    """Create the home at first use, bring its database to this version, and its index to the database.

    Two commands that start together do it once.
    """
    home: Path = settings.THUCHU_HOME
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(_OWNER_ONLY)
    executor = MigrationExecutor(connection)
    unknown = unknown_migrations(executor)
    if unknown:
        raise NewerHome(
            f"{home} belongs to a newer version of thuchu (it knows {', '.join(unknown)}). "
            "Upgrade thuchu, or name another folder with --home."
        )
    if waiting_migrations(executor) or (home / _UPGRADING).exists():
        _bring_up_to_date(home)
    if index.behind(home):
        index.catch_up(home, report)
    if claims_index.behind(home):
        claims_index.catch_up(home)


def _bring_up_to_date(home: Path) -> None:
    """Migrate, with every guard on again after it, unless another command did so while this one waited."""
    upgrading = home / _UPGRADING
    with (home / "home.lock").open("w") as lock, _one_migrating():
        fcntl.flock(lock, fcntl.LOCK_EX)
        if waiting_migrations(MigrationExecutor(connection)) or upgrading.exists():
            upgrading.touch()
            # Each room's come back as they are written now, when its migrations are done. Of guards that somebody else
            # took off `doctor` and `ledger verify` tell: none come back without a word.
            triggers.take_off(connection.alias)
            schema.migrate()
            upgrading.unlink()


@contextmanager
def _one_migrating() -> Iterator[None]:
    """On a server several homes may have one database; the home's own lock keeps only its own commands apart."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        # Longer than a transaction may wait: the other one's migrations may take minutes.
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATE_LOCK])
        cursor.execute("RESET lock_timeout")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATE_LOCK])


def unknown_migrations(executor: MigrationExecutor) -> list[str]:
    """Names of migrations of our rooms that the database has and this version hasn't."""
    applied = {key for key in executor.loader.applied_migrations if key[0] in OUR_ROOMS}
    return [f"{room}.{name}" for room, name in sorted(applied - set(executor.loader.disk_migrations))]
