"""One new rating at once, and a warm start after one percent of new ratings.

python bench/consensus_live.py [--ratings 1000000] [--npz FILE] [--json]
"""

import argparse
import json
import time

import numpy as np

from consensus import _drawn, _numbered, _read
from thuchu.consensus import COMMUNITY_NOTES, Counter, enough, fit
from thuchu.consensus.live import Scorer
from thuchu.consensus.values import Penalty


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ratings", type=int, default=1_000_000)
    parser.add_argument("--npz")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    table = _numbered(_read(options.npz) if options.npz else _drawn(options.ratings))
    Counter().warm_up()
    # The last percent of rows is new.
    random = np.random.default_rng(1)
    old = table.where(random.random(len(table)) >= 0.01)
    before = fit(old, Penalty(), part=enough(old, 5, 10))
    started = time.process_time()
    cold = fit(table, Penalty(), part=enough(table, 5, 10))
    cold_s, started = time.process_time() - started, time.process_time()
    warm = fit(table, Penalty(), part=enough(table, 5, 10), warm=before)
    warm_s, started = time.process_time() - started, time.process_time()
    near = fit(table, Penalty(), part=enough(table, 5, 10), warm=before, tolerance=1e-3)
    near_s = time.process_time() - started
    live = Scorer(old, before, COMMUNITY_NOTES)
    times = []
    for row in random.integers(0, len(table), 200).tolist():
        note, rater = table.note_ids[table.note[row]].item(), table.rater_ids[table.rater[row]].item()
        started = time.perf_counter()
        live.update([note], [rater], [1.0])
        times.append(1_000 * (time.perf_counter() - started))
    row = {"ratings": len(table), "cold_cpu_s": round(cold_s, 3), "warm_cpu_s": round(warm_s, 3)}
    row |= {"warm_to_1e-3_cpu_s": round(near_s, 3), "passes": [cold.passes, warm.passes, near.passes]}
    row |= {"warm_apart": _apart(warm, cold), "warm_to_1e-3_apart": _apart(near, cold)}
    row |= {"update_ms_p50": round(float(np.median(times)), 3), "update_ms_p95": round(sorted(times)[190], 3)}
    print(json.dumps(row) if options.json else row)


def _apart(one, other) -> float:
    return float(f"{np.nanmax(np.abs(one.note_intercept - other.note_intercept)):.2g}")


if __name__ == "__main__":
    main()
