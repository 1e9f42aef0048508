"""Where the bars of a chart stand: numbers for a drawing without words, which stand around it in HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from thuchu.privacy.small_counts import SHOWN_MIN

# Units of the drawing; it is stretched to the width there is.
WIDTH, HEIGHT = 520, 160
_GAP_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar from the ground up; `kind` is plain, small (its height says only "under 10"), or behind another."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, and what the highest stands for; None where there is nothing to draw."""

    bars: tuple[Bar, ...]
    highest: int
    width: int = WIDTH
    height: int = HEIGHT


def columns(
    values: Sequence[int | None], *, small: Sequence[bool] = (), behind: Sequence[int | None] = ()
) -> Chart | None:
    """A bar a value, side by side; none for None.

    small   which ones are only known to be under 10
    behind  a second value each, drawn behind the first
    """
    known = [value for value in (*values, *behind) if value is not None]
    if not known and not any(small):
        return None
    highest = max(*known, SHOWN_MIN if any(small) else 1, 1)
    step = WIDTH / max(len(values), 1)
    bars = []
    for place, value in enumerate(values):
        x, width = round(step * (place + _GAP_SHARE / 2), 1), round(step * (1 - _GAP_SHARE), 1)
        far = behind[place] if behind else None
        if far is not None:
            bars.append(_bar(x, width, far, highest, "behind"))
        if value is not None:
            bars.append(_bar(x, width, value, highest, "plain"))
        elif small and small[place]:
            bars.append(_bar(x, width, SHOWN_MIN // 2, highest, "small"))
    return Chart(tuple(bars), highest)


def _bar(x: float, width: float, value: int, highest: int, kind: str) -> Bar:
    height = round(HEIGHT * value / highest, 1)
    return Bar(x, round(HEIGHT - height, 1), width, height, kind)


@dataclass(frozen=True, slots=True)
class Range:
    """A share with its interval on a line of a hundred: the line's ends, and the point on it."""

    low: float
    at: float
    high: float


def ranges(ends: Sequence[tuple[float, float, float] | None]) -> tuple[Range | None, ...]:
    """Low, value and high of shares between 0 and 1, each on a line of its own; None where there is nothing to draw."""
    return tuple(
        None if each is None else Range(*(round(min(max(value, 0.0), 1.0) * 100, 1) for value in each)) for each in ends
    )


# Fillings that are told apart by lightness and edge: as many as the largest whole has parts.
FILLINGS = 5


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar of a hundred; `filling` is one of FILLINGS, the same as that of its row."""

    x: float
    width: float
    filling: int


def stacked(shares: Sequence[float]) -> tuple[Share, ...]:
    """Parts of a whole as one bar, in order; what is hidden leaves a gap at its end."""
    found, x = [], 0.0
    for place, share in enumerate(shares):
        width = round(share * 100, 1)
        if width > 0:
            found.append(Share(round(x, 1), width, place % FILLINGS))
        x += width
    return tuple(found)
