"""A plot of ratings as a drawing of the page: columns as wide as their part of the axis, filled by shares."""

from dataclasses import dataclass

from thuchu.desk.publishing.reads import PartView, PlotView

# The drawing's own units; the page makes it as wide as there is room.
_FIFTH, _HEIGHT, _GAP = 60, 100, 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of a column, from its top; `level` names its filling."""

    level: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Column:
    """One part, with the row that the table beside says of it."""

    x: int
    width: int
    bars: tuple[Bar, ...]
    part: PartView


def columns(plot: PlotView) -> tuple[Column, ...]:
    """From the end that finds the note more helpful to the other."""
    found, fifths = [], 0
    for part in plot.parts:
        found.append(Column(fifths * _FIFTH + _GAP // 2, part.fifths * _FIFTH - _GAP, _bars(part), part))
        fifths += part.fifths
    return tuple(found)


def _bars(part: PartView) -> tuple[Bar, ...]:
    """Not helpful on top, helpful at the bottom; whole units that fill the column."""
    counts = {
        "not-helpful": part.not_helpful,
        "somewhat": part.somewhat_helpful,
        "helpful": part.helpful,
    }
    bars, done = [], 0
    for level, count in counts.items():
        above, done = done, done + count
        top, bottom = above * _HEIGHT // part.people, done * _HEIGHT // part.people
        bars.append(Bar(level, top, bottom - top))
    return tuple(bar for bar in bars if bar.height)
