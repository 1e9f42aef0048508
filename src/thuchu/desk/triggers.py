"""Triggers of a room, put into the database and looked for there: what one row may become, only they can say.

A room writes each once, in SQLite's words and with an SQL condition that both databases read.  For PostgreSQL the same
trigger is written as a function that raises, since there a trigger's own condition may ask no other table.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_WRITTEN = re.compile(
    r"BEFORE (?P<event>INSERT|DELETE|UPDATE(?: OF (?:\w+(?:, )?)+)?) ON (?P<table>\w+)"
    r"(?: WHEN (?P<condition>.+))? BEGIN SELECT RAISE\(ABORT, '(?P<message>[^'%]+)'\); END",
    re.DOTALL,
)

# (name, table, what creates it) of every trigger that isn't the database's own.
_DEFINITIONS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    ),
}


class UnreadableTrigger(ValueError):
    """A trigger that isn't written as all others are."""


def install(triggers: Mapping[str, str], using: str) -> None:
    """Create those that are missing, each a name and its body in SQLite's words; running it again changes nothing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, body in triggers.items():
            for statement in statements(name, body, connection.vendor):
                cursor.execute(statement)


def remove(triggers: Mapping[str, str], using: str) -> None:
    """Take them off: only for a test database that is emptied between tests."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, body in triggers.items():
            on_table = "" if connection.vendor == "sqlite" else f" ON {_parts(name, body)['table']}"
            for each in names(name, body, connection.vendor):
                cursor.execute(f"DROP TRIGGER IF EXISTS {each}{on_table}")


def missing(triggers: Mapping[str, str], using: str) -> list[str]:
    """Names of those that should be there and aren't."""
    present = _present(connections[using])
    vendor = connections[using].vendor
    return sorted(name for name, body in triggers.items() if not set(names(name, body, vendor)) <= present)


def names(name: str, body: str, vendor: str) -> tuple[str, ...]:
    """What it is called there: PostgreSQL can empty a table without deleting a row, and must be told twice."""
    parts = _parts(name, body)
    is_twice = vendor != "sqlite" and parts["event"] == "DELETE" and not parts["condition"]
    return (name, f"{name}_at_once") if is_twice else (name,)


@contextmanager
def lifted(using: str) -> Iterator[None]:
    """All triggers off while the block runs, then the same ones on again: only for a database nobody else sees yet."""
    there = take_off(using)
    yield
    with connections[using].cursor() as cursor:
        for definition in there:
            cursor.execute(definition)


def take_off(using: str) -> list[str]:
    """All of them off, and what creates each again: a table that SQLite builds anew may be named by none meanwhile."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_DEFINITIONS[connection.vendor])
        there = cursor.fetchall()
        for name, table, _ in there:
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
    return [definition for _, _, definition in there]


def statements(name: str, body: str, vendor: str) -> tuple[str, ...]:
    """What creates one trigger on that database; raises UnreadableTrigger."""
    parts = _parts(name, body)
    if vendor == "sqlite":
        return (f"CREATE TRIGGER IF NOT EXISTS {name} {body}",)
    # Whoever deletes gets the old row back, whoever writes the new one: anything else would stop what is allowed.
    row = "OLD" if parts["event"] == "DELETE" else "NEW"
    refuse = f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{parts['message']}';"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ "
        f"BEGIN IF {parts['condition'] or 'TRUE'} THEN {refuse} END IF; RETURN {row}; END $guard$",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {parts['event']} ON {parts['table']} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        *(
            f"CREATE OR REPLACE TRIGGER {emptied} BEFORE TRUNCATE ON {parts['table']} EXECUTE FUNCTION {name}()"
            for emptied in names(name, body, vendor)[1:]
        ),
    )


def _parts(name: str, body: str) -> dict[str, str | None]:
    written = _WRITTEN.fullmatch(body)
    if written is None:
        raise UnreadableTrigger(f"{name}: write it as BEFORE … ON … [WHEN …] BEGIN SELECT RAISE(ABORT, '…'); END")
    return written.groupdict()


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    table = "sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite" else "pg_trigger"
    column = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 (both are ours)
        return {row[0] for row in cursor.fetchall()}
