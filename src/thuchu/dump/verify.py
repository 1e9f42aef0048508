"""Checking a dump without computing a status: the chain, the tables that follow from it, notes' words, digests."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from thuchu import consensus
from thuchu.dump import lines, manifest
from thuchu.dump.entries import entry_of
from thuchu.dump.errors import DumpBroken, EndsEarlier
from thuchu.dump.manifest import ENTRIES, NOTES, RATINGS, ROUNDS, RULES, STATUSES, Manifest
from thuchu.dump.tables import Tables, number_of
from thuchu.links import NotAnAddress, parse_address
from thuchu.log import chain
from thuchu.log.entry import Entry
from thuchu.rounds.evidence import chain_of

# Called with what is being done and how much of it is, 0.0 to 1.0.
Say = Callable[[str, float], None]
# What a dump says to its reader fits in some kilobytes.
README_BYTES_MAX = 100_000
# Between two calls of `say`.
SAY_EVERY_LINES = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """A dump whose files hold: the rounds in it as (number, up to which entry), in the order they were held."""

    manifest: Manifest
    rounds: tuple[tuple[int, int], ...]


def silent(_what: str, _share: float) -> None:
    """Says nothing."""


def check_chain(folder: Path, *, known: chain.Head | None = None, say: Say = silent) -> chain.Head:
    """The head of a dump's ledger, whose chain holds from the first entry on and passes through `known`.

    raises  NotADump, DumpBroken with the line of the first entry that doesn't hold, EndsEarlier where all that is there
            holds and `known` comes later
    """
    found = manifest.read_manifest(folder)
    for _ in _chained(folder, found, known, say):
        pass
    _compare_digests(folder, found, (ENTRIES,), say)
    # Only of a dump that holds: of any other it is no news that it lacks an entry.
    if known is not None and found.head.seq < known.seq:
        raise EndsEarlier(ENTRIES, found.head.seq, known.seq)
    return found.head


def check_files(folder: Path, *, say: Say = silent) -> Checked:
    """Everything in a dump that can be checked without the consensus; raises NotADump, DumpBroken.

    What can be named by its line is looked for first; of other bytes the SHA-256 says only in which file they are.
    """
    found = manifest.read_manifest(folder)
    _require_files(folder, found)
    rounds, notes = [], _Notes()
    for line, entry in _chained(folder, found, None, say):
        try:
            if entry.kind == "round.held":
                rounds.append((number_of(entry.subject), _whole(entry.body["up_to"])))
            notes.feed(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _odd(line, entry, error) from None
    _require_order(rounds)
    _compare_tables(folder, found, rounds, say)
    notes.compare(folder / NOTES)
    _compare_rules(folder / RULES)
    for line in lines.read(folder / manifest.FACT_CHECKS):
        lines.value(folder / manifest.FACT_CHECKS, line)
    _compare_digests(folder, found, tuple(found.files), say)
    _require_same_desk(folder, found)
    return Checked(found, tuple(rounds))


def _chained(folder: Path, found: Manifest, known: chain.Head | None, say: Say) -> Iterator[tuple[lines.Line, Entry]]:
    path, head = folder / ENTRIES, chain.EMPTY
    _require_file(path)
    for line in lines.read(path):
        entry, digest = entry_of(path, line)
        try:
            head = chain.verify([(entry, digest)], head)
            if known is not None and head.seq == known.seq:
                chain.require_same(head, known)
        except chain.ChainBroken as error:
            raise DumpBroken(ENTRIES, line.number, str(error)) from None
        if line.number % SAY_EVERY_LINES == 0:
            say("Checking the chain", min(1.0, entry.seq / max(found.head.seq, 1)))
        yield line, entry
    if head != found.head:
        ends = f"ends with entry {head.seq}, {head.hash.hex()}"
        raise DumpBroken(ENTRIES, 0, f"{ends}; the manifest says {found.head.seq}, {found.head.hash.hex()}")


def _compare_tables(folder: Path, found: Manifest, rounds: list[tuple[int, int]], say: Say) -> None:
    """Each table, line by line, with what the entries say."""
    tables = Tables(rounds)
    stand = {name: lines.read(folder / name) for name in (RATINGS, ROUNDS, STATUSES)}
    path = folder / ENTRIES
    for line in lines.read(path):
        entry, _ = entry_of(path, line)
        try:
            for name, expected in tables.lines_of(entry):
                here = next(stand[name], None)
                if here is None:
                    raise DumpBroken(name, 0, f"ends before what entry {entry.seq} says")
                if here.text + b"\n" != expected:
                    raise DumpBroken(name, here.number, f"isn't what entry {entry.seq} says: {_shown(expected)}")
        except (KeyError, TypeError, ValueError) as error:
            raise _odd(line, entry, error) from None
        if line.number % SAY_EVERY_LINES == 0:
            say("Comparing the tables", min(1.0, entry.seq / max(found.head.seq, 1)))
    for name, rest in stand.items():
        more = next(rest, None)
        if more is not None:
            raise DumpBroken(name, more.number, "no entry says this")


class _Notes:
    """What entries say of every version of every note, to compare with its words."""

    def __init__(self) -> None:
        self._claims: dict[int, int] = {}
        self._said: dict[tuple[int, int], tuple[str, bytes]] = {}
        # Of entries that say which hosts the evidence was fetched from: those from before the rule of evidence don't.
        self._hosts: dict[tuple[int, int], list[list[str]]] = {}

    def feed(self, entry: Entry) -> None:
        body: Any = entry.body
        if entry.kind == "note.written":
            note = number_of(entry.subject)
            self._claims[note] = _whole(body["claim"])
            self._said[note, 1] = (str(body["verdict"]), bytes.fromhex(body["text_digest"]))
            self._read_hosts((note, 1), body)
        elif entry.kind == "note.edited":
            version = (number_of(entry.subject), _whole(body["version"]))
            self._said[version] = (str(body["verdict"]), bytes.fromhex(body["text_digest"]))
            self._read_hosts(version, body)
        elif entry.kind == "notes.erased":
            claim = number_of(entry.subject)
            gone = {note for note, on in self._claims.items() if on == claim}
            self._claims = {note: on for note, on in self._claims.items() if note not in gone}
            self._said = {version: said for version, said in self._said.items() if version[0] not in gone}

    def _read_hosts(self, version: tuple[int, int], body: Any) -> None:
        if "hosts" in body:
            self._hosts[version] = [list(map(str, chain)) for chain in body["hosts"]]

    def compare(self, path: Path) -> None:
        """Every version once, under its verdict, in the words whose digest stands in the ledger, on its evidence."""
        left = dict(self._said)
        for line in lines.read(path):
            value = lines.value(path, line)
            try:
                version = (_whole(value["note"]), _whole(value["version"]))
                verdict, text, withheld = value["verdict"], str(value["text"]), list(value["withheld"])
                evidence = list(value["evidence"]) if version in self._hosts else []
                is_there = all(map(_is_of, evidence, self._hosts.get(version, [])))
            except (KeyError, TypeError, ValueError) as error:
                raise DumpBroken(path.name, line.number, f"no version of a note ({error})") from None
            named = f"note {version[0]}, version {version[1]}"
            said = left.pop(version, None)
            if said is None:
                raise DumpBroken(path.name, line.number, f"{named} stands here twice, or in no entry")
            if not is_there or len(evidence) != len(self._hosts.get(version, [])):
                raise DumpBroken(path.name, line.number, f"{named} rests on other hosts than those in the ledger")
            if verdict != said[0]:
                raise DumpBroken(path.name, line.number, f"{named} has the verdict {said[0]!r} in the ledger")
            # Where a passage is withheld the words can't have the digest of those that were written.
            if not withheld and hashlib.sha256(text.encode("utf-8", "replace")).digest() != said[1]:
                raise DumpBroken(path.name, line.number, f"{named} has other words than those in the ledger")
        if left:
            note, number = min(left)
            raise DumpBroken(path.name, 0, f"note {note}, version {number} is missing")


def _is_of(piece: Any, chain: list[str]) -> bool:
    """Are these the digests of the host that a piece of evidence was fetched from, and of those above it?

    Where the chain ends its desk says, by the list of public suffixes of its day: another day's may end it elsewhere.
    """
    if piece["how"] != "fetched":
        return not chain
    try:
        host = parse_address(str(piece["address"])).host
    except NotAnAddress:
        return not chain
    return bool(chain) and chain_of(host, host.split(".", len(chain) - 1)[-1]) == chain


def _compare_rules(path: Path) -> None:
    """Each edition of the rule set as this version has it, where it has it."""
    try:
        editions = {f"{each['name']} {each['version']}": each for each in json.loads(path.read_bytes())["editions"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DumpBroken(path.name, getattr(error, "lineno", 0), f"can't be read ({error})") from None
    for name, said in editions.items():
        params = consensus.EDITIONS.get(name)
        if params is not None and said != _as_json(params):
            raise DumpBroken(path.name, 0, f"says other numbers than the rule set {name} of this thuchu has")


def _as_json(params: consensus.ConsensusParams) -> Any:
    return json.loads(json.dumps(asdict(params)))


def _compare_digests(folder: Path, found: Manifest, names: tuple[str, ...], say: Say) -> None:
    for place, name in enumerate(names):
        say("Comparing the files with the manifest", place / len(names))
        _require_file(folder / name)
        if manifest.digest_of(folder / name) != found.files[name]:
            raise DumpBroken(name, 0, "its SHA-256 isn't that in the manifest; take another copy of the dump")


def _require_files(folder: Path, found: Manifest) -> None:
    for name in found.files:
        _require_file(folder / name)
    known = {folder / name for name in (*found.files, manifest.MANIFEST)}
    known |= {path.parent for path in known} | {path.parent.parent for path in known}
    odd = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path not in known)
    if odd:
        raise DumpBroken(odd[0], 0, "is no file of a dump; take it out of the folder")


def _require_file(path: Path) -> None:
    if path.is_symlink() or not path.is_file():
        raise DumpBroken(path.name, 0, "is missing; take another copy of the dump")


def _require_same_desk(folder: Path, found: Manifest) -> None:
    """No digest covers the manifest itself: what it says of the desk stands in a file that one covers, too."""
    with (folder / manifest.README).open("rb") as file:
        text = file.read(README_BYTES_MAX).decode("utf-8", "replace")
    if f"{found.desk} ({found.address})" not in text:
        raise DumpBroken(manifest.MANIFEST, 0, f"names another desk than {manifest.README} does")


def _require_order(rounds: list[tuple[int, int]]) -> None:
    for before, after in pairwise(rounds):
        if after[0] != before[0] + 1 or after[1] < before[1]:
            raise DumpBroken(ENTRIES, 0, f"round {after[0]} doesn't follow round {before[0]}")


def _odd(line: lines.Line, entry: Entry, error: Exception) -> DumpBroken:
    what = f"entry {entry.seq} isn't what its kind {entry.kind} carries ({type(error).__name__}: {error})"
    return DumpBroken(ENTRIES, line.number, what)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value


def _shown(expected: bytes) -> str:
    return expected.decode("utf-8", "replace").strip()[:200]
