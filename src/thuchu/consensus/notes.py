"""Notes given their raters: closed forms that touch one note each (CONSENSUS sections 2.4 and 4.4)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from thuchu.consensus.layout import Layout
from thuchu.consensus.values import Floats

# Whole notes of about so many ratings are summed at a time: two hundred million at once would take ten gigabytes.
_ROWS_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Frozen:
    """What stays as the first passes left it: by place of the layout's raters; ridges in ratings, not in K."""

    global_intercept: float
    rater_intercept: Floats
    rater_factor: Floats
    note_ridge: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Solved:
    """A note's 2×2 system (count, Σf, Σf², Σy, Σyf: enough to add a rating) and its solution, by place."""

    sums: Floats
    intercept: Floats
    factor: Floats
    deviation: Floats


def solved(sums: Floats, note_ridge: tuple[float, float], noise: float = 1.0) -> Solved:
    """From sums (5, n); `noise` is the mean squared error that deviations are in terms of."""
    a11, a12, a22 = sums[0] + note_ridge[0], sums[1], sums[2] + note_ridge[1]
    determinant = a11 * a22 - a12 * a12
    return Solved(
        sums,
        (a22 * sums[3] - a12 * sums[4]) / determinant,
        (a11 * sums[4] - a12 * sums[3]) / determinant,
        np.sqrt(noise * a22 / determinant),
    )


def note_sums(layout: Layout, frozen: Frozen) -> Floats:
    """(count, Σf, Σf², Σy, Σyf) of each note, rating by rating in the canonical order."""
    starts = layout.notes.starts
    sums = np.empty((5, len(layout.notes)))
    sums[0] = layout.notes.counts
    ends = np.searchsorted(starts, np.arange(_ROWS_AT_ONCE, int(starts[-1]), _ROWS_AT_ONCE)).tolist()
    for first, last in pairwise([0, *ends, len(layout.notes)]):
        packed = layout.notes.rows[starts[first] : starts[last]]
        note = np.repeat(np.arange(last - first), np.diff(starts[first : last + 1]))
        rater = packed >> np.uint32(2)
        factor = frozen.rater_factor[rater]
        left = (packed & np.uint32(3)) * 0.5 - frozen.global_intercept - frozen.rater_intercept[rater]
        for number, part in enumerate((factor, factor * factor, left, left * factor), start=1):
            sums[number, first:last] = np.bincount(note, weights=part, minlength=last - first)
    return sums


def upper_bound(sums: Floats, frozen: Frozen, raters_least: float, factors: tuple[float, ...]) -> Floats:
    """The highest intercept after one more helpful rating from a rater of the least intercept and one of `factors`.

    With the same ridge as the score itself (trap T5).
    """
    left = 1.0 - frozen.global_intercept - raters_least
    highest = solved(sums, frozen.note_ridge).intercept
    for factor in factors:
        more = np.array([1.0, factor, factor * factor, left, left * factor])
        highest = np.maximum(highest, solved(sums + more[:, None], frozen.note_ridge).intercept)
    return highest
