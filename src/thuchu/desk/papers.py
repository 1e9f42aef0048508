"""Documents made in a process of their own, and kept under the SHA-256 of their bytes.

`editions` calls `made` from a job, never from a page: typesetting takes memory and time, and what takes too much ends
there.  One process makes all that is asked for at once; when it ends before its time, the file that it was at is not
made, and another process goes on with the next one.  A file that has its name is whole; no file is ever written over,
so whatever happens to a new edition, the old one stays as it was and where it was.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import thuchu
from thuchu.desk.marking import gettext_noop
from thuchu.documents.child import (
    EXIT_NO_MEMORY,
    MADE,
    MEMORY_BYTES_MAX,
    SECONDS_MAX,
    SECONDS_OF_ALL_MAX,
    answers,
    asked,
)
from thuchu.documents.passing import packed
from thuchu.documents.tree import Document, Format, Language
from thuchu.matching.durable import sync_folder

# In the desk's home.
FOLDER = "papers"
_MEGABYTE = 1024 * 1024
_CHARS_OF_A_REASON_MAX = 500
_OWNER_ONLY = 0o700
_UNFINISHED = ".unfinished-"
_DIGEST = re.compile(r"[0-9a-f]{64}")
# Two letters a folder: 256 of them, each of a size that every file system likes.
_FOLDER_LETTERS = 2

# What Python and typst say before they give up.
_NO_MEMORY = re.compile(r"MemoryError|memory allocation of \d+ bytes failed|[Cc]annot allocate memory")

# The child runs the very code that this process runs, wherever that was taken from, and sees no setting of ours.
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from thuchu.documents.child import main; sys.exit(main())"
_CODE = str(Path(thuchu.__file__).parents[1])
_ENVIRONMENT = {
    # One thread and one heap: the same order on every machine, and no address space for cores that aren't used.
    "RAYON_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    # A process without these may look for them in the user's own folders.
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}


class PaperNotMade(Exception):
    """No file came of it, and none was changed.

    `message % values` says why and what to do, in a sentence that pages translate; `str()` is for logs and says which
    document, too.  `code` may stand in rows: it is never renamed.
    """

    code: ClassVar[str] = ""
    message: ClassVar[str] = ""

    def __init__(self, document: Document, format: Format, **values: str | int) -> None:
        said = self.message % values
        super().__init__(f"{document.kind} ({document.language}) as {format} was not made: {said}")
        self.kind = document.kind
        self.format = format
        self.values = values


class TookTooLong(PaperNotMade):
    """Longer than `seconds` by the clock."""

    code = "too_long"
    message = gettext_noop(
        "It took longer than %(seconds)s seconds. Try again later; if it stays so, the document is too large: "
        "leave long tables to their CSV file."
    )


class NeededTooMuch(PaperNotMade):
    """More memory than `megabytes`."""

    code = "too_much_memory"
    message = gettext_noop(
        "It needed more than %(megabytes)s MB of memory. The document is too large: "
        "leave long tables to their CSV file."
    )


class WasEnded(PaperNotMade):
    """The system ended its process by `signal`: as it does beyond the processor's seconds, or on somebody's word."""

    code = "ended"
    message = gettext_noop(
        "The system ended the process that made it (signal %(signal)s), as it does after %(seconds)s seconds of work. "
        "Try again later; if it stays so, leave long tables to their CSV file."
    )


class TreeRefused(PaperNotMade):
    """What was to be shown lacks something; `what` says where, in a developer's words."""

    code = "refused"
    message = gettext_noop("Something in it is missing or can't be shown: %(what)s")


class ProcessFailed(PaperNotMade):
    """A fault of ours; `what` is the last that the process said."""

    code = "failed"
    message = gettext_noop(
        "The process that made it failed: %(what)s. This is a fault of ours; tell whoever runs the desk."
    )


class PaperGone(Exception):
    """The file of an edition isn't there, or is no longer what it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One file of one document; `sha256` is its name and its proof."""

    format: Format
    language: Language
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document, and the formats that it is wanted in."""

    document: Document
    formats: Sequence[Format]


def made(wanted: Sequence[Wanted], folder: Path) -> list[tuple[Edition, ...] | PaperNotMade]:
    """Of each document every format, kept in `folder`; or why one isn't made, and none of that document is kept.

    The same documents again give the same editions and write nothing anew.
    """
    files = [(each.document, format) for each in wanted for format in each.formats]
    bodies = iter(render(files))
    done = [(each, [next(bodies) for _ in each.formats]) for each in wanted]
    _tidy(folder)
    return [_kept(each, found, folder) for each, found in done]


def _kept(wanted: Wanted, found: Sequence[bytes | PaperNotMade], folder: Path) -> tuple[Edition, ...] | PaperNotMade:
    failed = next((one for one in found if isinstance(one, PaperNotMade)), None)
    if failed is not None:
        return failed
    return tuple(
        Edition(format=format, language=wanted.document.language, sha256=keep(folder, body), size=len(body))
        for format, body in zip(wanted.formats, found, strict=True)
        if isinstance(body, bytes)
    )


def render(
    files: Sequence[tuple[Document, Format]], *, seconds: float = SECONDS_OF_ALL_MAX
) -> list[bytes | PaperNotMade]:
    """Of each file its bytes, made by a child within its limits, or why it isn't made.

    seconds  by the clock, for all of them
    """
    until = time.monotonic() + seconds
    found: list[bytes | PaperNotMade] = []
    while len(found) < len(files):
        left = files[len(found) :]
        answered, failed = _by_one_child(left, until - time.monotonic())
        found += answered
        if failed is None:
            continue
        if answered and isinstance(failed, NeededTooMuch):
            # What it made before may have taken the room; a fresh one tells.
            continue
        found.append(failed)
    return found


def _by_one_child(
    files: Sequence[tuple[Document, Format]], seconds: float
) -> tuple[list[bytes | PaperNotMade], PaperNotMade | None]:
    """What one child answered, in order, and why it ended before it was through; None where it wasn't."""
    command = [sys.executable, "-I", "-X", "utf8", "-c", _CHILD, _CODE]
    if seconds <= 0:
        return [], TookTooLong(*files[0], seconds=SECONDS_OF_ALL_MAX)
    with subprocess.Popen(  # noqa: S603 (our own interpreter and module, and nothing that anybody typed)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_ENVIRONMENT,
        cwd="/",
    ) as child:
        is_late = False
        try:
            said, complained = child.communicate(_requests(files), timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            said, complained = child.communicate()
            is_late = True
    answered: list[bytes | PaperNotMade] = [
        body if word == MADE else TreeRefused(*file, what=body.decode("utf-8", "replace")[:_CHARS_OF_A_REASON_MAX])
        for file, (word, body) in zip(files, answers(said), strict=False)
    ]
    if len(answered) == len(files):
        return answered, None
    file = files[len(answered)]
    if is_late:
        return answered, TookTooLong(*file, seconds=round(seconds))
    return answered, _why(*file, child.returncode, complained.decode("utf-8", "replace").strip())


def _requests(files: Sequence[tuple[Document, Format]]) -> bytes:
    return b"".join(asked(format, packed(document)) for document, format in files)


def _why(document: Document, format: Format, code: int, complained: str) -> PaperNotMade:
    if code == EXIT_NO_MEMORY or _NO_MEMORY.search(complained):
        return NeededTooMuch(document, format, megabytes=MEMORY_BYTES_MAX // _MEGABYTE)
    if code == -signal.SIGALRM:
        return TookTooLong(document, format, seconds=SECONDS_MAX)
    if code < 0:
        return WasEnded(document, format, signal=-code, seconds=SECONDS_MAX)
    last_line = complained.rpartition("\n")[2][:_CHARS_OF_A_REASON_MAX]
    return ProcessFailed(document, format, what=last_line or f"exit {code}")


def keep(folder: Path, body: bytes) -> str:
    """The digest of `body`, which is whole on the disk when this returns; a damaged copy is mended."""
    digest = hashlib.sha256(body).hexdigest()
    place = _place(folder, digest)
    with contextlib.suppress(PaperGone):
        read(folder, digest)
        return digest
    place.parent.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
    folder.chmod(_OWNER_ONLY)
    with _locked(folder, fcntl.LOCK_SH):
        handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            # Stopped here: an unfinished file that a later `made` removes; nobody was told of the digest.
            Path(unfinished).replace(place)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
    for written in (place.parent, folder, folder.parent):
        sync_folder(written)
    return digest


def read(folder: Path, sha256: str) -> bytes:
    """The bytes of an edition, hashed anew; raises PaperGone."""
    if not _DIGEST.fullmatch(sha256):
        raise PaperGone(f"“{sha256[:12]}” is no SHA-256")
    try:
        body = _place(folder, sha256).read_bytes()
    except FileNotFoundError:
        raise PaperGone(f"the file {sha256[:12]}… is missing; restore it from a backup") from None
    if hashlib.sha256(body).hexdigest() != sha256:
        raise PaperGone(f"the file {sha256[:12]}… is no longer what it was; restore it from a backup")
    return body


def size(folder: Path, sha256: str) -> int | None:
    """Bytes of an edition's file, unread; None where it isn't there."""
    try:
        return _place(folder, sha256).stat().st_size
    except FileNotFoundError:
        return None


def remove(folder: Path, sha256: str) -> None:
    """Take the file away for good; gone already is fine."""
    _place(folder, sha256).unlink(missing_ok=True)


def _place(folder: Path, digest: str) -> Path:
    return folder / digest[:_FOLDER_LETTERS] / digest[_FOLDER_LETTERS:]


def _tidy(folder: Path) -> None:
    """Remove what stopped writers left, unless somebody is writing just now."""
    if folder.is_dir():
        with contextlib.suppress(BlockingIOError), _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
            for path in folder.glob(f"??/{_UNFINISHED}*"):
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    """Writers share the lock, tidying has it alone; the system frees it when a process ends."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
