"""Figures of what is private one by one, from tables that the desk answers for."""

from dataclasses import replace
from fractions import Fraction

from thuchu.figures.attested import CHECKABLE, FATES, WAITING, WITH, WITHOUT
from thuchu.figures.exact import text
from thuchu.figures.intervals import Share, newcombe
from thuchu.figures.making import HIDDEN_NOTE, LEVEL, TOO_FEW, Maker, cells_of, only_row
from thuchu.figures.of_claims import Tables
from thuchu.figures.period import Period
from thuchu.figures.snapshot import Figure
from thuchu.figures.suppression import ALL, HIDDEN
from thuchu.figures.tables import BadTable, BaseTable, Cell


def asked(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """All submissions, by week, by door."""
    weeks, doors = cells_of(tables["asked_weeks"]), cells_of(tables["asked_doors"])
    whole, squares = _labelled(tables["fate_clusters"])[ALL]
    parts: dict[str | None, Cell] = {None: weeks.get(ALL, HIDDEN)}
    parts |= {week: number for week, number in weeks.items() if week != ALL}
    parts |= {f"door:{door}": number for door, number in doors.items() if door != ALL}
    found = [make.count(number, part) for part, number in parts.items()]
    if isinstance(whole, str) or isinstance(squares, str):
        return found
    # Questions come in clusters, in each week and through each door as in all: that is how much they vary.
    alike = Fraction(whole, squares)
    return [
        replace(figure, n_effective=text(int(figure.value) * alike)) if figure.value not in (None, "0") else figure
        for figure in found
    ]


def fate(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Each part of all submissions."""
    parts, clusters = cells_of(tables["fate"]), _labelled(tables["fate_clusters"])
    whole, squares = clusters[ALL]
    return [make.share(parts[part], whole, squares, part=part) for part in FATES]


def answered_share(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """All checkable ones but those that wait."""
    waiting, clusters = cells_of(tables["fate"])[WAITING], _labelled(tables["fate_clusters"])
    whole, squares = clusters[CHECKABLE]
    if clusters[ALL][0] != HIDDEN and whole == HIDDEN:
        return [make.figure(method="wilson_kish", suppressed=True, note=HIDDEN_NOTE)]
    is_known = isinstance(whole, int) and isinstance(waiting, int)
    return [make.share(int(whole) - int(waiting) if is_known else HIDDEN, whole, squares)]


def before_deadline(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Before it, of those that could be; and how many came too late for that."""
    parts = cells_of(tables["before_deadline"])
    before, not_before = parts["before"], parts["not_before"]
    whole: Cell = before + not_before if isinstance(before, int) and isinstance(not_before, int) else HIDDEN
    return [make.share(before, whole), make.count(parts["too_late"], "too_late")]


def correction_reach(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Told again, of those told."""
    return [make.share(*only_row(tables["correction_reach"]))]


def false_answers(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Said to be about something else; found to be so; and what an audit says."""
    found = [make.share(*only_row(tables["false_answers"]))]
    for part in ("upheld", "audit"):
        table = tables.get(f"false_answers_{part}")
        if table is not None:
            number, whole = only_row(table)
            found.append(make.share(number, whole, part=part))
    return found


def accent_gap(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """With accents minus without, and each."""
    rows = _labelled(tables["accent_gap"])
    groups = {name: make.share(*rows[name], part=name) for name in (WITH, WITHOUT)}
    shares = {name: _share(rows[name]) for name in groups if groups[name].value is not None}
    if len(shares) < len(groups):
        return [make.figure(method="newcombe_kish", suppressed=True, note=TOO_FEW)]
    low, high = newcombe(shares[WITH], shares[WITHOUT], LEVEL)
    gap = shares[WITH].value - shares[WITHOUT].value
    whole = make.figure(method="newcombe_kish", value=text(gap), ci_low=text(low), ci_high=text(high), level=LEVEL)
    return [whole, *groups.values()]


def retention(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Active again; newcomers who stayed."""
    rows = _labelled(tables["retention"])
    return [
        make.share(*rows[name], part=None if name == "active_before" else name)
        for name in ("active_before", "newcomers")
        if name in rows
    ]


def practice(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Finished; agreement in the first ten items and in the last ten."""
    rows = _labelled(tables["practice"])
    found = [make.share(*rows[name], part=name) for name in ("first_ten", "last_ten") if name in rows]
    if "practice_finished" in tables:
        found.insert(0, make.count(only_row(tables["practice_finished"])[0], "finished"))
    return found


def sources(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Each publisher's share of the answers."""
    parts = cells_of(tables["sources"])
    whole, squares = only_row(tables["sources_clusters"])
    if isinstance(whole, str):
        return [make.figure(method="wilson_kish", suppressed=True, note=TOO_FEW)]
    return [
        make.share(number, whole, squares, part=publisher) for publisher, number in parts.items() if publisher != ALL
    ]


def _labelled(table: BaseTable) -> dict[str, tuple[Cell, ...]]:
    """First cell -> the others; raises BadTable for another word than "hidden" among them."""
    for row, (_, *cells) in enumerate(table.rows, 2):
        for column, cell in zip(table.columns[1:], cells, strict=True):
            if isinstance(cell, str) and cell != HIDDEN:
                raise BadTable(table.name, row, column, f"{cell!r} is no number and not {HIDDEN!r}")
    return {str(name): tuple(cells) for name, *cells in table.rows}


def _share(row: tuple[Cell, ...]) -> Share:
    number, whole, squares = row
    return Share(int(number), int(whole), int(squares))
