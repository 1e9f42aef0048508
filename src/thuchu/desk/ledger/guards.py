"""Triggers that make the ledger append-only for everybody who writes through this database."""

from django.db import connections

_SQLITE = {
    "ledger_no_update": "BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "ledger_no_delete": "BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "ledger_no_gap": (
        "BEFORE INSERT ON ledger_entry WHEN NEW.seq != (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_entry) "
        "BEGIN SELECT RAISE(ABORT, 'the ledger has no gaps'); END"
    ),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, body in _SQLITE.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")


def remove_guards(using: str = "default") -> None:
    """Take the triggers off: only for a test database that is emptied between tests."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(_SQLITE) - present)
