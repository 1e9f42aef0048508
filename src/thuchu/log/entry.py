"""The bytes of a ledger entry and its hash: what everybody must compute alike to check the chain.

The canonical form is JSON with sorted keys, no spaces, UTF-8, and only values that every language writes the same way:
text in NFC, whole numbers within ±(2^53 - 1), true, false, null, lists and objects.  Fractions are refused.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = None | bool | int | str | Sequence["Value"] | Mapping[str, "Value"]

# Whole numbers beyond this lose digits where a reader keeps numbers as doubles (RFC 8259 section 6).
INTEGER_MAX = 2**53 - 1
# A body is ids, digests and short public sentences; anything deeper or longer is a mistake of the caller.
DEPTH_MAX = 8
# The first entry has no entry before it: its chain starts from zeros.
GENESIS = bytes(32)
_DOMAIN = b"thuchu ledger entry 1\n"


class NotCanonical(ValueError):
    """A value that has no canonical form; the message names the place in the body."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One public act: `seq` counts from 1 without gaps, `time_ms` is UTC milliseconds since 1970."""

    seq: int
    time_ms: int
    kind: str
    subject: str
    body: Mapping[str, Value]


def canonical_json(value: Value) -> bytes:
    """`value` as canonical JSON bytes; raises NotCanonical naming the place of what has no such form."""
    _check(value, "body", 0)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def entry_hash(previous: bytes, entry: Entry) -> bytes:
    """SHA-256 (32 bytes) over the previous entry's hash and this entry's canonical bytes."""
    fields: Mapping[str, Value] = {
        "body": entry.body,
        "kind": entry.kind,
        "seq": entry.seq,
        "subject": entry.subject,
        "time_ms": entry.time_ms,
    }
    return hashlib.sha256(_DOMAIN + previous + canonical_json(fields)).digest()


def _check(value: Value, place: str, depth: int) -> None:
    if depth > DEPTH_MAX:
        raise NotCanonical(f"{place}: nested deeper than {DEPTH_MAX} levels")
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > INTEGER_MAX:
            raise NotCanonical(f"{place}: {value} is beyond ±{INTEGER_MAX}; write it as text")
    elif isinstance(value, str):
        _check_text(value, place)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{place}: the key {key!r} is not text")
            _check_text(key, f"{place}, key {key!r}")
            _check(inner, f"{place}.{key}", depth + 1)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            _check(inner, f"{place}[{index}]", depth + 1)
    else:
        raise NotCanonical(f"{place}: {type(value).__name__} has no canonical form; use text or a whole number")


def _check_text(text: str, place: str) -> None:
    if unicodedata.normalize("NFC", text) != text:
        raise NotCanonical(f"{place}: the text is not in NFC; pass it through text.forms.normalise")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"{place}: the text holds half a character at position {error.start}") from None
