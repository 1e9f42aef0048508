"""Two communities that hardly meet: which minimum is found, at which cost, and whether a bit changes.

    python bench/consensus_blocks.py --npz FILE [--orders 200] [--json]

The table (arrays rater, note, level; filtered once) stands twice, under other names; 0 to 2,000 ratings drawn by chance
join the two.  Each is fitted in random row orders, and with entry numbers under random names; all must give the same
bits.  How much higher the other valley lies is found here once more, by turning the second community over.
"""

import argparse
import json
import time

import numpy as np

from thuchu.consensus import Counter, Fit, Penalty, enough, fit, ratings, solve
from thuchu.consensus.layout import lay_out

ACROSS = (0, 5, 20, 100, 500, 2_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--npz", required=True)
    parser.add_argument("--orders", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    for across in ACROSS:
        note, rater, value = _joined(options.npz, across)
        random = np.random.default_rng(across)
        started = time.process_time()
        first = fit(ratings.read(note, rater, value))
        row = {"across": across, "ratings": first.n_ratings, "fit_cpu_s": round(time.process_time() - started, 2)}
        row |= {"loss": first.loss, "gaps": [other.gap for other in first.others], "gradient_norm": first.gradient_norm}
        entry = np.arange(len(note))
        named = fit(ratings.read(note, rater, value, entries=entry))
        same = same_named = 0
        for _ in range(options.orders):
            order = random.permutation(len(note))
            same += _bits(fit(ratings.read(note[order], rater[order], value[order]))) == _bits(first)
            names = random.permutation(int(max(note.max(), rater.max())) + 1)
            renamed = ratings.read(names[note[order]], names[rater[order]], value[order], entries=entry[order])
            same_named += _bits(fit(renamed)) == _bits(named)
        row |= {"turned_by_hand_higher_by": _turned(ratings.read(note, rater, value), first) - first.loss}
        row |= {"orders": options.orders, "same_bits": same, "same_bits_renamed": same_named}
        print(json.dumps(row) if options.json else row, flush=True)


def _turned(table: ratings.Ratings, found: Fit) -> float:
    """The objective in the valley on the other side: the second community turned over here, whatever the fit tried."""
    work = solve.Work(lay_out(table), Penalty(), Counter())
    codes = work.layout.raters.codes
    sign = np.where(table.rater_ids[codes] > table.rater_ids.max() // 2, -1.0, 1.0)
    point = solve.at(work, found.rater_intercept[codes], sign * found.rater_factor[codes])
    return solve.descend(work, solve.sweep(work, point)).loss


def _bits(found: Fit) -> bytes:
    return found.note_intercept.tobytes() + found.rater_factor.tobytes()


def _joined(path: str, across: int):
    with np.load(path) as archive:
        note, rater = archive["note"].astype(np.int64), archive["rater"].astype(np.int64)
        level = archive["level"]
    table = ratings.read(note, rater, level / 2)
    rows = enough(table, 5, 10).rows(table)
    note, rater, value = table.note[rows].astype(np.int64), table.rater[rows].astype(np.int64), table.value[rows]
    random = np.random.default_rng(across + 1)
    notes, raters = int(note.max()) + 1, int(rater.max()) + 1
    one, other = random.integers(0, len(note), (2, across))
    note_all = np.concatenate((note, note + notes, note[one]))
    rater_all = np.concatenate((rater, rater + raters, rater[other] + raters))
    value_all = np.concatenate((value, value, random.choice([0.0, 0.5, 1.0], across)))
    first = np.sort(np.unique(note_all * 2 * raters + rater_all, return_index=True)[1])
    return note_all[first], rater_all[first], value_all[first]


if __name__ == "__main__":
    main()
