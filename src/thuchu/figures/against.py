"""New tables against all that was ever published: no later one gives back what an earlier one hid.

A year minus three quarters is a quarter; a corrected table minus the old one is whoever was taken out.  Each published
cell is a sum over pieces: which row, in which slice of time.  A count that follows from such sums, however many of them
it takes, and that is one to nine, nobody may know.  A new table that would give one away is hidden whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from thuchu.figures.period import Period, week_of
from thuchu.figures.sums import Sums
from thuchu.figures.suppression import ALL, HIDDEN, is_small, way_up
from thuchu.figures.tables import BaseTable, Cell

# Tables whose rows, but for `ALL`, are parts of one sum.
_PARTED = ("asked_doors", "fate", "sources")
# Tables of one share a row: (column of the part, column of the whole).
_SHARES: Mapping[str, tuple[str, str]] = {
    "correction_reach": ("reached", "told"),
    "false_answers": ("reports", "answers"),
    "false_answers_upheld": ("upheld", "judged"),
    "accent_gap": ("at_once", "submissions"),
    "retention": ("active", "people"),
}
# Tables with small counts behind them, of which each may have to be hidden.
GUARDED = ("asked_weeks", *_PARTED, *_SHARES, "before_deadline", "practice_finished", "coverage_area")
# What goes with a table that is hidden: its sums of squares are over the same people.
_BESIDE = {"fate": "fate_clusters", "sources": "sources_clusters", "practice_finished": "practice"}
# More sums than these take minutes to be looked through; they are taken to give something away.
SUMS_MAX = 1_000

# What a row has outside of an event.
_REST = " outside"

_Piece = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Published:
    """The tables that one review published, or is about to; `tree` as it was held under.

    event  the event whose claims alone its tables count; None: everything
    """

    period: Period
    tables: Mapping[str, BaseTable]
    tree: Mapping[str, str]
    event: int | None = None


@dataclass(frozen=True, slots=True)
class _Shown:
    """A cell: the rows that it sums up, in which period, and its number where it is shown."""

    rows: frozenset[str]
    period: Period
    number: Cell


def beside(new: Published, earlier: Sequence[Published]) -> dict[str, BaseTable]:
    """The new tables, whole or hidden, such that they give nothing away beside the earlier ones."""
    tables = dict(new.tables)
    near = _near(new.period, earlier)
    for name in GUARDED:
        if name in tables and near and leaks(name, [*near, new]):
            for hidden in (name, _BESIDE.get(name, name)):
                if hidden in tables:
                    tables[hidden] = _hidden(tables[hidden])
    return tables


def leaks(name: str, published: Sequence[Published]) -> bool:
    """Do the tables of one name give a small count away together?

    Those of an event are parts of those of everything: each event is held against these, and against itself.
    """
    of_name = [each for each in published if name in each.tables]
    events = {each.event for each in of_name if each.event is not None}
    if not events:
        return _leaks(name, of_name, frozenset([""]))
    both = frozenset(["", _REST])
    return any(
        _leaks(name, [each for each in of_name if each.event in (None, event)], both) for event in sorted(events)
    )


def _leaks(name: str, of_name: Sequence[Published], parts: frozenset[str]) -> bool:
    """parts  what a row of everything falls into: in an event, where one is looked at, and outside of it"""
    cells = [
        _Shown(_in_parts(cell.rows, parts if each.event is None else frozenset([""])), cell.period, cell.number)
        for each in of_name
        for cell in _cells(name, each, of_name)
    ]
    cuts = _cuts([cell.period for cell in cells])
    sums = Sums()
    for cell in cells:
        if isinstance(cell.number, int):
            if len(sums) >= SUMS_MAX:
                return True
            pieces = _pieces(cell.rows, cell.period, cuts)
            sums.add(pieces, cell.number)
    # The same sum in two editions: who was taken out, or came in, between them.
    if any(is_small(difference) for difference in sums.contradictions()):
        return True
    return any(
        is_small(known)
        for rows in _asked_for(cells)
        for days in _stretches(cells, cuts)
        if (known := sums.known((row, day) for row in rows for day in days)) is not None
    )


def _in_parts(rows: frozenset[str], parts: frozenset[str]) -> frozenset[str]:
    return frozenset(row + part for row in rows for part in parts)


def _asked_for(cells: Iterable[_Shown]) -> list[frozenset[str]]:
    """What somebody might want to know of any stretch of time: each row, and each sum of rows that was published."""
    wanted = {cell.rows for cell in cells}
    wanted |= {frozenset([row]) for rows in wanted for row in rows}
    return sorted(wanted, key=sorted)


def _stretches(cells: Sequence[_Shown], cuts: Sequence[date]) -> set[tuple[date, ...]]:
    """Slices that lie beside each other, and what is left of a published period without another."""
    runs = {tuple(cuts[begin:end]) for begin, end in combinations(range(len(cuts)), 2)}
    periods = {cell.period for cell in cells}
    held = [frozenset(day for day in cuts if period.holds_day(day)) for period in periods]
    return runs | {tuple(sorted(one - other)) for one in held for other in held if one - other and one & other}


def _cuts(periods: Iterable[Period]) -> list[date]:
    """The days on which a published period begins or ends."""
    return sorted({day for period in periods for day in (period.begin, period.end)})


def _pieces(rows: Iterable[str], period: Period, cuts: Sequence[date]) -> list[_Piece]:
    begins = [day for day in cuts if period.holds_day(day)]
    return [(row, begin) for row in rows for begin in begins]


def _cells(name: str, one: Published, published: Sequence[Published]) -> Iterator[_Shown]:
    table = one.tables[name]
    if name == "asked_weeks":
        for name_of, number in table.rows:
            yield _Shown(frozenset([""]), _week(str(name_of), one.period), number)
    elif name in _PARTED:
        every = frozenset(str(row[0]) for each in published for row in each.tables[name].rows if row[0] != ALL)
        for name_of, number in table.rows:
            yield _Shown(every if name_of == ALL else frozenset([str(name_of)]), one.period, number)
    elif name in _SHARES:
        yield from _share_cells(table, *_SHARES[name], one.period)
    elif name == "coverage_area":
        yield from _area_cells(one, published)
    else:
        for row in table.rows:
            yield _Shown(frozenset([str(row[0]) if len(row) > 1 else ""]), one.period, row[-1])


def _week(week: str, period: Period) -> Period:
    """The days of a week that a period holds."""
    if week == ALL:
        return period
    days = (period.end - period.begin).days
    held = [day for day in (period.begin + timedelta(days=each) for each in range(days)) if week_of(day) == week]
    return Period(held[0], held[-1] + timedelta(days=1))


def _share_cells(table: BaseTable, part: str, whole: str, period: Period) -> Iterator[_Shown]:
    places = (table.columns.index(part), table.columns.index(whole))
    for row in table.rows:
        label = str(row[0]) if places[0] > 0 else ""
        yield _Shown(frozenset([f"{label}+"]), period, row[places[0]])
        yield _Shown(frozenset([f"{label}+", f"{label}-"]), period, row[places[1]])


def _area_cells(one: Published, published: Sequence[Published]) -> Iterator[_Shown]:
    """A group is its area and all in it but what is in another group; areas that no table tells apart are one row."""
    areas = sorted({area for each in published for area in each.tree})
    groups = [_group_of(areas, each) for each in published]
    mine = _group_of(areas, one)
    within: dict[str, set[str]] = {}
    for area in areas:
        if mine[area]:
            within.setdefault(mine[area], set()).add("|".join(group[area] for group in groups))
    for named, _, claims, answered in one.tables["coverage_area"].rows:
        rows = within.get(str(named), set())
        yield _Shown(frozenset(f"{row}+" for row in rows), one.period, answered)
        yield _Shown(frozenset(f"{row}{side}" for row in rows for side in "+-"), one.period, claims)


def _group_of(areas: Iterable[str], one: Published) -> dict[str, str]:
    """Area -> the named one that it is counted with; "" where there is none."""
    named = {str(row[0]) for row in one.tables["coverage_area"].rows}
    return {area: next((place for place in way_up(area, one.tree) if place in named), "") for area in areas}


def _near(period: Period, earlier: Sequence[Published]) -> list[Published]:
    """Those that overlap the period, and those that overlap them, and so on, in their order: a chain tells, too."""
    reached = [period]
    found: set[int] = set()
    while more := [
        number
        for number, each in enumerate(earlier)
        if number not in found and any(_overlap(each.period, other) for other in reached)
    ]:
        found.update(more)
        reached += [earlier[number].period for number in more]
    return [earlier[number] for number in sorted(found)]


def _overlap(one: Period, other: Period) -> bool:
    return one.begin < other.end and other.begin < one.end


def _hidden(table: BaseTable) -> BaseTable:
    """The same rows with no number in them; of areas, none."""
    if table.name == "coverage_area":
        return BaseTable(table.name, table.columns, ())
    rows = [tuple(HIDDEN if isinstance(cell, int) else cell for cell in row) for row in table.rows]
    return BaseTable.of(table.name, table.columns, rows)
