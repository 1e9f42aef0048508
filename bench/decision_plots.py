"""Draw how sure the desk is and how often it is right, from what `match_decisions.py --curve FILE` appended.

    python bench/decision_plots.py CURVE_FILE FOLDER

Writes FOLDER/matching-reliability.svg and FOLDER/matching-coverage.svg; needs matplotlib (development group).
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import matplotlib as mpl
import numpy as np

mpl.use("svg")
import matplotlib.pyplot as plt

mpl.rcParams["svg.hashsalt"] = "thuchu"
_BINS = 10

Rows = dict[str, list[tuple[bool, float, bool]]]


def main() -> None:
    rows = read(Path(sys.argv[1]))
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    draw(rows, folder / "matching-reliability.svg", reliability, "probability said", "share right")
    draw(rows, folder / "matching-coverage.svg", coverage, "coverage", "precision")


def read(path: Path) -> Rows:
    """Outcomes by set, messages as typed: (its fact-check was there, probability, right)."""
    rows: Rows = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        name, stripped, _, checked, probability, right, _ = json.loads(line)
        if not stripped:
            rows[name].append((checked, probability, right))
    return rows


def draw(rows: Rows, path: Path, curve, across: str, up: str) -> None:  # type: ignore[no-untyped-def]
    figure, axes = plt.subplots(figsize=(6, 5))
    for name, told in sorted(rows.items()):
        axes.plot(*curve(told), label=name, linewidth=1.2)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.set_xlim(0, 1)
    axes.legend(fontsize=7)
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def reliability(told: list[tuple[bool, float, bool]]) -> tuple[list[float], list[float]]:
    probability = np.array([p for _, p, _ in told])
    right = np.array([r for _, _, r in told])
    bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    used = np.unique(bins)
    return [probability[bins == b].mean() for b in used], [right[bins == b].mean() for b in used]


def coverage(told: list[tuple[bool, float, bool]]) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    order = sorted(range(len(told)), key=lambda place: -told[place][1])
    checked = np.array([told[place][0] for place in order])
    right = np.array([told[place][2] for place in order])
    answers = np.arange(1, len(order) + 1)
    shown = answers >= 10  # The first few answers jump about.
    return (np.cumsum(checked) / checked.sum())[shown], (np.cumsum(right) / answers)[shown]


if __name__ == "__main__":
    main()
