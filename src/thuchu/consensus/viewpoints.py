"""Are there two sides, who stands where, and do both find a note helpful?  Each with its uncertainty.

The rule set `desk` decides by this.  The published thresholds take factors as known; with few ratings, or with one
side only, they are noise.  Here every rating is judged by what the *other* ratings say of its rater and its note:

1. A rater's leaning is estimated from notes whose own leaning comes from everybody else (leave one out).
2. How leanings are spread over the community is estimated from all of them together, a mixture over a fixed grid.  It
   says how far a single rater's estimate is to be believed, and how much likelier two sides are than one.
3. A note has a share of approval on either side.  How pairs of shares are spread over notes is estimated likewise; what
   counts is the probability that both shares are above two thirds.  A rating speaks for the side its rater more likely
   stands on, as far as that is known: whoever rated little elsewhere can't speak for anybody.

Only +, -, ×, ÷ and square roots, in a fixed order: the same bits on every machine.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.consensus.layout import Layout
from thuchu.consensus.solve import total
from thuchu.consensus.values import Floats

# Leanings, in units of the raters' root mean square, negative first.  Zero is left out: a leaning has a side.
_ONE_SIDE = (0.15, 0.35, 0.55, 0.8, 1.1, 1.5, 2.0)
LEANINGS = np.array([-leaning for leaning in reversed(_ONE_SIDE)] + list(_ONE_SIDE))
# Shares of approval: even steps of odds; the outer ones are about as sure as people who agree are.
SHARES = np.array([0.04, 0.12, 0.25, 0.4, 0.6, 0.75, 0.88, 0.96])
# A side finds a note helpful where more than two thirds of it do.  Half would be enough to tell right from wrong among
# people who rate for themselves, but attackers who pass for one side outvote it on a note sooner.
LIKES = SHARES > 2 / 3
DISLIKES = SHARES < 1 / 3
# The mixtures have settled long before: twice as many rounds moved no probability by 1e-3 in the worlds tried.
MIXTURE_ROUNDS = 60
# What is believed before anything was seen, all pairs of shares (all leanings) alike, weighs as much as this many.
PRIOR_NOTES = 4.0
PRIOR_RATERS = 1.0
# Smaller than any real noise of ratings; keeps a table in which nobody errs from dividing by zero.
_NOISE_MIN = 1e-6
_INFORMATION_MIN = 1e-9
# After so many factors of at least .04 a product is brought back near 1, by a power of two.
_FACTORS_PER_SCALING = 64

Levels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Viewpoints:
    """What the ratings say about sides; raters and notes by their place in the layout.

    positive      (n_raters,) probability of a positive leaning
    smaller_side  how many raters the smaller side is expected to have
    evidence      how much likelier the leanings are with two sides than with one: the logarithm to base 2
    agreed, rejected  (n_notes,) probability that both sides' share of approval is above two thirds (below one)
    approval      (2, n_notes) expected share on the negative and on the positive side
    reach         (2, n_notes) for how many raters of known side the ratings speak
    tells         (2, n_notes) by how much one more rating from that side is expected to move `agreed`
    """

    positive: Floats
    smaller_side: float
    evidence: float
    agreed: Floats
    rejected: Floats
    approval: Floats
    reach: Floats
    tells: Floats


@dataclass(frozen=True, slots=True)
class Fitted:
    """The fit that is looked at, by place, with the ridges of its notes and raters (`solve.Work`)."""

    layout: Layout
    global_intercept: float
    rater_intercept: Floats
    rater_factor: Floats
    note_ridge: tuple[float, float]
    rater_ridge: tuple[float, float]


def look(fitted: Fitted) -> Viewpoints:
    """The viewpoints behind a fit."""
    rows = _Rows.of(fitted.layout)
    intercept, factor = _notes_without_each(fitted, rows)
    sums, noise = _leaning_sums(fitted, rows, intercept, factor)
    ridge = fitted.rater_ridge[0]
    scale = math.sqrt(max(total(fitted.rater_factor * fitted.rater_factor) / len(fitted.rater_factor), _NOISE_MIN))
    believed = _likelihoods(*_leaning(sums, ridge, noise), scale)
    spread, evidence = _spread_of_leanings(believed)
    positive = _positive(believed, spread)
    own = (np.ones_like(factor), factor, factor * factor, intercept, intercept * factor)
    without = [each[rows.rater] - mine for each, mine in zip(sums, own, strict=True)]
    side = _positive(_likelihoods(*_leaning(without, ridge, noise), scale), spread)
    weights = _weights_of_shares(fitted.layout, rows, side)
    smaller = min(total(positive), total(1 - positive))
    return _read_off(positive, smaller, evidence, weights, _reach(fitted.layout, rows, side))


@dataclass(frozen=True, slots=True)
class _Rows:
    """All ratings, note by note: whose, of what, and how."""

    note: Levels
    rater: Levels
    level: Levels

    @classmethod
    def of(cls, layout: Layout) -> "_Rows":
        packed = layout.notes.rows
        note = np.repeat(np.arange(len(layout.notes)), np.diff(layout.notes.starts))
        return cls(note, (packed >> np.uint32(2)).astype(np.int64), (packed & np.uint32(3)).astype(np.int64))


def _notes_without_each(fitted: Fitted, rows: _Rows) -> tuple[Floats, Floats]:
    """For each rating: what it leaves unexplained, and its note's factor, both by the note's other ratings."""
    x = fitted.rater_factor[rows.rater]
    left = rows.level * 0.5 - fitted.global_intercept - fitted.rater_intercept[rows.rater]
    n = len(fitted.layout.notes)
    count, sx, sxx, st, stx = (
        np.bincount(rows.note, weights=each, minlength=n)[rows.note] - each
        for each in (np.ones_like(x), x, x * x, left, left * x)
    )
    a11, a22 = count + fitted.note_ridge[0], sxx + fitted.note_ridge[1]
    determinant = a11 * a22 - sx * sx
    note_intercept, factor = (a22 * st - sx * stx) / determinant, (a11 * stx - sx * st) / determinant
    return left + fitted.rater_intercept[rows.rater] - note_intercept, factor


def _leaning_sums(fitted: Fitted, rows: _Rows, left: Floats, factor: Floats) -> tuple[list[Floats], float]:
    """Each rater's sums over held-out notes (1, y, y², t, ty), and the mean squared error of predicting held out."""
    n = len(fitted.layout.raters)
    sums: list[Floats] = [
        np.bincount(rows.rater, weights=each, minlength=n).astype(np.float64)
        for each in (np.ones_like(factor), factor, factor * factor, left, left * factor)
    ]
    error = left - fitted.rater_intercept[rows.rater] - fitted.rater_factor[rows.rater] * factor
    return sums, max(total(error * error) / len(error), _NOISE_MIN)


def _leaning(sums: list[Floats], ridge: float, noise: float) -> tuple[Floats, Floats]:
    """The leaning that explains a rater's ratings of held-out notes best, and its standard deviation."""
    count, sy, syy, st, sty = sums
    information = np.maximum(syy - sy * sy / (count + ridge), _INFORMATION_MIN)
    return (sty - sy * st / (count + ridge)) / information, np.sqrt(noise / information)


def _likelihoods(estimate: Floats, deviation: Floats, scale: float) -> Floats:
    """How likely each estimate is for each leaning of the grid: (14, n).

    Student's t with 15 degrees of freedom: about the normal one, kinder to odd raters, and a power that four
    multiplications give alike everywhere.
    """
    off = (estimate[None, :] - (LEANINGS * scale)[:, None]) / deviation[None, :]
    power = 1 + off * off / 15
    for _ in range(3):
        power = power * power
    return 1 / power


def _mixture(likelihoods: Floats, allowed: npt.NDArray[np.bool_], prior: float) -> Floats:
    """How the grid's points are spread, from everybody's likelihoods: expectation and maximisation, a fixed number."""
    even = allowed / np.count_nonzero(allowed)
    spread = even
    n = likelihoods.shape[1]
    for _ in range(MIXTURE_ROUNDS):
        weights = spread[:, None] * likelihoods
        weights = weights / _added(weights)
        spread = np.array([total(row) for row in weights])
        spread = (spread + prior * even) / (n + prior)
    return spread


def _added(rows: Floats) -> Floats:
    """The sum over the first axis, in order."""
    sums: Floats = rows[0].copy()
    for row in rows[1:]:
        sums += row
    return sums


def _spread_of_leanings(likelihoods: Floats) -> tuple[Floats, float]:
    spread = _mixture(likelihoods, LEANINGS != 0, PRIOR_RATERS)
    two = _bits(_added(spread[:, None] * likelihoods))
    one = max(
        _bits(_added(_mixture(likelihoods, allowed, PRIOR_RATERS)[:, None] * likelihoods))
        for allowed in (LEANINGS > 0, LEANINGS < 0)
    )
    return spread, two - one


def _bits(values: Floats) -> float:
    """The logarithm to base 2 of the product, which no number could hold."""
    mantissa, exponent = np.frexp(values)
    product, carried = 1.0, 0
    for part in mantissa.tolist():
        product, more = math.frexp(product * part)
        carried += more
    return float(int(exponent.sum()) + carried + math.log2(product))


def _positive(likelihoods: Floats, spread: Floats) -> Floats:
    weights = spread[:, None] * likelihoods
    return _added(weights[LEANINGS > 0]) / _added(weights)


def _reach(layout: Layout, rows: _Rows, side: Floats) -> Floats:
    """How much of a known rater speaks for each side: (2, n_notes)."""
    n = len(layout.notes)
    known = 2 * side - 1
    return np.stack([np.bincount(rows.note, weights=np.maximum(sign * known, 0), minlength=n) for sign in (-1.0, 1.0)])


def _weights_of_shares(layout: Layout, rows: _Rows, side: Floats) -> Floats:
    """How likely each pair of shares is for each note, after all its ratings: (8, 8, n_notes), negative side first."""
    likelihoods = _products(layout, rows, side).reshape(len(SHARES) ** 2, -1)
    spread = _mixture(likelihoods, np.ones(len(likelihoods), dtype=np.bool_), PRIOR_NOTES)
    weights = spread[:, None] * likelihoods
    shape = (len(SHARES), len(SHARES), len(layout.notes))
    found: Floats = (weights / _added(weights)).reshape(shape)
    return found


def _products(layout: Layout, rows: _Rows, side: Floats) -> Floats:
    """How likely a note's ratings are for each pair of shares, up to a factor a note; notes in step, rating by rating.

    A rating of a rater of unknown side is as likely as not whatever the shares.
    """
    of_share = np.stack([1 - SHARES, np.sqrt(SHARES * (1 - SHARES)), SHARES], axis=1)
    starts, counts = layout.notes.starts[:-1], np.diff(layout.notes.starts)
    products = np.ones((len(SHARES), len(SHARES), len(layout.notes)))
    for step in range(int(counts[0])):
        n = int(np.searchsorted(-counts, -step))
        row = starts[:n] + step
        known, likely = 2 * side[row] - 1, of_share[:, rows.level[row]]
        sure = np.abs(known)
        spoken = sure * likely + (1 - sure) * 0.5
        products[:, :, :n] *= np.where(known > 0, spoken[None, :, :], spoken[:, None, :])
        if step % _FACTORS_PER_SCALING == _FACTORS_PER_SCALING - 1:
            products[:, :, :n] *= np.ldexp(1.0, -np.frexp(products[:, :, :n].max(axis=(0, 1)))[1])
    return products


def _read_off(positive: Floats, smaller: float, evidence: float, weights: Floats, reach: Floats) -> Viewpoints:
    agreed, rejected = _both(weights, LIKES), _both(weights, DISLIKES)
    approval, tells = [], []
    for axis in (0, 1):
        shares = SHARES.reshape([-1 if place == axis else 1 for place in range(3)])
        share = _all(weights * shares)
        after_yes = _both(weights * shares, LIKES) / share
        after_no = _both(weights * (1 - shares), LIKES) / (1 - share)
        approval.append(share)
        tells.append(share * np.abs(after_yes - agreed) + (1 - share) * np.abs(after_no - agreed))
    return Viewpoints(positive, smaller, evidence, agreed, rejected, np.stack(approval), reach, np.stack(tells))


def _all(weights: Floats) -> Floats:
    return _added(weights.reshape(-1, weights.shape[2]))


def _both(weights: Floats, marked: npt.NDArray[np.bool_]) -> Floats:
    return _all(weights[marked][:, marked])
