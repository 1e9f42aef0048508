"""How an importer knows a record again, and whether anything in it has changed."""

import hashlib
import json
from dataclasses import asdict

from thuchu.claimreview.addresses import same_page
from thuchu.claimreview.fields import FactCheckRecord
from thuchu.text.forms import normalise


def record_key(record: FactCheckRecord) -> str:
    """64 hexadecimal digits, the same for the same page and the same claim, whatever else has changed.

    Pages are compared as `addresses.same_page` spells them; claims without case, punctuation and spacing (accents
    count).  Round-ups that check several claims on one page have a key for each.
    """
    return _digest(["fact-check key 1", same_page(record.url), _words(record.claim)])


def content_digest(record: FactCheckRecord) -> str:
    """64 hexadecimal digits over every field: equal for equal records, on every machine and in every version of Python.

    A record whose key is known and whose digest is too needs no change.
    """
    fields = asdict(record)
    for name in ("date_published", "date_modified", "date_deleted"):
        fields[name] = fields[name].isoformat() if fields[name] else None
    return _digest(["fact-check content 1", fields])


def _words(claim: str) -> str:
    letters = "".join(c if c.isalnum() else " " for c in normalise(claim).casefold())
    return " ".join(letters.split())


def _digest(value: object) -> str:
    canonical = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
