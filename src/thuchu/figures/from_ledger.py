"""The base tables of every public figure, from the ledger's entries alone."""

from collections.abc import Iterable, Mapping
from typing import Any

from thuchu.figures.period import Period
from thuchu.figures.tables import BaseTable

# What it reads of the ledger.
KINDS: tuple[str, ...] = ()

Entry = tuple[int, int, str, str, Mapping[str, Any]]


def public_tables(
    entries: Iterable[Entry], *, period: Period, ledger_number: int, tree: Mapping[str, str]
) -> dict[str, BaseTable]:
    """Every public table by name, from the entries up to `ledger_number`.

    entries  (seq, time in milliseconds, kind, subject, body), first to last
    tree     area's code -> that of the area it lies in; an outermost one lies in itself
    """
    return {"areas": BaseTable.of("areas", ("area", "parent"), list(tree.items()))}
