"""Reading the whole ledger back and checking its chain."""

import json
from collections.abc import Iterator

from thuchu.desk.ledger.guards import missing_guards
from thuchu.desk.ledger.models import Entry
from thuchu.desk.parts import in_stretches
from thuchu.log import chain, entry


def verify_ledger(using: str = "default") -> chain.Head:
    """The head of the chain in that database; raises log.chain.ChainBroken naming the first entry that doesn't hold."""
    return chain.verify(_rows(using))


def unguarded() -> list[str]:
    """What is missing of the database's own guards, by name; empty when all is well."""
    return missing_guards()


def _rows(using: str) -> Iterator[tuple[entry.Entry, bytes]]:
    for row in in_stretches(Entry.objects.using(using).all(), rows=2_000):
        yield entry.Entry(row.seq, row.time_ms, row.kind, row.subject, json.loads(row.body)), bytes(row.hash)
