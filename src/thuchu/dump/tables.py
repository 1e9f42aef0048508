"""ratings.jsonl, rounds.jsonl and statuses.jsonl: what entries say, a line a fact, so that nobody must read entries.

The desk writes them by this, and whoever checks a dump compares them by this, line by line.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from thuchu.dump.lines import written
from thuchu.dump.manifest import RATINGS, ROUNDS, STATUSES
from thuchu.log.entry import Entry

# The kinds that lines are made of.
KINDS = ("ratings.entered", "round.held", "statuses.changed")
_OF_A_ROUND = ("up_to", "batch", "params", "ratings", "raters", "notes", "statuses_digest")


class Tables:
    """rounds  (number, up to which entry it counts), in the order they were held."""

    def __init__(self, rounds: Sequence[tuple[int, int]]) -> None:
        self._numbers = [number for number, _ in rounds]
        self._ends = [up_to for _, up_to in rounds]

    def lines_of(self, entry: Entry) -> Iterator[tuple[str, bytes]]:
        """(file, line) of everything that an entry adds; raises KeyError, TypeError, ValueError for an odd body."""
        body: Any = entry.body
        if entry.kind == "ratings.entered":
            counted = self._counted_in(entry.seq)
            for note, version, rater, rating, reasons in body["ratings"]:
                line = {"seq": entry.seq, "round": counted, "note": note, "version": version}
                yield RATINGS, written(line | {"rater": rater, "rating": rating, "reasons": reasons})
        elif entry.kind == "round.held":
            line = {"round": number_of(entry.subject), "seq": entry.seq, "time_ms": entry.time_ms}
            yield ROUNDS, written(line | {name: body[name] for name in _OF_A_ROUND})
        elif entry.kind == "statuses.changed":
            for note, version, status, rule in body["changes"]:
                line = {"round": number_of(entry.subject), "seq": entry.seq, "note": note, "version": version}
                yield STATUSES, written(line | {"status": status, "rule": rule})

    def _counted_in(self, seq: int) -> int | None:
        """The first round that counts this entry; None while none has."""
        place = bisect_left(self._ends, seq)
        return self._numbers[place] if place < len(self._numbers) else None


def number_of(subject: str) -> int:
    """12 of "round:12"; raises ValueError."""
    return int(subject.rpartition(":")[2])
