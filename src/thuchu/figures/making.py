"""How figures are written: what may be said of a count, a share, a waiting time, and what is said where it may not."""

from decimal import Decimal
from typing import Any

from thuchu.figures.definitions import COUNT, SECONDS, SHARE, Definition
from thuchu.figures.exact import Real, text
from thuchu.figures.intervals import Interval, Share, wilson
from thuchu.figures.snapshot import Figure
from thuchu.figures.suppression import HIDDEN
from thuchu.figures.tables import BadTable, BaseTable, Cell
from thuchu.figures.waiting import Curve, median, median_interval
from thuchu.privacy.small_counts import SHOWN_MIN

TOO_FEW, HIDDEN_NOTE, MORE_THAN, TOO_SHORT, NONE_COUNTED = "too_few", "hidden", "more_than", "too_short", "none_counted"
LEVEL = "95"


class Maker:
    """Figures of one key, all from the same base table."""

    def __init__(self, definition: Definition, base: BaseTable) -> None:
        self._definition = definition
        self._base = base

    def figure(self, **said: Any) -> Figure:
        """One with these fields; what isn't said is as in its definition."""
        shared = {
            "key": self._definition.key,
            "klass": self._definition.klass,
            "unit": self._definition.unit,
            "base": self._base.sha256,
        }
        return Figure(**(shared | said))

    def count(self, number: Cell, part: str | None = None, unit: str = COUNT) -> Figure:
        """A count of everything, or that it is hidden."""
        if number == HIDDEN:
            return self.figure(part=part, unit=unit, method="count", suppressed=True, note=HIDDEN_NOTE)
        return self.figure(part=part, unit=unit, method="count", value=str(number))

    def share(
        self,
        number: Cell,
        whole: Cell,
        squares: Cell | None = None,
        *,
        part: str | None = None,
        area: str | None = None,
    ) -> Figure:
        """A share of independent things, or (with `squares`) of such as come in clusters."""
        method = "wilson" if squares is None else "wilson_kish"
        where: dict[str, Any] = {"part": part, "area": area, "unit": SHARE, "method": method}
        if isinstance(whole, str):
            return self.figure(**where, suppressed=True, note=TOO_FEW)
        if isinstance(number, str) or isinstance(squares, str):
            return self.figure(**where, denominator=whole, suppressed=True, note=HIDDEN_NOTE)
        where |= {"numerator": number, "denominator": whole}
        if whole < SHOWN_MIN:
            return self.figure(**where, note=NONE_COUNTED if whole == 0 else TOO_FEW)
        share = Share(number, whole, squares)
        if squares is not None:
            where["n_effective"] = text(share.n_effective)
        return self.figure(**where, value=text(share.value), **_interval(wilson(share, LEVEL)))

    def census(self, number: int, whole: int, part: str | None = None) -> Figure:
        """A share of all there are: nothing was drawn, so it has no interval."""
        said = {"part": part, "unit": SHARE, "method": "count", "numerator": number, "denominator": whole}
        if whole < SHOWN_MIN:
            return self.figure(**said, note=NONE_COUNTED if whole == 0 else TOO_FEW)
        return self.figure(**said, value=text(Share(number, whole).value))

    def median(self, curve: Curve, ends: int, part: str | None = None) -> Figure:
        """Half of those who wait; a lower bound where it lies beyond what was seen."""
        said: dict[str, Any] = {"part": part, "unit": SECONDS, "method": "kaplan_meier"}
        said |= {"numerator": ends, "denominator": curve.n}
        if curve.n < SHOWN_MIN:
            return self.figure(**said, note=NONE_COUNTED if curve.n == 0 else TOO_FEW)
        middle = median(curve)
        low, high = (None if end is None else str(end) for end in median_interval(curve, LEVEL))
        if middle is None:
            return self.figure(**said, value=str(curve.last), note=MORE_THAN, ci_low=low, level=LEVEL)
        return self.figure(**said, value=str(middle), ci_low=low, ci_high=high, level=LEVEL)

    def estimate(self, value: Real, interval: Interval, number: int, whole: int, **said: Any) -> Figure:
        """A share that isn't a quotient of two counts."""
        return self.figure(value=text(value), numerator=number, denominator=whole, **_interval(interval), **said)


def _interval(interval: tuple[Decimal, Decimal]) -> dict[str, str]:
    return {"ci_low": text(interval[0]), "ci_high": text(interval[1]), "level": LEVEL}


def cells_of(table: BaseTable) -> dict[str, Cell]:
    """First column -> second, of a table of two; raises BadTable for another word than "hidden"."""
    found: dict[str, Cell] = {}
    for row, (name, cell) in enumerate(table.rows, 2):
        if isinstance(cell, str) and cell != HIDDEN:
            raise BadTable(table.name, row, table.columns[1], f"{cell!r} is no number and not {HIDDEN!r}")
        if str(name) in found:
            raise BadTable(table.name, row, table.columns[0], f"{name!r} stands here twice")
        found[str(name)] = cell
    return found


def only_row(table: BaseTable) -> tuple[Cell, ...]:
    """The row of a table that has one; raises BadTable."""
    if len(table.rows) != 1:
        raise BadTable(table.name, 0, "", f"{len(table.rows)} rows where one is expected")
    return table.rows[0]
