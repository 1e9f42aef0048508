"""Triggers that keep a job to its way through the states, whoever writes to the database.

The checks of the table say which rows may exist; which row may follow which, only a trigger can say.  On another
database than SQLite the checks hold and these wait for their dialect.
"""

from django.db import connections

from thuchu.desk.jobs.models import STEPS, WAITING

_ALLOWED = ", ".join(f"'{before}>{after}'" for before, after in sorted(STEPS))
_SQLITE = {
    "jobs_only_known_steps": (
        "BEFORE UPDATE OF state ON jobs_job WHEN OLD.state != NEW.state "
        f"AND OLD.state || '>' || NEW.state NOT IN ({_ALLOWED}) "
        "BEGIN SELECT RAISE(ABORT, 'a job cannot take this step'); END"
    ),
    "jobs_begin_waiting": (
        f"BEFORE INSERT ON jobs_job WHEN NEW.state != '{WAITING}' "
        "BEGIN SELECT RAISE(ABORT, 'a job begins by waiting'); END"
    ),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name, body in _SQLITE.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(_SQLITE) - present)
