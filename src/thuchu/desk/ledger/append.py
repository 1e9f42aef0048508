"""Writing to the ledger: the next number, the next hash, inside the act's own transaction."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from thuchu.desk.ledger.kinds import KINDS
from thuchu.desk.ledger.models import Entry
from thuchu.log import chain, entry

SUBJECT_CHARS_MAX = 200


class NotInTransaction(RuntimeError):
    """An entry was about to be written apart from the act it records."""


def append(kind: str, subject: str, body: Mapping[str, entry.Value], *, now: datetime) -> Entry:
    """The new row; the caller's transaction commits it together with the act, or neither.

    kind     one of `KINDS`, with exactly its fields in `body`
    raises   NotInTransaction outside `transaction.atomic`, KeyError for an unknown kind, ValueError for other fields
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(f"{kind} about {subject}: append inside transaction.atomic() with the act itself")
    _, fields = KINDS[kind]
    if set(body) != fields:
        raise ValueError(f"{kind}: the body has {sorted(body)}, the kind carries {sorted(fields)}")
    if len(subject) > SUBJECT_CHARS_MAX:
        raise ValueError(f"{kind}: the subject has {len(subject)} characters, {SUBJECT_CHARS_MAX} are allowed")
    last = head()
    fresh = entry.Entry(last.seq + 1, _milliseconds(now), kind, subject, body)
    after = chain.extend(last, fresh)
    text = entry.canonical_json(body).decode()
    return Entry.objects.create(
        seq=fresh.seq, time_ms=fresh.time_ms, kind=kind, subject=subject, body=text, hash=after.hash
    )


def digest(words: str) -> str:
    """What an entry keeps of words that people wrote: their SHA-256, since the words may have to go."""
    return hashlib.sha256(words.encode()).hexdigest()


def head() -> chain.Head:
    """The last entry's number and hash; number 0 and zeros in an empty ledger."""
    last = Entry.objects.order_by("-seq").values_list("seq", "hash").first()
    return chain.Head(last[0], bytes(last[1])) if last else chain.EMPTY


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
