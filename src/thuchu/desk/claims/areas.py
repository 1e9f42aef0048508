"""The tree of areas: read from a file, and set on claims by coordinators."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet

from thuchu.desk.claims.models import AREA_KINDS, Area, ClaimArea
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.rows import claim_row, subject
from thuchu.desk.ledger.append import append
from thuchu.text.forms import normalise

# Today's Viet Nam; its first lines name the source.
VIET_NAM = Path(__file__).with_name("areas_vn.csv")
COLUMNS = ("code", "kind", "name_vi", "name_en", "parent", "valid_from", "valid_to")
CODE_CHARS_MAX = 40
NAME_CHARS_MAX = 120
# Viet Nam has 34 provinces and some 3,300 communes; a file of all countries' would be another desk.
ROWS_MAX = 50_000
# A claim about more places is about the country.
AREAS_OF_A_CLAIM_MAX = 20
_CHILD_OF = {"province": "country", "commune": "province"}


class BadAreas(ValueError):
    """A file that was not loaded: every line that is wrong, with what is wrong and what is wanted."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedAreas:
    """How many areas a file added, changed and left as they were."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    line: int
    code: str
    kind: str
    name_vi: str
    name_en: str
    parent: str
    valid_from: date
    valid_to: date | None


def load_areas(path: Path, *, now: datetime) -> LoadedAreas:
    """Add a file's areas and bring those that are here to it; nothing of a file with a wrong line is loaded.

    What a file leaves out stays: units that end are given their last day, not taken away.
    raises  BadAreas with every wrong line; OSError when the file can't be read
    """
    rows = _read(path)
    with transaction.atomic():
        known = {area.code: area for area in Area.objects.select_related("parent")}
        _require_parents(rows, {area.code: area.kind for area in known.values()})
        counts = {"added": 0, "changed": 0, "unchanged": 0}
        # Countries first, so that every parent is there.
        for row in sorted(rows, key=lambda row: AREA_KINDS.index(row.kind)):
            counts[_save(row, known)] += 1
        if counts["added"] or counts["changed"]:
            append("areas.loaded", "areas", {**counts, "digest": _digest(rows)}, now=now)
    return LoadedAreas(**counts)


def set_areas(claim_id: int, codes: Iterable[str], *, by: int, now: datetime) -> None:
    """Say which areas a claim is about, in place of those said before; raises ClaimRefused."""
    wanted = sorted(set(codes))
    if len(wanted) > AREAS_OF_A_CLAIM_MAX:
        raise ClaimRefused("too_many", got=len(wanted), limit=AREAS_OF_A_CLAIM_MAX)
    with transaction.atomic():
        row = claim_row(claim_id)
        areas = list(valid_areas(now.date()).filter(code__in=wanted))
        if len(areas) != len(wanted):
            raise ClaimRefused("no_such_area")
        before = set(ClaimArea.objects.filter(claim=row).values_list("area__code", flat=True))
        if before == set(wanted):
            return
        ClaimArea.objects.filter(claim=row).delete()
        ClaimArea.objects.bulk_create(ClaimArea(claim=row, area=area) for area in areas)
        append("claim.areas_set", subject(claim_id), {"areas": list(wanted), "by": by}, now=now)


def valid_areas(day: date) -> QuerySet[Area]:
    """The areas there are on a day."""
    return Area.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


def with_children(code: str) -> list[int]:
    """The ids of an area and of all below it; none for a code that isn't here."""
    found = layer = list(Area.objects.filter(code=code).values_list("pk", flat=True))
    while layer := list(Area.objects.filter(parent__in=layer).values_list("pk", flat=True)):
        found = found + layer
    return found


def _read(path: Path) -> list[_Row]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = [(number, line) for number, line in enumerate(file, 1) if line.strip() and not line.startswith("#")]
    if not lines:
        raise BadAreas([f"the file is empty; its first line names the columns: {','.join(COLUMNS)}"])
    number, head = lines[0]
    names = [name.strip() for name in next(csv.reader([head]))]
    if names != list(COLUMNS):
        raise BadAreas([f"line {number}: the columns are {','.join(names)[:200]}; wanted: {','.join(COLUMNS)}"])
    if len(lines) - 1 > ROWS_MAX:
        raise BadAreas([f"the file has {len(lines) - 1} areas, {ROWS_MAX} are read at most"])
    wrong: list[str] = []
    rows: dict[str, _Row] = {}
    for number, line in lines[1:]:
        try:
            row = _row(number, [normalise(cell) for cell in next(csv.reader([line]), [])])
            if row.code in rows:
                raise ValueError(f"the code {row.code} stands on line {rows[row.code].line} already")
            rows[row.code] = row
        except (ValueError, csv.Error) as error:
            wrong.append(f"line {number}: {error}")
    if wrong or not rows:
        raise BadAreas(wrong or ["the file names its columns, but no area"])
    return list(rows.values())


def _row(line: int, cells: list[str]) -> _Row:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} cells, {len(COLUMNS)} are wanted: {','.join(COLUMNS)}")
    code, kind, name_vi, name_en, parent, first, last = cells
    if not code or len(code) > CODE_CHARS_MAX or not code.isascii() or not code.replace("-", "").isalnum():
        raise ValueError(f"code “{code[:60]}”: letters a–z, digits and hyphens, at most {CODE_CHARS_MAX}")
    if kind not in AREA_KINDS:
        raise ValueError(f"kind “{kind[:60]}”: one of {', '.join(AREA_KINDS)}")
    for name, value in (("name_vi", name_vi), ("name_en", name_en)):
        if not value or len(value) > NAME_CHARS_MAX:
            raise ValueError(f"{name} has {len(value)} characters, 1 to {NAME_CHARS_MAX} are allowed")
    if (kind == "country") != (not parent):
        raise ValueError(f"parent “{parent[:60]}”: a {kind} has {'none' if kind == 'country' else 'one'}")
    valid_from, valid_to = _day("valid_from", first), _day("valid_to", last) if last else None
    if valid_to is not None and valid_to < valid_from:
        raise ValueError(f"valid_to {valid_to} is before valid_from {valid_from}")
    return _Row(
        line=line,
        code=code,
        kind=kind,
        name_vi=name_vi,
        name_en=name_en,
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{name} “{text[:60]}”: a day such as 2025-07-01") from None


def _require_parents(rows: Sequence[_Row], known_kinds: dict[str, str]) -> None:
    kinds = known_kinds | {row.code: row.kind for row in rows}
    wrong = [
        f"line {row.line}: parent {row.parent} is {_what(kinds.get(row.parent))}; "
        f"a {row.kind} stands in a {_CHILD_OF[row.kind]}"
        for row in rows
        if row.parent and kinds.get(row.parent) != _CHILD_OF[row.kind]
    ]
    wrong += [
        f"line {row.line}: {row.code} is a {known_kinds[row.code]} here; give the {row.kind} another code"
        for row in rows
        if known_kinds.get(row.code, row.kind) != row.kind
    ]
    if wrong:
        raise BadAreas(wrong)


def _what(kind: str | None) -> str:
    return f"a {kind}" if kind else "neither in this file nor here"


def _save(row: _Row, known: dict[str, Area]) -> str:
    values = {
        "kind": row.kind,
        "name_vi": row.name_vi,
        "name_en": row.name_en,
        "parent": known[row.parent] if row.parent else None,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }
    area = known.get(row.code)
    if area is None:
        known[row.code] = Area.objects.create(code=row.code, **values)
        return "added"
    if all(getattr(area, name) == value for name, value in values.items()):
        return "unchanged"
    for name, value in values.items():
        setattr(area, name, value)
    area.save()
    return "changed"


def _digest(rows: Sequence[_Row]) -> str:
    lines = sorted("\t".join((r.code, r.kind, r.name_vi, r.name_en, r.parent, str(r.valid_from))) for r in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
