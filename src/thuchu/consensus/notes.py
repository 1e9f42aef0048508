"""Notes given their raters: closed forms that touch one note each (CONSENSUS sections 2.4 and 4.4)."""

from dataclasses import dataclass

import numpy as np

from thuchu.consensus.layout import Layout
from thuchu.consensus.values import Floats


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
    packed = layout.notes.rows
    note = np.repeat(np.arange(len(layout.notes)), np.diff(layout.notes.starts))
    rater = packed >> np.uint32(2)
    factor = frozen.rater_factor[rater]
    left = (packed & np.uint32(3)) * 0.5 - frozen.global_intercept - frozen.rater_intercept[rater]
    n = len(layout.notes)
    parts = (factor, factor * factor, left, left * factor)
    return np.stack([layout.notes.counts, *(np.bincount(note, weights=part, minlength=n) for part in parts)])


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
