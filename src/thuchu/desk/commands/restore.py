"""`thuchu restore`, second half: what was put in place is brought to this version, indexed, and its ledger verified."""

from thuchu.desk.commands.ready import ready
from thuchu.desk.ledger.verify import verify_ledger


def finish() -> int:
    """Make the restored home ready."""
    ready()
    head = verify_ledger()
    print(f"The ledger holds: {head.seq} entries, the last one {head.hash.hex()[:12]}…")
    return 0
