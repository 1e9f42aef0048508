"""What other rooms and pages may ask of the ledger."""

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet, Subquery

from thuchu.desk.ledger.models import Entry
from thuchu.desk.parts import parts
from thuchu.log import chain
from thuchu.log.entry import Value

PAGE_ITEMS = 50
# One of them may hold a thousand ratings, of 100 KB: 50 MB where all do.
_ENTRIES_AT_ONCE = 500
# Read, they take eight times as much.
_BODIES_AT_ONCE = 50
_Row = tuple[int, int, str, str, str]
# seq, time in milliseconds, kind, subject, body.
LedgerEntry = tuple[int, int, str, str, Mapping[str, Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One entry; `hash` as 64 hexadecimal digits."""

    seq: int
    at: datetime
    kind: str
    subject: str
    body: Mapping[str, Value]
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """One page of entries, newest first; `number` counts from 1, `pages` is at least 1."""

    items: tuple[EntryView, ...]
    total: int
    number: int
    pages: int


def entries(number: int = 1) -> EntryPage:
    """The page of that number; beyond the last one the last one is shown."""
    # Numbers have no gaps, so the last one is the count.
    last = last_number()
    pages = max(1, -(-last // PAGE_ITEMS))
    number = min(max(1, number), pages)
    newest = last - (number - 1) * PAGE_ITEMS
    rows = Entry.objects.filter(seq__lte=newest, seq__gt=newest - PAGE_ITEMS).order_by("-seq")
    return EntryPage(items=tuple(_view(row) for row in rows), total=last, number=number, pages=pages)


def entries_of(kinds: Iterable[str], *, since: datetime | None = None) -> Iterator[LedgerEntry]:
    """Every entry of these kinds, first to last; for kinds of which there are few."""
    rows = _plain().filter(kind__in=list(kinds))
    if since is not None:
        rows = rows.filter(time_ms__gte=int(since.timestamp() * 1000))
    last = 0
    while stretch := list(rows.filter(seq__gt=last)[:_ENTRIES_AT_ONCE]):
        yield from _with_bodies(stretch)
        last = stretch[-1][0]


def read_through(kinds: Iterable[str], *, up_to: int) -> Iterator[LedgerEntry]:
    """The same up to a number, for who reads most of the ledger: a large desk's quarter is some hundred thousand."""
    rows, wanted = _plain(), frozenset(kinds)
    # By their numbers, which have no gaps, and of all kinds: asked for many, SQLite goes through each by itself and
    # sorts what it found, and asked only where to begin, all that is left for every stretch.
    for first in range(1, up_to + 1, _ENTRIES_AT_ONCE):
        stretch = rows.filter(seq__gte=first, seq__lt=min(first + _ENTRIES_AT_ONCE, up_to + 1))
        yield from _with_bodies([row for row in stretch if row[2] in wanted])


def _plain() -> "QuerySet[Entry, _Row]":
    return Entry.objects.order_by("seq").values_list("seq", "time_ms", "kind", "subject", "body")


def _with_bodies(rows: Sequence[_Row]) -> Iterator[LedgerEntry]:
    return itertools.chain.from_iterable(map(_piece, parts(rows, _BODIES_AT_ONCE)))


def _piece(rows: Sequence[_Row]) -> Iterator[LedgerEntry]:
    """Bodies are read as one list: a call for each costs as much as what it reads."""
    numbers, times, kinds, subjects, bodies = zip(*rows, strict=True)
    return zip(numbers, times, kinds, subjects, json.loads(f"[{','.join(bodies)}]"), strict=True)


@dataclass(frozen=True, slots=True)
class Ends:
    """What kind the first entry is, "" when there is none, and where the chain ends."""

    first_kind: str
    head: chain.Head


def ends() -> Ends:
    """Both ends of the ledger in one query: every page prints the last and asks for the first."""
    first = Subquery(Entry.objects.filter(pk=1).values("kind"))
    last = Entry.objects.order_by("-seq").values_list("seq", "hash", first).first()
    return Ends(last[2] or "", chain.Head(last[0], bytes(last[1]))) if last else Ends("", chain.EMPTY)


def raw_entries() -> Iterator[tuple[int, int, str, str, str, bytes]]:
    """(seq, time in milliseconds, kind, subject, body as it was hashed, hash) of every entry, first to last."""
    rows = Entry.objects.order_by("seq").values_list("seq", "time_ms", "kind", "subject", "body", "hash")
    for seq, time_ms, kind, subject, body, digest in rows.iterator(chunk_size=200):
        yield seq, time_ms, kind, subject, body, bytes(digest)


def newest_of(kinds: Iterable[str], *, limit: int) -> list[EntryView]:
    """The last entries of these kinds, newest first."""
    return [_view(row) for row in Entry.objects.filter(kind__in=list(kinds)).order_by("-seq")[:limit]]


def any_since(kinds: Iterable[str], seq: int) -> bool:
    """Is there an entry of one of these kinds after that number?"""
    return Entry.objects.filter(kind__in=list(kinds), seq__gt=seq).exists()


def last_number() -> int:
    """The last entry's number; 0 in an empty ledger."""
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def last_at() -> datetime | None:
    """When the last entry was written; None in an empty ledger."""
    time_ms = Entry.objects.order_by("-seq").values_list("time_ms", flat=True).first()
    return None if time_ms is None else datetime.fromtimestamp(time_ms / 1000, UTC)


def hash_of(seq: int) -> str:
    """An entry's hash as 64 hexadecimal digits; "" where there is none of that number."""
    found = Entry.objects.filter(seq=seq).values_list("hash", flat=True).first()
    return bytes(found).hex() if found else ""


def entry(seq: int) -> EntryView:
    """The entry of that number; raises LookupError where there is none."""
    found = Entry.objects.filter(seq=seq).first()
    if found is None:
        raise LookupError(f"the ledger has no entry {seq}")
    return _view(found)


def count_of(kind: str, subject: str, *, after: int) -> int:
    """How many entries of one kind about one subject came after that number."""
    return Entry.objects.filter(kind=kind, subject=subject, seq__gt=after).count()


def about(subjects: Iterable[str], kinds: Iterable[str]) -> list[EntryView]:
    """Entries of these kinds about these subjects, first to last: for subjects of which there are a few."""
    rows = Entry.objects.filter(subject__in=list(subjects), kind__in=list(kinds)).order_by("seq")
    return [_view(row) for row in rows]


def _view(row: Entry) -> EntryView:
    return EntryView(
        seq=row.seq,
        at=datetime.fromtimestamp(row.time_ms / 1000, UTC),
        kind=row.kind,
        subject=row.subject,
        body=json.loads(row.body),
        hash=bytes(row.hash).hex(),
    )
