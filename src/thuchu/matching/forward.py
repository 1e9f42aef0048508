"""The forward index: every document's terms in order, in append-only files that readers map into memory.

What is written becomes true only when the collection commits a `ForwardState` that covers it; whatever a file holds
beyond that state is a crash's left-over, cut off by the next writer and never looked at by a reader.
A row's number never changes; compaction copies the live rows' terms into a new generation of files.
"""

import os
import shutil
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from thuchu.matching.fingerprints import SKETCH_SIZE, Sketches
from thuchu.matching.pool import Counts, Rows
from thuchu.matching.terms import TermIds

# One row a document put; `start` counts terms, `id_start` bytes.
ROW = np.dtype(
    [
        ("start", "<u8"),
        ("id_start", "<u8"),
        ("terms", "<u4"),
        ("title_terms", "<u4"),
        ("head_terms", "<u4"),
        ("id_bytes", "<u2"),
        ("language", "S6"),
        ("sketches", "u1", (2, SKETCH_SIZE)),
    ]
)
# One term of a document: its surface number in the lower half, its folded number in the upper.
_PAIR = np.dtype("<u8")
# A terms file of this size at most is mapped: reading costs a call to the system a document.
_MAPPED_BYTES_MAX = 32_000_000
# Rows copied at once by compaction: about 40 MB of terms at 1,000 a document.
_COPY_ROWS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardState:
    """How far the files of one generation are valid.

    rows, terms, id_bytes  lengths of the three files
    kept_rows, kept_terms  rows whose terms this generation holds and their number of terms: when it was made, and all
                           written since (replaced ones among them, until the next compaction)
    """

    generation: int = 0
    rows: int = 0
    terms: int = 0
    id_bytes: int = 0
    kept_rows: int = 0
    kept_terms: int = 0


@dataclass(frozen=True, slots=True)
class ForwardRow:
    """One document on its way into the files; `surface` and `folded` are of one length."""

    id: str
    language: str
    surface: TermIds
    folded: TermIds
    title_terms: int
    head_terms: int
    sketches: Sketches


class ForwardReader:
    """A view of the files as one state describes them: never changes, may be shared by threads.

    raises FileNotFoundError where the generation is gone: a newer state has been committed meanwhile
    """

    def __init__(self, folder: Path, state: ForwardState) -> None:
        generation = _generation(folder, state.generation)
        self._rows = _mapped(generation / "rows", ROW, state.rows)
        # A large one is read, not mapped: pools touch the file everywhere, and a mapped file soon counts whole as this
        # process's memory (233 of 277 MB after 200 messages over 250,000 documents).
        size_bytes = state.terms * _PAIR.itemsize
        self._mapped_terms = self._terms = None
        if 0 < size_bytes <= _MAPPED_BYTES_MAX:
            self._mapped_terms = _mapped(generation / "terms", np.dtype("u1"), size_bytes).data
        elif size_bytes:
            self._terms = _opened(generation / "terms", size_bytes)
            weakref.finalize(self, os.close, self._terms)
        self._ids = _mapped(generation / "ids", np.dtype("u1"), state.id_bytes)

    def entries(self, rows: Rows) -> npt.NDArray[np.void]:
        """A copy of the table's entries (dtype ROW) of these rows."""
        found: npt.NDArray[np.void] = self._rows[rows]
        return found

    def document_ids(self, rows: Rows) -> list[str]:
        """The callers' names of these rows' documents."""
        entries = self._rows[rows]
        starts, lengths = entries["id_start"].tolist(), entries["id_bytes"].tolist()
        return [self._ids[s : s + n].tobytes().decode("utf-8") for s, n in zip(starts, lengths, strict=True)]

    def terms(self, entries: npt.NDArray[np.void]) -> tuple[Counts, TermIds, TermIds]:
        """offsets (n + 1,), surface and folded of these entries laid end to end."""
        lengths = entries["terms"].astype(np.int64)
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        starts = entries["start"].astype(np.int64)
        halves = np.frombuffer(self._read(starts, lengths), dtype="<u4").reshape(-1, 2)
        # Two arrays in one piece: what is asked of them later is looked through several times.
        surface, folded = np.ascontiguousarray(halves.T)
        return offsets, surface, folded

    def _read(self, starts: Counts, lengths: Counts) -> bytes:
        """These stretches of the terms file, end to end."""
        size = _PAIR.itemsize
        places = zip((starts * size).tolist(), (lengths * size).tolist(), strict=True)
        if self._mapped_terms is not None:
            view = self._mapped_terms
            return b"".join([view[start : start + length] for start, length in places])
        if self._terms is not None:
            file = self._terms
            return b"".join([os.pread(file, length, start) for start, length in places])
        return b""


class ForwardWriter:
    """Appends to the files of one generation; one at a time, guarded by the index's writer lock."""

    def __init__(self, folder: Path, state: ForwardState) -> None:
        """Opens the files of `state` and cuts off what lies beyond it."""
        self._folder = folder
        self.state = state
        self._files: dict[str, BinaryIO] = {}
        self._open_files()
        self.drop_other_generations()

    def append(self, rows: Sequence[ForwardRow]) -> int:
        """Write rows behind the last; returns the first one's number.  Nobody sees them before `sync` and a commit."""
        first = self.state.rows
        names = [row.id.encode("utf-8") for row in rows]
        entries = np.zeros(len(rows), dtype=ROW)
        entries["terms"] = [len(row.surface) for row in rows]
        entries["id_bytes"] = [len(name) for name in names]
        entries["title_terms"] = [row.title_terms for row in rows]
        entries["head_terms"] = [row.head_terms for row in rows]
        entries["language"] = [row.language.encode("ascii", "ignore")[:6] for row in rows]
        entries["sketches"] = [row.sketches for row in rows]
        offsets = np.concatenate(([0], np.cumsum(entries["terms"], dtype=np.int64)))
        surface = np.concatenate([row.surface for row in rows])
        folded = np.concatenate([row.folded for row in rows])
        self._append(entries, offsets, surface, folded, names)
        return first

    def sync(self) -> None:
        """All appended rows are on disk when this returns."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())

    def rewind(self, state: ForwardState) -> None:
        """Forget everything appended after `state`, which must be of this generation."""
        self.close()
        self.state = state
        self._open_files()

    def compact(self, live: Rows) -> None:
        """Go on in the next generation, with the terms and names of the `live` rows only; dead rows' entries are empty.

        The old generation's files stay until `drop_other_generations`: readers and a crash may still need them.
        """
        self.sync()
        old = ForwardReader(self._folder, self.state)
        n_rows = self.state.rows
        self.close()
        self.state = ForwardState(generation=self.state.generation + 1)
        shutil.rmtree(_generation(self._folder, self.state.generation), ignore_errors=True)
        self._open_files()
        alive = np.zeros(n_rows, dtype=bool)
        alive[live] = True
        for first in range(0, n_rows, _COPY_ROWS):
            self._copy(old, np.arange(first, min(first + _COPY_ROWS, n_rows)), alive)

    def drop_other_generations(self) -> None:
        """Remove what earlier generations and crashes left; only once the present one is what the index names."""
        present = _generation(self._folder, self.state.generation)
        for path in self._folder.glob("generation-*"):
            if path != present:
                shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        """Close the files without making anything durable."""
        for file in self._files.values():
            file.close()
        self._files = {}

    def _copy(self, old: ForwardReader, rows: Rows, alive: npt.NDArray[np.bool_]) -> None:
        entries = old.entries(rows)
        entries[~alive[rows]] = np.zeros(1, dtype=ROW)
        offsets, surface, folded = old.terms(entries)
        names = [name.encode("utf-8") for name in old.document_ids(rows[alive[rows]])]
        self._append(entries, offsets, surface, folded, names)

    def _append(
        self, entries: npt.NDArray[np.void], offsets: Counts, surface: TermIds, folded: TermIds, names: list[bytes]
    ) -> None:
        """Write entries with their terms and names (`names` of those that have one), places worked out here."""
        before = self.state
        id_bytes = entries["id_bytes"].astype(np.int64)
        entries["start"] = before.terms + offsets[:-1]
        entries["id_start"] = before.id_bytes + np.cumsum(id_bytes) - id_bytes
        n_terms = int(offsets[-1])
        pairs = np.stack([surface, folded], axis=1, dtype="<u4")
        self._files["terms"].write(pairs.tobytes())
        self._files["ids"].write(b"".join(names))
        self._files["rows"].write(entries.tobytes())
        self.state = replace(
            before,
            rows=before.rows + len(entries),
            terms=before.terms + n_terms,
            id_bytes=before.id_bytes + int(id_bytes.sum()),
            kept_rows=before.kept_rows + int(np.count_nonzero(id_bytes)),
            kept_terms=before.kept_terms + n_terms,
        )

    def _open_files(self) -> None:
        """Open the present generation's files at the ends that the state names, making what is missing."""
        generation = _generation(self._folder, self.state.generation)
        generation.mkdir(parents=True, exist_ok=True)
        for name, length in _lengths_bytes(self.state).items():
            path = generation / name
            path.touch()
            file = path.open("r+b")
            self._files[name] = file
            if path.stat().st_size < length:
                raise ForwardBroken(f"{path} holds {path.stat().st_size} bytes, the index counts on {length}.")
            file.truncate(length)
            file.seek(length)


class ForwardBroken(Exception):
    """A file of the forward index is shorter than the index says: it must be built anew."""


def _lengths_bytes(state: ForwardState) -> dict[str, int]:
    return {"rows": state.rows * ROW.itemsize, "terms": state.terms * _PAIR.itemsize, "ids": state.id_bytes}


def _generation(folder: Path, number: int) -> Path:
    return folder / f"generation-{number}"


def _opened(path: Path, size_bytes: int) -> int:
    """A descriptor for reading a file of at least that size."""
    there = path.stat().st_size
    if there < size_bytes:
        raise ForwardBroken(f"{path} holds {there} bytes, the index counts on {size_bytes}.")
    return os.open(path, os.O_RDONLY | os.O_CLOEXEC)


def _mapped(path: Path, dtype: np.dtype[Any], length: int) -> npt.NDArray[Any]:
    """The first `length` items of a file, read only where they are looked at; an empty file cannot be mapped."""
    if length == 0:
        return np.empty(0, dtype=dtype)
    if path.stat().st_size < length * dtype.itemsize:
        raise ForwardBroken(f"{path} holds {path.stat().st_size} bytes, the index counts on {length * dtype.itemsize}.")
    # As a plain array: the subclass spends 50 µs on every index.
    return np.memmap(path, dtype=dtype, mode="r", shape=(length,)).view(np.ndarray)
