"""`thuchu commitments`: the register in lines, or as CSV."""

import sys
from collections.abc import Sequence

from django.utils import timezone

from thuchu.desk.commands.ready import ready
from thuchu.desk.commitments.exporting import as_csv
from thuchu.desk.commitments.models import OPEN_STATES
from thuchu.desk.commitments.reads import CommitmentView, register

OPEN = "open"
# A line of a terminal; the page and the CSV have all of it.
TEXT_CHARS_SHOWN = 60


def run(*, state: str, owner: str, csv: bool) -> int:
    """Print those that are in this state and owned by this owner; all of them for ""."""
    ready()
    views = [each for each in register(now=timezone.now()) if _is_wanted(each, state, owner)]
    if csv:
        sys.stdout.buffer.write(as_csv(views, language="vi"))
        return 0
    for line in _lines(views):
        print(line)
    return 0


def _is_wanted(view: CommitmentView, state: str, owner: str) -> bool:
    states = OPEN_STATES if state == OPEN else (state,)
    return (not state or view.state in states) and owner in ("", view.owner_code)


def _lines(views: Sequence[CommitmentView]) -> list[str]:
    if not views:
        return ["No commitment like this."]
    return [_line(each) for each in views]


def _line(view: CommitmentView) -> str:
    late = f" {view.timeliness.days} d" if view.timeliness.days else ""
    moved = f" (first {view.original_due_on:%Y-%m-%d})" if view.is_extended else ""
    text = view.text if len(view.text) <= TEXT_CHARS_SHOWN else view.text[:TEXT_CHARS_SHOWN] + "…"
    stands = f"{view.state}, {view.timeliness.code}{late}"
    return f"{view.number}  {view.due_on:%Y-%m-%d}{moved}  {stands}  {view.owner_code}: {text}"
