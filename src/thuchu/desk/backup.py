"""A whole desk as one file: written while the desk runs, put back only when everything in it is as it was.

The file is a compressed tar: the database as of one moment, every capture and paper, the secret key, and last a
manifest with the digest of each and the rows of each table.  Indexes are left out: they are made again from the
database.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from thuchu import __version__
from thuchu.matching.durable import sync_folder

DATABASE, KEY, MANIFEST = "desk.sqlite3", "secret-key", "manifest.json"
# Folders of files that nothing makes again: evidence as it was, and editions of documents as they were published.
KEPT = ("captures", "papers")
FORMAT = 1
# Pages of the database copied in one go: some megabytes, so that the bar moves.
STEP_PAGES = 2_048
CHUNK_BYTES = 1 << 20
# What a file of ours may hold, by name: nothing else is ever written to disk.
_NAMES = re.compile(rf"{re.escape(DATABASE)}|{KEY}|(?:{'|'.join(KEPT)})(/[0-9A-Za-z_.-]{{1,120}}){{1,4}}")
_OWNER_ONLY = 0o600

Report = Callable[[int, int], None]


class CannotBackUp(Exception):
    """Nothing was written; the message says why, and what to do."""


class CannotRestore(Exception):
    """Nothing was put in place; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: how many rows, and a digest over all their values in the order of their row numbers."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    files   SHA-256 by name · tables  by name
    """

    format: int
    version: str
    made_at: str
    files: Mapping[str, str]
    tables: Mapping[str, Table]

    @property
    def rows(self) -> int:
        """In all tables."""
        return sum(table.rows for table in self.tables.values())


def back_up(
    home: Path,
    target: Path,
    *,
    now: datetime,
    report: Report | None = None,
    copy_rows: Callable[[Path], object] | None = None,
) -> Manifest:
    """Write the desk in `home` to `target`, which appears only when it is whole and on disk.

    The desk may run meanwhile: what is committed later isn't in it.
    report     called with (bytes done, bytes in all)
    copy_rows  writes the database file to the place it is given, where the desk's rows aren't in the home's own
    raises     CannotBackUp where no desk is, or `target` exists already
    """
    if not (home / (KEY if copy_rows else DATABASE)).is_file():
        raise CannotBackUp(f"{home} holds no desk: name its folder with --home")
    if target.exists():
        raise CannotBackUp(f"{target} exists already: name another file, or move it away")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.resolve().parent) as scratch:
        whole = Path(scratch) / "whole"
        copy = Path(scratch) / DATABASE
        if copy_rows:
            copy_rows(copy)
        else:
            _copy_database(home / DATABASE, copy)
        # Captures and papers are written before the row that names them: those of the copied rows are all there by now.
        sources = [(DATABASE, copy), (KEY, home / KEY), *_kept(home)]
        manifest = _pack(whole, sources, tables(copy), now, report)
        # Linked, not moved: a file that came to be there meanwhile is not overwritten.
        try:
            os.link(whole, target)
        except FileExistsError:
            raise CannotBackUp(f"{target} exists already: name another file, or move it away") from None
    sync_folder(target.resolve().parent)
    return manifest


def restore(file: Path, home: Path, report: Report | None = None) -> Manifest:
    """Put the desk in `file` into `home`, which must be missing or empty; all of it or nothing.

    report  called with (bytes read, bytes in all)
    raises  CannotRestore for a file that isn't a backup, is damaged or newer, and a home that is in use
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise CannotRestore(f"{home} is not empty: restore into another folder with --home, then change over")
    home.resolve().parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.resolve().parent))
    try:
        manifest = _unpack(file, scratch, report)
        _compare(scratch / DATABASE, manifest)
        if home.exists():
            home.rmdir()
        scratch.rename(home)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    sync_folder(home.resolve().parent)
    return manifest


def tables(database: Path) -> dict[str, Table]:
    """Every table of a database file that nobody writes to."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        # SQLite's own tables hold where it is with its counting, nothing of ours.
        return {name: _table(connection, name) for (name,) in found if not name.startswith("sqlite_")}


def _table(connection: sqlite3.Connection, name: str) -> Table:
    hashed, count = hashlib.sha256(), 0
    for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608 (a name from the schema itself)
        # repr tells 1 from "1" and from b"1".
        hashed.update(repr(row).encode("utf-8", "surrogatepass"))
        count += 1
    return Table(count, hashed.hexdigest())


def _copy_database(source: Path, copy: Path) -> None:
    with closing(sqlite3.connect(source, isolation_level=None)) as live, closing(sqlite3.connect(copy)) as other:
        # One moment for the whole copy, whoever writes meanwhile: without it each commit would begin the copy anew.
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(other, pages=STEP_PAGES)
        live.execute("ROLLBACK")
        # A file of its own, with no second one beside it.
        other.execute("PRAGMA journal_mode=DELETE")


def _kept(home: Path) -> list[tuple[str, Path]]:
    found = sorted(path for folder in KEPT for path in (home / folder).rglob("*") if path.is_file())
    named = [(path.relative_to(home).as_posix(), path) for path in found]
    return [(name, path) for name, path in named if _NAMES.fullmatch(name)]


def _pack(
    whole: Path, sources: list[tuple[str, Path]], known: dict[str, Table], now: datetime, report: Report | None
) -> Manifest:
    total, done = sum(path.stat().st_size for _, path in sources), 0
    files: dict[str, str] = {}
    with _opened_for_owner(whole) as raw, tarfile.open(fileobj=raw, mode="w:gz") as tar:
        for name, path in sources:
            with path.open("rb") as file:
                entry = tarfile.TarInfo(name)
                entry.size, entry.mode, entry.mtime = os.fstat(file.fileno()).st_size, _OWNER_ONLY, int(now.timestamp())
                reading = _Hashing(file)
                tar.addfile(entry, reading)
                files[name] = reading.digest()
            done += entry.size
            if report:
                report(done, total)
        manifest = Manifest(FORMAT, __version__, now.isoformat(), files, known)
        written = json.dumps(asdict(manifest), indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode, entry.mtime = len(written), _OWNER_ONLY, int(now.timestamp())
        tar.addfile(entry, BytesIO(written))
    with whole.open("rb") as file:
        os.fsync(file.fileno())
    return manifest


def _opened_for_owner(path: Path) -> IO[bytes]:
    # It holds every question and the desk's key.
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb")


def _unpack(file: Path, folder: Path, report: Report | None) -> Manifest:
    digests: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with file.open("rb") as raw, tarfile.open(fileobj=raw, mode="r|gz") as tar:
            for entry, content in _members(tar):
                if entry.name == MANIFEST:
                    manifest = _read_manifest(content.read(), file)
                else:
                    digests[entry.name] = _write(folder / entry.name, content)
                if report:
                    report(raw.tell(), os.fstat(raw.fileno()).st_size)
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.filename:
            raise
        raise CannotRestore(f"{file} is not a whole backup of thuchu ({error}): take another copy of it") from None
    if manifest is None:
        raise CannotRestore(f"{file} is not a whole backup of thuchu (its end is missing): take another copy of it")
    wrong = sorted(name for name in manifest.files.keys() | digests if manifest.files.get(name) != digests.get(name))
    if wrong or not {DATABASE, KEY} <= digests.keys():
        raise CannotRestore(f"{file} is damaged ({', '.join(wrong) or 'no database'}): take another copy of it")
    return manifest


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for entry in tar:
        content = tar.extractfile(entry) if entry.isfile() else None
        is_known = entry.name == MANIFEST or (_NAMES.fullmatch(entry.name) and ".." not in entry.name)
        if content is None or not is_known:
            raise CannotRestore(f"the file holds {entry.name!r}, which no backup of thuchu does; nothing was restored")
        yield entry, content


def _read_manifest(written: bytes, file: Path) -> Manifest:
    try:
        read: dict[str, Any] = json.loads(written)
        if read["format"] > FORMAT:
            raise CannotRestore(f"{file} was made by a newer thuchu ({read['version']}): upgrade thuchu first")
        known = {name: Table(**table) for name, table in read["tables"].items()}
        return Manifest(read["format"], read["version"], read["made_at"], read["files"], known)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CannotRestore(f"{file} has a manifest that can't be read: take another copy of it") from None


def _write(target: Path, content: IO[bytes]) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    reading = _Hashing(content)
    with _opened_for_owner(target) as out:
        shutil.copyfileobj(reading, out, CHUNK_BYTES)
        out.flush()
        os.fsync(out.fileno())
    return reading.digest()


def _compare(database: Path, manifest: Manifest) -> None:
    try:
        found = tables(database)
    except sqlite3.DatabaseError as error:
        raise CannotRestore(f"the database in it can't be read ({error}): take another copy of the file") from None
    wrong = sorted(name for name in found.keys() | manifest.tables if found.get(name) != manifest.tables.get(name))
    if wrong:
        raise CannotRestore(f"the rows of {', '.join(wrong)} are not those that were backed up; nothing was restored")


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hashed = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        chunk = self._file.read(size)
        self._hashed.update(chunk)
        return chunk

    def digest(self) -> str:
        """SHA-256 of what was read, in hexadecimal digits."""
        return self._hashed.hexdigest()
