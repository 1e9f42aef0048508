"""Arrays that a collection keeps beside its index: saved whole or not at all, mapped into memory by readers."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from thuchu.matching.durable import sync_folder

Arrays = Mapping[str, npt.NDArray[Any]]


def save_arrays(folder: Path, arrays: Arrays) -> None:
    """Replace what `folder` holds by `arrays`; a reader finds the old ones or the new ones, never some of each.

    A crash leaves the old ones and a folder named `making`, which the next save removes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    making = folder / "making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    for name, array in arrays.items():
        with (making / f"{name}.npy").open("wb") as file:
            np.save(file, array, allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
    old = newest(folder)
    making.rename(folder / str(old + 1))
    sync_folder(folder)
    for number in _numbers(folder):
        if number <= old:
            shutil.rmtree(folder / str(number), ignore_errors=True)


def load_arrays(folder: Path) -> tuple[int, Arrays]:
    """The newest saving's number and its arrays by name, mapped read-only; 0 and nothing when there is none."""
    while number := newest(folder):
        try:
            paths = sorted((folder / str(number)).glob("*.npy"))
            return number, {path.stem: _mapped(path) for path in paths}
        except FileNotFoundError:
            # A newer saving came between and removed this one: look again.  Still the newest: it is damaged.
            if newest(folder) == number:
                raise
    return 0, {}


def _mapped(path: Path) -> npt.NDArray[Any]:
    # As a plain array: the subclass spends 50 µs on every index.
    mapped: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return mapped


def newest(folder: Path) -> int:
    """The number of the newest complete saving, 0 when there is none."""
    return max(_numbers(folder), default=0)


def _numbers(folder: Path) -> list[int]:
    if not folder.is_dir():
        return []
    return [int(path.name) for path in folder.iterdir() if path.name.isdecimal()]
