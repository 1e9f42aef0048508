"""The database as of one moment, for whoever reads much: writers go on meanwhile, and what they write isn't seen."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction


@contextmanager
def one_moment(using: str = "default") -> Iterator[None]:
    """Every query in the block sees the same; nothing may be written in it.

    Inside a transaction that has begun already, that one's moment is kept.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor != "sqlite":
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # Not `atomic`: that takes the one write lock, and whoever asks or rates would wait until everything is read.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            # The moment is that of the first question.
            cursor.execute("SELECT count(*) FROM sqlite_master")
            cursor.fetchone()
            yield
        finally:
            cursor.execute("ROLLBACK")
