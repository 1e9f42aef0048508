"""The written corpus of `scrub`, and how it is scored.  Every number, name and address in it is invented.

corpus.tsv     the part the recognisers were tuned on
held_back.tsv  written before the first recogniser, scored when they were done

Columns: id, kinds that must be found (comma between, `-` for none), text, parts that must vanish (` ;; ` between).
`\\n` and `\\uXXXX` in a text stand for the character itself.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from thuchu.privacy import PLACEHOLDERS, CleanText, Kind, scrub
from thuchu.text.forms import normalise

HERE = Path(__file__).parent
PARTS = {"corpus": HERE / "corpus.tsv", "held back": HERE / "held_back.tsv"}
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\n")


@dataclass(frozen=True)
class Line:
    """One message of the corpus: what must be found in it and which words must be gone."""

    id: str
    kinds: Counter[Kind]
    text: str
    must_vanish: tuple[str, ...]


@dataclass
class Score:
    """Counts of one recogniser: found and wanted, found for nothing, wanted and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@dataclass
class Report:
    """Scores by kind, ids of lines where something personal stayed, ids of harmless lines that were changed."""

    scores: dict[Kind, Score] = field(default_factory=lambda: {kind: Score() for kind in Kind})
    leaks: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def all_kinds(self) -> Score:
        parts = self.scores.values()
        return Score(sum(s.right for s in parts), sum(s.wrong for s in parts), sum(s.missed for s in parts))


def read_part(path: Path) -> list[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        return [_line(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _line(row: dict[str, str]) -> Line:
    kinds = Counter(Kind(name) for name in row["kinds"].split(",")) if row["kinds"] != "-" else Counter()
    gone = tuple(_unescaped(part) for part in row["must_vanish"].split(" ;; ") if part)
    return Line(row["id"], kinds, _unescaped(row["text"]), gone)


def _unescaped(written: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else "\n", written)


def score(lines: Iterable[Line]) -> Report:
    """Counts by kind: a finding counts as right when the line wants one more of its kind, wherever it stands."""
    report = Report()
    for line in lines:
        clean = scrub(line.text)
        found = kinds_found(line, clean)
        for kind in Kind:
            counts = report.scores[kind]
            counts.right += min(found[kind], line.kinds[kind])
            counts.wrong += max(0, found[kind] - line.kinds[kind])
            counts.missed += max(0, line.kinds[kind] - found[kind])
        if leaks(line, clean):
            report.leaks.append(line.id)
        if not line.kinds and clean.text != normalise(line.text):
            report.changed.append(line.id)
    return report


def kinds_found(line: Line, clean: CleanText) -> Counter[Kind]:
    """What `scrub` took out; placeholders that stood in the text already do not count."""
    written = Counter(kind for kind in Kind for _ in range(line.text.count(PLACEHOLDERS[kind])))
    return Counter(finding.kind for finding in clean.findings) - written


def leaks(line: Line, clean: CleanText) -> bool:
    """Whether a substring that must vanish is still there, as written or normalised."""
    return any(normalise(part) in clean.text for part in line.must_vanish)
