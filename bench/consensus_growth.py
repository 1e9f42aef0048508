"""How a fit's time and memory grow with the number of ratings, drawn from what `consensus.py --json` printed.

    python bench/consensus_growth.py LINES.jsonl PICTURE.svg

LINES has an object a run, of one machine and one number of threads.  Both axes are logarithmic; beside the points
stands a line of growth as fast as the ratings.
"""

import json
import sys
from pathlib import Path


def main(lines: str, picture: str) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    # No time of day in the file, and the same names of its parts every time.
    mpl.rcParams["svg.hashsalt"] = "thuchu"
    rows = sorted(map(json.loads, Path(lines).read_text("utf-8").splitlines()), key=lambda row: row["ratings"])
    ratings = [row["ratings"] for row in rows]
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.2))
    for axis, name, unit in zip(axes, ("fit_wall_s", "growth_mb"), ("seconds", "MB over the table"), strict=True):
        values = [row[name] for row in rows]
        axis.loglog(ratings, values, marker="o", label=unit)
        axis.loglog(ratings, [values[0] * each / ratings[0] for each in ratings], ":", label="as fast as the ratings")
        axis.set_xlabel("ratings")
        axis.grid(alpha=0.3)
        axis.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(picture, metadata={"Date": None})


if __name__ == "__main__":
    main(*sys.argv[1:])
