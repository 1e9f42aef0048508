"""Reading the whole ledger back and checking its chain."""

import json
from collections.abc import Callable, Iterator

from thuchu.desk.ledger.guards import missing_guards
from thuchu.desk.ledger.models import Entry
from thuchu.desk.ledger.reads import last_number
from thuchu.desk.parts import in_stretches
from thuchu.log import chain, entry

# Called with (done, total) in entries.
Report = Callable[[int, int], None]
REPORT_EVERY = 500


def verify_ledger(
    *, known: chain.Head | None = None, report: Report | None = None, using: str = "default"
) -> chain.Head:
    """The head of the chain in that database; raises log.chain.ChainBroken naming the first entry that does not hold.

    known  a head that somebody wrote down earlier, through which the chain must pass
    """
    return chain.verify(_rows(report, using), known=known)


def unguarded() -> list[str]:
    """What is missing of the database's own guards, by name; empty when all is well."""
    return missing_guards()


def _rows(report: Report | None, using: str) -> Iterator[tuple[entry.Entry, bytes]]:
    total = last_number() if report else 0
    # An entry of ratings has 100 KB.
    for row in in_stretches(Entry.objects.using(using).all(), rows=200):
        if report and row.seq % REPORT_EVERY == 0:
            report(row.seq, total)
        yield entry.Entry(row.seq, row.time_ms, row.kind, row.subject, json.loads(row.body)), bytes(row.hash)
