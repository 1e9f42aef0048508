"""The base tables of every public figure, from the ledger's entries alone: on the desk and on any machine alike."""

from collections.abc import Iterable, Mapping
from itertools import chain

from thuchu.figures.definitions import TABLES
from thuchu.figures.ledger.claims import Claims
from thuchu.figures.ledger.commitments import Commitments
from thuchu.figures.ledger.fact_checks import FactChecks
from thuchu.figures.ledger.inquiries import Inquiries
from thuchu.figures.ledger.of_event import OfEvent
from thuchu.figures.ledger.order import Order
from thuchu.figures.ledger.ratings import Ratings
from thuchu.figures.ledger.reading import Entry, Reader, Reads, UnreadableEntry
from thuchu.figures.ledger.reports import Reports
from thuchu.figures.period import Period
from thuchu.figures.tables import BaseTable

__all__ = ["KINDS", "Entry", "UnreadableEntry", "public_tables"]

_READERS: tuple[type[Reader], ...] = (Claims, FactChecks, Reports, Ratings, Order, Inquiries, Commitments)


def public_tables(
    entries: Iterable[Entry], *, period: Period, ledger_number: int, tree: Mapping[str, str], event: int | None = None
) -> dict[str, BaseTable]:
    """Every public table by name, from the entries up to `ledger_number`; of a review of an event those of that event.

    entries  (seq, time in milliseconds, kind, subject, body), first to last; other kinds than KINDS may be left out
    tree     area's code -> that of the area it lies in; an outermost one lies in itself
    raises   UnreadableEntry
    """
    readers: list[Reader] = [make(period) for make in _READERS] if event is None else [OfEvent(period, event)]
    before, after, end_ms = _calls(readers), _calls(readers, after=True), period.end_ms
    for seq, time_ms, kind, subject, body in entries:
        if seq > ledger_number:
            break
        try:
            for read in (before if time_ms < end_ms else after).get(kind, ()):
                read(time_ms, subject, body)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise UnreadableEntry(seq, kind, f"{type(error).__name__}: {error}") from None
    made = chain.from_iterable(reader.tables(tree) for reader in readers)
    areas = BaseTable.of("areas", TABLES["areas"].columns, list(tree.items()))
    return {table.name: table for table in (areas, *made)}


def _calls(readers: Iterable[Reader], *, after: bool = False) -> dict[str, list[Reads]]:
    """What is called for which kind: of all entries, or of those from after the period's end."""
    calls: dict[str, list[Reads]] = {}
    for reader in readers:
        for kind, read in reader.reads().items():
            if not after or kind in reader.ALSO_AFTER:
                calls.setdefault(kind, []).append(read)
    return calls


# Any period will do to ask what is read.
KINDS = tuple(sorted(_calls(make(Period.of_year(2026)) for make in (*_READERS, OfEvent))))
