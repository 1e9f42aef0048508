"""Tables from files, block by block: TSV and CSV, zipped or not, and parquet; columns by name, errors by row.

A text file is read in blocks of whole lines, so that neither a file of any size nor a line without end fills the
memory.  A clean block goes through polars where that is installed; whatever is not plainly clean goes through our own
reader, which says where a file is wrong.  Parquet needs `[data]`.
"""

import csv
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import numpy as np

from thuchu.consensus.values import ConsensusError

SUFFIXES = (".tsv", ".csv", ".parquet", ".zip")
# No line of the public files comes near it; a file without line breaks must not fill the memory.
LINE_BYTES_MAX = 1_000_000
# What is read of a text file at a time: some hundred thousand rows.
BLOCK_BYTES = 1 << 25
ROWS_PER_BATCH = 500_000
# Spreadsheets begin UTF-8 files with it.
_MARK = b"\xef\xbb\xbf"
# Cells that no longer cell begins with, other than one that says the same: whole even where the file was cut.
_WHOLE_CELLS = {"1", "1.0", "0.5", "0.0", "HELPFUL", "SOMEWHAT_HELPFUL", "NOT_HELPFUL"}

Texts = list[str]
Told = Callable[[float], None]


class BadFile(ConsensusError):
    """A file that can't be read as it is; the message names file, row and column."""


@dataclass(frozen=True, slots=True)
class Table:
    """Some columns of some rows, as text; the first row's number in its file, counted as an editor does.

    frame    the same rows as a polars frame of text, or None where they went through our own reader
    read     the share of the file that is read after these rows
    """

    path: Path
    first_row: int
    columns: "dict[str, Texts]"
    frame: Any
    read: float

    def texts(self, name: str) -> Texts:
        if self.frame is not None:
            return list(self.frame[name].to_list())
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.frame) if self.frame is not None else len(next(iter(self.columns.values())))

    def at(self, row: int, name: str) -> str:
        return f"{self.path}, row {self.first_row + row}, column {name}"


def paths(place: Path) -> list[Path]:
    """A file, or the parts in a folder by name."""
    if place.is_dir():
        found = sorted(path for path in place.iterdir() if path.suffix.lower() in SUFFIXES)
        if not found:
            raise BadFile(f"{place}: no .tsv, .csv, .parquet or .zip file in this folder")
        return found
    if not place.exists():
        raise BadFile(f"{place}: there is no such file or folder")
    return [place]


def header(path: Path) -> list[str]:
    if path.suffix.lower() == ".parquet":
        return list(_parquet_schema(path))
    with _opened(path) as (file, _, separator):
        return _header(path, file, separator)


def named(path: Path, names: Sequence[str], words: Sequence[str]) -> str:
    """The first of some words that names a column."""
    for word in words:
        if word in names:
            return word
    raise BadFile(f"{path}: there is no column {' or '.join(words)}; its columns are {', '.join(names)}")


def tables(path: Path, names: Sequence[str], ids: Sequence[str] = ()) -> Iterator[Table]:
    """These columns, some rows at a time.  ids: columns that may not be floating-point numbers."""
    if path.suffix.lower() == ".parquet":
        yield from _parquet_tables(path, names, ids)
        return
    with _opened(path) as (file, size, separator):
        all_names = _header(path, file, separator)
        for number, block in _blocks(path, file):
            frame = _quick(path, all_names, names, block, separator)
            columns = _columns(path, number, all_names, names, block, separator) if frame is None else {}
            yield Table(path, number, columns, frame, min(file.tell() / max(size, 1), 1.0))


# Text.


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int, str]]:
    """The file, or the one inside a zip, how many bytes it has, and what stands between its columns."""
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                inside = [name for name in archive.namelist() if not name.endswith("/")]
                if len(inside) != 1:
                    raise BadFile(f"{path}: one file is expected inside, there are {len(inside)}")
                with archive.open(inside[0]) as file:
                    yield file, archive.getinfo(inside[0]).file_size, _separator(inside[0])
        else:
            with path.open("rb") as file:
                yield file, path.stat().st_size, _separator(path.name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError) as error:
        raise BadFile(f"{path}: the archive is broken or cut off, or it asks for a password ({error})") from None
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror or error}") from None


def _header(path: Path, file: IO[bytes], separator: str) -> list[str]:
    line = file.readline(LINE_BYTES_MAX + 1).removeprefix(_MARK)
    if not line:
        raise BadFile(f"{path}: the file is empty; its first line must name the columns")
    if len(line) > LINE_BYTES_MAX:
        raise _too_long(path, 1)
    names = _cells(path, 1, _decoded(path, 1, line).rstrip("\r\n"), separator)
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise BadFile(f"{path}: the column {sorted(twice)[0]} stands there twice")
    return names


def _too_long(path: Path, row: int) -> BadFile:
    return BadFile(f"{path}, row {row}: the line is longer than {LINE_BYTES_MAX:,} bytes")


def _blocks(path: Path, file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Whole lines, and the number of the first one; the last block may lack its last line's end."""
    rest, number = b"", 2
    while chunk := file.read(BLOCK_BYTES):
        data = rest + chunk
        cut = data.rfind(b"\n") + 1
        block, rest = data[:cut], data[cut:]
        ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == ord("\n"))
        lengths = np.diff(ends, prepend=-1)
        if len(lengths) and int(lengths.max()) > LINE_BYTES_MAX:
            raise _too_long(path, number + int(np.argmax(lengths)))
        if len(rest) > LINE_BYTES_MAX:
            raise _too_long(path, number + len(ends))
        if block:
            yield number, block
        number += len(ends)
    if rest:
        yield number, rest


def _columns(
    path: Path, first: int, all_names: Sequence[str], names: Sequence[str], block: bytes, separator: str
) -> dict[str, Texts]:
    whole = block.endswith(b"\n")
    lines = _decoded(path, first, block).split("\n")
    if whole:
        lines.pop()
    places = [all_names.index(name) for name in names]
    columns: list[Texts] = [[] for _ in names]
    cells: list[str] = []
    for row, line in enumerate(lines):
        cells = _cells(path, first + row, line.removesuffix("\r"), separator)
        if len(cells) != len(all_names):
            cut = "" if whole or row < len(lines) - 1 else "; the file seems to be cut off"
            raise BadFile(
                f"{path}, row {first + row}: {len(cells)} columns, but the first line has {len(all_names)}{cut}"
            )
        for column, place in zip(columns, places, strict=True):
            column.append(cells[place])
    if not whole and all_names[-1] in names and cells[-1] not in _WHOLE_CELLS:
        raise BadFile(
            f"{path}, row {first + len(lines) - 1}, column {all_names[-1]}: the line has no end, and {cells[-1]!r} may "
            "be cut off; end the line if it is whole"
        )
    return dict(zip(names, columns, strict=True))


def _decoded(path: Path, first: int, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = first + data.count(b"\n", 0, error.start)
        known = path.suffix.lower() in SUFFIXES
        forms = "" if known else f"; what can be read is {', '.join(SUFFIXES)}"
        raise BadFile(f"{path}, row {row}: it is not text in UTF-8 ({error.reason}){forms}") from None


def _cells(path: Path, row: int, line: str, separator: str) -> list[str]:
    """A row's cells; only in CSV quotation marks hold a cell together, and are no part of it."""
    if separator == "\t" or '"' not in line:
        return line.split(separator)
    try:
        return next(csv.reader([line], delimiter=separator, strict=True))
    except csv.Error as error:
        raise BadFile(f"{path}, row {row}: not CSV ({error}); a quoted cell has to end in its own line") from None


def _separator(name: str) -> str:
    return "," if name.lower().endswith(".csv") else "\t"


def _quick(path: Path, all_names: Sequence[str], names: Sequence[str], block: bytes, separator: str) -> Any:
    """The block by polars where nothing in it can be read in two ways; else None.

    Polars fills a short line up and refuses a long one: with as many separators as there must be, there is neither.
    """
    rows = block.count(b"\n")
    quoted = separator == "," and b'"' in block
    plain = not quoted and b"\r" not in block and b"\0" not in block and block.endswith(b"\n")
    if not plain or not find_spec("polars") or block.count(separator.encode()) != rows * (len(all_names) - 1):
        return None
    polars = needs_polars(path)
    try:
        frame = polars.read_csv(
            io.BytesIO(block),
            has_header=False,
            new_columns=list(all_names),
            columns=[all_names.index(name) for name in names],
            separator=separator,
            quote_char=None,
            infer_schema=False,
            empty_string_is_null=False,
        )
    except (polars.exceptions.PolarsError, OSError, ValueError):
        return None
    clean = len(frame) == rows and not any(frame[name].null_count() for name in frame.columns)
    return frame if clean and set(frame.columns) == set(names) else None


# Parquet.


def needs_polars(path: Path) -> Any:
    if not find_spec("polars"):
        raise BadFile(f"{path}: parquet needs polars: pip install 'thuchu[data]'")
    import polars

    return polars


def _parquet_schema(path: Path) -> dict[str, Any]:
    polars = needs_polars(path)
    try:
        return dict(polars.scan_parquet(path).collect_schema())
    except (polars.exceptions.PolarsError, OSError) as error:
        raise BadFile(f"{path}: it can't be read as parquet ({str(error).splitlines()[0]})") from None


def _parquet_tables(path: Path, names: Sequence[str], ids: Sequence[str]) -> Iterator[Table]:
    polars = needs_polars(path)
    for name, kind in _parquet_schema(path).items():
        # Long ids have lost digits already where they went through floating-point numbers (trap T40).
        if name in ids and name in names and kind.is_float():
            raise BadFile(f"{path}, column {name}: ids must be whole numbers or text, not {kind}")
    try:
        lazy = polars.scan_parquet(path).select([polars.col(name).cast(polars.String).fill_null("") for name in names])
        rows = int(polars.scan_parquet(path).select(polars.len()).collect().item())
        for first in range(0, rows, ROWS_PER_BATCH):
            frame = lazy.slice(first, ROWS_PER_BATCH).collect()
            yield Table(path, first + 1, {}, frame, (first + len(frame)) / rows)
    except (polars.exceptions.PolarsError, OSError) as error:
        raise BadFile(f"{path}: it can't be read as parquet ({str(error).splitlines()[0]})") from None
