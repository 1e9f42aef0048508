"""Which bodies run over the rows: compiled where Numba is installed, else NumPy's.  They give the same bits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from types import ModuleType

import numpy as np

from thuchu.consensus import rows as numpy_bodies
from thuchu.consensus.rows import COLUMNS, Packed, Side, Table, Tiles
from thuchu.consensus.values import Floats, Indices

# Groups are handed to threads in portions of about as many rows; several a thread, so that none waits long.
_PORTIONS_PER_THREAD = 4


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
    # A table of so many entities is a megabyte.  At twenty million ratings passes took a third of the time with tiles;
    # where there are fewer than two tiles' worth the whole table is near anyway.
    tile: int = 32_768
    # Told of every pass over the rows, for whoever waits.
    on_pass: Callable[[], None] | None = None

    @property
    def bodies(self) -> ModuleType:
        """The module with `counts`, `grouped`, `turned`, `value_sums`."""
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
        if side.tiles is not None:
            tiles = side.tiles
            kernels.tiled_row_sums(tiles.rows, tiles.groups, tiles.lengths, flat, sums)
            return sums
        self._spread(side, lambda first, last: kernels.row_sums(side.starts, side.rows, flat, sums, first, last))
        return sums

    def tiles(self, starts: Indices, rows: Packed, n_gathered: int) -> Tiles | None:
        """Rows cut into tiles, for one thread and tables too large to stay near."""
        kernels = self.compiled
        if kernels is None or self.threads > 1 or n_gathered <= 2 * self.tile:
            return None
        return Tiles(*kernels.tiles(starts, rows, self.tile, -(-n_gathered // self.tile)))

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
        portions = self.threads * _PORTIONS_PER_THREAD
        ends = np.searchsorted(side.starts, np.arange(1, portions) * (side.starts[-1] // portions))
        bounds = [0, *np.minimum(ends, len(side)).tolist(), len(side)]
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(body, bounds[:-1], bounds[1:]))
