"""How long a review's figures take of a desk that was asked much, and how much memory.

python bench/review_figures.py [--claims 100000] [--ratings 300000] [--runs 3]

A ledger is made up: claims of one quarter in three thousand areas, notes, fact-checks, closings, merges, batches of
ratings. It is read from a file, an entry a line, as from a dump; reading alone is timed beside it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np

from thuchu.figures.compute import figures
from thuchu.figures.from_ledger import public_tables
from thuchu.figures.period import Period

QUARTER = Period(date(2026, 1, 1), date(2026, 4, 1))
COMMUNES, PROVINCES = 3_000, 34
TREE = {"vn": "vn"} | {f"p{number}": "vn" for number in range(PROVINCES)}
TREE |= {f"c{number}": f"p{number % PROVINCES}" for number in range(COMMUNES)}
PEOPLE = {"by": 1, "confirmed_by": 2, "reason_digest": "00"}
BATCH = 1_000


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--claims", type=int, default=100_000)
    options.add_argument("--ratings", type=int, default=300_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.read:
        measure(chosen.read)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entries.jsonl"
        with path.open("w") as file:
            entries = sorted(made_up(chosen.claims, chosen.ratings), key=lambda entry: entry[0])
            file.writelines(json.dumps([seq, *entry]) + "\n" for seq, entry in enumerate(entries, 1))
            print(f"{chosen.claims:,} claims, {chosen.ratings:,} ratings: {len(entries):,} entries")
        del entries
        for _ in range(chosen.runs):
            subprocess.run([sys.executable, __file__, "--read", str(path)], check=True)


def made_up(n_claims, n_ratings):
    """(time, kind, subject, body) of a busy quarter."""
    random = np.random.default_rng(1)
    opened = random.integers(QUARTER.begin_ms, QUARTER.end_ms, n_claims).tolist()
    waits = (random.lognormal(11, 1.5, n_claims) * 1_000).astype(np.int64).tolist()
    for claim, (at, wait, fate) in enumerate(zip(opened, waits, random.random(n_claims).tolist(), strict=True), 1):
        subject = f"claim:{claim}"
        yield at, "claim.opened", subject, {"language": "vi"}
        if fate < 0.9:
            yield at + 1_000, "claim.areas_set", subject, {"areas": [f"c{claim % COMMUNES}"], "by": 1}
        if fate < 0.7:
            body = {"claim": claim, "by": 1, "verdict": "false", "evidence": [claim, claim + 1]}
            yield at + 2_000, "note.written", f"note:{claim}", body
            body = {"note": claim, "version": 1, "claim": claim, "verdict": "false", "disputed": False, "round": 1}
            yield at + 3_000 + wait, "fact_check.agreed", f"fact_check:{claim:x}", body
        elif fate < 0.75:
            yield at + wait, "claim.closed", subject, {"reason": "not_a_fact", "proposal": claim, **PEOPLE}
        elif fate < 0.8:
            yield at + wait, "claim.merged", subject, {"into": max(1, claim - 50), "proposal": claim, **PEOPLE}
    for batch in range(n_ratings // BATCH):
        at = QUARTER.begin_ms + (QUARTER.end_ms - QUARTER.begin_ms) * batch * BATCH // n_ratings
        raters, notes = random.integers(0, 2_000, BATCH).tolist(), random.integers(1, n_claims, BATCH).tolist()
        lines = [[note, 1, str(2**60 + rater), "helpful", []] for rater, note in zip(raters, notes, strict=True)]
        yield at, "ratings.entered", f"ratings:{batch}", {"ratings": lines}
        yield at, "statuses.changed", f"round:{batch}", {"changes": [[note, 1, "helpful", "r"] for note in notes[:300]]}


def measure(path):
    """Times are the process's own, so that others on the machine weigh less."""
    rest_mb = peak_mb()
    began = time.process_time()
    for _ in read(path):
        pass
    read_s = time.process_time() - began
    began = time.process_time()
    tables = public_tables(read(path), period=QUARTER, ledger_number=2**53, tree=TREE)
    tables_s = time.process_time() - began - read_s
    began = time.process_time()
    found = figures(tables, QUARTER)
    figures_s = time.process_time() - began
    print(
        f"reading {read_s:.2f} s, tables {tables_s:.2f} s ({tables_s / read_s:.2f} of reading), {len(found):,} figures "
        f"with bytes and digests of {len(tables)} tables {figures_s:.2f} s, {peak_mb() - rest_mb:.0f} MB more"
    )


def read(path):
    with path.open("rb") as file:
        for line in file:
            yield tuple(json.loads(line))


def peak_mb():
    """Of this process; what getrusage tells begins with that of whoever started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1_024


if __name__ == "__main__":
    main()
