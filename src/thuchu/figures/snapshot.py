"""Frozen figures: what a review publishes, in canonical JSON that everybody writes alike."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from thuchu.figures.period import Period
from thuchu.log.entry import NotCanonical, Value, canonical_json

# A thousand areas with all their figures have half a megabyte.
SNAPSHOT_BYTES_MAX = 16 * 1024 * 1024

PUBLIC, ATTESTED = "public", "attested"

_REAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class BadSnapshot(ValueError):
    """Bytes that are no snapshot; the message names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a review, with everything that it rests on.

    key          of `definitions.DEFINITIONS`
    klass        "public": from the ledger's entries; "attested": from a base table whose digest is in the ledger
    area, part   which area's, which part of a whole; None: all of it
    numerator, denominator  whole numbers, where it is a share
    value        a decimal; None where none may or can be said, and `note` says why
    unit         "count", "share", "difference" or "seconds"
    ci_low, ci_high, level  its interval, and of how many hundred: None for a count of everything; `ci_high` is None
                 for a waiting time whose upper end lies beyond what was seen
    n_effective  of how many independent ones the interval is worth, where they aren't (Kish)
    method       how it was computed, a key of `definitions.METHODS`
    suppressed   it isn't said because a small count stands behind it
    note         "", or why there is no value: "too_few" (than ten), "hidden", "none_counted", "too_short" (a time that
                 nothing could be seen for yet); "more_than": `value` is a lower bound
    base         SHA-256 of the base table that it follows from
    """

    key: str
    klass: str
    area: str | None = None
    part: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    value: str | None = None
    unit: str
    ci_low: str | None = None
    ci_high: str | None = None
    level: str | None = None
    n_effective: str | None = None
    method: str
    suppressed: bool = False
    note: str = ""
    base: str

    def as_json(self) -> dict[str, Value]:
        """Its object in a snapshot; what isn't said is left out."""
        said: dict[str, Value] = {
            "key": self.key,
            "class": self.klass,
            "area": self.area,
            "part": self.part,
            "num": self.numerator,
            "den": self.denominator,
            "value": self.value,
            "unit": self.unit,
            "ci": None if self.level is None else [self.ci_low, self.ci_high],
            "level": self.level,
            "n_eff": self.n_effective,
            "method": self.method,
            "suppressed": self.suppressed or None,
            "note": self.note or None,
            "base": f"sha256:{self.base}",
        }
        return {name: each for name, each in said.items() if each is not None}


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The figures of a review as they were frozen.

    ledger_number, ledger_hash  the last entry that they follow from, and its hash in hexadecimal
    definitions, code           versions of what each figure means, and of what computed them
    area_tree                   SHA-256 of the table `areas` under which it was held
    tables                      SHA-256 of every base table by name
    event                       the event whose claims alone count; None, and not written down, where everything does
    """

    review: str
    period: Period
    ledger_number: int
    ledger_hash: str
    definitions: str
    code: str
    area_tree: str
    figures: tuple[Figure, ...]
    tables: Mapping[str, str] = field(default_factory=dict)
    event: int | None = None

    def written(self) -> bytes:
        """The canonical bytes: keys sorted, whole numbers and text only, one line."""
        return self._written

    @cached_property
    def _written(self) -> bytes:
        value: dict[str, Value] = {
            "review": self.review,
            "period": [self.period.begin.isoformat(), self.period.end.isoformat()],
            "ledger_number": self.ledger_number,
            "ledger_hash": self.ledger_hash,
            "definitions": self.definitions,
            "code": self.code,
            "area_tree": self.area_tree,
            "figures": [figure.as_json() for figure in self.figures],
            "tables": {name: f"sha256:{digest}" for name, digest in self.tables.items()},
        }
        if self.event is not None:
            value["event"] = self.event
        return canonical_json(value) + b"\n"

    @property
    def sha256(self) -> str:
        """Of the canonical bytes: what the ledger's entry names."""
        return hashlib.sha256(self.written()).hexdigest()

    def figure(self, key: str, *, area: str | None = None, part: str | None = None) -> Figure | None:
        """The one of that name, area and part."""
        wanted = (key, area, part)
        return next((each for each in self.figures if (each.key, each.area, each.part) == wanted), None)

    @classmethod
    def read(cls, content: bytes) -> "Snapshot":
        """The snapshot whose canonical bytes these are; raises BadSnapshot."""
        if len(content) > SNAPSHOT_BYTES_MAX:
            raise BadSnapshot(f"{len(content)} bytes, at most {SNAPSHOT_BYTES_MAX} are read")
        try:
            value: Any = json.loads(content)
            begin, end = value["period"]
            found = cls(
                review=_text(value, "review"),
                period=Period(date.fromisoformat(begin), date.fromisoformat(end)),
                ledger_number=_whole(value, "ledger_number"),
                ledger_hash=_hash(value["ledger_hash"]),
                definitions=_text(value, "definitions"),
                code=_text(value, "code"),
                area_tree=_text(value, "area_tree"),
                figures=tuple(_figure(each, place) for place, each in enumerate(value["figures"], 1)),
                tables={str(name): _digest(each) for name, each in value["tables"].items()},
                event=_maybe_whole(value, "event"),
            )
            again = found.written()
        except BadSnapshot:
            raise
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NotCanonical) as error:
            raise BadSnapshot(f"no snapshot of a review ({type(error).__name__}: {error})") from None
        if again != content:
            raise BadSnapshot(f"isn't written in canonical form, from byte {_first_other(again, content)} on")
        return found


def _figure(value: Any, place: int) -> Figure:
    try:
        low, high = value["ci"] if "level" in value else (None, None)
        return Figure(
            key=_text(value, "key"),
            klass=_text(value, "class"),
            area=_maybe_text(value, "area"),
            part=_maybe_text(value, "part"),
            numerator=_maybe_whole(value, "num"),
            denominator=_maybe_whole(value, "den"),
            value=_real(value.get("value")),
            unit=_text(value, "unit"),
            ci_low=_real(low),
            ci_high=_real(high),
            level=_maybe_text(value, "level"),
            n_effective=_real(value.get("n_eff")),
            method=_text(value, "method"),
            suppressed=bool(value.get("suppressed", False)),
            note=str(value.get("note", "")),
            base=_digest(value["base"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSnapshot(f"figure {place} can't be read ({type(error).__name__}: {error})") from None


def _text(value: Mapping[str, Any], name: str) -> str:
    if not isinstance(value[name], str):
        raise TypeError(f"{name} is no text")
    return str(value[name])


def _maybe_text(value: Mapping[str, Any], name: str) -> str | None:
    return _text(value, name) if name in value else None


def _whole(value: Mapping[str, Any], name: str) -> int:
    if type(value[name]) is not int:
        raise TypeError(f"{name} is no whole number")
    return int(value[name])


def _maybe_whole(value: Mapping[str, Any], name: str) -> int | None:
    return _whole(value, name) if name in value else None


def _real(said: Any) -> str | None:
    if said is None:
        return None
    if not isinstance(said, str) or not _REAL.fullmatch(said):
        raise ValueError(f"{said!r} is no decimal")
    return said


def _digest(said: Any) -> str:
    kind, _, digest = str(said).partition(":")
    if kind != "sha256":
        raise ValueError(f"{said!r} is no SHA-256")
    return _hash(digest)


def _hash(said: Any) -> str:
    if not isinstance(said, str) or not _SHA256.fullmatch(said):
        raise ValueError(f"{said!r} is no SHA-256")
    return said


def _first_other(one: bytes, other: bytes) -> int:
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
