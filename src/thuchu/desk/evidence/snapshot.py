"""Captures on disk: each file's name is the SHA-256 of its bytes, so none can be changed unnoticed.

A file is written beside its place, flushed to the disk, and only then given its name: a name that exists is whole, at
whatever line the machine stops.  The same bytes are kept once.  What lies here is foreign and was scrubbed by nobody:
it is never served, linked or rendered; pages show the quoted sentence, scrubbed (DESIGN rule 3).
"""

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from thuchu.desk.evidence.fetch import Fetched
from thuchu.desk.evidence.refusals import SnapshotDamaged, SnapshotMissing
from thuchu.privacy import CleanText, require_clean

_DIGEST = re.compile(r"[0-9a-f]{64}")
# Enough letters to tell a digest from all others by eye, in a sentence.
_DIGEST_SHOWN = 12
# Two letters a folder: 256 of them, each of a size that every file system likes.
_FOLDER_LETTERS = 2
_UNFINISHED = ".unfinished-"
_OWNER_ONLY = 0o700


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a capture's bytes came from.

    address, final_address  before and after redirects; "" for an upload, unless the contributor says where it stood
    status                  of the site's answer; 0 for an upload
    is_upload               a copy by the contributor's hand: nobody but they saw it on the site
    """

    address: str = ""
    final_address: str = ""
    status: int = 0
    content_type: str
    is_upload: bool = False

    @classmethod
    def of_page(cls, page: Fetched) -> Self:
        """The source of a page that the wire brought."""
        return cls(
            address=page.address,
            final_address=page.final_address,
            status=page.status,
            content_type=page.content_type,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The record of one capture, itself kept by its digest.

    captured_at  UTC, ISO 8601, to the second
    title        scrubbed
    body         digest of the bytes as they came
    text         digest of the extracted text in UTF-8, kept beside it: quotes are anchored in exactly this text
    """

    address: str
    final_address: str
    status: int
    content_type: str
    is_upload: bool
    captured_at: str
    title: str
    body: str
    text: str


class Snapshots:
    """All captures under one folder of the desk's home.  Processes may share it; nothing is ever written over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep_capture(
        self, body: bytes, text: str, source: Source, *, title: CleanText, captured_at: datetime
    ) -> tuple[str, Capture]:
        """Keeps bytes, text and record; the record's digest, and the record.

        Stopped between two of the files, the ones before lie there unnamed by any record and hurt nobody.
        """
        capture = Capture(
            **asdict(source),
            captured_at=captured_at.astimezone(UTC).isoformat(timespec="seconds"),
            title=require_clean(title).text,
            body=self.keep(body),
            text=self.keep(text.encode("utf-8")),
        )
        record = json.dumps(asdict(capture), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return self.keep(record.encode("utf-8")), capture

    def read_capture(self, digest: str) -> Capture:
        """The record under `digest`; raises SnapshotMissing, SnapshotDamaged."""
        return Capture(**json.loads(self.read(digest)))

    def keep(self, body: bytes) -> str:
        """The digest of `body`, which is on the disk when this returns.  A damaged copy is mended."""
        digest = hashlib.sha256(body).hexdigest()
        if not self.is_whole(digest):
            self._write(self._place(digest), body)
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

    def _write(self, place: Path, body: bytes) -> None:
        self._make_folder(place.parent)
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
        _flush_folder(place.parent)

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
        self._folder.chmod(_OWNER_ONLY)
        _flush_folder(self._folder)
        _flush_folder(self._folder.parent)


def _flush_folder(folder: Path) -> None:
    """A new name outlives a power cut only when its folder is flushed, too."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
