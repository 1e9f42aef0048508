"""How often a question about an election finds its field and its area: right, wrong, abstained, with intervals.

    python bench/facts_questions.py QUESTIONS.tsv [AREAS.csv]

QUESTIONS has a question, a field (or "-") and an area (or "-") a line; AREAS a code and a name.  Without AREAS the four
made-up communes of the tests are used, each by its name.  The same is done without accents.
"""

import csv
import math
import sys
from pathlib import Path

from thuchu.procedure import AreaName, area_named, asked_about
from thuchu.text.folding import strip_accents

COMMUNES = ("Xã An Bình", "Phường Hòa Lạc", "Xã Đông Sơn", "Phường Tân Phú")
# Two-sided, 95 %.
Z = 1.959964


def main(paths: list[str]) -> int:
    """Prints the counts of both spellings; the wrong and the abstained ones on standard error."""
    rows = _questions(Path(paths[0]))
    table = _areas(Path(paths[1])) if len(paths) > 1 else [AreaName(code=name, name_vi=name) for name in COMMUNES]
    for name, spelt in (("as written", str), ("without accents", strip_accents)):
        _report(name, [(spelt(question), field, area) for question, field, area in rows], table)
    return 0


def _report(name: str, rows: list[tuple[str, str, str]], table: list[AreaName]) -> None:
    counts = dict.fromkeys(("right", "wrong", "abstained", "no field, none found", "no field, one found"), 0)
    areas = dict.fromkeys(("right", "wrong", "missed"), 0)
    for question, field, area in rows:
        found = asked_about(question, "election")
        place = area_named(question, table) or "-"
        counts[_of_field(found, field)] += 1
        areas["right" if place == area else "missed" if place == "-" else "wrong"] += 1
        if _of_field(found, field) not in ("right", "no field, none found") or place != area:
            print(f"{name}: {question} | {field} {area} | {','.join(found) or '-'} {place}", file=sys.stderr)
    asked = counts["right"] + counts["wrong"] + counts["abstained"]
    print(f"{name}: {len(rows)} questions, {asked} about a field")
    for what in ("right", "wrong", "abstained"):
        print(f"  {what:24} {counts[what]:4} of {asked:4}  {_interval(counts[what], asked)}")
    said_wrong = counts["wrong"] + counts["no field, one found"]
    print(f"  {'wrong fact in all':24} {said_wrong:4} of {len(rows):4}  {_interval(said_wrong, len(rows))}")
    for what, number in areas.items():
        print(f"  {'area ' + what:24} {number:4} of {len(rows):4}  {_interval(number, len(rows))}")


def _of_field(found: tuple[str, ...], field: str) -> str:
    if field == "-":
        return "no field, one found" if found else "no field, none found"
    if not found:
        return "abstained"
    return "right" if found == (field,) else "wrong"


def _interval(number: int, of: int) -> str:
    """Wilson's, for a share."""
    if not of:
        return "–"
    share = number / of
    centre = share + Z * Z / (2 * of)
    width = Z * math.sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    scale = 1 + Z * Z / of
    return f"{share:.3f} [{(centre - width) / scale:.3f}, {(centre + width) / scale:.3f}]"


def _questions(path: Path) -> list[tuple[str, str, str]]:
    found = []
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("\t")]
            found.append((cells[0], cells[1] if len(cells) > 1 else "-", cells[2] if len(cells) > 2 else "-"))
    return [row for row in found if row[0] != "question"]


def _areas(path: Path) -> list[AreaName]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [AreaName(code=row[0].strip(), name_vi=row[1].strip()) for row in csv.reader(file) if len(row) > 1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
