"""Publishers' lists of scam links: loaded in place of the last one, taken away, and looked up in a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How loading a list went."""

    entries: int
    refusals: Sequence[object]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFound:
    """One address of a message, and what is to be said of it."""

    host: str
    warning: None
    publisher: str = ""
    since: date | None = None
    official: str = ""
    reason: str = ""


def inspect_message(message: str) -> list[LinkFound]:
    from thuchu.links.finding import find_addresses

    return [LinkFound(host=address.host, warning=None) for address in find_addresses(message)]
