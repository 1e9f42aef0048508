"""The manifest: which desk, up to which entry, and the SHA-256 of every file beside it."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thuchu.dump.errors import DumpBroken, NotADump
from thuchu.log.chain import Head

FORMAT = 1
# What tells a dump from any other folder with a manifest.
KIND = "thuchu public dump"
MANIFEST = "manifest.json"
ENTRIES, NOTES, RATINGS, ROUNDS, STATUSES, FACT_CHECKS = (
    "entries.jsonl",
    "notes.jsonl",
    "ratings.jsonl",
    "rounds.jsonl",
    "statuses.jsonl",
    "fact_checks.jsonl",
)
RULES, SCHEMA, README = "rules.json", "schema.json", "README.md"
FILES = (ENTRIES, NOTES, RATINGS, ROUNDS, STATUSES, FACT_CHECKS, RULES, SCHEMA, README)
# The folder of frozen figures: a snapshot a review, a base table under its SHA-256.
REVIEWS = "reviews"
_OF_REVIEWS = re.compile(rf"{REVIEWS}/(?:[a-z0-9][a-z0-9-]{{0,79}}\.json|tables/[0-9a-f]{{64}}\.csv)", re.ASCII)
# One with nine names in it has two kilobytes; twenty years of reviews with thirty tables each have half a megabyte.
MANIFEST_BYTES_MAX = 1_000_000
CHUNK_BYTES = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a dump says of itself.

    desk     its name, and where it is reached
    head     the last entry in it
    as_of_ms the time of that entry; passages that were withheld then are withheld here
    files    SHA-256 in hexadecimal by name, of every file but this one
    """

    desk: str
    address: str
    head: Head
    as_of_ms: int
    files: Mapping[str, str]

    def written(self) -> bytes:
        """The bytes of manifest.json."""
        value = {
            "kind": KIND,
            "format": FORMAT,
            "desk": {"name": self.desk, "address": self.address},
            "ledger": {"seq": self.head.seq, "hash": self.head.hash.hex(), "time_ms": self.as_of_ms},
            "files": dict(self.files),
        }
        return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a dump; raises NotADump where there is none or a later one, DumpBroken for a damaged one."""
    path = folder / MANIFEST
    if not path.is_file():
        raise NotADump(f"{folder} holds no {MANIFEST}: name the folder that `thuchu export --public` wrote")
    with path.open("rb") as file:
        text = file.read(MANIFEST_BYTES_MAX + 1)
    try:
        value: Any = json.loads(text)
        if value["kind"] != KIND:
            raise NotADump(f"{path} is no dump's: name the folder that `thuchu export --public` wrote")
        if value["format"] != FORMAT:
            raise NotADump(f"{path} has format {value['format']!r}, this thuchu reads {FORMAT}: install the desk's")
        ledger, files = value["ledger"], dict(value["files"])
        seq, time_ms, digest = ledger["seq"], ledger["time_ms"], ledger["hash"]
        whole = isinstance(seq, int) and isinstance(time_ms, int) and seq >= 0 and _SHA256.fullmatch(digest)
        if not whole or not all(_SHA256.fullmatch(each) for each in files.values()):
            raise ValueError("a number or a hash isn't one")
        manifest = Manifest(
            desk=str(value["desk"]["name"]),
            address=str(value["desk"]["address"]),
            head=Head(seq, bytes.fromhex(digest)),
            as_of_ms=time_ms,
            files=files,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = f"can't be read ({type(error).__name__}: {error}); take another copy of the dump"
        raise DumpBroken(MANIFEST, getattr(error, "lineno", 0), what) from None
    if text != manifest.written():
        raise DumpBroken(MANIFEST, _first_other_line(text, manifest.written()), "not as a desk writes it")
    odd = ", ".join(sorted(name for name in set(files) ^ set(FILES) if not _OF_REVIEWS.fullmatch(name)))
    if odd:
        raise DumpBroken(MANIFEST, 0, f"names other files than a dump has: {odd}")
    return manifest


def is_dump(folder: Path) -> bool:
    """Does the folder hold a dump, whole or damaged, of any version?"""
    try:
        with (folder / MANIFEST).open("rb") as file:
            value = json.loads(file.read(MANIFEST_BYTES_MAX))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("kind") == KIND


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            hashed.update(chunk)
    return hashed.hexdigest()


def _first_other_line(one: bytes, other: bytes) -> int:
    pairs = zip(one.split(b"\n"), other.split(b"\n"), strict=False)
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b), 0)
