"""A desk's rows from one database into another: SQLite to PostgreSQL, PostgreSQL to SQLite, by the same lines.

The target is whole or untouched.  Its triggers are taken off while rows come in (in the order of tables they would
refuse what was once allowed in the order of time) and stand again before anybody sees it.  Whether all is there is
asked of the target itself: rows of each table, and a digest over their values in no particular order, for databases
sort text differently.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from thuchu.desk import schema, triggers
from thuchu.desk.databases import Database, for_one_reading, one_file, read_to_the_end

# Django's name for each side while it is copied.
FROM, TO = "moving_from", "moving_to"
# Some megabytes a batch where rows hold texts, so that the bar moves.
BATCH_ROWS = 1_000
_DIGEST_BITS = 256

Report = Callable[[int, int], None]
Check = Callable[[str], object]


class CannotMove(Exception):
    """Nothing was changed; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: how many rows, and the sum of their SHA-256, whatever their order."""

    rows: int
    digest: str


def copy(source: Database, target: Database, *, check: Check, report: Report | None = None) -> dict[str, Table]:
    """Every table of `source`, as of one moment, into the empty `target`; gives back what both hold now.

    check   called with the target's name in Django before anybody else can see it; what it raises undoes all
    report  called with (rows done, rows in all)
    raises  CannotMove where the target isn't empty, or doesn't hold the same afterwards
    """
    with _connected(source, target):
        try:
            _refuse_what_is_there(connections[TO])
            if connections[TO].vendor == "sqlite":
                # Its own file, which nobody knows yet: no transaction can hold a change of SQLite's tables.
                schema.migrate(TO)
            with transaction.atomic(using=TO):
                if connections[TO].vendor != "sqlite":
                    schema.migrate(TO)
                return _fill(check, report)
        except (DatabaseError, ValueError) as error:
            # PostgreSQL's second line quotes the row.
            raise CannotMove(f"{str(error).splitlines()[0]}; nothing was moved") from error


def copy_to_file(source: Database, place: Path, *, check: Check, report: Report | None = None) -> dict[str, Table]:
    """The same into a new SQLite file, which appears at `place` only when it is whole."""
    if place.exists():
        raise CannotMove(f"{place} exists already: move it away first")
    with tempfile.TemporaryDirectory(prefix=".moving-", dir=place.resolve().parent) as scratch:
        whole = Path(scratch) / place.name
        moved = copy(source, one_file(whole), check=check, report=report)
        whole.chmod(0o600)
        whole.rename(place)
    return moved


def tables() -> tuple[type[models.Model], ...]:
    """Every table of the desk, each after those that it points to."""
    known = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    placed: dict[type[models.Model], None] = {}

    def place(model: type[models.Model]) -> None:
        for field in model._meta.concrete_fields:
            other = field.related_model
            if isinstance(other, type) and other is not model and other not in placed:
                place(other)
        placed[model] = None

    for model in known:
        if model not in placed:
            place(model)
    return tuple(placed)


def table_of(model: type[models.Model], using: str) -> Table:
    """What that database holds in it."""
    rows = total = 0
    for row in _rows(model, using):
        rows, total = rows + 1, total + _weight(row)
    return Table(rows, _digest(total))


def _fill(check: Check, report: Report | None) -> dict[str, Table]:
    """All rows from one side to the other, inside the target's transaction."""
    with triggers.lifted(TO):
        found = _copy_rows(report)
        # Foreign keys are looked at when a transaction ends; whoever puts a trigger back must have them looked at now.
        connections[TO].check_constraints()
    for model in tables():
        there = table_of(model, TO)
        if there != found[model._meta.db_table]:
            raise ValueError(f"{model._meta.db_table} came over as {there}, not as {found[model._meta.db_table]}")
    check(TO)
    return found


def _copy_rows(report: Report | None) -> dict[str, Table]:
    found: dict[str, Table] = {}
    # One moment for all tables, whoever writes meanwhile.
    with transaction.atomic(using=FROM):
        total = sum(model._base_manager.using(FROM).count() for model in tables())
        done = 0
        for model in tables():
            # Only the names of Django's own models are there before anything was copied.
            model._base_manager.using(TO).all().delete()
            rows, weight, remaining = 0, 0, _rows(model, FROM)
            while batch := list(islice(remaining, BATCH_ROWS)):
                names = _columns(model)
                model._base_manager.using(TO).bulk_create(model(**dict(zip(names, row, strict=True))) for row in batch)
                rows, weight = rows + len(batch), weight + sum(map(_weight, batch))
                done += len(batch)
                if report:
                    report(done, total)
            found[model._meta.db_table] = Table(rows, _digest(weight))
            _count_on(model)
    return found


def _rows(model: type[models.Model], using: str) -> Iterator[tuple[Any, ...]]:
    rows = model._base_manager.using(using).order_by("pk").values_list(*_columns(model))
    return rows.iterator(chunk_size=BATCH_ROWS)


def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def _weight(row: tuple[Any, ...]) -> int:
    """One row as a number: the same for the same values, whichever database they come from."""
    written = repr(tuple(_canonical(value) for value in row))
    return int.from_bytes(hashlib.sha256(written.encode("utf-8", "surrogatepass")).digest())


def _canonical(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    # PostgreSQL sorts the keys of an object its own way.
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value


def _digest(total: int) -> str:
    return f"{total % 2**_DIGEST_BITS:064x}"


def _count_on(model: type[models.Model]) -> None:
    """Let the target number new rows after the last that the source ever gave, though that row may be erased."""
    key = model._meta.pk
    if not isinstance(key, models.AutoField) or key.column is None:
        return
    table, column = model._meta.db_table, key.column
    last = max(_last_number(connections[FROM], table, column), _highest(model))
    with connections[TO].cursor() as cursor:
        if connections[TO].vendor == "postgresql":
            sequence = "pg_get_serial_sequence(%s, %s)"
            cursor.execute(f"SELECT setval({sequence}, %s, %s)", [table, column, max(last, 1), last > 0])
        elif last:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def _last_number(connection: BaseDatabaseWrapper, table: str, column: str) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            return int(row[0]) if row else 0
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
        (sequence,) = cursor.fetchone()
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 (its name)
        return int(cursor.fetchone()[0])


def _highest(model: type[models.Model]) -> int:
    return model._base_manager.using(FROM).aggregate(last=models.Max("pk"))["last"] or 0


def _refuse_what_is_there(connection: BaseDatabaseWrapper) -> None:
    there = sorted(connection.introspection.table_names())
    if there:
        raise CannotMove(
            f"it isn't empty ({', '.join(there[:3])} …): name a database without tables, nothing was moved"
        )


@contextmanager
def _connected(source: Database, target: Database) -> Iterator[None]:
    sides: Mapping[str, Database] = {FROM: for_one_reading(source), TO: read_to_the_end(target)}
    connections.databases.update(connections.configure_settings({"default": {}, **sides}))
    try:
        yield
    finally:
        for side in sides:
            connections[side].close()
            del connections[side]
            del connections.databases[side]
