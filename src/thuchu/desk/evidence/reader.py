"""What a child process does that reads one foreign file and may do nothing else.

`foreign_page`, `foreign_pdf` and `foreign_picture` are run as `python -m … TYPE CHARSET`, one process a file, each with
the one parser its type needs.  The bytes come by standard input, the answer goes as JSON to standard output.  Before
the first foreign byte is looked at, the process gives up memory, time, files and new descriptors for good; whatever a
file makes of the parser after that has nothing to open, and no address to send to.  Started by `reading`, which
believes nothing that comes back.
"""

import json
import resource
import sys
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

# The largest picture takes 160 MB unpacked and as much again while it is turned.
MEMORY_BYTES_MAX = 768 * 1024 * 1024
# 500 pages of print in a PDF take one second, the largest picture three.
CPU_SECONDS_MAX = 10
# A novel. What stands behind it is not quoted.
TEXT_CHARS_MAX = 1_000_000
TITLE_CHARS_MAX = 300

# Exit codes that `reading` knows; any other one means that the process came to its limits or fell over.
EXIT_NOT_READABLE = 3
EXIT_PICTURE_TOO_LARGE = 4

Read = Callable[[bytes, str], dict[str, Any]]


class NotReadable(Exception):
    """The bytes are not what their type says."""


class PictureTooLarge(Exception):
    """More points than a picture may have."""


def give_up_everything() -> None:
    """No more memory, time, files or descriptors than a parser needs; there is no way back."""
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES_MAX,
        resource.RLIMIT_CPU: CPU_SECONDS_MAX,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        # What is open stays open; nothing can be opened any more, no file and no socket.
        resource.RLIMIT_NOFILE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def _kept(text: str, most: int) -> str:
    """In NFC, without what can't be stored or written as UTF-8."""
    plain = unicodedata.normalize("NFC", text[: 2 * most]).replace("\0", "")
    return plain.encode("utf-8", "replace").decode("utf-8")[:most]


def answer(readers: Mapping[str, Read], warm_up: Callable[[], None]) -> int:
    """Reads standard input as the type in the first argument, with the charset in the second; an exit code.

    warm_up  opens what the parsers open at their first use: afterwards nothing can be opened
    """
    content_type, charset = sys.argv[1], sys.argv[2]
    warm_up()
    unicodedata.normalize("NFC", "ế")
    give_up_everything()
    try:
        read = readers[content_type](sys.stdin.buffer.read(), charset)
    except NotReadable:
        return EXIT_NOT_READABLE
    except PictureTooLarge:
        return EXIT_PICTURE_TOO_LARGE
    whole_text = read["text"]
    read["title"] = _kept(" ".join(read["title"].split()), TITLE_CHARS_MAX)
    read["text"] = _kept(whole_text, TEXT_CHARS_MAX)
    read["is_cut"] = len(whole_text) > TEXT_CHARS_MAX
    sys.stdout.buffer.write(json.dumps(read).encode("ascii"))
    sys.stdout.buffer.flush()
    return 0
