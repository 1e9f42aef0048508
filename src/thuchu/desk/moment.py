"""The database as of one moment, for whoever reads much: writers go on meanwhile, and what they write isn't seen."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

# How a moment begins, and a first question: the moment is that question's.
_BEGIN = {
    "sqlite": ("BEGIN DEFERRED", "SELECT count(*) FROM sqlite_master"),
    "postgresql": ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "SELECT 1"),
}


@contextmanager
def one_moment(using: str = "default") -> Iterator[None]:
    """Every query in the block sees the same; nothing may be written in it.

    Inside a transaction that has begun already, that one's moment is kept.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        yield
        return
    # Not `atomic`: that takes the one write lock, and whoever asks or rates would wait until everything is read.
    with connection.cursor() as cursor:
        begin, first_question = _BEGIN[connection.vendor]
        cursor.execute(begin)
        try:
            cursor.execute(first_question)
            cursor.fetchone()
            yield
        finally:
            cursor.execute("ROLLBACK")
