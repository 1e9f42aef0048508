"""The table of official hosts: who is often imitated, where they really are, and by which words they are known.

`official.csv` is the bundled table; a desk reads its own rows with `read_official` and adds them.  A row says only
which hosts are a body's own.  Refuses rows that can't be read, each with its row, column and reason: a wrong row
would accuse a real site.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal, cast, get_args

from thuchu.links.address import NotAnAddress, read_host

Kind = Literal["bank", "wallet", "portal", "shop", "carrier", "delivery", "power", "global"]

COLUMNS = ("name", "kind", "words", "short_words", "hosts", "namesakes")
# A word of two letters stands inside half of all hosts.
WORD_CHARS_MIN = 3
# A country has some hundreds of such bodies; a table of more rows is another kind of list.
ROWS_MAX = 5_000


class BadOfficialTable(ValueError):
    """A table of official hosts has a row that can't be read; the message names row, column, and what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialBody:
    """One row of the table.

    words        names so peculiar that a host which holds one speaks of this body: `vietcombank`
    short_words  names that stand in other words, too (`tiki`, `acb`, `apple`): they count only in company
    hosts        the body's own hosts, the one to show first; each with everything below it
    namesakes    hosts of others that bear the name rightfully, and hosts that may be the body's own: never warned of
    """

    name: str
    kind: Kind
    words: tuple[str, ...]
    short_words: tuple[str, ...]
    hosts: tuple[str, ...]
    namesakes: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        """The official host that a page names."""
        return self.hosts[0]


@dataclass(frozen=True, slots=True, eq=False)
class OfficialTable:
    """Bodies by host and by word; a value: adding rows gives another table.  Compared by identity: it is large."""

    bodies: tuple[OfficialBody, ...]
    by_host: dict[str, OfficialBody]
    namesakes: frozenset[str]
    words: tuple[tuple[str, OfficialBody], ...]
    short_words: tuple[tuple[str, OfficialBody], ...]

    def body_of(self, host: str) -> OfficialBody | None:
        """Whose official host `host` is, or is below; None when it is nobody's."""
        for name in parents(host):
            if name in self.by_host:
                return self.by_host[name]
        return None

    def spares(self, host: str) -> bool:
        """Whether `host` is official or a namesake's, or below one."""
        return any(name in self.by_host or name in self.namesakes for name in parents(host))

    def with_bodies(self, bodies: Iterable[OfficialBody]) -> "OfficialTable":
        """This table and more rows, a desk's own; where both name a host, the new row has it."""
        return official_table((*bodies, *self.bodies))


def parents(host: str) -> Iterable[str]:
    """`host` and the names above it: `a.b.vn`, `b.vn`, `vn`."""
    while host:
        yield host
        host = host.partition(".")[2]


def official_table(bodies: Iterable[OfficialBody]) -> OfficialTable:
    """The table of these bodies; longer words come first, so that `vietinbank` is found before `vietin`."""
    bodies = tuple(bodies)
    by_host: dict[str, OfficialBody] = {}
    for body in bodies:
        for host in body.hosts:
            by_host.setdefault(host, body)
    return OfficialTable(
        bodies,
        by_host,
        frozenset(host for body in bodies for host in body.namesakes),
        _longest_first((word, body) for body in bodies for word in body.words),
        _longest_first((word, body) for body in bodies for word in body.short_words),
    )


def _longest_first(words: Iterable[tuple[str, OfficialBody]]) -> tuple[tuple[str, OfficialBody], ...]:
    return tuple(sorted(words, key=lambda item: -len(item[0])))


@lru_cache(maxsize=1)
def bundled_official() -> OfficialTable:
    """The table that comes with Thực Hư, read once."""
    text = resources.files("thuchu.links").joinpath("official.csv").read_text(encoding="utf-8")
    return official_table(read_official(text.splitlines()))


def read_official(lines: Iterable[str]) -> tuple[OfficialBody, ...]:
    """The rows of a table with the header `name,kind,words,short_words,hosts,namesakes`, words and hosts space-parted.

    Raises BadOfficialTable at the first row that can't be read.
    """
    rows = csv.reader(line.replace("\0", "") for line in lines)
    try:
        header = next(rows, None)
        if header is None or tuple(header) != COLUMNS:
            raise BadOfficialTable(f"row 1: the header must be {','.join(COLUMNS)}")
        bodies = [_body(row, number) for number, row in enumerate(rows, start=2) if row]
    except csv.Error as error:
        raise BadOfficialTable(f"row {rows.line_num}: {error}; write the table as CSV with commas") from None
    if len(bodies) > ROWS_MAX:
        raise BadOfficialTable(f"the table has {len(bodies)} rows; at most {ROWS_MAX} are read")
    return tuple(bodies)


def _body(row: list[str], number: int) -> OfficialBody:
    if len(row) != len(COLUMNS):
        raise BadOfficialTable(f"row {number}: {len(row)} columns; write {len(COLUMNS)}: {','.join(COLUMNS)}")
    name, kind, words, short_words, hosts, namesakes = (cell.strip() for cell in row)
    if not name:
        raise BadOfficialTable(f"row {number}, column name: empty; write the body's name")
    if kind not in get_args(Kind):
        raise BadOfficialTable(f"row {number}, column kind: {kind!r}; write one of {', '.join(get_args(Kind))}")
    if not hosts:
        raise BadOfficialTable(f"row {number}, column hosts: empty; write at least one official host")
    return OfficialBody(
        name=name,
        kind=cast(Kind, kind),
        words=_words(words, number, "words"),
        short_words=_words(short_words, number, "short_words"),
        hosts=_hosts(hosts, number, "hosts"),
        namesakes=_hosts(namesakes, number, "namesakes"),
    )


def _words(cell: str, number: int, column: str) -> tuple[str, ...]:
    for word in cell.split():
        if not (word.isascii() and word.isalnum() and word == word.lower() and len(word) >= WORD_CHARS_MIN):
            raise BadOfficialTable(
                f"row {number}, column {column}: {word!r}; write {WORD_CHARS_MIN} or more small letters without accents"
            )
    return tuple(cell.split())


def _hosts(cell: str, number: int, column: str) -> tuple[str, ...]:
    hosts = []
    for written in cell.split():
        try:
            hosts.append(read_host(written)[0])
        except NotAnAddress as error:
            raise BadOfficialTable(f"row {number}, column {column}: {error}; write a host such as abc.com.vn") from None
    return tuple(hosts)
