"""The worked example of docs/consensus-example.md: its figures, and the numbers that it tells.

    python bench/consensus_example.py FOLDER

A made-up community of fifty raters in two camps, a hundred notes of fifteen ratings, drawn from seed 1.  Writes three
SVG files into FOLDER and prints the example's text blocks; `tests/consensus/test_example.py` compares both.
"""

import sys
from pathlib import Path

import numpy as np

from thuchu import consensus
from thuchu.consensus import drawing, looking

GOOD, LOVED_BY_ONE_SIDE = "5", "1"


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    blocks, figures = made()
    for name, figure in figures.items():
        (folder / name).write_text(figure, encoding="utf-8")
    print("\n\n".join(blocks))


def made() -> tuple[list[str], dict[str, str]]:
    """Text blocks, and figures by file name."""
    community = looking.simulate(n_raters=50, n_notes=100, per_note=15, share=0.5, seed=1)
    table = consensus.read(community["note"], community["rater"], community["rating"])
    scores = consensus.score(table)
    good, sided = (looking.explain(table, scores, name) for name in (GOOD, LOVED_BY_ONE_SIDE))
    blocks = [_kinds(community, scores), "\n".join(good.text()), "\n".join(sided.text())]
    figures = {
        "consensus-example-notes.svg": drawing.notes(scores, "A hundred notes of a made-up community"),
        "consensus-example-good.svg": drawing.note(good),
        "consensus-example-sided.svg": drawing.note(sided),
    }
    return blocks, figures


def _kinds(community: dict[str, np.ndarray], scores: consensus.Scores) -> str:
    """What notes really are, beside what came out: a row a kind."""
    kind = np.zeros(len(scores.note_ids), dtype=np.int64)
    kind[community["note"] - 1] = community["kind"]
    mean = np.bincount(community["note"] - 1, weights=community["rating"]) / np.bincount(community["note"] - 1)
    lines = ["really                         notes  helpful  not helpful  by the mean alone (from .6)"]
    for value, name in enumerate(("good", "bad", "wrong, loved by one side")):
        own = kind == value
        counts = [
            own.sum(),
            (scores.status[own] == 1).sum(),
            (scores.status[own] == -1).sum(),
            (mean[own] >= 0.6).sum(),
        ]
        lines.append(
            f"{name:<30}" + "".join(f"{count:>{width}}" for count, width in zip(counts, (6, 9, 13, 29), strict=True))
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
