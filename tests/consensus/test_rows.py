"""The compiled loops over rows give NumPy's bits, whatever the table's shape."""

import numpy as np
import pytest

pytest.importorskip("numba", reason="the compiled bodies need Numba")

from consensus.ratings_facts import scattered, two_camps
from thuchu.consensus.blocks import connected
from thuchu.consensus.counting import Counter
from thuchu.consensus.layout import Layout, enough, lay_out
from thuchu.consensus.ratings import read

NUMPY, COMPILED = BOTH = Counter(use_compiled=False), Counter()


def alike(one: Layout, other: Layout) -> bool:
    sides = ((one.notes, other.notes), (one.raters, other.raters))
    fields = ("starts", "rows", "codes", "counts", "value_sum")
    return one.value_squares == other.value_squares and all(
        getattr(mine, name).tobytes() == getattr(theirs, name).tobytes() for mine, theirs in sides for name in fields
    )


@pytest.mark.parametrize("block", range(10))
def test_compiled_loops_give_numpy_s_bits_on_thousands_of_small_tables(block: int) -> None:
    random = np.random.default_rng(block)
    for seed in range(200):
        ratings = scattered(200 * block + seed)
        layout = lay_out(ratings, counter=COMPILED)

        assert alike(layout, lay_out(ratings, counter=NUMPY))
        for side, other in ((layout.notes, layout.raters), (layout.raters, layout.notes)):
            table = random.normal(size=(len(other), 4))
            assert COMPILED.row_sums(side, table).tobytes() == NUMPY.row_sums(side, table).tobytes()
            own, gathered = random.normal(size=(len(side), 2)), random.normal(size=(len(other), 2))
            errors = [counter.squared_errors(side, own, gathered) for counter in BOTH]
            assert errors[0].tobytes() == errors[1].tobytes()
            joined = [counter.bodies.connected(side.starts, side.rows, (other.starts, other.rows)) for counter in BOTH]
            assert joined[0].tobytes() == joined[1].tobytes()


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("tile", [1, 2, 7, 50])
@pytest.mark.parametrize("seed", range(10))
def test_rows_cut_into_tiles_change_no_bit(tile: int, seed: int, threads: int) -> None:
    ratings = scattered(seed) if seed % 2 else two_camps(seed, n_raters=150, n_notes=200)
    in_tiles = Counter(threads=threads, tile=tile)
    plain, cut = lay_out(ratings, counter=COMPILED), lay_out(ratings, counter=in_tiles, for_passes=True)

    for side, tiled, other in ((plain.notes, cut.notes, plain.raters), (plain.raters, cut.raters, plain.notes)):
        table = np.random.default_rng(seed).normal(size=(len(other), 4))
        assert len(tiled.tiles) == (threads if len(other) > 2 * tile else 0)
        assert COMPILED.row_sums(side, table).tobytes() == in_tiles.row_sums(tiled, table).tobytes()


@pytest.mark.parametrize("counter", BOTH)
def test_a_chain_of_ratings_is_one_component_whoever_stands_first(counter: Counter) -> None:
    # Each note joins one rater with the next, in an order that has nothing to do with the chain's.
    links = np.random.default_rng(5).permutation(499)
    table = read(np.repeat(links, 2), np.stack((links, links + 1), axis=1).ravel(), np.ones(998))
    layout = lay_out(table, counter=counter)

    joined = connected(layout, counter)

    assert not joined.raters.any()
    assert not joined.notes.any()


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_threads_change_no_bit(threads: int) -> None:
    layout = lay_out(two_camps(1, n_raters=300, n_notes=500))
    table = np.random.default_rng(1).normal(size=(len(layout.raters), 4))

    alone, together = COMPILED.row_sums(layout.notes, table), Counter(threads=threads).row_sums(layout.notes, table)

    assert alone.tobytes() == together.tobytes()


def test_minimum_counts_go_once_each() -> None:
    ratings = two_camps(1, n_raters=30, n_notes=60, per_note=7)

    for counter in BOTH:
        part = enough(ratings, 5, 10, counter)
        rows = part.rows(ratings)
        assert np.bincount(ratings.note[rows], minlength=ratings.n_notes)[part.notes].min() >= 5
