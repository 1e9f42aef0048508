"""A review's figures frozen at a ledger number: on its desk, and once more by whoever re-computes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thuchu.figures.against import Published, beside
from thuchu.figures.compute import figures
from thuchu.figures.definitions import DEFINITIONS_VERSION, EVENT_FIGURES
from thuchu.figures.from_ledger import Entry, public_tables
from thuchu.figures.period import Period
from thuchu.figures.snapshot import Snapshot
from thuchu.figures.tables import BaseTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Which review, of which days, as of which entry; `code` is the version that computes.

    event  the number of the event whose claims alone count; None: everything does
    """

    review: str
    period: Period
    ledger_number: int
    ledger_hash: str
    code: str
    event: int | None = None


def freeze(
    entries: Iterable[Entry],
    occasion: Occasion,
    *,
    tree: Mapping[str, str],
    attested: Mapping[str, BaseTable],
    earlier: Sequence[Published],
) -> tuple[Snapshot, dict[str, BaseTable]]:
    """(what is published, its base tables by name); the same for the same arguments, on every machine.

    entries   as `from_ledger.public_tables` takes them
    tree      area's code -> that of the area it lies in; an outermost one lies in itself
    attested  the tables that the desk answers for, of `attested.base_tables`
    earlier   the tables `against.GUARDED` of every review frozen before, so that none gives back what another hid
    raises    UnreadableEntry, BadTable
    """
    period = occasion.period
    event = occasion.event
    made = public_tables(entries, period=period, ledger_number=occasion.ledger_number, tree=tree, event=event)
    tables = beside(Published(period, {**made, **attested}, tree, event), earlier)
    snapshot = Snapshot(
        review=occasion.review,
        period=period,
        ledger_number=occasion.ledger_number,
        ledger_hash=occasion.ledger_hash,
        definitions=DEFINITIONS_VERSION,
        code=occasion.code,
        area_tree=tables["areas"].sha256,
        figures=figures(tables, period, only=None if event is None else EVENT_FIGURES),
        tables={name: table.sha256 for name, table in tables.items()},
        event=event,
    )
    return snapshot, tables
