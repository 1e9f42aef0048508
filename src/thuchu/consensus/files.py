"""Tables of ratings from files, and what a run writes.

Reads the public Community Notes files and small tables of one's own: TSV, CSV, zipped or not, and parquet; one file or
a folder of parts.  Columns are found by name, unknown ones ignored.  Whatever can't be read is an error that names
file, row and column; nothing is guessed, and nothing dropped silently but rows of the public files without a rating.
Parquet needs `[data]`.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from thuchu.consensus import ratings as columns
from thuchu.consensus import tags
from thuchu.consensus.ratings import Coded, Ratings
from thuchu.consensus.values import ConsensusError, Ids

# What each column may be called; the first that is there counts.
NOTE = ("note", "noteId")
RATER = ("rater", "raterParticipantId", "participantId")
RATING = ("rating", "helpfulNum", "helpfulnessLevel")
TIME = ("time", "createdAtMillis")
ENTRY = ("entry",)
# The public forms' words and numbers, as halves; the old yes/no columns count where no word stands.
_VALUES = {
    "0": 0, "0.0": 0, "0.5": 1, "1": 2, "1.0": 2, ".5": 1,
    "NOT_HELPFUL": 0, "SOMEWHAT_HELPFUL": 1, "HELPFUL": 2,
}  # fmt: skip
_OLD = ("helpful", "notHelpful")
# Where a rating answers a random invitation, in the public files.
_SOURCE, _SAMPLED = "ratingSourceBucketed", "POPULATION_SAMPLED"
_TICKS = {"", "0", "1"}
_NO_RATING = -1
_SUFFIXES = (".tsv", ".csv", ".parquet", ".zip")
# No line of the public files comes near it; a file without line breaks must not fill the memory.
LINE_CHARS_MAX = 1_000_000
# Rows that are held as text at a time.
ROWS_PER_BATCH = 1_000_000
_INT63 = (1 << 63) - 1

Texts = list[str]


class BadFile(ConsensusError):
    """A file that can't be read as it is; the message names file, row and column."""


@dataclass(frozen=True, slots=True)
class Table:
    """Some columns of some rows, as text; the first row's number in its file, counted as an editor does."""

    path: Path
    first_row: int
    columns: Mapping[str, Texts]


@dataclass(slots=True)
class _Ids:
    """Distinct ids in the order in which they were met."""

    known: dict[str, int]

    def codes(self, texts: Texts) -> npt.NDArray[np.int32]:
        known = self.known
        return np.fromiter((known.setdefault(text, len(known)) for text in texts), dtype=np.int32, count=len(texts))

    def ids(self) -> Ids:
        """Whole numbers where all are, in their plain form; else text."""
        texts = list(self.known)
        if texts and all(_plain(text) for text in texts):
            return np.array([int(text) for text in texts], dtype=np.int64)
        return np.array(texts, dtype=np.str_)


def _plain(text: str) -> bool:
    return text.isascii() and text.isdecimal() and (text == "0" or text[0] != "0") and int(text) <= _INT63


def paths(place: Path) -> list[Path]:
    """A file, or the parts in a folder by name."""
    if place.is_dir():
        found = sorted(path for path in place.iterdir() if path.suffix in _SUFFIXES)
        if not found:
            raise BadFile(f"{place}: no .tsv, .csv, .parquet or .zip file in this folder")
        return found
    if not place.exists():
        raise BadFile(f"{place}: there is no such file or folder")
    return [place]


def _nobody_told(_share: float) -> None:
    pass


def read_ratings(place: Path, with_tags: bool = False, told: Callable[[float], None] = _nobody_told) -> Ratings:
    """All ratings of a file, or of the parts in a folder.

    with_tags  what raters ticked as well, where the first file has any tag's column; only the published rules ask
    told       of the share of files that is read
    """
    notes, raters = _Ids({}), _Ids({})
    parts: dict[str, list[npt.NDArray[Any]]] = {
        "note": [], "rater": [], "level": [], "time": [], "entry": [], "tags": [],
    }  # fmt: skip
    places = paths(place)
    for number, path in enumerate(places):
        told(number / len(places))
        header = _header(path)
        names = {
            "note": _named(path, header, NOTE),
            "rater": _named(path, header, RATER),
            "rating": _named(path, header, RATING),
        }
        for name, words in (("time", TIME), ("entry", ENTRY)):
            found = [word for word in words if word in header]
            if found:
                names[name] = found[0]
        old = [word for word in _OLD if names["rating"] == "helpfulnessLevel" and word in header]
        ticks = [name for name in (*tags.NAMES, _SOURCE) if name in header] if with_tags else []
        for table in _tables(path, [*names.values(), *old, *ticks]):
            level = _levels(table, names["rating"], old)
            kept = level != _NO_RATING
            parts["level"].append(level[kept])
            parts["note"].append(notes.codes(_filled(table, names["note"]))[kept])
            parts["rater"].append(raters.codes(_filled(table, names["rater"]))[kept])
            for name in ("time", "entry"):
                if name in names:
                    parts[name].append(_whole(table, names[name])[kept])
            if ticks:
                parts["tags"].append(_ticked(table, ticks)[kept])
    joined = {name: np.concatenate(arrays) for name, arrays in parts.items() if arrays}
    for name in ("time", "entry", "tags"):
        if name in joined and len(joined[name]) != len(joined["note"]):
            raise BadFile(f"{place}: some of the files have a column {name} and others have not")
    if not joined:
        return columns.read([], [], [])
    return columns.read(
        Coded(joined["note"], notes.ids()),
        Coded(joined["rater"], raters.ids()),
        joined["level"].astype(np.int8),
        entries=joined.get("entry"),
        times=joined.get("time"),
        tags=joined.get("tags"),
    )


def read_columns(place: Path, wanted: Sequence[str], maybe: Sequence[str] = ()) -> dict[str, Texts]:
    """Columns of the public notes, history and enrolment files, as text; "" for those of `maybe` that are not there."""
    found: dict[str, Texts] = {name: [] for name in (*wanted, *maybe)}
    for path in paths(place):
        header = _header(path)
        names = [_named(path, header, (name,)) for name in wanted] + [name for name in maybe if name in header]
        for table in _tables(path, names):
            length = len(next(iter(table.columns.values())))
            for name, texts in found.items():
                texts.extend(table.columns.get(name, [""] * length))
    return found


def _named(path: Path, header: Sequence[str], words: Sequence[str]) -> str:
    for word in words:
        if word in header:
            return word
    raise BadFile(f"{path}: there is no column {' or '.join(words)}; its columns are {', '.join(header)}")


def _filled(table: Table, name: str) -> Texts:
    texts = table.columns[name]
    if "" in texts:
        raise BadFile(_at(table, texts.index(""), name) + ": the id is empty")
    return texts


def _at(table: Table, row: int, name: str) -> str:
    return f"{table.path}, row {table.first_row + row}, column {name}"


def _levels(table: Table, name: str, old: Sequence[str]) -> npt.NDArray[np.int8]:
    texts = table.columns[name]
    level = np.fromiter((_VALUES.get(text, _NO_RATING) for text in texts), dtype=np.int8, count=len(texts))
    public = name == "helpfulnessLevel"
    for row in np.flatnonzero(level == _NO_RATING).tolist():
        if public and texts[row] == "":
            for word in old:
                if table.columns[word][row] == "1":
                    level[row] = 2 if word == "helpful" else 0
            continue
        allowed = "HELPFUL, SOMEWHAT_HELPFUL, NOT_HELPFUL" if public else "0, 0.5, 1"
        raise BadFile(_at(table, row, name) + f": {texts[row]!r} is none of {allowed}")
    return level


def _whole(table: Table, name: str) -> npt.NDArray[np.int64]:
    texts = table.columns[name]
    try:
        numbers = np.array([int(text) for text in texts], dtype=np.int64)
    except (ValueError, OverflowError):
        row = next(row for row, text in enumerate(texts) if not _plain(text))
        raise BadFile(_at(table, row, name) + f": {texts[row]!r} is not a whole number of up to 63 bits") from None
    if len(numbers) and int(numbers.min()) < 0:
        row = int(np.argmin(numbers))
        raise BadFile(_at(table, row, name) + f": {texts[row]} is negative")
    return numbers


def _ticked(table: Table, names: Sequence[str]) -> npt.NDArray[np.uint32]:
    """A bit a tag; a cell that is empty (old forms did not ask) is not ticked."""
    found = np.zeros(len(table.columns[names[0]]), dtype=np.uint32)
    for name in names:
        texts = table.columns[name]
        if name == _SOURCE:
            marked, bit = [text == _SAMPLED for text in texts], tags.bit(tags.SAMPLED)
        else:
            marked, bit = [text == "1" for text in texts], tags.bit(name)
            for row, text in enumerate(texts):
                if text not in _TICKS:
                    raise BadFile(_at(table, row, name) + f": {text!r} is none of 0, 1 and nothing")
        found |= np.array(marked, dtype=np.uint32) * bit
    return found


# Reading text and parquet.


def _header(path: Path) -> list[str]:
    if path.suffix == ".parquet":
        return list(_parquet_schema(path))
    with _opened(path) as file:
        line = file.readline(LINE_CHARS_MAX)
    names = _cells(path, 1, line, _separator(path))
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise BadFile(f"{path}: the column {sorted(twice)[0]} stands there twice")
    return names


def _tables(path: Path, names: Sequence[str]) -> Iterator[Table]:
    if path.suffix == ".parquet":
        yield from _parquet_tables(path, names)
        return
    quick = _quick_tables(path, names)
    yield from _text_tables(path, names) if quick is None else quick


def _quick_tables(path: Path, names: Sequence[str]) -> "list[Table] | None":
    """The table by polars where that is safe; None sends it to the slower reader, which says where a file is wrong."""
    if path.suffix == ".zip" or not find_spec("polars"):
        return None
    with path.open("rb") as raw:
        raw.seek(-1, io.SEEK_END)
        if raw.read(1) != b"\n":
            return None
    polars, separator = _polars(path), _separator(path)
    quote = '"' if separator == "," else None
    try:
        frame = polars.read_csv(
            path,
            separator=separator,
            quote_char=quote,
            columns=list(names),
            infer_schema=False,
            empty_string_is_null=False,
        )
    except (polars.exceptions.PolarsError, OSError, ValueError):
        return None
    tables, first = [], 2
    for batch in frame.iter_slices(ROWS_PER_BATCH):
        texts = {name: batch[name].to_list() for name in names}
        # A row that is too short looks like one with empty cells: only counting separators tells the two apart.
        if any("" in column for column in texts.values()):
            return None
        tables.append(Table(path, first, texts))
        first += len(batch)
    return tables


def _parquet_schema(path: Path) -> dict[str, Any]:
    polars = _polars(path)
    try:
        return dict(polars.scan_parquet(path).collect_schema())
    except polars.exceptions.PolarsError as error:
        raise BadFile(f"{path}: it can't be read as parquet ({str(error).splitlines()[0]})") from None


def _parquet_tables(path: Path, names: Sequence[str]) -> Iterator[Table]:
    polars, first = _polars(path), 1
    for name, kind in _parquet_schema(path).items():
        # Long ids have lost digits already where they went through floating-point numbers (trap T40).
        if name in names and name in (*NOTE, *RATER) and kind.is_float():
            raise BadFile(f"{path}, column {name}: ids must be whole numbers or text, not {kind}")
    try:
        frame = polars.scan_parquet(path).select([polars.col(name).cast(polars.String) for name in names])
        for batch in frame.collect().iter_slices(ROWS_PER_BATCH):
            yield Table(path, first, {name: batch[name].fill_null("").to_list() for name in names})
            first += len(batch)
    except polars.exceptions.PolarsError as error:
        raise BadFile(f"{path}: it can't be read as parquet ({str(error).splitlines()[0]})") from None


def _text_tables(path: Path, names: Sequence[str]) -> Iterator[Table]:
    separator = _separator(path)
    with _opened(path) as file:
        header = _cells(path, 1, file.readline(LINE_CHARS_MAX), separator)
        places = [header.index(name) for name in names]
        rows: list[list[str]] = []
        first = number = 2
        while line := file.readline(LINE_CHARS_MAX):
            cells = _cells(path, number, line, separator)
            if len(cells) != len(header):
                raise BadFile(
                    f"{path}, row {number}: {len(cells)} columns, but the first line has {len(header)}"
                    + ("" if line.endswith("\n") else "; the file seems to be cut off")
                )
            rows.append([cells[place] for place in places])
            number += 1
            if len(rows) == ROWS_PER_BATCH:
                yield _table(path, first, names, rows)
                rows, first = [], number
        if rows:
            yield _table(path, first, names, rows)


def _table(path: Path, first: int, names: Sequence[str], rows: list[list[str]]) -> Table:
    return Table(path, first, {name: [row[place] for row in rows] for place, name in enumerate(names)})


def _cells(path: Path, number: int, line: str, separator: str) -> list[str]:
    if len(line) >= LINE_CHARS_MAX:
        raise BadFile(f"{path}, row {number}: the line is longer than {LINE_CHARS_MAX:,} characters")
    if not line:
        raise BadFile(f"{path}: the file is empty; its first line must name the columns")
    cells = line.rstrip("\r\n").split(separator)
    return [cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in cells]


def _separator(path: Path) -> str:
    inner = path.with_suffix("") if path.suffix == ".zip" else path
    return "," if inner.suffix == ".csv" else "\t"


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                inside = [name for name in archive.namelist() if not name.endswith("/")]
                if len(inside) != 1:
                    raise BadFile(f"{path}: one file is expected inside, there are {len(inside)}")
                with archive.open(inside[0]) as raw:
                    yield io.TextIOWrapper(raw, encoding="utf-8", newline="")
        else:
            with path.open(encoding="utf-8", newline="") as file:
                yield file
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: it is not text in UTF-8 ({error.reason} at byte {error.start})") from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise BadFile(f"{path}: the archive is broken or cut off ({error})") from None
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror or error}") from None


def _polars(path: Path) -> Any:
    if not find_spec("polars"):
        raise BadFile(f"{path}: parquet needs polars: pip install 'thuchu[data]'")
    import polars

    return polars


# Writing.


def form_unless_said() -> str:
    """Parquet where polars is installed, else TSV."""
    return "parquet" if find_spec("polars") else "tsv"


def write_table(folder: Path, name: str, form: str, table: Mapping[str, npt.NDArray[Any]]) -> Path:
    """`name`.tsv, .npz or .parquet; the same bytes for the same table."""
    target = folder / f"{name}.{form}"
    if form == "parquet":
        polars = _polars(target)
        polars.DataFrame(dict(table)).write_parquet(target, statistics=False)
    elif form == "npz":
        _write_npz(target, table)
    else:
        with target.open("w", encoding="utf-8", newline="\n") as file:
            file.write("\t".join(table) + "\n")
            for row in zip(*(column.tolist() for column in table.values()), strict=True):
                file.write("\t".join("" if cell != cell else str(cell) for cell in row) + "\n")  # noqa: PLR0124
    return target


def _write_npz(target: Path, table: Mapping[str, npt.NDArray[Any]]) -> None:
    """As `numpy.savez` does, but without the time of day that it writes for each member."""
    with zipfile.ZipFile(target, "w") as archive:
        for key, column in table.items():
            memory = io.BytesIO()
            np.save(memory, column, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{key}.npy"), memory.getvalue())


def write_json(target: Path, content: Mapping[str, object]) -> None:
    target.write_text(json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
