"""How many must act together to get a false note published, or a good one sunk.

    python bench/consensus_attacks.py [--repetitions 8] [--raters 100] [--plot FILE.png] [--json]

A community of two camps (as bench/consensus_small.py's) and attackers, 1 to 40 % of all raters, who rate every target.
Half of the targets are false notes that one camp loves, to be published; half are good ones, to be sunk.

  naive       rate the targets alone, and a few notes by chance
  camouflaged rate like one camp elsewhere, the one that the false notes still want
  split       half of them like one camp, half like the other
  copycats    copy what one active rater did elsewhere
  fresh       twice as many, with one other rating each
  ring        also rate each other's twenty notes up
  staged      two groups that quarrel over decoys of their own and agree on the targets
  single      split, but with one target of either kind: there is nothing else on which they would meet

Success is the share of targets that end as the attackers want among those that would not without them.
"""

import argparse
import json

import numpy as np

from consensus_small import _published_rule
from thuchu.consensus import COMMUNITY_NOTES, DESK, ratings, score

SHARES = (0.01, 0.05, 0.10, 0.20, 0.30, 0.40)
STRATEGIES = ("naive", "camouflaged", "split", "copycats", "fresh", "ring", "staged", "single")
RULES = ("majority", "mean", "factorisation", "community_notes", "desk")
_TARGETS = 6
_ELSEWHERE = 20


def main() -> None:
    options = _options()
    rows = []
    for strategy in STRATEGIES:
        for share in SHARES:
            wins, of = np.zeros((2, len(RULES))), np.zeros((2, len(RULES)))
            for seed in range(options.repetitions):
                honest = _community(options.raters, seed)
                attack = _attack(honest, strategy, share, seed)
                before, after = _published(honest, None), _published(honest, attack)
                for aim, targets in enumerate(_targets(honest, strategy)):
                    open_ = before[:, targets] == bool(aim)
                    wins[aim] += (open_ & (after[:, targets] != bool(aim))).sum(axis=1)
                    of[aim] += open_.sum(axis=1)
            for aim, name in enumerate(("publish", "sink")):
                rates = {r: round(w / max(n, 1), 3) for r, w, n in zip(RULES, wins[aim], of[aim], strict=True)}
                rows.append({"strategy": strategy, "share": share, "aim": name, **rates, "targets": int(of[aim].max())})
                print(json.dumps(rows[-1]) if options.json else rows[-1], flush=True)
    if options.plot:
        _plot(rows, options.plot)


def _community(n_raters: int, seed: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    n_notes = 2 * n_raters
    lean = random.uniform(0.5, 1.2, n_raters) * np.where(np.arange(n_raters) % 2, 1, -1)
    sort = random.choice(4, n_notes, p=[0.4, 0.2, 0.2, 0.2])
    note = np.repeat(np.arange(n_notes), 15)
    active = random.pareto(1.5, n_raters) + 0.3
    rater = np.concatenate(
        [random.choice(n_raters, 15, replace=False, p=active / active.sum()) for _ in range(n_notes)]
    )
    world = {"lean": lean, "strict": random.normal(0, 0.5, n_raters), "note": note, "rater": rater}
    world["quality"] = np.array([1.6, -1.5, -0.2, -0.2])[sort] + random.normal(0, 0.4, n_notes)
    world["slant"] = np.array([0.0, 0.0, 2.2, -2.2])[sort] + random.normal(0, 0.4, n_notes)
    world["value"] = _liked(world, note, lean[rater], world["strict"][rater], random)
    world["targets"] = [random.permutation(np.flatnonzero(sort == 2))[:_TARGETS],
                        random.permutation(np.flatnonzero(sort == 0))[:_TARGETS]]  # fmt: skip
    return world


def _liked(world, note, lean, strict, random):
    liking = world["quality"][note] + strict + world["slant"][note] * lean
    drawn = random.random(len(note)) - 0.9 / (1 + np.exp(-2 * liking))
    return np.where(drawn < 0, 1.0, np.where(drawn < 0.12, 0.5, 0.0))


def _attack(world, strategy: str, share: float, seed: int):
    """Rows of the attackers: note, rater, value."""
    random = np.random.default_rng(seed + 1_000)
    n_raters, n_notes = len(world["lean"]), len(world["quality"])
    many = max(1, round(share / (1 - share) * n_raters)) * (2 if strategy == "fresh" else 1)
    false, good = _targets(world, strategy)
    others = np.setdiff1d(np.arange(n_notes), np.concatenate((false, good)))
    rows = []
    idol = int(np.argmax(np.bincount(world["rater"])))
    for attacker in range(many):
        name = n_raters + attacker
        rows += [(note, name, 1.0) for note in false] + [(note, name, 0.0) for note in good]
        elsewhere = random.choice(others, {"naive": 3, "fresh": 1}.get(strategy, _ELSEWHERE), replace=False)
        side = 1.0 if strategy != "camouflaged" and attacker % 2 else -1.0
        if strategy == "copycats":
            own = (world["rater"] == idol) & np.isin(world["note"], others)
            rows += [(note, name, value) for note, value in zip(world["note"][own], world["value"][own], strict=True)]
        elif strategy == "staged":
            # Decoys are notes of their own, which nobody else rates.
            rows += [(n_notes + decoy, name, float((decoy % 2 == 0) == (side > 0))) for decoy in range(_ELSEWHERE)]
        elif strategy in ("naive", "fresh"):
            rows += [(note, name, value) for note, value in zip(elsewhere, random.choice([0, 0.5, 1], len(elsewhere)), strict=True)]  # noqa: E501 # fmt: skip
        else:
            values = _liked(world, elsewhere, np.full(len(elsewhere), 0.85 * side), 0.0, random)
            rows += list(zip(elsewhere, np.full(len(elsewhere), name), values, strict=True))
            if strategy == "ring":
                rows += [(n_notes + decoy, name, 1.0) for decoy in range(20)]
    return [np.array(column) for column in zip(*rows, strict=True)]


def _targets(world, strategy: str):
    """False notes, good notes."""
    many = 1 if strategy == "single" else _TARGETS
    return [targets[:many] for targets in world["targets"]]


def _published(world, attack) -> np.ndarray:
    """(rules, notes of the community) which notes each rule publishes."""
    note, rater, value = (world[name] for name in ("note", "rater", "value"))
    if attack is not None:
        note, rater, value = (np.concatenate(pair) for pair in zip((note, rater, value), attack, strict=True))
    table = ratings.read(note.astype(np.int64), rater.astype(np.int64), value)
    count = np.bincount(table.note, minlength=table.n_notes)
    helpful = np.bincount(table.note, weights=table.value == 1, minlength=table.n_notes)
    mean = np.bincount(table.note, weights=table.value, minlength=table.n_notes) / count
    found = np.stack([
        (helpful > count / 2) & (count >= 5),
        (mean >= 0.6) & (count >= 5),
        _published_rule(table),
        score(table, COMMUNITY_NOTES).status == 1,
        score(table, DESK).status == 1,
    ])  # fmt: skip
    return found[:, : len(world["quality"])]


def _plot(rows, path: str) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(2, len(STRATEGIES), figsize=(18, 5.5), sharex=True, sharey=True)
    for column, strategy in enumerate(STRATEGIES):
        for line, aim in enumerate(("publish", "sink")):
            axis = axes[line, column]
            for rule in RULES:
                own = [row for row in rows if row["strategy"] == strategy and row["aim"] == aim]
                axis.plot([100 * row["share"] for row in own], [row[rule] for row in own], marker=".", label=rule)
            axis.set_title(f"{strategy}: {aim}", fontsize=9)
            axis.grid(alpha=0.3)
    axes[1, 0].set_xlabel("attackers, % of raters")
    axes[0, 0].set_ylabel("share of targets")
    axes[0, 0].legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(path, dpi=80)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=8)
    parser.add_argument("--raters", type=int, default=100)
    parser.add_argument("--plot")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
