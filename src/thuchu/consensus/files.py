"""Ratings from files, and what a run writes.

Reads the public Community Notes files and small tables of one's own (`tables`); one file or a folder of parts.
Whatever can't be read is an error that names file, row and column; nothing is guessed, and nothing dropped silently but
rows of the public files without a rating.  Ids are text only while their block is read, and once each.
"""

import hashlib
import io
import json
import re
import zipfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from thuchu.consensus import ratings as columns
from thuchu.consensus import tables, tags
from thuchu.consensus.ratings import Coded, Halves, Ratings
from thuchu.consensus.tables import BadFile, Table, Texts, Told
from thuchu.consensus.values import Ids, RowsDisagree

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
_INT63 = (1 << 63) - 1
# What an id can't be: empty, with space around it, with signs that don't print, or a number that a spreadsheet has
# shortened; two ids that differ only there, or that were one before, would collide.
_NO_ID = r"^$|^\s|\s$|[\x00-\x1f\x7f]|^[0-9]([.,][0-9]+)?[eE]\+?[0-9]+$"
_NO_ID_FOUND = re.compile(_NO_ID)
# Whole numbers that 63 bits hold for certain, without leading zeros.
_PLAIN = r"^(0|[1-9][0-9]{0,17})$"


@dataclass(slots=True)
class _Ids:
    """Distinct ids in the order in which they were met."""

    known: dict[str, int]

    def codes(self, table: Table, name: str) -> npt.NDArray[np.int32]:
        """Each row's place among the distinct ids."""
        if table.frame is None:
            texts = table.texts(name)
            self._check(table, name, set(texts) - self.known.keys())
            return self._numbers(texts)
        column = table.frame[name]
        distinct = column.unique(maintain_order=True)
        texts = distinct.to_list()
        if bool(distinct.str.contains(_NO_ID).any()):
            self._check(table, name, texts)
        places = column.cast(_enum(distinct)).to_physical().to_numpy()
        codes: npt.NDArray[np.int32] = self._numbers(texts)[places]
        return codes

    def _numbers(self, texts: Texts) -> npt.NDArray[np.int32]:
        known = self.known
        return np.fromiter((known.setdefault(text, len(known)) for text in texts), dtype=np.int32, count=len(texts))

    def _check(self, table: Table, name: str, fresh: "Sequence[str] | set[str]") -> None:
        wrong = {text for text in fresh if _NO_ID_FOUND.search(text)}
        if wrong:
            texts = table.texts(name)
            row = next(row for row, text in enumerate(texts) if text in wrong)
            what = (
                "the id is empty"
                if not texts[row]
                else f"{texts[row]!r} is no id: it has space around it, holds a sign that doesn't print, or is "
                "a number that a spreadsheet has shortened"
            )
            raise BadFile(f"{table.at(row, name)}: {what}")

    def ids(self) -> Ids:
        return ids_of(list(self.known))


def ids_of(texts: Texts) -> Ids:
    """Whole numbers where all are, in their plain form; else text."""
    if texts and all(_plain(text) for text in texts):
        return np.array([int(text) for text in texts], dtype=np.int64)
    return np.array(texts, dtype=np.str_)


def _enum(distinct: Any) -> Any:
    import polars

    return polars.Enum(distinct)


def _plain(text: str) -> bool:
    return text.isascii() and text.isdecimal() and (text == "0" or text[0] != "0") and int(text) <= _INT63


def _nobody_told(_share: float) -> None:
    pass


@dataclass(frozen=True, slots=True)
class _Names:
    """What the columns of a file of ratings are called."""

    note: str
    rater: str
    rating: str
    old: Sequence[str]
    whole: Mapping[str, str]
    ticks: Sequence[str]

    @classmethod
    def of(cls, path: Path, header: Sequence[str], with_tags: bool) -> "_Names":
        note, rater, rating = (tables.named(path, header, words) for words in (NOTE, RATER, RATING))
        whole = {}
        for name, words in (("time", TIME), ("entry", ENTRY)):
            found = [word for word in words if word in header]
            if found:
                whole[name] = found[0]
        old = [word for word in _OLD if rating == "helpfulnessLevel" and word in header]
        ticks = [name for name in (*tags.NAMES, _SOURCE) if name in header] if with_tags else []
        return cls(note, rater, rating, old, whole, ticks)

    def all(self) -> list[str]:
        return [self.note, self.rater, self.rating, *self.old, *self.whole.values(), *self.ticks]


@dataclass(slots=True)
class _Places:
    """Where in which file each row that was kept stands."""

    tables: list[tuple[Path, int, npt.NDArray[np.uint8] | None]]
    ends: list[int]

    def add(self, table: Table, kept: "slice | npt.NDArray[np.bool_]") -> None:
        # A bit a row where some were left out: of two hundred million rows that is 25 MB.
        bits = None if isinstance(kept, slice) else np.packbits(kept)
        n = len(table) if isinstance(kept, slice) else int(np.count_nonzero(kept))
        self.tables.append((table.path, table.first_row, bits))
        self.ends.append((self.ends[-1] if self.ends else 0) + n)

    def at(self, row: int) -> str:
        number = bisect_right(self.ends, row)
        path, first, bits = self.tables[number]
        within = row - (self.ends[number - 1] if number else 0)
        if bits is not None:
            within = int(np.flatnonzero(np.unpackbits(bits))[within])
        return f"{path}, row {first + within}"


def read_ratings(place: Path, with_tags: bool = False, told: Told = _nobody_told) -> Ratings:
    """All ratings of a file, or of the parts in a folder.

    with_tags  what raters ticked as well, where a file has any tag's column; only the published rules ask
    told       of the share of files that is read
    raises     BadFile, also where no file holds a rating
    """
    notes, raters, kept_at = _Ids({}), _Ids({}), _Places([], [])
    parts: dict[str, list[npt.NDArray[Any]]] = {
        "note": [], "rater": [], "level": [], "time": [], "entry": [], "tags": [],
    }  # fmt: skip
    places = tables.paths(place)
    for number, path in enumerate(places):
        names = _Names.of(path, tables.header(path), with_tags)
        for table in tables.tables(path, names.all(), (names.note, names.rater)):
            level = _levels(table, names.rating, names.old)
            kept = slice(None) if (level != _NO_RATING).all() else level != _NO_RATING
            kept_at.add(table, kept)
            parts["level"].append(level[kept])
            parts["note"].append(notes.codes(table, names.note)[kept])
            parts["rater"].append(raters.codes(table, names.rater)[kept])
            for name, column in names.whole.items():
                parts[name].append(_whole(table, column)[kept])
            if names.ticks:
                parts["tags"].append(_ticked(table, names.ticks)[kept])
            told((number + table.read) / len(places))
    # A column at a time, so that no more than one is there twice.
    joined = {name: np.concatenate(parts.pop(name)) for name in list(parts) if parts[name]}
    for name in ("time", "entry", "tags"):
        if name in joined and len(joined[name]) != len(joined["note"]):
            raise BadFile(f"{place}: some of the files have a column {name} and others have not")
    if not joined or not len(joined["level"]):
        raise BadFile(f"{place}: there is no rating in it")
    try:
        return columns.read(
            Coded(joined["note"], notes.ids()),
            Coded(joined["rater"], raters.ids()),
            Halves(joined["level"]),
            entries=joined.get("entry"),
            times=joined.get("time"),
            tags=joined.get("tags"),
        )
    except RowsDisagree as error:
        one, other = (kept_at.at(row) for row in error.rows)
        raise BadFile(f"{one} and {other}: {error.what}") from None


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of one or several files, as text, rows one after the other.

    starts  (path, the first row's number as an editor counts, its place here), in this order
    """

    texts: Mapping[str, Texts]
    starts: Sequence[tuple[Path, int, int]]

    def __getitem__(self, name: str) -> Texts:
        return self.texts[name]

    def at(self, row: int, name: str) -> str:
        path, first, place = next(start for start in reversed(self.starts) if start[2] <= row)
        return f"{path}, row {first + row - place}, column {name}"


def read_columns(place: Path, wanted: Sequence[str], maybe: Sequence[str] = ()) -> Columns:
    """Columns of the public notes, history and enrolment files; "" for those of `maybe` that are not there."""
    found: dict[str, Texts] = {name: [] for name in (*wanted, *maybe)}
    starts: list[tuple[Path, int, int]] = []
    for path in tables.paths(place):
        header = tables.header(path)
        names = [tables.named(path, header, (name,)) for name in wanted] + [name for name in maybe if name in header]
        for table in tables.tables(path, names):
            starts.append((path, table.first_row, len(found[wanted[0]])))
            for name, texts in found.items():
                texts.extend(table.texts(name) if name in names else [""] * len(table))
    return Columns(found, starts)


def _levels(table: Table, name: str, old: Sequence[str]) -> npt.NDArray[np.int8]:
    if table.frame is not None:
        quick = table.frame[name].replace_strict(list(_VALUES), list(_VALUES.values()), default=_NO_RATING)
        level: npt.NDArray[np.int8] = quick.to_numpy().astype(np.int8)
        if not (level == _NO_RATING).any():
            return level
    texts, public = table.texts(name), name == "helpfulnessLevel"
    level = np.fromiter((_VALUES.get(text, _NO_RATING) for text in texts), dtype=np.int8, count=len(texts))
    answers = {word: table.texts(word) for word in old}
    for row in np.flatnonzero(level == _NO_RATING).tolist():
        if public and texts[row] == "":
            for word in old:
                if answers[word][row] == "1":
                    level[row] = 2 if word == "helpful" else 0
            continue
        allowed = "HELPFUL, SOMEWHAT_HELPFUL, NOT_HELPFUL" if public else "0, 0.5, 1"
        raise BadFile(f"{table.at(row, name)}: {texts[row]!r} is none of {allowed}")
    return level


def _whole(table: Table, name: str) -> npt.NDArray[np.int64]:
    if table.frame is not None and bool(table.frame[name].str.contains(_PLAIN).all()):
        numbers: npt.NDArray[np.int64] = table.frame[name].cast(_int64()).to_numpy()
        return numbers
    texts = table.texts(name)
    for row, text in enumerate(texts):
        if not _plain(text):
            negative = text[:1] == "-" and _plain(text[1:])
            what = "is negative" if negative else "is not a whole number of up to 63 bits"
            raise BadFile(f"{table.at(row, name)}: {text!r} {what}")
    return np.array([int(text) for text in texts], dtype=np.int64)


def _int64() -> Any:
    import polars

    return polars.Int64


def _ticked(table: Table, names: Sequence[str]) -> npt.NDArray[np.uint32]:
    """A bit a tag; a cell that is empty (old forms did not ask) is not ticked."""
    found = np.zeros(len(table), dtype=np.uint32)
    for name in names:
        sampled = name == _SOURCE
        marks, bit = (_SAMPLED, tags.SAMPLED) if sampled else ("1", name)
        if table.frame is not None and (sampled or bool(table.frame[name].is_in(sorted(_TICKS)).all())):
            ticked: npt.NDArray[np.bool_] = (table.frame[name] == marks).to_numpy()
        else:
            texts = table.texts(name)
            for row, text in enumerate(texts):
                if not sampled and text not in _TICKS:
                    raise BadFile(f"{table.at(row, name)}: {text!r} is none of 0, 1 and nothing")
            ticked = np.array([text == marks for text in texts], dtype=np.bool_)
        found |= ticked * tags.bit(bit)
    return found


# Writing.


def form_unless_said() -> str:
    """Parquet where polars is installed, else TSV."""
    return "parquet" if find_spec("polars") else "tsv"


def write_table(folder: Path, name: str, form: str, table: Mapping[str, npt.NDArray[Any]]) -> Path:
    """`name`.tsv, .npz or .parquet; the same bytes for the same table."""
    target = folder / f"{name}.{form}"
    if form == "parquet":
        polars = tables.needs_polars(target)
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
