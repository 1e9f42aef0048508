"""Captures on disk: each file's name is the SHA-256 of its bytes, so none can be changed unnoticed.

A file is written beside its place, flushed to the disk, and only then given its name: a name that exists is whole, at
whatever line the machine stops.  The same bytes are kept once.  What lies here is foreign and was scrubbed by nobody:
it is never served, linked or rendered; pages show the quoted sentence, scrubbed (DESIGN rule 3).
"""

import contextlib
import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from thuchu.desk.evidence.refusals import SnapshotDamaged, SnapshotMissing
from thuchu.matching.durable import sync_folder

_DIGEST = re.compile(r"[0-9a-f]{64}")
# Enough letters to tell a digest from all others by eye, in a sentence.
_DIGEST_SHOWN = 12
# Two letters a folder: 256 of them, each of a size that every file system likes.
_FOLDER_LETTERS = 2
_UNFINISHED = ".unfinished-"
# In the desk's home.
FOLDER = "captures"
_OWNER_ONLY = 0o700


class Snapshots:
    """All captures and extracted texts under one folder.  Processes may share it; nothing is ever written over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, body: bytes) -> str:
        """The digest of `body`, which is on the disk when this returns.  A damaged copy is mended.

        A file that was there counts as kept anew: cleaning leaves it a day for the row that is about to name it.
        """
        digest = hashlib.sha256(body).hexdigest()
        place = self._place(digest)
        self._make_folder(place.parent)
        with self._locked(fcntl.LOCK_SH):
            with contextlib.suppress(FileNotFoundError):
                os.utime(place)
            if not self.is_whole(digest):
                self._write(place, body)
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes under `digest`, hashed anew; raises SnapshotMissing, SnapshotDamaged."""
        if not _DIGEST.fullmatch(digest):
            raise SnapshotMissing(digest=digest[:_DIGEST_SHOWN])
        try:
            body = self._place(digest).read_bytes()
        except FileNotFoundError:
            raise SnapshotMissing(digest=digest[:_DIGEST_SHOWN]) from None
        if hashlib.sha256(body).hexdigest() != digest:
            raise SnapshotDamaged(digest=digest[:_DIGEST_SHOWN])
        return body

    def is_whole(self, digest: str) -> bool:
        """Whether the file is there and still what it was."""
        try:
            self.read(digest)
        except (SnapshotMissing, SnapshotDamaged):
            return False
        return True

    def digests(self) -> Iterator[str]:
        """The name of every file, in order; reads none."""
        for path in sorted(self._folder.glob("??/*")):
            digest = path.parent.name + path.name
            if _DIGEST.fullmatch(digest):
                yield digest

    def holds(self, digest: str) -> bool:
        """Whether there is a file under `digest`; reads none."""
        return bool(_DIGEST.fullmatch(digest)) and self._place(digest).is_file()

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """Digests of the files that nobody kept since `moment`, in order; reads none."""
        for digest in self.digests():
            with contextlib.suppress(FileNotFoundError):
                if self._place(digest).stat().st_mtime < moment.timestamp():
                    yield digest

    def remove(self, digest: str, *, before: datetime) -> bool:
        """Takes the file away unless it was kept since `before`; False where it was, or is no more."""
        place = self._place(digest)
        # Nobody keeps the file between the look at its age and its end.
        with contextlib.suppress(FileNotFoundError), self._locked(fcntl.LOCK_EX):
            if place.stat().st_mtime < before.timestamp():
                place.unlink()
                return True
        return False

    def damaged(self) -> Iterator[str]:
        """Digests of the files that are no longer what they were."""
        return (digest for digest in self.digests() if not self.is_whole(digest))

    def sweep(self, *, before: datetime) -> int:
        """Removes what writers that were stopped before then left unfinished; how many."""
        removed = 0
        for path in self._folder.glob(f"??/{_UNFINISHED}*"):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    removed += 1
        return removed

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:_FOLDER_LETTERS] / digest[_FOLDER_LETTERS:]

    @contextlib.contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        """Keepers share the lock, cleaning has it alone; the system frees it when a process ends."""
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, how)
            yield
        finally:
            os.close(handle)

    def _write(self, place: Path, body: bytes) -> None:
        handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            # Stopped here: an unfinished file that `sweep` removes; nobody was told of the digest.
            Path(unfinished).replace(place)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        # Stopped here: whole, perhaps without its name after a power cut; nobody was told of the digest.
        sync_folder(place.parent)

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
        self._folder.chmod(_OWNER_ONLY)
        sync_folder(self._folder)
        sync_folder(self._folder.parent)
