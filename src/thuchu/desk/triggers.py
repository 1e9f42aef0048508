"""Triggers of a room, put into the database and looked for there: what one row may become, only they can say.

On another database than SQLite the checks of the tables hold, and triggers wait for their dialect.
"""

from collections.abc import Mapping

from django.db import connections


def install(triggers: Mapping[str, str], using: str) -> None:
    """Create those that are missing, each a name and its body in SQLite's words; running it again changes nothing."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name, body in triggers.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")


def missing(triggers: Mapping[str, str], using: str) -> list[str]:
    """Names of those that should be there and aren't."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(triggers) - present)
