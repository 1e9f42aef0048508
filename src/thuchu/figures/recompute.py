"""A review's figures once more, from a dump: public ones from the entries, attested ones from their base tables.

Nothing of the desk is believed but what the ledger's chain covers: the entry `review.frozen` names the snapshot and
every base table by SHA-256.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from thuchu.dump import DumpBroken, DumpError, check_chain
from thuchu.dump.entries import InAnyOrder
from thuchu.dump.manifest import ENTRIES, REVIEWS, read_manifest
from thuchu.dump.verify import Say, silent
from thuchu.figures.against import GUARDED, Published
from thuchu.figures.definitions import DEFINITIONS_VERSION, TABLES
from thuchu.figures.freezing import Occasion, freeze
from thuchu.figures.from_ledger import KINDS, Entry, UnreadableEntry
from thuchu.figures.snapshot import ATTESTED, SNAPSHOT_BYTES_MAX, BadSnapshot, Figure, Snapshot
from thuchu.figures.tables import TABLE_BYTES_MAX, BadTable, BaseTable, parse
from thuchu.log.chain import Head

FROZEN = "review.frozen"
# The same figures once more, beside those that were frozen.
CORRECTED = "review.corrected"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class NoSuchReview(DumpError):
    """The dump holds no review of that name; the message says which it holds."""


class OtherDefinitions(DumpError):
    """The review was frozen under definitions that this version doesn't have."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What comes out otherwise: a figure, a base table, or the snapshot as a whole."""

    what: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.what}: published {self.expected}, computed {self.got}"


@dataclass(frozen=True, slots=True)
class Recomputed:
    """public, attested: how many figures were compared; differences: empty where every byte is as published."""

    snapshot: Snapshot
    public: int
    attested: int
    differences: tuple[Difference, ...]


def recompute(folder: Path, review: str, *, say: Say = silent) -> Recomputed:
    """Compute a review's figures from a dump again, and compare.

    raises  NotADump, DumpBroken for a chain, a snapshot or a table that isn't what the ledger says; NoSuchReview;
            OtherDefinitions
    """
    read_manifest(folder)
    stored = _Stored(folder)
    snapshot = stored.snapshot(review)
    check_chain(folder, known=Head(snapshot.ledger_number, bytes.fromhex(snapshot.ledger_hash)), say=say)
    entries = InAnyOrder(folder / ENTRIES)
    frozen = _Frozen(entries)
    frozen.require(snapshot, stored.digest(review))
    if snapshot.definitions != DEFINITIONS_VERSION:
        raise OtherDefinitions(
            f"{review} was frozen under the definitions {snapshot.definitions}, this thuchu has {DEFINITIONS_VERSION}: "
            "install the desk's"
        )
    tables = stored.tables(snapshot)
    say("Computing the figures again", 0.5)
    try:
        again, made = freeze(
            frozen.facts(snapshot.ledger_number),
            _occasion(snapshot),
            tree=_tree(tables["areas"]),
            attested={name: table for name, table in tables.items() if TABLES[name].klass == ATTESTED},
            earlier=[stored.published(each) for each in frozen.before(snapshot) if stored.holds(each)],
        )
    except (UnreadableEntry, BadTable) as error:
        raise DumpBroken(ENTRIES, 0, f"figures can't be computed ({error})") from None
    attested = sum(figure.klass == ATTESTED for figure in again.figures)
    differences = [*_other_tables(tables, made), *_other_figures(snapshot, again)]
    if not differences and again.written() != snapshot.written():
        differences.append(Difference("the snapshot", snapshot.sha256, again.sha256))
    return Recomputed(snapshot, len(again.figures) - attested, attested, tuple(differences))


def _occasion(snapshot: Snapshot) -> Occasion:
    return Occasion(
        review=snapshot.review,
        period=snapshot.period,
        ledger_number=snapshot.ledger_number,
        ledger_hash=snapshot.ledger_hash,
        code=snapshot.code,
        event=snapshot.event,
    )


class _Stored:
    """The reviews of a dump as files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / REVIEWS

    def holds(self, review: str) -> bool:
        """Is there a snapshot of that name?"""
        return bool(_SLUG.fullmatch(review)) and (self._folder / f"{review}.json").is_file()

    def snapshot(self, review: str) -> Snapshot:
        """What was published; raises NoSuchReview, DumpBroken."""
        if not self.holds(review):
            known = ", ".join(sorted(path.stem for path in self._folder.glob("*.json"))) or "none"
            raise NoSuchReview(f"the dump holds no review {review!r}; it holds {known}")
        name = f"{REVIEWS}/{review}.json"
        try:
            snapshot = Snapshot.read(_content(self._folder / f"{review}.json", name, SNAPSHOT_BYTES_MAX))
        except BadSnapshot as error:
            raise DumpBroken(name, 0, str(error)) from None
        if snapshot.review != review:
            raise DumpBroken(name, 0, f"is the snapshot of {snapshot.review!r}")
        return snapshot

    def digest(self, review: str) -> str:
        """SHA-256 of the snapshot's file."""
        name = f"{REVIEWS}/{review}.json"
        return hashlib.sha256(_content(self._folder / f"{review}.json", name, SNAPSHOT_BYTES_MAX)).hexdigest()

    def tables(self, snapshot: Snapshot, only: Iterable[str] = TABLES) -> dict[str, BaseTable]:
        """The base tables of a snapshot, those of some names; raises DumpBroken."""
        found = {}
        wanted = frozenset(only)
        for name, digest in snapshot.tables.items():
            if name in TABLES and name not in wanted:
                continue
            file = f"{REVIEWS}/tables/{digest}.csv"
            content = _content(self._folder / "tables" / f"{digest}.csv", file, TABLE_BYTES_MAX)
            if hashlib.sha256(content).hexdigest() != digest:
                raise DumpBroken(
                    file, 0, f"isn't the table {name} that the ledger names; take another copy of the dump"
                )
            if name not in TABLES:
                raise DumpBroken(file, 0, f"{name} is no base table that this thuchu knows")
            try:
                found[name] = parse(name, TABLES[name].columns, content, file=file)
            except BadTable as error:
                raise DumpBroken(file, error.row, str(error)) from None
        if "areas" not in found or found["areas"].sha256 != snapshot.area_tree:
            raise DumpBroken(
                f"{REVIEWS}/{snapshot.review}.json", 0, "area_tree isn't the SHA-256 of its table of areas"
            )
        return found

    def published(self, review: str) -> Published:
        """An earlier review's tables, as far as others must not give back what they hide."""
        snapshot = self.snapshot(review)
        tables = self.tables(snapshot, ("areas", *GUARDED))
        return Published(snapshot.period, tables, _tree(tables["areas"]), snapshot.event)


class _Frozen:
    """What the entries say of reviews."""

    def __init__(self, entries: InAnyOrder) -> None:
        self._entries = entries
        self._said: list[tuple[int, Mapping[str, object]]] = [
            (entry.seq, entry.body) for entry in entries if entry.kind in (FROZEN, CORRECTED)
        ]

    def require(self, snapshot: Snapshot, digest: str) -> None:
        """The snapshot must be one that the ledger names, at the number and with the tables that it names."""
        name = f"{REVIEWS}/{snapshot.review}.json"
        found = [body for seq, body in self._said if body.get("snapshot_digest") == digest]
        if not found:
            raise DumpBroken(name, 0, f"no entry {FROZEN} names its SHA-256 {digest}")
        body = found[0]
        if (body.get("review"), body.get("ledger_number")) != (snapshot.review, snapshot.ledger_number):
            raise DumpBroken(name, 0, f"its entry is of {body.get('review')} at {body.get('ledger_number')}")
        tables = body.get("tables")
        if not isinstance(tables, list) or sorted(map(str, tables)) != sorted(snapshot.tables.values()):
            raise DumpBroken(name, 0, "names other base tables than its entry does")

    def before(self, snapshot: Snapshot) -> list[str]:
        """Reviews frozen before this one, in the order of the ledger."""
        names = list(dict.fromkeys(str(body.get("review")) for _, body in self._said))
        return names[: names.index(snapshot.review)]

    def facts(self, up_to: int) -> Iterator[Entry]:
        """The entries that figures follow from."""
        kinds = frozenset(KINDS)
        for entry in self._entries:
            if entry.seq > up_to:
                break
            if entry.kind in kinds:
                yield entry.seq, entry.time_ms, entry.kind, entry.subject, entry.body


def _other_tables(published: Mapping[str, BaseTable], made: Mapping[str, BaseTable]) -> Iterator[Difference]:
    for name in sorted({*published, *made}):
        one, other = published.get(name), made.get(name)
        if one is None or other is None or one.csv != other.csv:
            yield Difference(f"table {name}", *_first_other_row(one, other))


def _first_other_row(one: BaseTable | None, other: BaseTable | None) -> tuple[str, str]:
    sides = [[] if each is None else each.csv.decode().splitlines() for each in (one, other)]
    pairs = enumerate(zip_longest(*sides, fillvalue="no such row"), 1)
    row, (first, second) = next((row, pair) for row, pair in pairs if pair[0] != pair[1])
    return f"{first!r} in row {row}", repr(second)


def _other_figures(published: Snapshot, made: Snapshot) -> Iterator[Difference]:
    sides = [{_name(figure): figure.as_json() for figure in each.figures} for each in (published, made)]
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        one, other = sides[0].get(name, {}), sides[1].get(name, {})
        odd = [key for key in sorted({*one, *other}) if one.get(key) != other.get(key)]
        if odd:
            said = (", ".join(f"{key} {each.get(key)}" for key in odd) if each else "nothing" for each in (one, other))
            yield Difference(name, *said)


def _name(figure: Figure) -> str:
    return " ".join(each for each in (figure.key, figure.area, figure.part) if each is not None)


def _tree(areas: BaseTable) -> dict[str, str]:
    return {str(area): str(parent) for area, parent in areas.rows}


def _content(path: Path, name: str, most: int) -> bytes:
    """A file's bytes; raises DumpBroken for one that is missing, a link, or larger than any desk writes."""
    if path.is_symlink() or not path.is_file():
        raise DumpBroken(name, 0, "is missing; take another copy of the dump")
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise DumpBroken(name, 0, f"longer than {most} bytes; take another copy of the dump")
    return content
