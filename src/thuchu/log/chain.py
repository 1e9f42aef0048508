"""The chain of entries: each hash covers the one before, so that nothing can be changed, moved or left out unseen."""

from collections.abc import Iterable
from dataclasses import dataclass

from thuchu.log.entry import GENESIS, Entry, entry_hash


class ChainBroken(ValueError):
    """The first entry at which the chain does not hold, and how."""

    def __init__(self, seq: int, reason: str) -> None:
        super().__init__(f"entry {seq}: {reason}")
        self.seq = seq
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the last entry's number (0 when empty) and hash."""

    seq: int
    hash: bytes


EMPTY = Head(0, GENESIS)


def extend(head: Head, entry: Entry) -> Head:
    """The head after `entry`; raises ChainBroken when its number does not follow."""
    if entry.seq != head.seq + 1:
        raise ChainBroken(entry.seq, f"expected number {head.seq + 1}: an entry is missing, doubled or out of place")
    return Head(entry.seq, entry_hash(head.hash, entry))


def verify(rows: Iterable[tuple[Entry, bytes]], start: Head = EMPTY, *, known: Head | None = None) -> Head:
    """The head after all `rows` (entry, stored hash); raises ChainBroken at the first one that does not hold.

    known  a head that somebody wrote down earlier, or the beginning of its hash: the chain must pass through it
    """
    head = start
    for entry, stored in rows:
        head = extend(head, entry)
        if head.hash != stored:
            raise ChainBroken(entry.seq, "the stored hash is not the hash of this entry and the one before it")
        if known is not None and head.seq == known.seq:
            require_same(head, known)
    if known is not None and head.seq < known.seq:
        raise ChainBroken(known.seq, f"isn't there, but its hash was written down; the ledger ends with {head.seq}")
    return head


def require_same(head: Head, known: Head) -> None:
    """Is an entry the one that somebody wrote down, with its first digits at least? raises ChainBroken."""
    if not known.hash or not head.hash.startswith(known.hash):
        raise ChainBroken(
            head.seq,
            f"its hash is {head.hash.hex()}, but {known.hash.hex()} was written down: another ledger",
        )
