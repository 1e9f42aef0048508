"""Triggers that make the ledger append-only for everybody who writes through this database."""

from thuchu.desk import triggers

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
    triggers.install(_SQLITE, using)


def remove_guards(using: str = "default") -> None:
    """Take the triggers off: only for a test database that is emptied between tests."""
    triggers.remove(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)
