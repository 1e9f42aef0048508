"""The tables of a new desk as they are written down in `schema.sql`: what all migrations make, without running them.

Migrating an empty SQLite file takes a machine some ten seconds, all but one of them for pictures of the models between
two migrations; the statements alone take a tenth of one.  What they make is the same: the suite compares them.
PostgreSQL is always migrated.
"""

import os
import tempfile
from importlib import resources
from pathlib import Path

import django
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

FILE = "schema.sql"
# As Django writes a moment into SQLite, less three digits.
_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
_HEAD = "-- A new desk's tables, as all migrations make them. Written by `make schema`; never by hand.\n"


def migrate(using: str = "default") -> None:
    """Bring a database to this version: a new file by what is written down, any other step by step.

    Guards come back with the signal that ends either.
    """
    if connections[using].vendor == "sqlite" and not connections[using].introspection.table_names():
        build(using)
    if waiting_migrations(MigrationExecutor(connections[using])):
        call_command("migrate", database=using, interactive=False, verbosity=0)
    else:
        emit_post_migrate_signal(0, interactive=False, db=using)


def waiting_migrations(executor: MigrationExecutor) -> list[str]:
    """Names of migrations that this version has and the database hasn't."""
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def build(using: str) -> None:
    """Make the tables of an empty SQLite file, all of them or none."""
    connection = connections[using]
    connection.ensure_connection()
    connection.connection.executescript(f"BEGIN EXCLUSIVE;\n{written()}COMMIT;\n")


def written() -> str:
    """The statements: tables and indexes in the order in which migrations made them, then the migrations' names."""
    return resources.files("thuchu.desk").joinpath(FILE).read_text(encoding="utf-8")


def of_database(using: str) -> str:
    """The statements that make a SQLite database's tables and name its migrations; its guards are left out."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index') "
            "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
        )
        statements = [f"{sql};\n" for (sql,) in cursor.fetchall()]
    applied = MigrationRecorder(connections[using]).migration_qs.order_by("pk").values_list("app", "name")
    named = [
        f"INSERT INTO django_migrations (app, name, applied) VALUES ('{app}', '{name}', {_NOW});\n"  # noqa: S608 (names of our files)
        for app, name in applied
    ]
    return _HEAD + "".join(statements + named)


def main() -> None:
    """Write `schema.sql` from the migrations of this version."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "thuchu.desk.settings", "THUCHU_HOME": home}
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        Path(__file__).with_name(FILE).write_text(of_database("default"), encoding="utf-8")
        connections.close_all()


if __name__ == "__main__":
    main()
