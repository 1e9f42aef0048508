"""A long list, or a long table, in pieces that one statement, one entry, or memory can hold."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

# SQLite takes a limited number of values a statement.
VALUES_A_STATEMENT = 500

_Row = TypeVar("_Row", bound=Model)
_Item = TypeVar("_Item")


def parts(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """`items` in order, `size` a piece; nothing for an empty list."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def stretches(found: QuerySet[_Row, _Row], *, rows: int) -> Iterator[list[_Row]]:
    """All of them by their keys, so many read at once; whoever stops half-way leaves nothing open in the database."""
    stretch = list(found.order_by("pk")[:rows])
    while stretch:
        yield stretch
        stretch = list(found.filter(pk__gt=stretch[-1].pk).order_by("pk")[:rows])


def in_stretches(found: QuerySet[_Row, _Row], *, rows: int) -> Iterator[_Row]:
    """The same, one after the other."""
    for stretch in stretches(found, rows=rows):
        yield from stretch
