"""Publishers' lists of scam links: loaded in place of the last one, taken away, and looked up in a message."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from threading import Lock

from django.db import transaction
from django.db.models import Max

from thuchu.desk.ledger.append import append
from thuchu.desk.library.models import ListedHost, Publisher
from thuchu.desk.library.publishers import find, find_or_add
from thuchu.links import (
    LinkWarning,
    ListedHosts,
    ListEntry,
    OfficialTable,
    Refusal,
    bundled_official,
    inspect,
    read_list,
    read_official,
)
from thuchu.log.entry import Value
from thuchu.privacy import ScrubFailed, scrub
from thuchu.text.forms import normalise

# Rows written at once: SQLite takes a limited number of values a statement.
INSERT_ROWS = 2_000
# A desk's own rows of the official table: the same columns as ours.
OWN_OFFICIAL_FILE = "official.csv"

_log = logging.getLogger("thuchu.library")
_reading = Lock()
_read: dict[str, tuple[int, ListedHosts]] = {}
_official: dict[Path, OfficialTable] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How loading a list went: entries now on it, and the lines that gave none, each with its reason.

    personal  entries left out because the address of their page holds personal data, such as a phone number
    """

    entries: int
    refusals: tuple[Refusal, ...]
    personal: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """All lists and official hosts as they are now, for a page that looks many texts up in them."""

    listed: ListedHosts
    official: OfficialTable

    def warnings_in(self, text: str) -> tuple[LinkWarning, ...]:
        """The addresses in a text that a list names, or that look like an official one: listed ones first."""
        return tuple(found for found in inspect(text, self.listed, self.official) if found.warning)


def lists_now(home: Path) -> Lists:
    """What every text of a page is compared with; one query."""
    return Lists(listed=listed_hosts(), official=official(home))


def load(path: Path, publisher: str, *, home: Path, frozen_until: datetime | None, now: datetime) -> Loaded:
    """Put a file's entries in place of the publisher's last list; a host keeps the day it was first on it.

    An empty result changes nothing, so that a wrong file doesn't take a good list away; nor does the same list again.
    raises  OSError when the file can't be read, PublisherRefused for a name that can't be used
    """
    # Read before the write lock is taken: a list of a million lines takes longer than anybody waits for an answer.
    with _lines(path) as lines:
        found = list(read_list(lines, official(home)))
    named = {(e.host, e.path, e.query): e for e in found if isinstance(e, ListEntry)}
    entries = {key: entry for key, entry in named.items() if not _is_personal(entry)}
    personal = len(named) - len(entries)
    refusals = tuple(line for line in found if isinstance(line, Refusal))
    if entries:
        with transaction.atomic():
            _replace(find_or_add(publisher, frozen_until=frozen_until, now=now), entries, len(refusals) + personal, now)
    return Loaded(entries=len(entries), refusals=refusals, personal=personal)


def remove(name: str, *, now: datetime) -> int:
    """Take a publisher's list away; gives back how many entries it had, 0 for a publisher that isn't here.

    raises  PublisherRefused when the name may mean several
    """
    with transaction.atomic():
        publisher = find(name)
        if publisher is None:
            return 0
        count, _ = publisher.listed_hosts.all().delete()
        if count:
            _mark_changed(publisher)
            append("link_list.removed", f"publisher:{publisher.pk}", {"entries": count}, now=now)
    return count


def inspect_message(message: str, home: Path) -> tuple[LinkWarning, ...]:
    """What there is to say of each address in a message: listed ones first, then look-alikes, then the rest."""
    return inspect(message, listed_hosts(), official(home))


def listed_hosts() -> ListedHosts:
    """All lists as they are now; read again only when one has changed."""
    change = _last_change()
    with _reading:
        known = _read.get("lists")
        if known is None or known[0] != change:
            known = (change, _read_all())
            _read["lists"] = known
        return known[1]


def official(home: Path) -> OfficialTable:
    """The official hosts that ship with us, and the desk's own rows beside them; read once a process."""
    if home not in _official:
        try:
            _official[home] = _with_own(home)
        except (ValueError, OSError) as error:
            # A desk that answers nobody because of a row in its table is worse than one without that table.
            _log.error("%s can't be read (%s); `thuchu doctor` says why", OWN_OFFICIAL_FILE, type(error).__name__)
            _official[home] = bundled_official()
    return _official[home]


def own_official_trouble(home: Path) -> str:
    """Why the desk's own table of official hosts can't be read; "" when it can, or when there is none."""
    try:
        _with_own(home)
    except (ValueError, OSError) as error:
        return str(error)
    return ""


def _with_own(home: Path) -> OfficialTable:
    own = home / OWN_OFFICIAL_FILE
    table = bundled_official()
    return table.with_bodies(read_official(own.read_text("utf-8").splitlines())) if own.exists() else table


def _replace(publisher: Publisher, entries: dict[tuple[str, str, str], ListEntry], refused: int, now: datetime) -> None:
    before = {(row.host, row.path, row.query): row.since for row in publisher.listed_hosts.all()}
    after = {key: _since(entry, before.get(key), now) for key, entry in entries.items()}
    if after == before:
        return
    publisher.listed_hosts.all().delete()
    rows = (
        ListedHost(publisher=publisher, host=host, path=path, query=query, since=since)
        for (host, path, query), since in after.items()
    )
    ListedHost.objects.bulk_create(rows, batch_size=INSERT_ROWS)
    _mark_changed(publisher)
    digest = hashlib.sha256("\n".join(sorted("\t".join(key) for key in entries)).encode()).hexdigest()
    body: dict[str, Value] = {"entries": len(entries), "refused": refused, "digest": digest}
    append("link_list.imported", f"publisher:{publisher.pk}", body, now=now)


def _is_personal(entry: ListEntry) -> bool:
    if not entry.path and not entry.query:
        # A whole host is nobody's private matter, and most lists hold nothing else.
        return False
    page = f"https://{entry.host}{entry.path}" + (f"?{entry.query}" if entry.query else "")
    try:
        return scrub(page).text != normalise(page)
    except ScrubFailed:
        return True


def _since(entry: ListEntry, before: date | None, now: datetime) -> date:
    return min(day for day in (entry.since, before, now.date()) if day is not None)


def _mark_changed(publisher: Publisher) -> None:
    publisher.list_change = _last_change() + 1
    publisher.save(update_fields=["list_change"])


def _last_change() -> int:
    return Publisher.objects.aggregate(last=Max("list_change"))["last"] or 0


def _read_all() -> ListedHosts:
    listed = ListedHosts()
    rows = ListedHost.objects.select_related("publisher").order_by("publisher_id", "pk").iterator(chunk_size=5_000)
    for name, of_one in groupby(rows, key=attrgetter("publisher.name")):
        listed = listed.with_list(name, (ListEntry(row.host, row.path, row.query, row.since) for row in of_one))
    return listed


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[str]]:
    # Bytes that are no UTF-8 spoil their own line only; it is refused with its number.
    with path.open(encoding="utf-8", errors="replace", newline=None) as file:
        yield iter(file)
