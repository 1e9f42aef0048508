"""What small communities get published, right and wrong, by the set `desk` and by the published thresholds.

    python bench/consensus_small.py [--repetitions 200] [--first-seed 0] [--shares .5 .8 .9 1] [--per-note 8 15 25]
                                    [--raters 12 20 50 200 1000] [--json]
                                    [--worlds camps three drift topics after beside]

A world: raters with a side (a share of them on the first one), a strictness and an activity; two notes a rater, at
least 40: 40 % good, 20 % bad, 20 % + 20 % wrong but loved by one side; raters drawn by activity.  "good" is the share
of good notes that are published, "wrong" that of all others; intervals are Wilson's, 95 %, over as many
notes as the scatter between worlds says they are worth: notes of one world share its raters' luck.
Other worlds: three camps; raters whose side drifts while they rate; leanings that differ between two topics; two groups
of so many raters each, one after the other or side by side, who share no note.

Repetition n is drawn from seed first-seed + n.  The thresholds of `desk` were chosen on the seeds 0 to 23 of these
worlds; what is to be believed is measured from --first-seed 1000000 on, which nothing was ever chosen on.
"""

import argparse
import json
import sys

import numpy as np

from thuchu.consensus import DESK, enough, fit, ratings, score
from thuchu.consensus.values import Penalty

_Z = 1.96


def main() -> None:
    options = _options()
    for kind in options.worlds:
        for share in options.shares if kind == "camps" else [0.5]:
            for n_raters in options.raters:
                for per_note in options.per_note:
                    seeds = range(options.first_seed, options.first_seed + options.repetitions)
                    row = _row(kind, share, n_raters, per_note, seeds)
                    print(json.dumps(row) if options.json else _line(row), flush=True)


def _row(kind: str, share: float, n_raters: int, per_note: int, seeds: range) -> dict[str, object]:
    counts: list[np.ndarray] = []
    viewpoints = notes = 0
    for seed in seeds:
        table, good = _world(kind, share, n_raters, per_note, seed)
        scores = score(table, DESK)
        counts += [_counted(published, good) for published in (scores.status == 1, _published_rule(table))]
        viewpoints += int((scores.rule == "too_few_viewpoints").sum())
        notes += len(good)
    row: dict[str, object] = {"world": kind, "share": share, "raters": n_raters, "per_note": per_note}
    row |= {"first_seed": seeds.start, "repetitions": len(seeds), "too_few_viewpoints": round(viewpoints / notes, 3)}
    for name, worlds in (("desk", np.stack(counts[::2])), ("published", np.stack(counts[1::2]))):
        row |= {f"{name}_good": _interval(*worlds[:, :2].T), f"{name}_wrong": _interval(*worlds[:, 2:].T)}
    return row


def _counted(published: np.ndarray, good: np.ndarray) -> np.ndarray:
    return np.array([(published & good).sum(), good.sum(), (published & ~good).sum(), (~good).sum()])


def _published_rule(table: ratings.Ratings) -> np.ndarray:
    """One fit with K from the data; intercept ≥ .40, |factor| ≤ .5, five ratings."""
    found = fit(table, Penalty(), part=enough(table, 1, 1))
    many = np.bincount(table.note, minlength=table.n_notes) >= 5
    return many & (found.note_intercept >= 0.40) & (np.abs(found.note_factor) <= 0.5)


def _interval(hits: np.ndarray, many: np.ndarray) -> list[float]:
    """A share over all worlds, and between what it lies; where worlds scatter no more than chance, all notes count."""
    of, share = float(many.sum()), float(hits.sum() / many.sum())
    scatter = float(((hits - share * many) ** 2).sum()) * len(many) / max(len(many) - 1, 1)
    if scatter > share * (1 - share) * of:
        of = share * (1 - share) * of * of / scatter
    middle = (share + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    half = _Z * np.sqrt(share * (1 - share) / of + _Z**2 / (4 * of * of)) / (1 + _Z**2 / of)
    return [round(share, 4), round(max(middle - half, 0.0), 4), round(middle + half, 4)]


def _world(kind: str, share: float, n_raters: int, per_note: int, seed: int):
    random = np.random.default_rng(seed)
    n_notes = max(40, 2 * n_raters)
    side = np.where(np.arange(n_raters) < round(share * n_raters), 1.0, -1.0)
    if kind == "three":
        side = np.array([1.0, -1.0, 0.0])[np.arange(n_raters) % 3]
    lean = random.uniform(0.5, 1.2, n_raters) * side
    strict, active = random.normal(0, 0.5, n_raters), random.pareto(1.5, n_raters) + 0.3
    active /= active.sum()
    sort = random.choice(4, n_notes, p=[0.4, 0.2, 0.2, 0.2])
    quality = np.array([1.6, -1.5, -0.2, -0.2])[sort] + random.normal(0, 0.4, n_notes)
    slant = np.array([0.0, 0.0, 2.2, -2.2])[sort] + random.normal(0, 0.4, n_notes)
    note, rater = [], []
    for number in range(n_notes):
        many = min(max(3, random.poisson(per_note)), n_raters)
        rater.append(random.choice(n_raters, many, replace=False, p=active))
        note.append(np.full(many, number))
    note, rater = np.concatenate(note), np.concatenate(rater)
    leaning = lean[rater]
    if kind == "drift":
        # A third of the raters walk over to the other side while the notes go by.
        walks = np.arange(n_raters) % 3 == 0
        leaning = np.where(walks[rater], leaning * (1 - 2 * note / n_notes), leaning)
    if kind == "topics":
        # On every third note sides are drawn anew, three quarters as they were.
        other = np.where(random.random(n_raters) < 0.75, lean, -lean)
        leaning = np.where(note % 3 == 0, other[rater], leaning)
    liking = quality[note] + strict[rater] + slant[note] * leaning
    drawn = random.random(len(note)) - 0.9 / (1 + np.exp(-2 * liking))
    value = np.where(drawn < 0, 1.0, np.where(drawn < 0.12, 0.5, 0.0))
    if kind in ("after", "beside"):
        # As many other people, who think alike, rate the second half of the notes, or every second one.
        rater = rater + n_raters * (note % 2 if kind == "beside" else note * 2 // n_notes)
    table = ratings.read(note, rater, value)
    return table, (sort == 0)[table.note_ids]


def _line(row: dict[str, object]) -> str:
    shares = " ".join(f"{name} {row[name][0]:.3f} [{row[name][1]:.3f}, {row[name][2]:.3f}]" for name in row if "_" in name and isinstance(row[name], list))  # noqa: E501 # fmt: skip
    return f"{row['world']} {row['share']} R={row['raters']} k={row['per_note']} n={row['repetitions']}: {shares} few viewpoints {row['too_few_viewpoints']}"  # noqa: E501


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.5, 0.8, 0.9, 1.0])
    parser.add_argument("--raters", type=int, nargs="+", default=[12, 20, 50, 200, 1000])
    parser.add_argument("--per-note", type=int, nargs="+", default=[8, 15, 25])
    parser.add_argument("--worlds", nargs="+", default=["camps", "three", "drift", "topics"])
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
