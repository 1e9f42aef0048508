"""What the process does that makes one file of one document, within its limits.

It gets the document as JSON by standard input and answers with the file by standard output.  Before it reads a word it
gives up memory and time for good: a typesetter that swells or loops ends here and takes no page of the desk with it.
Started by whoever wants a file (the desk's `papers`), which knows the exit codes.
"""

import resource
import sys

# The largest paper measured, 4,000 rows of a register in eight whole tables, takes 560 MB and 9 seconds.
MEMORY_BYTES_MAX = 1024 * 1024 * 1024
CPU_SECONDS_MAX = 60
# Fonts, templates and the libraries' own parts are opened one after the other.
FILES_MAX = 64

EXIT_REFUSED = 3
EXIT_NO_MEMORY = 4


def give_up_most() -> None:
    """No more memory, time and files than a document needs; there is no way back."""
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES_MAX,
        resource.RLIMIT_CPU: CPU_SECONDS_MAX,
        # It writes to its standard output, which is a pipe, and to no file.
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: FILES_MAX,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def main(format: str) -> int:
    """Reads standard input, writes standard output; an exit code."""
    give_up_most()
    # Taken in under the limits: what a library does at its first breath counts too.
    from thuchu.documents.errors import DocumentError
    from thuchu.documents.passing import unpacked
    from thuchu.documents.rendering import render
    from thuchu.documents.tree import FORMATS

    try:
        known = next(one for one in FORMATS if one == format)
        made = render(unpacked(sys.stdin.buffer.read()), known)
    except DocumentError as error:
        sys.stdout.buffer.write(str(error).encode("utf-8", "replace"))
        return EXIT_REFUSED
    except MemoryError:
        return EXIT_NO_MEMORY
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0
