"""Lists of hosts that publishers make: read in their usual formats, looked up by host.

Reads plain hosts (one a line, some with a path), hosts files (`0.0.0.0 host`), AdBlock (`||host^`), and CSV with a
header, all line by line, so that a long list needs no memory.  What can't be read is a `Refusal` with line and reason.
Refuses entries that would warn of strangers: a public suffix (everybody under it), an official host or a shortener as
a whole, private IP addresses, patterns.  An entry with a path never warns of its whole host.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Literal

from thuchu.links.address import Address, NotAnAddress, is_ip, is_public_ip, parse_address
from thuchu.links.official import OfficialTable, parents
from thuchu.links.suffixes import public_suffix
from thuchu.links.tables import words

# The longest lines of real lists are addresses of some hundred characters.
LINE_CHARS_MAX = 4_096
# The largest public lists have some hundred thousand lines.
LIST_LINES_MAX = 1_000_000

RefusalReason = Literal[
    "too_long",
    "too_many",
    "unreadable",
    "no_host",
    "pattern",
    "exception",
    "public_suffix",
    "official_host",
    "shortener",
    "private_ip",
]
# What an operator reads about a line that gave no entry.
_REASONS: dict[RefusalReason, str] = {
    "too_long": f"longer than {LINE_CHARS_MAX} characters",
    "too_many": "too many lines",
    "unreadable": "no host and no address",
    "no_host": "its row names no host",
    "pattern": "a pattern, where only hosts and addresses are read",
    "exception": "an exception of an AdBlock list warns of nothing",
    "public_suffix": "a whole ending, under which everybody has sites",
    "official_host": "the host of a bank, an office or a shop of the official table",
    "shortener": "a link shortener as a whole; name the short address",
    "private_ip": "an address inside a private network",
}
_HOST_COLUMNS = words("host_columns")
_DATE_COLUMNS = words("date_columns")
_COMMENT = re.compile(r"\s*(?:[!;]|#|//|\[[^\]]*\]\s*$)")
_BEHIND_COMMENT = re.compile(r"\s#.*")
_HOSTS_FILE = re.compile(
    r"(?:0\.0\.0\.0|127\.0\.0\.1|255\.255\.255\.255|::1?|fe80::1%lo0|ff0[02]::[0-3])\s+(?P<names>.*)"
)
_OWN_NAMES = words("own_names")
_ISO_DATE = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL_DATE = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One host of a list; with `path` or `query`, only that page and what is below it.  `since`: as the list says."""

    host: str
    path: str = ""
    query: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that gives no entry: its number (from 1), a reason code, and what the line holds, shortened."""

    line: int
    reason: RefusalReason
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {_REASONS[self.reason]}: {self.text}"


@dataclass(frozen=True, slots=True)
class Listing:
    """Whose list names an address, since when, and which host (or page of it) the list names."""

    publisher: str
    since: date | None
    host: str
    path: str = ""


def read_list(lines: Iterable[str], official: OfficialTable) -> Iterator[ListEntry | Refusal]:
    """The entries of a list, in its order, and a refusal for each line that can't be read.

    The format is told by the lines themselves; a CSV by its header, which names a column host, domain or url, and
    may name one for the date.  Never raises; stops after LIST_LINES_MAX lines with a refusal.
    """
    columns: tuple[int, int | None, str] | None = None
    header_read = False
    for number, raw in enumerate(lines, start=1):
        if number > LIST_LINES_MAX:
            yield Refusal(number, "too_many", f"the list is read up to line {LIST_LINES_MAX}")
            return
        if len(raw) > LINE_CHARS_MAX:
            yield Refusal(number, "too_long", raw[:80])
            continue
        line = raw.lstrip("\ufeff").replace("\0", "").strip()
        if not line or (_COMMENT.match(line) and not line.startswith(("##", "#@#"))):
            continue
        if not header_read:
            header_read = True
            columns = _columns(line)
            if columns:
                continue
        yield from _row(line, number, columns, official) if columns else _line(line, number, official)


def _columns(line: str) -> tuple[int, int | None, str] | None:
    """Which columns of a CSV hold the host and the date, and what parts them; None when `line` is no header."""
    for separator in (",", ";", "\t"):
        names = [name.strip().strip('"').lower() for name in line.split(separator)]
        hosts = [place for place, name in enumerate(names) if name in _HOST_COLUMNS]
        if hosts and (len(names) > 1 or separator == ","):
            dates = [place for place, name in enumerate(names) if name in _DATE_COLUMNS]
            return hosts[0], dates[0] if dates else None, separator
    return None


def _row(
    line: str, number: int, columns: tuple[int, int | None, str], official: OfficialTable
) -> Iterator[ListEntry | Refusal]:
    host_at, date_at, separator = columns
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        yield Refusal(number, "unreadable", line[:80])
        return
    if len(cells) <= host_at or not cells[host_at].strip():
        yield Refusal(number, "no_host", line[:80])
        return
    since = _date(cells[date_at]) if date_at is not None and len(cells) > date_at else None
    yield _entry(cells[host_at], number, since, official)


def _date(cell: str) -> date | None:
    """`2025-11-28…` or `28/11/2025`; None for anything else."""
    iso, local = _ISO_DATE.match(cell), _LOCAL_DATE.match(cell)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return date(int(local[3]), int(local[2]), int(local[1])) if local else None
    except ValueError:
        return None


def _line(line: str, number: int, official: OfficialTable) -> Iterator[ListEntry | Refusal]:
    """A line of a plain list, a hosts file or an AdBlock list."""
    if line.startswith("@@"):
        yield Refusal(number, "exception", line[:80])
        return
    hosts_file = _HOSTS_FILE.fullmatch(_BEHIND_COMMENT.sub("", line))
    if hosts_file:
        names = hosts_file["names"].split()
        yield from (_entry(name, number, None, official) for name in names if name.lower() not in _OWN_NAMES)
        return
    yield _entry(_unwrapped(line), number, None, official)


def _unwrapped(line: str) -> str:
    """An AdBlock rule without its marks, a plain line without its comment."""
    if line.startswith("|"):
        rule = line.lstrip("|").partition("$")[0]
        return rule.rstrip("|").removesuffix("^")
    return _BEHIND_COMMENT.sub("", line).removeprefix("*.").removeprefix(".")


def _entry(written: str, number: int, since: date | None, official: OfficialTable) -> ListEntry | Refusal:
    """The entry that one address gives, or why it gives none."""
    text = written.strip()
    if not text or any(char.isspace() for char in text):
        return Refusal(number, "unreadable", text[:80])
    if any(mark in text for mark in ("*", "^", "##", "#@#", "#?#")):
        return Refusal(number, "pattern", text[:80])
    try:
        address = parse_address(text)
    except NotAnAddress as error:
        return Refusal(number, "public_suffix" if "public suffix" in str(error) else "unreadable", text[:80])
    reason = _refused_for(address, official)
    if reason:
        return Refusal(number, reason, text[:80])
    return ListEntry(address.host, address.path, address.query, since)


def _refused_for(address: Address, official: OfficialTable) -> RefusalReason | None:
    """Why an address may not be warned of by a list."""
    if is_ip(address.host):
        return None if is_public_ip(address.host) else "private_ip"
    if address.path or address.query:
        return None
    if public_suffix(address.host) == address.host:
        return "public_suffix"
    if address.is_shortener:
        return "shortener"
    return "official_host" if official.body_of(address.host) else None


@dataclass(frozen=True, slots=True)
class _HostList:
    """One publisher's list: hosts with their date, and pages by host."""

    hosts: Mapping[str, date | None]
    pages: Mapping[str, tuple[ListEntry, ...]]


class ListedHosts:
    """All lists of a desk, as a value: replacing or removing one gives another `ListedHosts` and copies nothing.

    About 160 bytes a host; looking one up costs a few dictionary reads a list.
    """

    def __init__(self) -> None:
        self._lists: Mapping[str, _HostList] = MappingProxyType({})

    def with_list(self, publisher: str, entries: Iterable[ListEntry]) -> "ListedHosts":
        """These lists, that of `publisher` being `entries` and nothing of an earlier one; the earliest date counts."""
        hosts: dict[str, date | None] = {}
        pages: dict[str, tuple[ListEntry, ...]] = {}
        for entry in islice(entries, LIST_LINES_MAX):
            if entry.path or entry.query:
                known = pages.get(entry.host, ())
                pages[entry.host] = known if entry in known else (*known, entry)
            else:
                hosts[entry.host] = _earlier(entry.since, hosts.get(entry.host))
        return self._with({**self._lists, publisher: _HostList(hosts, pages)})

    def without(self, publisher: str) -> "ListedHosts":
        """These lists but that of `publisher`; the same when it has none."""
        return self._with({name: hosts for name, hosts in self._lists.items() if name != publisher})

    @staticmethod
    def _with(lists: dict[str, _HostList]) -> "ListedHosts":
        listed = ListedHosts()
        listed._lists = MappingProxyType(lists)
        return listed

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who has a list here, in the order the lists came."""
        return tuple(self._lists)

    def count(self, publisher: str) -> int:
        """How many hosts and pages the list of `publisher` names; 0 when it has none."""
        hosts = self._lists.get(publisher)
        return len(hosts.hosts) + sum(map(len, hosts.pages.values())) if hosts else 0

    def find(self, address: Address) -> tuple[Listing, ...]:
        """Which lists name `address`: its page, its host, or a host above it; the earliest first, one a list."""
        found = [listing for listing in (_find(name, hosts, address) for name, hosts in self._lists.items()) if listing]
        return tuple(sorted(found, key=lambda listing: listing.since or date.max))


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other


def _find(publisher: str, hosts: _HostList, address: Address) -> Listing | None:
    for name in parents(address.host):
        if name in hosts.hosts:
            return Listing(publisher, hosts.hosts[name], name)
    if hosts.pages:
        for name in {address.host, address.canonical.partition("/")[0].partition("?")[0]}:
            for entry in hosts.pages.get(name, ()):
                if _is_below(address, entry):
                    return Listing(publisher, entry.since, name, entry.path or "/")
    return None


def _is_below(address: Address, entry: ListEntry) -> bool:
    """Whether an address shows the page of an entry, or one below it."""
    if entry.query:
        asked = set(address.query.split("&"))
        return address.path == entry.path and asked.issuperset(entry.query.split("&"))
    return address.path == entry.path or address.path.startswith(entry.path + "/")
