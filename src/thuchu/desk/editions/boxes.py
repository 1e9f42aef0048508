"""A review's frozen figures as pages and papers show them: the number first, then its parts, drawn plainly."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thuchu.desk.charts import FILLINGS, Chart, Range, Share, columns, ranges, stacked
from thuchu.desk.claims.naming import namer
from thuchu.desk.claims.views import NameView
from thuchu.desk.reviews.figure_wording import PARTS
from thuchu.desk.reviews.views import AmendmentView, RemarkView, ReviewView
from thuchu.figures import DEFINITIONS, Figure
from thuchu.figures.change import Change, changes
from thuchu.figures.making import NONE_COUNTED

# Parts that are points in time: an ISO week, or the day on which one began.
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Ages stand in the order of time, whatever their names begin with.
_AGES = ("0_1d", "1_3d", "3_7d", "7_30d", "30d_more", "oldest")
# Parts that add up to a whole are one bar.
_ORDER = {part: place for place, part in enumerate(PARTS)}
_WHOLES = ("fate", "sources")
# More parts than that are communes of a country: a page of three thousand is read by nobody, their table by programs.
ROWS_SHOWN_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A part or an area: its figure, its name, and where it lies among the others."""

    figure: Figure
    area: NameView | None
    drawn: Range | None
    filling: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One figure with all its parts.

    figure   the whole of it; None where there are only parts
    before   the same of the review before
    weeks    parts that are points in time, and their drawing
    whole    parts as shares of one bar, this review's and the one before
    """

    key: str
    klass: str
    method: str
    base: str
    figure: Figure | None
    before: Figure | None
    change: Change | None
    rows: tuple[Row, ...]
    weeks: tuple[Figure, ...]
    chart: Chart | None
    has_ranges: bool
    whole: tuple[Share, ...]
    whole_before: tuple[Share, ...]
    questions: tuple[RemarkView, ...]
    amendments: tuple[AmendmentView, ...]

    @property
    def is_empty(self) -> bool:
        """Was nothing counted, and has nobody said anything of it?"""
        has_words = self.rows or self.questions or self.amendments
        return self.figure is not None and self.figure.note == NONE_COUNTED and not has_words

    @property
    def shown(self) -> tuple[Row, ...]:
        """As many rows as a page has room for; all of them are in the base table."""
        return self.rows[:ROWS_SHOWN_MAX]

    @property
    def table(self) -> str:
        """The base table that all of its parts follow from."""
        return DEFINITIONS[self.key].tables[0]

    @property
    def last_week(self) -> str:
        """The last point in time, for the drawing's end."""
        return self.weeks[-1].part or "" if self.weeks else ""


def boxes(view: ReviewView) -> tuple[Box, ...]:
    """A box a figure, in the order of their definitions; none before they are frozen."""
    if view.frozen is None:
        return ()
    found: dict[str, list[Figure]] = {}
    for figure in view.frozen.figures.figures:
        found.setdefault(figure.key, []).append(figure)
    changed = _changes(view)
    return tuple(_box(view, key, figures, changed) for key, figures in found.items())


def _changes(view: ReviewView) -> dict[str, Change]:
    """What became of each figure as a whole since the review before."""
    if view.frozen is None or view.before is None:
        return {}
    found = changes(view.before, view.frozen.figures)
    return {figure.key: change for figure, change in found if figure.part is None and figure.area is None}


def _box(view: ReviewView, key: str, figures: Sequence[Figure], changed: Mapping[str, Change]) -> Box:
    weeks = tuple(each for each in figures if each.part and _WEEK.fullmatch(each.part))
    parts = _in_order(each for each in figures if each not in weeks and (each.part or each.area))
    earlier = _in_order(each for each in view.before.figures if each.key == key) if view.before else []
    is_whole = key in _WHOLES
    rows = _rows(view, parts)
    return Box(
        key=key,
        klass=figures[0].klass,
        method=figures[0].method,
        base=figures[0].base,
        figure=_whole(figures),
        before=_whole(earlier),
        change=changed.get(key),
        rows=rows,
        weeks=weeks,
        chart=_drawn(weeks),
        has_ranges=any(row.drawn for row in rows),
        whole=stacked([_real(each.value) for each in parts]) if is_whole else (),
        whole_before=stacked([_real(each.value) for each in earlier if each.part]) if is_whole else (),
        questions=tuple(each for each in view.remarks if each.figure == key and each.state != "held"),
        amendments=tuple(each for each in view.amendments if each.at and (each.what, each.about) == ("figure", key)),
    )


def _drawn(weeks: Sequence[Figure]) -> Chart | None:
    """A column a week; none where all of them are empty."""
    counts, small = [_count(each) for each in weeks], [each.suppressed for each in weeks]
    return columns(counts, small=small) if any(counts) or any(small) else None


def _in_order(parts: Iterable[Figure]) -> list[Figure]:
    """As their words stand, from the shortest time to the longest; those without words as they came."""
    return sorted(parts, key=lambda each: _ORDER.get(each.part or "", len(_ORDER)))


def _rows(view: ReviewView, parts: Iterable[Figure]) -> tuple[Row, ...]:
    parts = list(parts)
    if all(each.part in _AGES for each in parts):
        parts.sort(key=lambda each: _AGES.index(each.part or ""))
    named = [(view.area_names.get(each.area) if each.area else None, each) for each in parts]
    # Areas stand in the order of their names: nothing here says that one is better.
    if any(each.area for each in parts):
        name = namer()
        named.sort(key=lambda pair: (name(pair[0]) if pair[0] else pair[1].area or "", pair[1].part or ""))
    drawn = ranges([_ends(figure) for _, figure in named])
    return tuple(
        Row(figure=figure, area=area, drawn=line, filling=place % FILLINGS)
        for place, ((area, figure), line) in enumerate(zip(named, drawn, strict=True))
    )


def _whole(figures: Sequence[Figure]) -> Figure | None:
    return next((each for each in figures if each.part is None and each.area is None), None)


def _ends(figure: Figure) -> tuple[float, float, float] | None:
    """Low, value and high of a share with an interval: only such are drawn."""
    if figure.unit != "share" or figure.value is None or figure.ci_low is None or figure.ci_high is None:
        return None
    return float(figure.ci_low), float(figure.value), float(figure.ci_high)


def _count(figure: Figure) -> int | None:
    return None if figure.value is None else int(Decimal(figure.value))


def _real(value: str | None) -> float:
    return float(value) if value is not None else 0.0
