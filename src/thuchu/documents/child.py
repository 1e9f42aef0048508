"""What the process does that makes files of documents, one after the other, each within its limits.

It gets formats and documents by standard input and answers with the files by standard output, in that order.  Before it
reads a word it gives up memory and time for good: a typesetter that swells or loops ends here and takes no page of the
desk with it.  What was written before is whole.  Started by whoever wants files (the desk's `papers`), which knows the
exit codes.
"""

import resource
import signal
import sys
from collections.abc import Iterator
from math import ceil
from typing import BinaryIO

# The largest paper measured, 4,000 rows of a register in eight whole tables, takes 560 MB and 9 seconds.
MEMORY_BYTES_MAX = 1024 * 1024 * 1024
# Of one file, by the processor and by the clock.
SECONDS_MAX = 60
# Of all that one process makes: the sixteen files of a review take some 3 seconds, so that a few may be the largest.
SECONDS_OF_ALL_MAX = 300
# Fonts, templates and the libraries' own parts are opened one after the other.
FILES_MAX = 64

EXIT_NO_MEMORY = 4
# How an answer begins: this file is here, or its document lacks something and what follows says what.
MADE, REFUSED = b"made", b"refused"


def give_up_most() -> None:
    """No more memory, time and files than documents need; there is no way back."""
    limits = {
        resource.RLIMIT_AS: (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX),
        resource.RLIMIT_CPU: (SECONDS_MAX, SECONDS_OF_ALL_MAX),
        # It writes to its standard output, which is a pipe, and to no file.
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (FILES_MAX, FILES_MAX),
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, most)


def main() -> int:
    """Reads standard input, writes standard output; an exit code."""
    give_up_most()
    # Taken in under the limits: what a library does at its first breath counts too.
    from thuchu.documents.errors import DocumentError
    from thuchu.documents.passing import unpacked
    from thuchu.documents.rendering import render
    from thuchu.documents.tree import FORMATS

    try:
        for format, body in _asked(sys.stdin.buffer):
            _begin_a_file()
            known = next(one for one in FORMATS if one == format)
            try:
                _answer(MADE, render(unpacked(body), known))
            except DocumentError as error:
                _answer(REFUSED, str(error).encode("utf-8", "replace"))
    except MemoryError:
        return EXIT_NO_MEMORY
    return 0


def asked(format: str, body: bytes) -> bytes:
    """How a file is asked for."""
    return f"{format} {len(body)}\n".encode() + body


def answers(said: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(MADE, the file) or (REFUSED, why) of each that was answered whole, in the order in which they were asked for."""
    place = 0
    while (end := said.find(b"\n", place)) >= 0:
        word, _, size = said[place:end].partition(b" ")
        place = end + 1 + int(size)
        if place > len(said):
            return
        yield word, said[end + 1 : place]


def _asked(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    while head := stream.readline():
        format, _, size = head.decode("ascii").partition(" ")
        yield format, stream.read(int(size))


def _begin_a_file() -> None:
    """Each has its own seconds: what is over is ended by a signal that nobody catches."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = ceil(used.ru_utime + used.ru_stime) + SECONDS_MAX
    resource.setrlimit(resource.RLIMIT_CPU, (min(until, SECONDS_OF_ALL_MAX), SECONDS_OF_ALL_MAX))
    signal.alarm(SECONDS_MAX)


def _answer(word: bytes, body: bytes) -> None:
    out = sys.stdout.buffer
    out.write(word + f" {len(body)}\n".encode())
    out.write(body)
    out.flush()
