"""The picture of how sure somebody is and how often they are right: where its points stand; words stand around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from thuchu.desk.training.calibration import Bin

# Units of the drawing: 50 to 100 % sure from left to right, none to all right from the ground up.
WIDTH, HEIGHT = 200, 200
_MARGIN = 12
# The largest point is that of all answers in one bin; its area goes with the answers.
_RADIUS_MAX = 12.0
_RADIUS_MIN = 3.0
_LOW, _HIGH = 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Point:
    """One bin that has answers."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """The points, and the line on which somebody's sureness is just as good as it says."""

    points: tuple[Point, ...]
    line: tuple[float, float, float, float]
    width: int = WIDTH
    height: int = HEIGHT


def reliability(bins: Sequence[Bin]) -> Reliability | None:
    """The drawing; None where there are no bins to draw."""
    total = sum(each.answers for each in bins)
    if not total:
        return None
    points = tuple(
        Point(_x(each.mean_sure), _y(each.share_right), round(_radius(each.answers / total), 1))
        for each in bins
        if each.mean_sure is not None and each.share_right is not None
    )
    return Reliability(points, (_x(_LOW), _y(_LOW), _x(_HIGH), _y(_HIGH)))


def _radius(share: float) -> float:
    return max(_RADIUS_MIN, _RADIUS_MAX * float(share**0.5))


def _x(sure: float) -> float:
    return round(_MARGIN + (WIDTH - 2 * _MARGIN) * (sure - _LOW) / (_HIGH - _LOW), 1)


def _y(right: float) -> float:
    return round(HEIGHT - _MARGIN - (HEIGHT - 2 * _MARGIN) * right, 1)
