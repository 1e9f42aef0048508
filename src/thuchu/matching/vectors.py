"""A folder of unit vectors with names: written beside a collection, searched exactly, never half-written.

Rows are only ever appended: `vectors-G.f32` holds them one after another, `vectors-G.ids` says line by line which id a
row belongs to (`+`) and which ids were taken out (`-`, `!` for all).  What counts is what `vectors.json` says was
committed; it is replaced by one rename.  The store is a cache of documents: where it cannot be trusted it is empty, and
says so by stamp 0.  Refused: another encoder's vectors, approximate search.
"""

import fcntl
import json
import os
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from thuchu.matching.durable import sync_folder

FloatArray = npt.NDArray[np.float32]

MANIFEST_FILE = "vectors.json"
LOCK_FILE = "vectors.lock"
EVERYTHING_OUT = "!"
# Dead rows are searched in vain and fill the disk; below this many, copying the living would cost more than they do.
DEAD_ROWS_MIN = 1_000
# Living rows are copied in pieces of this many when dead ones are dropped: 6 MB at 384 dimensions.
COPIED_ROWS_MAX = 4_096
# A reader meets a compaction between reading the manifest and opening its files; the next look finds the new files.
OPEN_TRIES_MAX = 5


class StoreBusyError(Exception):
    """Another process or thread is writing to this store."""


@dataclass(frozen=True, slots=True)
class _Manifest:
    """The last committed state; `log_crc` is the CRC-32 of the committed part of the ids file."""

    encoder: str
    dimension: int
    generation: int
    rows: int = 0
    log_bytes: int = 0
    log_crc: int = 0
    stamp: int = 0


@dataclass(frozen=True, slots=True)
class VectorView:
    """One committed state in memory: never changes, may be shared by threads.

    ids   whose row it is, or was: `dead` lists the rows that were replaced or taken out
    """

    manifest: _Manifest
    matrix: FloatArray
    ids: list[str]
    row_by_id: dict[str, int]
    dead: list[int]

    @property
    def stamp(self) -> int:
        """What the commit was given: the state of the documents these vectors belong to; 0 for none."""
        return self.manifest.stamp

    def __len__(self) -> int:
        return len(self.row_by_id)

    def nearest(self, vectors: FloatArray, k: int) -> tuple[list[str], FloatArray]:
        """The k ids with the highest cosine, highest first, ids in order where cosines are equal; and the cosines.

        vectors  (p, dimension) float32 of length 1, the passages of one text: a row's cosine is its best with any
        exact    every row is compared; a row's cosine has the same bits wherever the row stands
        """
        k = min(k, len(self.row_by_id))
        if k <= 0:
            return [], np.empty(0, dtype=np.float32)
        cosines = _best_products(self.matrix, vectors)
        cosines[self.dead] = -np.inf
        least = np.partition(cosines, len(cosines) - k)[len(cosines) - k]
        found = sorted((-float(cosines[row]), self.ids[row]) for row in np.flatnonzero(cosines >= least))[:k]
        return [id for _, id in found], np.array([-minus for minus, _ in found], dtype=np.float32)

    def cosines(self, vectors: FloatArray, ids: Sequence[str]) -> FloatArray:
        """The cosine of each id, in order, with the bits `nearest` gives; NaN where there is no vector."""
        rows = [self.row_by_id.get(id, -1) for id in ids]
        cosines = np.full(len(rows), np.nan, dtype=np.float32)
        known = np.array([row >= 0 for row in rows], dtype=bool)
        cosines[known] = _best_products(self.matrix[[row for row in rows if row >= 0]], vectors)
        return cosines


class VectorStore:
    """Vectors of one encoder, by document id.

    Reads see the last committed state this object knows: its own commits at once, another process's after `refresh`.
    Any number of readers, in threads and processes, beside one writer.  Killed at any moment, the folder holds the
    last committed state.
    """

    def __init__(self, folder: Path, encoder_name: str, dimension: int) -> None:
        """Open the store, or begin an empty one (nothing is written before the first `put`).

        A folder with vectors of another encoder, or a damaged one, opens empty with stamp 0: make it again.
        """
        self._folder = folder
        self._encoder_name = encoder_name
        self._dimension = dimension
        self._writer: _Writer | None = None
        self._view = self._empty()
        self.refresh()

    @property
    def view(self) -> VectorView:
        """The last committed state known: take it once for whatever must fit together."""
        return self._view

    @property
    def stamp(self) -> int:
        return self._view.stamp

    def __len__(self) -> int:
        return len(self._view)

    def refresh(self) -> None:
        """See what another process has committed since; costs one small file read when nothing changed."""
        self._view = self._read()

    def put(self, ids: Sequence[str], vectors: FloatArray) -> None:
        """Add rows; an id that is there already gets the new row.  Seen after `commit`.

        vectors  (len(ids), dimension) float32, each of length 1
        raises   ValueError for another shape or numbers that are not finite; StoreBusyError where somebody else writes
        """
        if vectors.shape != (len(ids), self._dimension):
            raise ValueError(f"vectors have shape {vectors.shape}, expected {(len(ids), self._dimension)}.")
        if not np.isfinite(vectors).all():
            raise ValueError("vectors hold numbers that are not finite: the encoder is broken.")
        self._begin().append(ids, vectors)

    def remove(self, ids: Iterable[str]) -> None:
        """Take ids out; unknown ones are passed over.  Seen after `commit`."""
        self._begin().take_out(ids)

    def commit(self, stamp: int) -> None:
        """Make everything since the last commit last, together with `stamp`; drops dead rows where they are many."""
        self._begin().commit(stamp)
        self._view = self._read()
        if len(self._view.dead) > max(len(self), DEAD_ROWS_MIN):
            self._compact()
        self.rollback()

    def rollback(self) -> None:
        """Forget what was not committed, and let others write."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def clear(self) -> None:
        """Take everything out, uncommitted rows too.  Seen after `commit`."""
        self._begin().take_all_out()

    def _begin(self) -> "_Writer":
        if self._writer is None:
            self._writer = _Writer(self._folder)
            # Another process may have committed since we last looked; now nobody else can.
            self._view = self._read()
            self._writer.start(self._view.manifest)
        return self._writer

    def _compact(self) -> None:
        """Copy the living rows into files of the next generation, then point the manifest at them.

        Killed before the manifest is replaced: the new files are stray, the next writer deletes them.
        """
        old = self._view
        writer = self._begin()
        writer.start(replace(old.manifest, generation=old.manifest.generation + 1, rows=0, log_bytes=0, log_crc=0))
        living = sorted(old.row_by_id.items(), key=lambda item: item[1])
        for first in range(0, len(living), COPIED_ROWS_MAX):
            piece = living[first : first + COPIED_ROWS_MAX]
            writer.append([id for id, _ in piece], old.matrix[[row for _, row in piece]])
        writer.commit(old.manifest.stamp)
        self._view = self._read()

    def _read(self) -> VectorView:
        """What is committed now: what we know, read on; from the start where that does not fit; else empty."""
        base = self._view
        for _ in range(OPEN_TRIES_MAX):
            manifest = _read_manifest(self._folder)
            if manifest is None or (manifest.encoder, manifest.dimension) != (self._encoder_name, self._dimension):
                break
            if manifest == base.manifest:
                return base
            if manifest.generation != base.manifest.generation:
                base = self._empty()
            try:
                return _read_on(self._folder, manifest, base)
            except (OSError, ValueError, TypeError):
                base = self._empty()
        return self._empty()

    def _empty(self) -> VectorView:
        """Nothing, in files of a generation that is not on disk: what is there stays until the next commit."""
        manifest = _Manifest(self._encoder_name, self._dimension, 1 + max(_generations(self._folder), default=0))
        return VectorView(manifest, np.empty((0, self._dimension), dtype=np.float32), [], {}, [])


class _Writer:
    """The one writer of a folder: holds the lock, appends to the files of one generation, replaces the manifest."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._files: list[IO[bytes]] = []
        self._lock = (folder / LOCK_FILE).open("wb")
        try:
            # The kernel lets go of it when the process dies, however it dies.
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise StoreBusyError(f"{folder}: another process is writing vectors; wait for it, or stop it.") from None

    def start(self, manifest: _Manifest) -> None:
        """Open the files of `manifest` for appending; cuts off what a killed writer left behind its last commit."""
        self._close_files()
        self._manifest = manifest
        _delete_strays(self._folder, {manifest.generation, *_committed_generation(self._folder)})
        rows_path, log_path = _paths(self._folder, manifest.generation)
        row_bytes = 4 * manifest.dimension
        self._rows = _open_cut(rows_path, manifest.rows * row_bytes)
        self._log = _open_cut(log_path, manifest.log_bytes)
        self._files = [self._rows, self._log]

    def append(self, ids: Sequence[str], vectors: FloatArray) -> None:
        self._rows.write(np.ascontiguousarray(vectors, dtype="<f4").tobytes())
        self._write_log("+", ids)
        self._manifest = replace(self._manifest, rows=self._manifest.rows + len(ids))

    def take_out(self, ids: Iterable[str]) -> None:
        self._write_log("-", ids)

    def take_all_out(self) -> None:
        self._write_log(EVERYTHING_OUT, [""])

    def commit(self, stamp: int) -> None:
        """Rows and ids first, the manifest last: killed in between, the old manifest still names what it named."""
        for file in self._files:
            file.flush()
            os.fsync(file.fileno())
        self._manifest = replace(self._manifest, stamp=stamp)
        scratch = self._folder / f"{MANIFEST_FILE}.new"
        with scratch.open("w", encoding="utf-8") as manifest:
            json.dump(asdict(self._manifest), manifest)
            manifest.flush()
            os.fsync(manifest.fileno())
        scratch.replace(self._folder / MANIFEST_FILE)
        sync_folder(self._folder)
        _delete_strays(self._folder, {self._manifest.generation})

    def close(self) -> None:
        self._close_files()
        self._lock.close()

    def _write_log(self, sign: str, ids: Iterable[str]) -> None:
        lines = "".join(f"{sign}{json.dumps(id)}\n" for id in ids).encode("ascii")
        self._log.write(lines)
        self._manifest = replace(
            self._manifest,
            log_bytes=self._manifest.log_bytes + len(lines),
            log_crc=zlib.crc32(lines, self._manifest.log_crc),
        )

    def _close_files(self) -> None:
        for file in self._files:
            file.close()
        self._files = []


def _best_products(matrix: FloatArray, vectors: FloatArray) -> FloatArray:
    """Each row's highest product with any of the vectors: (len(matrix),)."""
    best: FloatArray = np.full(len(matrix), -np.inf, dtype=np.float32)
    for vector in np.asarray(vectors, dtype=np.float32):
        # Not `@`: BLAS sums a row in an order that depends on where the row stands, and equal rows would differ in
        # their last bit.  einsum sums every row alone, and was faster too (8 ms against 12 for 100,000 rows of 384).
        np.maximum(best, np.einsum("ij,j->i", matrix, vector), out=best)
    return best


def _read_manifest(folder: Path) -> _Manifest | None:
    try:
        return _Manifest(**json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _read_on(folder: Path, manifest: _Manifest, base: VectorView) -> VectorView:
    """`base` with what was logged since; ValueError where the files do not hold what the manifest names."""
    rows_path, log_path = _paths(folder, manifest.generation)
    with log_path.open("rb") as file:
        file.seek(base.manifest.log_bytes)
        tail = file.read(max(0, manifest.log_bytes - base.manifest.log_bytes))
    if zlib.crc32(tail, base.manifest.log_crc) != manifest.log_crc:
        raise ValueError(f"{log_path} does not hold what was committed.")
    ids, row_by_id, dead = list(base.ids), dict(base.row_by_id), list(base.dead)
    for line in tail.decode("ascii").splitlines():
        if line[0] == EVERYTHING_OUT:
            dead.extend(row_by_id.values())
            row_by_id.clear()
            continue
        id = json.loads(line[1:])
        if id in row_by_id:
            dead.append(row_by_id.pop(id))
        if line[0] == "+":
            row_by_id[id] = len(ids)
            ids.append(id)
    return VectorView(manifest, _map_rows(rows_path, manifest), ids, row_by_id, dead)


def _map_rows(path: Path, manifest: _Manifest) -> FloatArray:
    if manifest.rows == 0:
        return np.empty((0, manifest.dimension), dtype=np.float32)
    return np.asarray(np.memmap(path, dtype="<f4", mode="r", shape=(manifest.rows, manifest.dimension)))


def _paths(folder: Path, generation: int) -> tuple[Path, Path]:
    return folder / f"vectors-{generation}.f32", folder / f"vectors-{generation}.ids"


def _generations(folder: Path) -> dict[int, list[Path]]:
    found: dict[int, list[Path]] = {}
    for path in folder.glob("vectors-*.*"):
        if match := re.fullmatch(r"vectors-(\d+)\.(f32|ids)", path.name):
            found.setdefault(int(match[1]), []).append(path)
    return found


def _committed_generation(folder: Path) -> list[int]:
    manifest = _read_manifest(folder)
    return [] if manifest is None else [manifest.generation]


def _delete_strays(folder: Path, kept: set[int]) -> None:
    for generation, paths in _generations(folder).items():
        for path in paths if generation not in kept else ():
            path.unlink(missing_ok=True)


def _open_cut(path: Path, size_bytes: int) -> IO[bytes]:
    file = path.open("ab")
    file.truncate(size_bytes)
    return file
