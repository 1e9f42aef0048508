"""Room `dump`: a desk's public ledger with its tables as a folder of files, read and checked by whoever has a copy.

Enters: a folder.  Leaves: whether its files, its chain and every status in it hold, and where they don't.
Never here: the desk that wrote it, its database, a clock.
"""

from thuchu.dump.errors import DumpBroken, DumpError, EndsEarlier, NotADump, OtherRules
from thuchu.dump.manifest import Manifest
from thuchu.dump.recompute import Difference, Recomputed, recompute
from thuchu.dump.verify import check_chain, check_files

__all__ = [
    "Difference",
    "DumpBroken",
    "DumpError",
    "EndsEarlier",
    "Manifest",
    "NotADump",
    "OtherRules",
    "Recomputed",
    "check_chain",
    "check_files",
    "recompute",
]
