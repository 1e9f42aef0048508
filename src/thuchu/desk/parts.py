"""A long list in pieces that one statement, or one entry, can hold."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")


def parts(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """`items` in order, `size` a piece; nothing for an empty list."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
