"""entries.jsonl: what the ledger chains, whole, a line an entry."""

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from thuchu.dump import lines
from thuchu.dump.errors import DumpBroken
from thuchu.log.entry import Entry, NotCanonical, canonical_json

_FIELDS = frozenset({"seq", "time_ms", "kind", "subject", "body", "hash"})
_NUMBERS = "q"


def line_of(seq: int, time_ms: int, kind: str, subject: str, body: str, digest: bytes) -> bytes:
    """An entry's line; `body` is its canonical JSON as the ledger keeps it."""
    end = lines.written({"hash": digest.hex(), "kind": kind, "seq": seq, "subject": subject, "time_ms": time_ms})
    return b'{"body":' + body.encode() + b"," + end[1:]


def entry_of(path: Path, line: lines.Line) -> tuple[Entry, bytes]:
    """(entry, the hash it says) of a line, which must be canonical to the byte; raises DumpBroken."""
    value = lines.value(path, line)
    entry, digest = _entry(path, line, value)
    try:
        canonical = canonical_json(value)
    except NotCanonical as error:
        raise DumpBroken(path.name, line.number, str(error)) from None
    if canonical != line.text:
        raise DumpBroken(path.name, line.number, f"entry {entry.seq} isn't written in canonical form")
    return entry, digest


class InAnyOrder:
    """The entries of a file whose lines may have been shuffled, given back by number, as often as wanted.

    What is kept of each is its number and where it stands; hashes are not looked at.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._numbers, self._starts, self._places = array(_NUMBERS), array(_NUMBERS), array(_NUMBERS)
        for line in lines.read(path):
            entry, _ = _entry(path, line, lines.value(path, line))
            self._numbers.append(entry.seq)
            self._starts.append(line.start)
            self._places.append(line.number)
        self._order = sorted(range(len(self._numbers)), key=self._numbers.__getitem__)
        for expected, place in enumerate(self._order, 1):
            if self._numbers[place] != expected:
                raise DumpBroken(path.name, self._places[place], f"entry {expected} is missing, or another is doubled")

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Entry]:
        with self._path.open("rb") as file:
            for place in self._order:
                # In a file that nobody shuffled this is where it stands already.
                if file.tell() != self._starts[place]:
                    file.seek(self._starts[place])
                line = lines.Line(self._places[place], self._starts[place], file.readline()[:-1])
                yield _entry(self._path, line, lines.value(self._path, line))[0]


def _entry(path: Path, line: lines.Line, value: dict[str, Any]) -> tuple[Entry, bytes]:
    try:
        if set(value) != _FIELDS:
            raise ValueError(f"the fields are {sorted(value)}, an entry has {sorted(_FIELDS)}")
        seq, time_ms, digest = value["seq"], value["time_ms"], bytes.fromhex(value["hash"])
        if type(seq) is not int or type(time_ms) is not int or not 0 < seq < 2**53:
            raise ValueError("seq and time_ms are whole numbers, seq from 1")
        if not isinstance(value["kind"], str) or not isinstance(value["subject"], str):
            raise TypeError("kind and subject are text")
        if not isinstance(value["body"], dict):
            raise TypeError("the body is an object")
    except (ValueError, TypeError) as error:
        raise DumpBroken(path.name, line.number, f"no entry of a ledger ({error})") from None
    return Entry(seq, time_ms, value["kind"], value["subject"], value["body"]), digest
