"""Room `figures`: what a review says in numbers, from base tables and from nothing else.

Enters: the ledger's entries, or counts that a desk publishes as a base table.  Leaves: base tables in canonical bytes,
figures with their intervals, snapshots, and whether a published one comes out again from a dump.
Never here: a person, a message, an account, a clock, a random number.
"""

from thuchu.figures.definitions import DEFINITIONS, DEFINITIONS_VERSION, TABLES, Definition
from thuchu.figures.period import Period
from thuchu.figures.snapshot import BadSnapshot, Figure, Snapshot
from thuchu.figures.tables import BadTable, BaseTable

__all__ = [
    "DEFINITIONS",
    "DEFINITIONS_VERSION",
    "TABLES",
    "BadSnapshot",
    "BadTable",
    "BaseTable",
    "Definition",
    "Figure",
    "Period",
    "Snapshot",
]
