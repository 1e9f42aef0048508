"""What a foreign file says, read by a child process that may do nothing else (`reader`).

Foreign files make parsers loop, swell and crash, and sometimes do worse.  So the desk's own process never parses one:
it starts a child without environment, feeds it, waits so long and no longer, takes so much and no more, and checks
what comes back as it would a stranger's word.  Whatever happens to the child, the caller sees a Reading or a
ReadRefused.
"""

import base64
import binascii
import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
import unicodedata
from dataclasses import dataclass, field
from typing import IO, Any, cast

from thuchu.desk.evidence.refusals import NotReadable, PictureTooLarge, ReaderStopped, TooLarge, TypeRefused

MEGABYTE = 1024 * 1024
FILE_BYTES_MAX = 10 * MEGABYTE
# Starting takes a tenth of a second for a page, a third for a picture; of processor time the child has 10 seconds.
WALL_SECONDS_MAX = 20.0
# A million characters, each escaped as six, and a picture.
ANSWER_BYTES_MAX = 24 * MEGABYTE
TEXT_CHARS_MAX = 1_000_000
TITLE_CHARS_MAX = 300
PICTURE_MEGAPIXELS_MAX = 50

# Which module a child runs for a type: a process knows the one parser that it needs.
_READERS = {
    "text/html": "foreign_page",
    "application/xhtml+xml": "foreign_page",
    "text/plain": "foreign_page",
    "application/pdf": "foreign_pdf",
    "image/jpeg": "foreign_picture",
    "image/png": "foreign_picture",
    "image/webp": "foreign_picture",
}
_EXIT_NOT_READABLE = 3
_EXIT_PICTURE_TOO_LARGE = 4
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file says.  Foreign words: scrub them before anybody but the contributor sees them.

    title    one line of at most 300 characters; "" where there is none
    text     NFC, a line a block; "" for a picture and for a PDF of pictures
    is_cut   the file said more than a million characters
    picture  JPEG made anew, without EXIF; None for anything but a picture
    """

    title: str
    text: str
    is_cut: bool = False
    picture: bytes | None = field(default=None, repr=False)


def read_file(body: bytes, content_type: str, charset: str = "", *, seconds: float = WALL_SECONDS_MAX) -> Reading:
    """What `body` says, as the type it is said to be; raises TypeRefused or a ReadRefused."""
    if content_type not in _READERS:
        raise TypeRefused
    if len(body) > FILE_BYTES_MAX:
        raise TooLarge(megabytes=FILE_BYTES_MAX // MEGABYTE)
    module = f"thuchu.desk.evidence.{_READERS[content_type]}"
    command = ["-m", module, content_type, charset[:40].replace("\0", "")]
    return _believed(run_child(command, body, seconds))


def run_child(command: list[str], body: bytes, seconds: float) -> bytes:
    """What a Python child says when it is fed `body`; raises a ReadRefused.  Killed when time or bytes run out.

    The child sees no environment: no settings, no secrets, no proxy.
    """
    child = subprocess.Popen(  # noqa: S603 (our own interpreter and module; the type is one of seven)
        [sys.executable, "-I", "-X", "utf8", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    )
    try:
        threading.Thread(target=_feed, args=(child, body), daemon=True).start()
        end = time.monotonic() + seconds
        answer = _answer(child, end)
        code = child.wait(timeout=max(0.0, end - time.monotonic()))
    except (subprocess.TimeoutExpired, TimeoutError):
        raise ReaderStopped from None
    finally:
        _end(child)
    if code == _EXIT_NOT_READABLE:
        raise NotReadable
    if code == _EXIT_PICTURE_TOO_LARGE:
        raise PictureTooLarge(megapixels=PICTURE_MEGAPIXELS_MAX)
    if code != 0:
        raise ReaderStopped
    return answer


def _feed(child: "subprocess.Popen[bytes]", body: bytes) -> None:
    """In a thread of its own: a child that doesn't read must not hold us, and a child that is gone is no error here."""
    with contextlib.suppress(OSError, ValueError), cast("IO[bytes]", child.stdin) as stdin:
        stdin.write(body)


def _answer(child: "subprocess.Popen[bytes]", end: float) -> bytes:
    """All that the child says; raises TimeoutError where it says too much or for too long."""
    stdout = cast("IO[bytes]", child.stdout).fileno()
    answer = bytearray()
    with selectors.DefaultSelector() as ready:
        ready.register(stdout, selectors.EVENT_READ)
        while len(answer) <= ANSWER_BYTES_MAX:
            left = end - time.monotonic()
            if left <= 0 or not ready.select(left):
                raise TimeoutError
            piece = os.read(stdout, 65_536)
            if not piece:
                return bytes(answer)
            answer += piece
    raise TimeoutError


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    child.wait(timeout=10)
    cast("IO[bytes]", child.stdout).close()


def _believed(answer: bytes) -> Reading:
    """The child's answer, where it has the form agreed on; a child that was taken over may say anything."""
    try:
        said: Any = json.loads(answer)
        title, text, is_cut, picture = said["title"], said["text"], said["is_cut"], said.get("picture")
        pixels = None if picture is None else base64.b64decode(picture, validate=True)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error):
        raise ReaderStopped from None
    if not (_is_text(title, TITLE_CHARS_MAX) and _is_text(text, TEXT_CHARS_MAX) and isinstance(is_cut, bool)):
        raise ReaderStopped
    if pixels is not None and not pixels.startswith(_JPEG):
        raise ReaderStopped
    return Reading(title=title, text=text, is_cut=is_cut, picture=pixels)


def _is_text(said: object, chars_max: int) -> bool:
    """A text of at most so many characters, in NFC, that can be stored."""
    if not isinstance(said, str) or len(said) > chars_max or "\0" in said:
        return False
    return unicodedata.is_normalized("NFC", said) and _is_utf8(said)


def _is_utf8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
