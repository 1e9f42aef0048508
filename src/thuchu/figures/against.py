"""New tables against all that was ever published: no later one gives back what an earlier one hid.

A year minus three quarters is a quarter; a corrected table minus the old one is whoever was taken out.  Each published
cell is a sum over pieces: which row, in which slice of time.  Where one sum lies within another the difference is
known, too; a difference of one to nine is a count that nobody may know.  What would give one is hidden whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thuchu.figures.period import Period, week_of
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
# Rounds of subtracting; each ends sooner where nothing new is found.
_ROUNDS_MAX = 8

_Piece = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Published:
    """The tables that one review published, or is about to; `tree` as it was held under."""

    period: Period
    tables: Mapping[str, BaseTable]
    tree: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Leak:
    """A table whose cells, with others, tell a small count."""

    table: str
    count: int


def beside(new: Published, earlier: Sequence[Published]) -> dict[str, BaseTable]:
    """The new tables, whole or hidden, such that they give nothing away beside the earlier ones."""
    tables = dict(new.tables)
    overlapping = [each for each in earlier if _overlap(each.period, new.period)]
    for name in GUARDED:
        if name in tables and overlapping and leaks(name, [*overlapping, new]):
            for hidden in (name, _BESIDE.get(name, name)):
                if hidden in tables:
                    tables[hidden] = _hidden(tables[hidden])
    return tables


def leaks(name: str, published: Sequence[Published]) -> list[Leak]:
    """Small counts that the tables of one name give away together."""
    pieces = _Pieces(published)
    sums: dict[int, set[int]] = {}
    for each in published:
        if name in each.tables:
            for mask, number in _sums(name, each, pieces):
                sums.setdefault(mask, set()).add(number)
    known = _with_neighbours(sums)
    for _ in range(_ROUNDS_MAX):
        found = _differences(known)
        if not found:
            break
        known |= found
    return [Leak(name, count) for count in sorted(_small(known))]


def _small(known: Mapping[int, set[int]]) -> set[int]:
    single = {number for numbers in known.values() for number in numbers if is_small(number)}
    # The same sum in two editions: who was taken out, or came in, between them.
    apart = {
        abs(one - other)
        for numbers in known.values()
        for one in numbers
        for other in numbers
        if is_small(abs(one - other))
    }
    return single | apart


def _differences(known: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """Each sum less the largest that lie in it beside each other."""
    found: dict[int, set[int]] = {}
    order = sorted(known, key=lambda mask: (-mask.bit_count(), mask))
    for whole in order:
        left, numbers = whole, known[whole]
        for part in order:
            if part & left == part and part not in (whole, left):
                left &= ~part
                numbers = {number - less for number in numbers for less in known[part]}
        if left != whole and left not in known:
            found.setdefault(left, set()).update(number for number in numbers if number >= 0)
    return found


def _with_neighbours(sums: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """And what two sums beside each other make together, where a third reaches into both."""
    known = dict(sums)
    masks = sorted(sums)
    for across in masks:
        cut = [mask for mask in masks if mask & across and mask & ~across and across & ~mask]
        for one in cut:
            for other in cut:
                if one < other and not one & other and across & ~(one | other) == 0:
                    both = {first + second for first in sums[one] for second in sums[other]}
                    known[one | other] = known.get(one | other, set()) | both
    return known


class _Pieces:
    """Numbers of pieces: a row's name in a slice of time that no published period cuts."""

    def __init__(self, published: Sequence[Published]) -> None:
        self._numbers: dict[_Piece, int] = {}
        cuts = {day for each in published for day in (each.period.begin, each.period.end)}
        first, last = min(cuts), max(cuts)
        # Weeks are cut from Monday to Monday.
        monday = first - timedelta(days=first.weekday())
        while monday < last:
            cuts.add(monday)
            monday += timedelta(days=7)
        self._cuts = sorted(cuts)
        self.rows: dict[str, set[str]] = {}
        for each in published:
            for name, table in each.tables.items():
                if name in _PARTED:
                    self.rows.setdefault(name, set()).update(str(row[0]) for row in table.rows if row[0] != ALL)

    def mask(self, names: Sequence[str], period: Period) -> int:
        """The bits of these rows over the slices of a period."""
        mask = 0
        for begin in self._cuts:
            if period.holds_day(begin):
                for name in names:
                    mask |= 1 << self._numbers.setdefault((name, begin), len(self._numbers))
        return mask

    def week(self, week: str, period: Period) -> int:
        """The bits of the days of a week that a period holds."""
        mask = 0
        for begin in self._cuts:
            if period.holds_day(begin) and week in (ALL, week_of(begin)):
                mask |= 1 << self._numbers.setdefault(("", begin), len(self._numbers))
        return mask


def _sums(name: str, one: Published, pieces: _Pieces) -> Iterator[tuple[int, int]]:
    """(pieces, number) of every cell that is shown."""
    table = one.tables[name]
    if name == "asked_weeks":
        cells = [(pieces.week(str(week), one.period), number) for week, number in table.rows]
    elif name in _PARTED:
        every = sorted(pieces.rows[name])
        cells = [(pieces.mask(every if row == ALL else [str(row)], one.period), number) for row, number in table.rows]
    elif name == "coverage_area":
        cells = list(_area_cells(one, pieces))
    elif name in _SHARES:
        cells = list(_share_cells(name, one, pieces))
    else:
        cells = [(pieces.mask([str(row[0]) if len(row) > 1 else ""], one.period), row[-1]) for row in table.rows]
    yield from ((mask, number) for mask, number in cells if isinstance(number, int))


def _share_cells(name: str, one: Published, pieces: _Pieces) -> Iterator[tuple[int, Cell]]:
    table = one.tables[name]
    part, whole = (table.columns.index(column) for column in _SHARES[name])
    for row in table.rows:
        label = str(row[0]) if part > 0 else ""
        yield pieces.mask([f"{label}+"], one.period), row[part]
        yield pieces.mask([f"{label}+", f"{label}-"], one.period), row[whole]


def _area_cells(one: Published, pieces: _Pieces) -> Iterator[tuple[int, Cell]]:
    """A group is its area and all in it but what is in another group."""
    table = one.tables["coverage_area"]
    named = {str(row[0]) for row in table.rows}
    within: dict[str, list[str]] = {area: [] for area in named}
    for area in sorted({*one.tree, *named}):
        nearest = next((place for place in way_up(area, one.tree) if place in named), None)
        if nearest is not None:
            within[nearest].append(area)
    for name, _, claims, answered in table.rows:
        areas = within[str(name)]
        yield pieces.mask([f"{each}+" for each in areas], one.period), answered
        yield pieces.mask([*(f"{each}+" for each in areas), *(f"{each}-" for each in areas)], one.period), claims


def _overlap(one: Period, other: Period) -> bool:
    return one.begin < other.end and other.begin < one.end


def _hidden(table: BaseTable) -> BaseTable:
    """The same rows with no number in them; of areas, none."""
    if table.name == "coverage_area":
        return BaseTable(table.name, table.columns, ())
    rows = [tuple(HIDDEN if isinstance(cell, int) else cell for cell in row) for row in table.rows]
    return BaseTable.of(table.name, table.columns, rows)
