"""The packed dump that visitors may take: made by a job now and then, one at a time, in the home's folder `open-data`.

A dump is a copy.  When words in it were erased or hidden since, it is not handed out any more, at once; the job takes
it away and makes another.
"""

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from thuchu.desk.dump.write import write_dump
from thuchu.desk.ledger import reads as ledger
from thuchu.dump import manifest
from thuchu.matching.durable import sync_folder

FOLDER = "open-data"
# A round is worth a new dump, but not one every five minutes: whoever is half-way through another one begins again.
AFTER_A_ROUND = timedelta(hours=1)
ANYWAY_AFTER = timedelta(days=1)
# What takes words or a name away that stand in an earlier dump.
TAKES_AWAY = ("notes.erased", "claim.withheld", "contributor.left")
# The same moment in every archive, so that the same files give the same bytes.
_STAMP = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16
_NAME = "thuchu-{seq}.zip"
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A packed dump: up to which entry it goes, the hash of that, when it was made, and how long the file is."""

    path: Path
    seq: int
    hash: str
    made_at: datetime
    size_bytes: int

    @property
    def tag(self) -> str:
        """Another text for another file."""
        return f"{self.seq}-{self.hash[:12]}-{self.size_bytes}"


def kept(home: Path) -> Kept | None:
    """The dump that may be handed out now; None when there is none, or when something in it was taken away since."""
    found = _last(home)
    return None if found is None or ledger.any_since(TAKES_AWAY, found.seq) else found


def renew(home: Path, *, now: datetime) -> Kept | None:
    """Make another dump where one is due, and take earlier ones away; None where none is due.

    Due is one when there is none, when something was taken away that the last one holds, an hour after it when a
    round was held since, a day after it when anything was.
    """
    here = kept(home)
    if here is None:
        _take_away(home, but=None)
    last = ledger.last_number()
    if not last or (here is not None and not _is_due(here, last, now)):
        return None
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as scratch:
        made = write_dump(Path(scratch) / "dump")
        packed = Path(scratch) / "packed.zip"
        _pack(Path(scratch) / "dump", packed, sorted(set(made.files) - set(manifest.FILES)))
        os.utime(packed, (now.timestamp(), now.timestamp()))
        target = folder / _NAME.format(seq=made.head.seq)
        packed.replace(target)
    sync_folder(folder)
    _take_away(home, but=target)
    return kept(home)


def _is_due(here: Kept, last: int, now: datetime) -> bool:
    age = now - here.made_at
    if last > here.seq and age >= ANYWAY_AFTER:
        return True
    return age >= AFTER_A_ROUND and ledger.any_since(["round.held"], here.seq)


def _last(home: Path) -> Kept | None:
    found = [each for path in (home / FOLDER).glob(_NAME.format(seq="*")) if (each := _read(path)) is not None]
    return max(found, key=lambda each: each.seq, default=None)


def _read(path: Path) -> Kept | None:
    """What a file says of itself; None for one that isn't whole, of another version, or gone meanwhile."""
    try:
        stat = path.stat()
        with zipfile.ZipFile(path) as packed:
            said = json.loads(packed.read(manifest.MANIFEST))
        if said["format"] != manifest.FORMAT:
            return None
        seq, digest = int(said["ledger"]["seq"]), str(said["ledger"]["hash"])
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError):
        return None
    made_at = datetime.fromtimestamp(stat.st_mtime, UTC)
    return Kept(path=path, seq=seq, hash=digest, made_at=made_at, size_bytes=stat.st_size)


def _pack(folder: Path, target: Path, of_reviews: Sequence[str]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name in (manifest.MANIFEST, *manifest.FILES, *of_reviews):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, _MODE
            info.file_size = (folder / name).stat().st_size
            with (folder / name).open("rb") as source, packed.open(info, "w") as out:
                shutil.copyfileobj(source, out, _CHUNK_BYTES)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _take_away(home: Path, *, but: Path | None) -> None:
    """Earlier files, and what a process that was killed left half-made; whoever reads one reads it to its end."""
    for path in (home / FOLDER).glob("*"):
        if path != but and path.suffix == ".zip":
            path.unlink(missing_ok=True)
    for path in (home / FOLDER).glob(".making-*"):
        shutil.rmtree(path, ignore_errors=True)
