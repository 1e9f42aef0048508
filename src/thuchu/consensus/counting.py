"""Which bodies run over the rows: compiled where Numba is installed, else NumPy's.  They give the same bits."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from types import ModuleType
from typing import TypeVar

import numpy as np

from thuchu.consensus import rows as numpy_bodies
from thuchu.consensus.rows import COLUMNS, Packed, Side, Table, Tiles
from thuchu.consensus.values import Floats, Indices

# Groups are handed to threads in portions of about as many rows; several a thread, so that none waits long.
_PORTIONS_PER_THREAD = 4
# With more tiles most of a group's runs would be a single row; then larger ones, which the cache that both cores share
# still holds: at a hundred million ratings passes took a third of the time, as with smaller ones.
_TILES_MAX = 32
_Portion = TypeVar("_Portion")


@cache
def compiled() -> ModuleType | None:
    """The compiled loops, or None without Numba.  Not before the first fit: Numba takes half a second to import."""
    if not find_spec("numba"):
        return None
    from thuchu.consensus import kernels

    return kernels


@dataclass(frozen=True, slots=True)
class Counter:
    """Sums over rows, by the bodies chosen; the number of threads changes the time, never a bit."""

    threads: int = 1
    use_compiled: bool = True
    # A table of so many entities is a megabyte, as a core's own cache.  Where there are fewer than two tiles' worth the
    # whole table is near anyway.
    tile: int = 32_768
    # Told of every pass over the rows, for whoever waits.
    on_pass: Callable[[], None] | None = None

    @property
    def bodies(self) -> ModuleType:
        """The module with `counts`, `grouped`, `turned`, `value_sums`, `connected`."""
        return self.compiled or numpy_bodies

    @property
    def compiled(self) -> ModuleType | None:
        """The compiled loops, where they are to be used."""
        return compiled() if self.use_compiled else None

    def warm_up(self) -> None:
        """Have the loops compiled, or loaded from the cache, before anything is timed."""
        kernels = self.compiled
        if kernels is not None:
            kernels.warm_up()

    def row_sums(self, side: Side, table: Table) -> Floats:
        kernels = self.compiled
        if kernels is None:
            return numpy_bodies.row_sums(side.starts, side.rows, table)
        sums = np.empty((COLUMNS + 1, len(side)))
        flat = np.ascontiguousarray(table).reshape(-1)
        if side.tiles:

            def tiled(tiles: Tiles) -> None:
                own = tiles.rows, tiles.groups, tiles.lengths
                kernels.tiled_row_sums(*own, flat, sums, tiles.first, tiles.last)

            self._in_threads(tiled, side.tiles)
            return sums
        self._spread(side, lambda first, last: kernels.row_sums(side.starts, side.rows, flat, sums, first, last))
        return sums

    def tiles(self, starts: Indices, rows: Packed, n_gathered: int) -> tuple[Tiles, ...]:
        """Rows cut into tiles, a thread's share each, where the gathered table is too large to stay near."""
        kernels = self.compiled
        if kernels is None or n_gathered <= 2 * self.tile:
            return ()
        tile = max(self.tile, -(-n_gathered // _TILES_MAX))
        n_tiles = -(-n_gathered // tile)
        bounds = self._bounds(starts, self.threads)
        return tuple(
            Tiles(first, last, *kernels.tiles(starts, rows, first, last, tile, n_tiles))
            for first, last in pairwise(bounds)
        )

    def squared_errors(self, side: Side, own: Floats, table: Floats) -> Floats:
        kernels = self.compiled
        if kernels is None:
            return numpy_bodies.squared_errors(side.starts, side.rows, own, table)
        sums = np.empty(len(side))
        self._spread(
            side, lambda first, last: kernels.squared_errors(side.starts, side.rows, own, table, sums, first, last)
        )
        return sums

    def _spread(self, side: Side, body: Callable[[int, int], None]) -> None:
        if self.threads == 1:
            body(0, len(side))
            return
        bounds = self._bounds(side.starts, self.threads * _PORTIONS_PER_THREAD)
        self._in_threads(lambda portion: body(*portion), list(pairwise(bounds)))

    def _bounds(self, starts: Indices, portions: int) -> list[int]:
        """Where to cut the groups, so that all portions have about as many rows."""
        n = len(starts) - 1
        ends = np.searchsorted(starts, np.arange(1, portions) * (starts[-1] // portions))
        return [0, *np.minimum(ends, n).tolist(), n]

    def _in_threads(self, body: Callable[[_Portion], None], portions: Sequence[_Portion]) -> None:
        if self.threads == 1:
            for portion in portions:
                body(portion)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(body, portions))
