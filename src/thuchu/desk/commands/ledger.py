"""`thuchu ledger verify` over the desk's own database."""

import sys

from thuchu.desk.commands.progress import bar
from thuchu.desk.commands.ready import ready
from thuchu.desk.ledger.verify import unguarded, verify_ledger
from thuchu.log.chain import ChainBroken, Head


def verify(known: Head | None) -> int:
    """Follow the chain from its first entry, through a head that somebody wrote down, and print where it ends."""
    ready()
    try:
        with bar("Checking the chain") as shown:
            head = verify_ledger(known=known, report=shown.to)
    except ChainBroken as error:
        print(f"The ledger doesn't hold: {error}.", file=sys.stderr)
        return 1
    missing = unguarded()
    if missing:
        print(f"The database's own guards are missing: {', '.join(missing)}; see `thuchu doctor`.", file=sys.stderr)
        return 1
    print(f"The ledger holds, without gaps, up to entry {head.seq}.")
    print(f"Write this down, to compare later: {head.seq}:{head.hash.hex()}")
    return 0
