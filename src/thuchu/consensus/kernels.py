"""What `rows` says, as loops compiled by Numba: a tenth of the time, the same bits.  Plain arrays in and out.

No sum is re-ordered, nothing is fused (`fastmath` stays off), and each group is summed by one thread.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

_Body = TypeVar("_Body", bound=Callable[..., Any])
_Array = npt.NDArray[Any]


def _compiled(body: _Body) -> _Body:
    try:
        return cast(_Body, numba.njit(cache=True, nogil=True, error_model="numpy")(body))
    except RuntimeError:
        # No folder may be written: then it is compiled at every start.
        return cast(_Body, numba.njit(nogil=True, error_model="numpy")(body))


@_compiled
def counts(own: _Array, other: _Array, other_in: _Array, n: int) -> _Array:
    found = np.zeros(n, dtype=np.int64)
    for row in range(len(own)):
        found[own[row]] += other_in[other[row]]
    return found


@_compiled
def grouped(own: _Array, other: _Array, level: _Array, places: tuple[_Array, _Array], starts: _Array) -> _Array:
    own_place, other_place = places
    cursor = starts[:-1].copy()
    rows = np.empty(starts[-1], dtype=np.uint32)
    for row in range(len(own)):
        group, gathered = own_place[own[row]], other_place[other[row]]
        if group >= 0 and gathered >= 0:
            rows[cursor[group]] = (np.uint32(gathered) << np.uint32(2)) | np.uint32(level[row])
            cursor[group] += 1
    return rows


@_compiled
def turned(starts: _Array, rows: _Array, other_starts: _Array) -> _Array:
    cursor = other_starts[:-1].copy()
    into = np.empty(len(rows), dtype=np.uint32)
    for group in range(len(starts) - 1):
        for row in range(starts[group], starts[group + 1]):
            other = rows[row] >> np.uint32(2)
            into[cursor[other]] = (np.uint32(group) << np.uint32(2)) | (rows[row] & np.uint32(3))
            cursor[other] += 1
    return into


@_compiled
def value_sums(starts: _Array, rows: _Array) -> _Array:
    sums = np.empty(len(starts) - 1)
    for group in range(len(sums)):
        levels = np.int64(0)
        for row in range(starts[group], starts[group + 1]):
            levels += rows[row] & np.uint32(3)
        sums[group] = levels * 0.5
    return sums


@_compiled
def row_sums(starts: _Array, rows: _Array, table: _Array, sums: _Array, first: int, last: int) -> None:
    # `table` is flat, so that a packed row without its level is the place of the first of its four numbers.
    one = np.uint64(1)
    for group in range(first, last):
        a, b, c, d, e = 0.0, 0.0, 0.0, 0.0, 0.0
        for row in range(np.uint64(starts[group]), np.uint64(starts[group + 1])):
            packed = np.uint64(rows[row])
            place = packed & ~np.uint64(3)
            x = np.float64(table[place])
            a += x
            b += np.float64(table[place + one])
            c += np.float64(table[place + one + one])
            d += np.float64(table[place + one + one + one])
            # Halves: doubling every term of a sum only raises its exponent.
            e += np.float64(np.int64(packed & np.uint64(3))) * x
        sums[0, group] = a
        sums[1, group] = b
        sums[2, group] = c
        sums[3, group] = d
        sums[4, group] = 0.5 * e


@_compiled
def connected(starts: _Array, rows: _Array, others: tuple[_Array, _Array]) -> _Array:
    # Each points at one no larger that it is connected with; the least of all points at itself.
    points_at = np.arange(len(others[0]) - 1).astype(np.int32)
    for group in range(len(starts) - 1):
        least = _least(points_at, np.int32(rows[starts[group]] >> np.uint32(2)))
        for row in range(starts[group] + 1, starts[group + 1]):
            other = _least(points_at, np.int32(rows[row] >> np.uint32(2)))
            if other < least:
                points_at[least] = other
                least = other
            else:
                points_at[other] = least
    for other in range(len(points_at)):
        # Whoever it points at is smaller and done.
        points_at[other] = points_at[points_at[other]]
    return points_at


@_compiled
def _least(points_at: _Array, place: Any) -> Any:
    while points_at[place] != place:
        # Half of the way is left out the next time.
        points_at[place] = points_at[points_at[place]]
        place = points_at[place]
    return place


@_compiled
def tiles(
    starts: _Array, rows: _Array, first: int, last: int, tile: int, n_tiles: int
) -> tuple[_Array, _Array, _Array]:
    n_runs, n_rows = np.zeros(n_tiles + 1, dtype=np.int64), np.zeros(n_tiles + 1, dtype=np.int64)
    for group in range(first, last):
        before: Any = np.int64(-1)
        for row in range(starts[group], starts[group + 1]):
            here: Any = np.int64(rows[row] >> np.uint32(2)) // tile
            n_rows[here + 1] += 1
            n_runs[here + 1] += here != before
            before = here
    for here in range(n_tiles):
        n_runs[here + 1] += n_runs[here]
        n_rows[here + 1] += n_rows[here]
    cut = np.empty(n_rows[n_tiles], dtype=np.uint32)
    groups = np.empty(n_runs[n_tiles], dtype=np.int32)
    lengths = np.zeros(n_runs[n_tiles], dtype=np.int32)
    for group in range(first, last):
        before = np.int64(-1)
        for row in range(starts[group], starts[group + 1]):
            here = np.int64(rows[row] >> np.uint32(2)) // tile
            if here != before:
                groups[n_runs[here]] = group
                n_runs[here] += 1
                before = here
            cut[n_rows[here]] = rows[row]
            n_rows[here] += 1
            lengths[n_runs[here] - 1] += 1
    return cut, groups, lengths


@_compiled
def tiled_row_sums(
    rows: _Array, groups: _Array, lengths: _Array, table: _Array, sums: _Array, first: int, last: int
) -> None:
    one, begin = np.uint64(1), np.uint64(0)
    sums[:, first:last] = 0.0
    for run in range(len(groups)):
        group = groups[run]
        a, b, c, d, e = sums[0, group], sums[1, group], sums[2, group], sums[3, group], sums[4, group]
        end = begin + np.uint64(lengths[run])
        for row in range(begin, end):
            packed = np.uint64(rows[row])
            place = packed & ~np.uint64(3)
            x = np.float64(table[place])
            a += x
            b += np.float64(table[place + one])
            c += np.float64(table[place + one + one])
            d += np.float64(table[place + one + one + one])
            e += np.float64(np.int64(packed & np.uint64(3))) * x
        begin = end
        sums[0, group] = a
        sums[1, group] = b
        sums[2, group] = c
        sums[3, group] = d
        sums[4, group] = e
    for group in range(first, last):
        sums[4, group] *= 0.5


@_compiled
def squared_errors(
    starts: _Array, rows: _Array, own: _Array, table: _Array, sums: _Array, first: int, last: int
) -> None:
    for group in range(first, last):
        total = 0.0
        for row in range(starts[group], starts[group + 1]):
            other = rows[row] >> np.uint32(2)
            error = (
                np.float64(rows[row] & np.uint32(3)) * 0.5
                - own[group, 0]
                - table[other, 0]
                - own[group, 1] * table[other, 1]
            )
            total += error * error
        sums[group] = total


@_compiled
def logistic_product(
    note: _Array, rater: _Array, error: _Array, bend: _Array, notes: _Array, raters: _Array, step: _Array, shared: float
) -> tuple[_Array, _Array, _Array]:
    n_notes, n_raters = len(notes), len(raters)
    of_notes, of_raters = np.zeros((n_notes, 2)), np.zeros((n_raters, 3))
    bent = np.empty(len(note))
    for row in range(len(note)):
        n, u = note[row], rater[row]
        y, c, x, reputation = notes[n, 0], notes[n, 1], raters[u, 0], raters[u, 1]
        dy, dc = step[n], step[n_notes + n]
        at = 2 * n_notes + u
        dx, db, dr = step[at], step[at + n_raters], step[at + 2 * n_raters]
        each = bend[row] * (dy * x + y * dx + dc * reputation + c * dr + db + shared)
        bent[row] = each
        of_notes[n, 0] += each * x + error[row] * dx
        of_notes[n, 1] += each * reputation + error[row] * dr
        of_raters[u, 0] += each * y + error[row] * dy
        of_raters[u, 1] += each
        of_raters[u, 2] += each * c + error[row] * dc
    return of_notes, of_raters, bent


def warm_up() -> None:
    """Every loop once over one row, with the types that the solver uses."""
    starts, rows, places = np.array([0, 1]), np.array([2], dtype=np.uint32), np.zeros(1, dtype=np.int32)
    counts(places, places, np.ones(1, dtype=np.bool_), 1)
    grouped(places, places, np.zeros(1, dtype=np.int8), (places, places), starts)
    turned(starts, rows, starts)
    value_sums(starts, rows)
    row_sums(starts, rows, np.zeros(4), np.zeros((5, 1)), 0, 1)
    connected(starts, rows, (starts, rows))
    tiled_row_sums(*tiles(starts, rows, 0, 1, 1, 1), np.zeros(4), np.zeros((5, 1)), 0, 1)
    squared_errors(starts, rows, np.zeros((1, 2)), np.zeros((1, 2)), np.zeros(1), 0, 1)
    place, number = np.zeros(1, dtype=np.int64), np.zeros(1)
    logistic_product(place, place, number, number, np.zeros((1, 2)), np.zeros((1, 2)), np.zeros(6), 0.0)
