"""Communities that hardly meet: found, each turned over in trial, and every sign fixed.

Between two communities joined by few ratings the sign of one's factors against the other's is a choice, and the
objective has two minima (no joint rating: two equal ones).  A random walk from rater to note to rater hardly leaves
such a community: the walk's slowest patterns are about constant on each.  They are found by subspace iteration, the
communities by the patterns' signs.
"""

import math
from dataclasses import dataclass

import numpy as np

from thuchu.consensus.counting import Counter
from thuchu.consensus.layout import Layout
from thuchu.consensus.rows import COLUMNS
from thuchu.consensus.solve import Work, spread_evenly, total
from thuchu.consensus.values import Bits, Floats, Numbers

# Steps of the walk: on well-mixed data a pattern keeps less than a tenth a step, so after four a community's share of
# the first patterns, which is one part in as many as there are raters, stands out.  Only then the walk goes on.
WALKS_MIN = 4
WALKS = 12
KEPT_TO_GO_ON = 0.2
# A pattern that keeps less than this a step does not divide the raters: with a fifth of all ratings across the other
# minimum was gone in every case tried, and the walk keeps (1 - 2/5)² = .36.
KEPT_MIN = 0.5
# A community with a smaller share of the ratings is not tried: on large data chains of a few raters are common.
SHARE_MIN = 0.005
_JACOBI_ROUNDS = 12

Columns = list[Floats]


def communities(work: Work) -> list[Bits]:
    """Loosely joined communities of raters, the largest left out: masks of raters to turn over in trial."""
    layout = work.layout
    patterns = _slow_patterns(work)
    if not patterns:
        return []
    cell = np.zeros(len(layout.raters), dtype=np.int64)
    for pattern in patterns:
        cell = 2 * cell + (pattern > 0)
    share = np.bincount(cell, weights=layout.raters.counts) / layout.n_ratings
    large = [int(number) for number in np.argsort(-share, kind="stable") if share[number] >= SHARE_MIN]
    return [cell == number for number in large[1:]]


def _slow_patterns(work: Work) -> Columns:
    n = len(work.layout.raters)
    weights = work.layout.raters.counts
    # Four fixed patterns that have nothing to do with who rated what.
    columns: Columns = [spread_evenly(n, number) for number in range(COLUMNS)]
    for walks in range(1, WALKS + 1):
        before = _independent(columns, weights)
        columns = _walked(work, before)
        if walks < WALKS_MIN:
            continue
        values, vectors = _eigen([[total(weights * one * other) for other in columns] for one in before])
        if not values or values[0] < KEPT_TO_GO_ON:
            return []
    slow = []
    for value, vector in zip(values, vectors, strict=True):
        if value >= KEPT_MIN:
            slow.append(sum((vector[number] * before[number] for number in range(len(before))), np.zeros(n)))
    return slow


def _walked(work: Work, columns: Columns) -> Columns:
    """Where the patterns are after one step to a note and one back: averages over notes of averages over raters."""
    padded = columns + [np.zeros(len(work.layout.raters))] * (COLUMNS - len(columns))
    there = work.sums(work.layout.notes, *padded)
    back = work.sums(work.layout.raters, *(there[number] / work.layout.notes.counts for number in range(COLUMNS)))
    return [back[number] / work.layout.raters.counts for number in range(len(columns))]


def _independent(columns: Columns, weights: Floats) -> Columns:
    """The columns less what is constant and what earlier ones hold, each of length 1; those that vanish left out."""
    kept: Columns = []
    everything = total(weights)
    for column in columns:
        own = column - total(weights * column) / everything
        for other in kept:
            own = own - total(weights * own * other) * other
        length = math.sqrt(total(weights * own * own))
        if length > 1e-12 * math.sqrt(everything):
            kept.append(own / length)
    return kept


def _eigen(matrix: list[list[float]]) -> tuple[list[float], list[list[float]]]:
    """Eigenvalues and vectors of a small symmetric matrix by Jacobi's rotations, largest first.

    Not LAPACK's: its last bits differ from one processor to another.
    """
    n = len(matrix)
    a = [[0.5 * (matrix[i][j] + matrix[j][i]) for j in range(n)] for i in range(n)]
    vectors = [[float(i == j) for j in range(n)] for i in range(n)]
    for _ in range(_JACOBI_ROUNDS):
        for p in range(n):
            for q in range(p + 1, n):
                if a[p][q] == 0:
                    continue
                turn = (a[q][q] - a[p][p]) / (2 * a[p][q])
                tangent = math.copysign(1.0, turn) / (abs(turn) + math.sqrt(turn * turn + 1))
                cosine = 1 / math.sqrt(tangent * tangent + 1)
                sine = tangent * cosine
                for k in range(n):
                    a[k][p], a[k][q] = cosine * a[k][p] - sine * a[k][q], sine * a[k][p] + cosine * a[k][q]
                for k in range(n):
                    a[p][k], a[q][k] = cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k]
                    vectors[p][k], vectors[q][k] = (
                        cosine * vectors[p][k] - sine * vectors[q][k],
                        sine * vectors[p][k] + cosine * vectors[q][k],
                    )
    order = sorted(range(n), key=lambda number: (-a[number][number], number))
    return [a[number][number] for number in order], [vectors[number] for number in order]


@dataclass(frozen=True, slots=True)
class Components:
    """Which raters and notes are connected by ratings: numbers from 0, by place of the first rater."""

    raters: Numbers
    notes: Numbers


def connected(layout: Layout, counter: Counter) -> Components:
    """Components of the graph of ratings, by the least place of a rater that can be reached."""
    notes, raters = layout.notes, layout.raters
    label = counter.bodies.connected(notes.starts, notes.rows, (raters.starts, raters.rows))
    number = (np.cumsum(label == np.arange(len(label))) - 1).astype(np.int32)[label]
    return Components(number, number[notes.rows[notes.starts[:-1]] >> np.uint32(2)])


def signs(factor: Floats, component: Numbers) -> Floats:
    """For each component +1 or -1, so that more of its raters have a negative factor than a positive one.

    As published (CONSENSUS section 2.3), for each component by itself; a tie goes by the sum of the factors, then by
    the first rater (trap T42).
    """
    n = int(component.max()) + 1
    negative = np.bincount(component, weights=factor < 0, minlength=n)
    positive = np.bincount(component, weights=factor > 0, minlength=n)
    weight = np.bincount(component, weights=factor, minlength=n)
    first = factor[np.unique(component, return_index=True)[1]]
    right = (negative > positive) | ((negative == positive) & ((weight < 0) | ((weight == 0) & (first <= 0))))
    return np.where(right, 1.0, -1.0)
