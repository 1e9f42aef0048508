"""`thuchu review recompute`: a review's figures computed again from a dump, with NumPy and nothing else."""

import argparse
import sys
from pathlib import Path
from typing import TypeAlias

from thuchu.watching import Watching

# More than these are one mistake met again and again.
DIFFERENCES_SHOWN_MAX = 100
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_commands(steps: _Commands) -> None:
    """recompute."""
    again = steps.add_parser("recompute", help="compute a review's figures again from a dump, and compare")
    again.add_argument("review", metavar="REVIEW", help="its name, as in its address: 2026-q1")
    again.add_argument(
        "--dump",
        type=Path,
        required=True,
        metavar="DIR",
        help="the folder of a dump, as `thuchu export --public` writes it",
    )
    again.set_defaults(run=_recompute)


def _recompute(options: argparse.Namespace) -> int:
    from thuchu.dump import DumpError, NotADump
    from thuchu.figures.recompute import NoSuchReview, recompute

    try:
        with Watching() as watching:
            done = recompute(options.dump, options.review, say=watching)
    except (NotADump, NoSuchReview) as error:
        print(_plain(error), file=sys.stderr)
        return 2
    except DumpError as error:
        print(f"The dump doesn't hold: {_plain(error)}", file=sys.stderr)
        return 1
    for difference in done.differences[:DIFFERENCES_SHOWN_MAX]:
        print(_plain(difference))
    if len(done.differences) > DIFFERENCES_SHOWN_MAX:
        print(f"… and {len(done.differences) - DIFFERENCES_SHOWN_MAX} more.")
    frozen = f"{_plain(done.snapshot.review)}, frozen at entry {done.snapshot.ledger_number}"
    compared = f"{frozen}: {done.public} figures computed from entries, {done.attested} from tables of the desk"
    if done.differences:
        print(f"{compared}: {len(done.differences)} differ.")
        return 1
    print(f"{compared}: all as published.")
    return 0


def _plain(what: object) -> str:
    """In characters that only show: a dump may come from anybody, and a terminal does what some characters say."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in str(what))
