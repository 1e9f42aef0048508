"""`thuchu export`: the library's fact-checks, in a form that `thuchu import` reads."""

import os
import sys
from pathlib import Path

from thuchu.claimreview import write_csv, write_feed, write_jsonl
from thuchu.desk.commands.ready import ready
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
