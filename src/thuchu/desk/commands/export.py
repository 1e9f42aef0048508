"""`thuchu export`: the library's fact-checks, in a form that `thuchu import` reads, or everything public as a dump."""

import os
import sys
from pathlib import Path

from thuchu.claimreview import write_csv, write_feed, write_jsonl
from thuchu.desk.commands.progress import bar
from thuchu.desk.commands.ready import ready
from thuchu.desk.dump.write import CannotWriteDump, write_dump
from thuchu.desk.library.exporting import records

_WRITERS = {"jsonl": write_jsonl, "feed": write_feed, "csv": write_csv}


def run(form: str, output: Path | None) -> int:
    """Write every fact-check; a file is put in place only when it is whole."""
    ready()
    write = _WRITERS[form]
    if output is None:
        write(records(), sys.stdout.buffer)
        return 0
    scratch = output.with_name(f"{output.name}.{os.getpid()}.part")
    try:
        with scratch.open("wb") as file:
            write(records(), file)
        scratch.replace(output)
    finally:
        scratch.unlink(missing_ok=True)
    return 0


def public(folder: Path) -> int:
    """Write the dump, and say up to which entry it goes."""
    ready()
    try:
        with bar("Writing the public dump") as shown:
            made = write_dump(folder, report=shown.to)
    except CannotWriteDump as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{folder}: everything public up to entry {made.head.seq}, {made.head.hash.hex()}.")
    print(f"Anybody can check it: thuchu recompute {folder}")
    return 0
