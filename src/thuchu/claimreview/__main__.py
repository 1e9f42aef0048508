"""`python -m thuchu.claimreview FILE…`: what an import would find in files, without importing anything."""

import sys
from collections import Counter
from pathlib import Path

from thuchu.claimreview.outcomes import Refusal, Row
from thuchu.claimreview.reading import read_file

_USAGE = "python -m thuchu.claimreview FILE…: counts what would be read from each file, and says what would not\n"


def main(paths: list[str]) -> int:
    if not paths:
        sys.stderr.write(_USAGE)
        return 2
    refused = [_look_into(Path(path)) for path in paths]
    return 1 if any(refused) else 0


def _look_into(path: Path) -> int:
    """Writes one file's counts and refusals; returns how many were refused."""
    reading = read_file(path)
    kinds: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    for outcome in reading:
        kinds[type(outcome).__name__.lower()] += 1
        if isinstance(outcome, Refusal):
            sys.stdout.write(f"{outcome}\n")
        elif isinstance(outcome, Row):
            verdicts[outcome.record.verdict or "no verdict of ours"] += 1
            kinds["row with remarks"] += bool(outcome.remarks)
    counts = ", ".join(f"{name} {count}" for name, count in (kinds + verdicts).most_common())
    sys.stdout.write(f"{path}: {reading.format or 'unknown'}: {counts}\n")
    return kinds["refusal"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
