"""The room's word tables: words that need no reason of their own, kept out of the code that weighs them."""

from functools import lru_cache
from importlib import resources


def words(table: str) -> frozenset[str]:
    """The words under the heading `[table]` of `tables.txt`.  Raises KeyError for a heading that isn't there."""
    return _tables()[table]


@lru_cache(maxsize=1)
def _tables() -> dict[str, frozenset[str]]:
    tables: dict[str, list[str]] = {}
    heading = ""
    for line in resources.files("thuchu.links").joinpath("tables.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#"):
            tables.setdefault(heading, []).extend(line.split())
    return {heading: frozenset(row) for heading, row in tables.items()}
