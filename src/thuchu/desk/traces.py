"""What deleted rows leave behind in the database's files, and how it goes."""

from django.db import connection


def forget_pages() -> None:
    """Move the write-ahead log into the database file, where deleted rows are overwritten (`secure_delete`)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
