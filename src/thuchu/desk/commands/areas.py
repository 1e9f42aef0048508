"""`thuchu areas load`: the tree of areas from a file, with every wrong line and what is wanted there."""

import sys
from pathlib import Path

from django.utils import timezone

from thuchu.desk.claims.areas import VIET_NAM, BadAreas, load_areas
from thuchu.desk.commands.ready import ready


def load(file: Path | None) -> int:
    """Load a file, or the one that ships with us; 1 when a line of it is wrong: then nothing of it is loaded."""
    ready()
    path = file or VIET_NAM
    try:
        loaded = load_areas(path, now=timezone.now())
    except OSError as error:
        print(f"{path}: {error.strerror}", file=sys.stderr)
        return 1
    except BadAreas as error:
        for line in error.lines:
            print(f"{path}, {line}", file=sys.stderr)
        print(f"{path}: nothing was loaded; mend {len(error.lines)} lines and load it again.", file=sys.stderr)
        return 1
    print(f"{path.name}: {loaded.added} areas added, {loaded.changed} changed, {loaded.unchanged} as they were.")
    return 0
