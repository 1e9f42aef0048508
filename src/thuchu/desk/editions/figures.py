"""Frozen figures as a paper tells them: in the words of the page, with their parts as tables and pictures."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext

from thuchu.desk.claims.naming import name
from thuchu.desk.editions import drawing
from thuchu.desk.editions.both import both
from thuchu.desk.editions.boxes import Box, Row, boxes
from thuchu.desk.reviews import figure_wording as say
from thuchu.desk.reviews.views import ReviewView
from thuchu.desk.wording import day, number
from thuchu.documents.review import ChartPaper, DataTable, FigurePaper, Wording
from thuchu.figures import Figure
from thuchu.figures.snapshot import PUBLIC

# What a reader in a hurry reads: what came, what became of it, how long it took, what went wrong, what was promised.
IN_SHORT = ("asked", "answered_share", "wait_median", "corrections_90d", "commitments")
# As notes quote the code of a part.
_CODE = re.compile(r"`([a-z0-9_]+)`")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PART, _VALUE, _INTERVAL = 4, 3, 6


def figures(view: ReviewView) -> tuple[FigurePaper, ...]:
    """Every figure of the review, in the order of its page."""
    return tuple(_figure(box) for box in boxes(view))


def in_short(view: ReviewView) -> tuple[Wording, ...]:
    """A line each of the five that sum a review up, where they were counted as a whole."""
    known = {box.key: box for box in boxes(view)}
    return tuple(_line(known[key]) for key in IN_SHORT if key in known and known[key].figure)


def _line(box: Box) -> Wording:
    figure = box.figure
    return both(lambda: f"{say.figure_title(box.key)}: {_said(figure)}." if figure else "")


def _said(figure: Figure) -> str:
    """“71 % (from 61 to 79 in 100)”."""
    value, interval = say.figure_value(figure), say.figure_interval(figure)
    return f"{value} ({interval})" if interval else value


def _figure(box: Box) -> FigurePaper:
    figure, before, change = box.figure, box.before, box.change
    chart = _chart(box)
    tables = [] if chart or not box.weeks else [_weeks(box)]
    if box.rows and not (chart and box.whole):
        tables.append(_table(box, box.rows))
    return FigurePaper(
        key=box.key,
        label=both(say.figure_title, box.key),
        value=both(say.figure_value, figure) if figure else Wording(),
        interval=both(say.figure_interval, figure) if figure else Wording(),
        numerator=figure.numerator if figure else None,
        denominator=figure.denominator if figure else None,
        last_quarter=both(say.figure_value, before) if before else Wording(),
        change=both(say.change_words, change, figure) if change and figure else Wording(),
        sees=both(say.figure_meaning, box.key),
        method=both(_reckoned, box),
        figure_class="public" if box.klass == PUBLIC else "attested",
        chart=chart,
        tables=tuple(tables),
    )


def _reckoned(box: Box) -> str:
    """The page writes a part's code, which its file has; a paper says the part's name."""
    note = _CODE.sub(lambda code: f"“{say.part_word(code[1])}”", say.figure_note(box.key))
    return f"{note} {say.figure_method(box.method)}".strip()


def _chart(box: Box) -> ChartPaper | None:
    """The bars of its weeks, or the one bar of a whole, each over the table that it was drawn from."""
    drawn = box.chart
    # Bars of nothing, or of what is hidden, tell less than the table.
    if drawn and any(bar.kind == "plain" and bar.height for bar in drawn.bars):
        return ChartPaper(
            svg=both(lambda: drawing.bars(drawn, number(drawn.highest), _end(box.weeks[0].part), _end(box.last_week))),
            alt=both(
                lambda: (
                    gettext("Bars: %(title)s, a bar a week. The table below says the same.")
                    % {"title": say.figure_title(box.key)}
                )
            ),
            table=_weeks(box),
        )
    if box.whole:
        return ChartPaper(
            svg=both(lambda: drawing.whole(box.whole, box.whole_before)),
            alt=both(lambda: gettext("One bar of a hundred, in the order of the table below.")),
            table=_table(box, box.rows),
        )
    return None


def _weeks(box: Box) -> DataTable:
    rows = tuple((_week(each.part or ""), _value(each)) for each in box.weeks)
    columns = (both(lambda: gettext("Week")), both(lambda: gettext("Value")))
    return DataTable(caption=_by_week(box), columns=columns, rows=rows, widths=(1, 2))


def _week(part: str) -> Wording | date:
    """“2026-W46”, or the day on which something was counted, which each language writes in its own way."""
    return date.fromisoformat(part) if _DAY.fullmatch(part) else Wording(vi=part, en=part)


def _end(part: str | None) -> str:
    """The same as a word under the drawing."""
    return day(date.fromisoformat(part)) if part and _DAY.fullmatch(part) else part or ""


def _by_week(box: Box) -> Wording:
    return both(lambda: gettext("%(title)s, by week") % {"title": say.figure_title(box.key)})


def _table(box: Box, rows: Sequence[Row]) -> DataTable:
    """Each part with its value; with an interval where any has one."""
    columns = (both(lambda: gettext("Part")), both(lambda: gettext("Value")))
    caption = both(lambda: gettext("%(title)s, part by part") % {"title": say.figure_title(box.key)})
    if not any(each.figure.level for each in rows):
        return DataTable(
            caption=caption,
            columns=columns,
            rows=tuple((both(_named, each), _value(each.figure)) for each in rows),
            widths=(_PART, _VALUE),
        )
    beside = both(lambda: gettext("Interval"))
    return DataTable(
        caption=caption,
        columns=(*columns, beside),
        rows=tuple(_with_interval(rows)),
        widths=(_PART, _VALUE, _INTERVAL),
    )


def _with_interval(rows: Iterable[Row]) -> Iterable[tuple[Wording, Wording, Wording]]:
    for each in rows:
        yield both(_named, each), _value(each.figure), both(_beside, each.figure)


def _named(row: Row) -> str:
    """The area, the part, or both."""
    parts = [name(row.area)] if row.area else []
    if row.figure.part or not parts:
        parts.append(say.part_word(row.figure.part))
    return ", ".join(parts)


def _beside(figure: Figure) -> str:
    return " · ".join(filter(None, (say.figure_interval(figure), say.figure_of(figure))))


def _value(figure: Figure) -> Wording:
    return both(say.figure_value, figure)
