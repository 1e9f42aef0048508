"""`thuchu holidays load`: a year's days off from a file, with every wrong line, its column and what is wanted there."""

import sys
from pathlib import Path

from django.utils import timezone

from thuchu.desk.commands.ready import ready
from thuchu.desk.inquiries.calendars import BadHolidays, load_holidays


def load(file: Path) -> int:
    """Load a file; 1 when a line of it is wrong: then nothing of it is loaded."""
    ready()
    try:
        loaded = load_holidays(file, now=timezone.now())
    except OSError as error:
        print(f"{file}: {error.strerror}", file=sys.stderr)
        return 1
    except BadHolidays as error:
        for line in error.lines:
            print(f"{file}, {line}", file=sys.stderr)
        print(f"{file}: nothing was loaded; mend {len(error.lines)} lines and load it again.", file=sys.stderr)
        return 1
    print(f"{file.name}: {loaded.days} days of {', '.join(map(str, loaded.years))}, in place of those there were.")
    return 0
