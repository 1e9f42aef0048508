"""Waiting times: Kaplan and Meier's curve, and Aalen and Johansen's share where there are other ends.

Whole seconds in, ties kept as they are (no jitter), no random number.  Curves are made of IEEE sums, products and
quotients in a fixed order; `exp` and `log` come from `decimal` wherever a result could hang on their last bit.

The median is the first time at which the curve is at 1/2 or below, 1e-12 forgiven: the float of an exact 1/2 may be one
bit too much, and other software then names a much later time.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import fsum

import numpy as np
import numpy.typing as npt

from thuchu.figures.exact import WORKING, Z, decimal
from thuchu.figures.intervals import Interval, Share, wilson

Seconds = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

HALF = 0.5 + 1e-12
# A band this near to the half is computed again in decimals: floats of two machines may stand on either side.
_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that still waits, from the first event on.

    times     when something happened, ascending
    survival  the share that still waits after it
    variance  Greenwood's sum: of the logarithm of `survival`
    n         how many were seen at all
    last      the longest that anybody was seen
    """

    times: Seconds
    survival: Floats
    variance: Floats
    n: int
    last: int

    def at(self, seconds: int) -> float:
        """The share that still waits after so many seconds."""
        place = int(np.searchsorted(self.times, seconds, "right")) - 1
        return 1.0 if place < 0 else float(self.survival[place])

    def reaches(self, seconds: int) -> bool:
        """Was anybody seen for so long, or is nobody left?"""
        return self.last >= seconds or (len(self.survival) > 0 and self.survival[-1] == 0)

    def ended_by(self, seconds: int, level: str = "95") -> tuple[Decimal, Interval]:
        """The share that has ended after so many seconds, with its log-log interval."""
        low, high = band_at(self, seconds, level)
        one = Decimal(1)
        ended = WORKING.subtract(one, decimal(self.at(seconds)))
        return ended, (WORKING.subtract(one, high), WORKING.subtract(one, low))


def kaplan_meier(seconds: Seconds, is_end: Flags, entry: Seconds | None = None) -> Curve:
    """The curve of those who waited so long, until the end (`is_end`) or until they were no longer seen.

    entry  how long each had waited when it was first seen; 0 and None: from its beginning
    """
    seconds, is_end, entry = _seen(seconds, is_end, entry)
    times, ends = np.unique(seconds[is_end], return_counts=True)
    at_risk = _at_risk(times, seconds, entry)
    with np.errstate(divide="ignore"):
        survival = np.cumprod(1.0 - ends / at_risk, dtype=np.float64)
        variance = np.cumsum(ends / (at_risk * (at_risk - ends).astype(np.float64)), dtype=np.float64)
    return Curve(times, survival, variance, len(seconds), int(seconds.max(initial=0)))


def median(curve: Curve) -> int | None:
    """The first time at which half have ended; None where that lies beyond what was seen."""
    below = curve.survival <= HALF
    return int(curve.times[np.argmax(below)]) if below.any() else None


def median_interval(curve: Curve, level: str = "95") -> tuple[int | None, int | None]:
    """Where the log-log band crosses one half; None where it does so beyond what was seen."""
    return _first_below(curve, level, 1), _first_below(curve, level, -1)


def band_at(curve: Curve, seconds: int, level: str = "95") -> Interval:
    """The log-log interval of the share that still waits after so many seconds.

    Where nothing, or everything, has happened by then there is no logarithm to work with: Wilson's interval stands in.
    Of nobody it is everything from 0 to 1.
    """
    if curve.n == 0:
        return Decimal(0), Decimal(1)
    place = int(np.searchsorted(curve.times, seconds, "right")) - 1
    if place < 0:
        return wilson(Share(curve.n, curve.n), level)
    if curve.survival[place] == 0:
        return wilson(Share(0, curve.n), level)
    return _band(curve, place, level, 1), _band(curve, place, level, -1)


@dataclass(frozen=True, slots=True)
class Incidence:
    """The share that ended in one way within a time, others having ended otherwise; `interval` is log-log."""

    value: float
    interval: Interval


def aalen_johansen(seconds: Seconds, is_end: Flags, is_other: Flags, within: int, level: str = "95") -> Incidence:
    """The share that ended (`is_end`) within so many seconds; those that ended otherwise (`is_other`) never will."""
    seconds = np.asarray(seconds, dtype=np.int64)
    times = np.unique(seconds[is_end | is_other])
    times = times[times <= within]
    ends, others = _counts_at(times, seconds[is_end]), _counts_at(times, seconds[is_other])
    at_risk = len(seconds) - np.searchsorted(np.sort(seconds), times, "left")
    survival = np.cumprod(1.0 - (ends + others) / at_risk)
    before = np.concatenate([[1.0], survival[:-1]])
    steps = np.cumsum(before * ends / at_risk)
    value = float(steps[-1]) if len(steps) else 0.0
    if not 0.0 < value < 1.0:
        return Incidence(value, wilson(Share(len(seconds) if value else 0, len(seconds)), level))
    variance = _incidence_variance(value - steps, before, ends, others, at_risk)
    return Incidence(value, _log_log(decimal(value), decimal(variance), level))


def _seen(seconds: Seconds, is_end: Flags, entry: Seconds | None) -> tuple[Seconds, Flags, Seconds | None]:
    """Without those who were never seen waiting; who was there from the beginning entered before every time."""
    seconds, is_end = np.asarray(seconds, dtype=np.int64), np.asarray(is_end, dtype=np.bool_)
    if entry is None:
        return seconds, is_end, None
    entry = np.asarray(entry, dtype=np.int64)
    entry = np.where(entry == 0, -1, entry)
    kept = entry < seconds
    return seconds[kept], is_end[kept], entry[kept]


def _at_risk(times: Seconds, seconds: Seconds, entry: Seconds | None) -> Seconds:
    """How many were seen waiting just before each time."""
    at_risk = len(seconds) - np.searchsorted(np.sort(seconds), times, "left")
    if entry is not None:
        at_risk = at_risk - (len(entry) - np.searchsorted(np.sort(entry), times, "left"))
    return at_risk.astype(np.int64)


def _counts_at(times: Seconds, seconds: Seconds) -> Seconds:
    ordered = np.sort(seconds)
    return (np.searchsorted(ordered, times, "right") - np.searchsorted(ordered, times, "left")).astype(np.int64)


def _first_below(curve: Curve, level: str, side: int) -> int | None:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        wide = np.sqrt(curve.variance) / np.abs(np.log(curve.survival))
        # Where the curve has come to 0 there is no band; it is 0, too.
        band = np.nan_to_num(curve.survival ** np.exp(side * float(Z[level]) * wide))
    below = band <= HALF
    for place in np.flatnonzero(np.abs(band - HALF) < _NEAR).tolist():
        below[place] = _band(curve, place, level, side) <= decimal(HALF)
    return int(curve.times[np.argmax(below)]) if below.any() else None


def _band(curve: Curve, place: int, level: str, side: int) -> Decimal:
    """One end of the log-log band at a time: side 1 the lower, -1 the upper one."""
    survival = decimal(float(curve.survival[place]))
    with localcontext(WORKING):
        wide = decimal(float(curve.variance[place])).sqrt() / abs(survival.ln())
        return Decimal((survival.ln() * (side * Z[level] * wide).exp()).exp())


def _log_log(value: Decimal, variance: Decimal, level: str) -> Interval:
    with localcontext(WORKING):
        wide = Z[level] * variance.sqrt() / (value * abs(value.ln()))
        return Decimal((value.ln() * wide.exp()).exp()), Decimal((value.ln() * (-wide).exp()).exp())


def _incidence_variance(left: Floats, before: Floats, ends: Seconds, others: Seconds, at_risk: Seconds) -> float:
    """The delta method's variance of Aalen and Johansen's share (Marubini and Valsecchi 1995, 10.12).

    left  how much of the share is still to come after each time
    """
    all_ends, n = (ends + others).astype(np.float64), at_risk.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        # The last one seen to end leaves nobody, and then nothing is left to come: 0 times infinity is nothing.
        first = np.nan_to_num(left**2 * all_ends / (n * (n - all_ends)), nan=0.0, posinf=0.0)
    second = before**2 * (n - ends) * ends / n**3
    third = -2.0 * left * before * ends / n**2
    # Rounded once, in whatever order a machine adds.
    return max(fsum([*first.tolist(), *second.tolist(), *third.tolist()]), 0.0)
