"""Documents made in a process of their own, and kept under the SHA-256 of their bytes.

`reviews` calls `made` from a job, never from a page: typesetting takes memory and time, and what takes too much ends
there.  A file that has its name is whole; no file is ever written over, so whatever happens to a new edition, the old
one stays as it was and where it was.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import thuchu
from thuchu.documents.child import CPU_SECONDS_MAX, EXIT_NO_MEMORY, EXIT_REFUSED, MEMORY_BYTES_MAX
from thuchu.documents.passing import packed
from thuchu.documents.rendering import Format
from thuchu.documents.tree import Document, Language
from thuchu.matching.durable import sync_folder

# In the desk's home.
FOLDER = "papers"
# The child has as many seconds of processor; where others need the machine, it is given no more of the clock.
WALL_SECONDS_MAX = 60.0
_MEGABYTE = 1024 * 1024
_CHARS_OF_A_REASON_MAX = 500
_OWNER_ONLY = 0o700
_UNFINISHED = ".unfinished-"
_DIGEST = re.compile(r"[0-9a-f]{64}")
# Two letters a folder: 256 of them, each of a size that every file system likes.
_FOLDER_LETTERS = 2

# The child runs the very code that this process runs, wherever that was taken from, and sees no setting of ours.
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); from thuchu.documents.child import main; sys.exit(main(sys.argv[2]))"
)
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
    """No file came of it, and none was changed; the sentence says which, why, and what to do."""

    def __init__(self, document: Document, format: Format, why: str) -> None:
        super().__init__(f"{document.kind} ({document.language}) as {format} was not made: {why}")
        self.kind = document.kind
        self.format = format
        self.why = why


class PaperGone(Exception):
    """The file of an edition isn't there, or is no longer what it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One file of one document; `sha256` is its name and its proof."""

    format: Format
    language: Language
    sha256: str
    size: int


def made(document: Document, formats: Iterable[Format], folder: Path) -> tuple[Edition, ...]:
    """Every format kept in `folder`, or none of them; raises PaperNotMade.

    The same document again gives the same editions and writes nothing anew.
    """
    bodies = [(format, render(document, format)) for format in formats]
    _tidy(folder)
    return tuple(
        Edition(format=format, language=document.language, sha256=keep(folder, body), size=len(body))
        for format, body in bodies
    )


def render(document: Document, format: Format, *, seconds: float = WALL_SECONDS_MAX) -> bytes:
    """The file's bytes, made by a child within its limits; raises PaperNotMade."""
    command = [sys.executable, "-I", "-X", "utf8", "-c", _CHILD, _CODE, format]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and module; the format is one of four)
            command,
            input=packed(document),
            capture_output=True,
            timeout=seconds,
            env=_ENVIRONMENT,
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PaperNotMade(document, format, f"it took longer than {seconds:.0f} seconds. {_SMALLER}") from None
    if done.returncode == 0:
        return done.stdout
    raise PaperNotMade(document, format, _why(done))


_SMALLER = "Try again later; if it stays so, the document is too large: leave long tables to their CSV."


def _why(done: "subprocess.CompletedProcess[bytes]") -> str:
    said = done.stdout.decode("utf-8", "replace")[:_CHARS_OF_A_REASON_MAX]
    last_line = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:_CHARS_OF_A_REASON_MAX]
    if done.returncode == EXIT_REFUSED:
        return said
    if done.returncode == EXIT_NO_MEMORY or "memory" in last_line.lower():
        return f"it needed more than {MEMORY_BYTES_MAX // _MEGABYTE} MB. {_SMALLER}"
    if done.returncode < 0:
        # The kernel ends who is over the processor's seconds, and a library that finds no memory ends itself.
        return (
            f"its process was ended by signal {-done.returncode}, as happens after {CPU_SECONDS_MAX} seconds of "
            f"processor or beyond {MEMORY_BYTES_MAX // _MEGABYTE} MB. {_SMALLER}"
        )
    return f"its process failed: {last_line or done.returncode}"


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
