"""`thuchu recompute` and `thuchu ledger verify`: checking a desk's public data, with NumPy and nothing else."""

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from thuchu.watching import Watching

if TYPE_CHECKING:
    from thuchu.log.chain import Head

# More than these are one mistake met again and again.
DIFFERENCES_SHOWN_MAX = 100
# A dump is older than the pages: whoever compares with a head of today is told that, and not that the ledger is broken.
ENDS_EARLIER = 3
# As pages print it at their foot, or whole; the first twelve digits are hard enough to meet on purpose.
_HEAD = re.compile(r"(\d{1,15}):((?:[0-9a-fA-F]{2}){6,32})", re.ASCII)
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_commands(
    commands: _Commands, shared: argparse.ArgumentParser, of_the_desk: "Callable[[Head | None], int]"
) -> None:
    """recompute, ledger verify; `of_the_desk` verifies the ledger of the desk in the home."""
    again = commands.add_parser("recompute", help="compute every status of a public dump again, and compare")
    again.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder of a dump, as `thuchu export --public` writes it"
    )
    again.add_argument("--last", type=_count, metavar="N", help="only the last N rounds; all unless said")
    again.add_argument(
        "--only-rounds",
        action="store_true",
        help="leave out digests and chain: lines of entries may be shuffled, rater numbers renamed one for one",
    )
    again.set_defaults(run=_recompute)

    ledger = commands.add_parser("ledger", parents=[shared], help="the public ledger")
    steps = ledger.add_subparsers(required=True, metavar="STEP")
    verify = steps.add_parser("verify", parents=[shared], help="follow the chain from its first entry to its last")
    verify.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="the folder of a dump; the desk's own ledger unless said"
    )
    verify.add_argument("--head", type=_head, metavar="SEQ:HASH", help="a head that was written down earlier")
    verify.set_defaults(run=lambda options: _verify(options, of_the_desk))


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 up")
    return int(text)


def _head(text: str) -> "Head":
    from thuchu.log.chain import Head

    named = _HEAD.fullmatch(text)
    if named is None or int(named[1]) == 0:
        raise argparse.ArgumentTypeError(
            f"{text} is no head: write the entry's number, a colon, and 12 to 64 digits of its hash"
        )
    return Head(int(named[1]), bytes.fromhex(named[2]))


def _recompute(options: argparse.Namespace) -> int:
    from thuchu.dump import DumpError, NotADump, recompute

    try:
        with Watching() as watching:
            done = recompute(options.folder, only_rounds=options.only_rounds, last=options.last, say=watching)
    except NotADump as error:
        print(_plain(error), file=sys.stderr)
        return 2
    except DumpError as error:
        print(f"The dump doesn't hold: {_plain(error)}", file=sys.stderr)
        return 1
    for difference in done.differences[:DIFFERENCES_SHOWN_MAX]:
        print(_plain(difference))
    if len(done.differences) > DIFFERENCES_SHOWN_MAX:
        print(f"… and {len(done.differences) - DIFFERENCES_SHOWN_MAX} more.")
    if done.checked is not None:
        head = done.checked.manifest.head
        print(f"{_plain(done.checked.manifest.desk)}: files and chain hold up to entry {head.seq}, {head.hash.hex()}.")
    else:
        print("Files and chain were not looked at.")
    compared = f"{done.rounds} rounds computed again, {done.statuses} statuses compared"
    if done.differences:
        print(f"{compared}: {len(done.differences)} differ.")
        return 1
    print(f"{compared}: all as published.")
    return 0


def _plain(what: object) -> str:
    """In characters that only show: a dump may come from anybody, and a terminal does what some characters say."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in str(what))


def _verify(options: argparse.Namespace, of_the_desk: "Callable[[Head | None], int]") -> int:
    if options.folder is None:
        return of_the_desk(options.head)
    from thuchu.dump import DumpError, EndsEarlier, NotADump, check_chain

    try:
        with Watching() as watching:
            head = check_chain(options.folder, known=options.head, say=watching)
    except NotADump as error:
        print(_plain(error), file=sys.stderr)
        return 2
    except EndsEarlier as earlier:
        print(
            f"The dump holds, without gaps, up to entry {earlier.seq}. It ends before entry {earlier.wanted}, so it "
            "can't say whether that one is still as you wrote it down: take a newer dump. Where a newer one ends "
            "before it, too, the ledger has lost entries.",
            file=sys.stderr,
        )
        return ENDS_EARLIER
    except DumpError as error:
        print(f"The ledger doesn't hold: {_plain(error)}", file=sys.stderr)
        return 1
    print(f"The ledger holds, without gaps, up to entry {head.seq}.")
    print(f"Write this down, to compare later: {head.seq}:{head.hash.hex()}")
    return 0
