"""What a fit costs, beside the published way of fitting, in one process on one table.

    python bench/consensus.py --ratings 1000000 [--threads 1] [--no-adam] [--pipeline]
                              [--npz FILE [--write FIT.npz]] [--json]

The table is drawn here (two camps, long-tailed), or read from --npz (arrays rater, note, level).  CPU-seconds of the
process, from columns in memory to parameters: numbering, filter, both sorted orders included; reading and compiling
excluded.  Beside it runs a full-batch Adam in single precision with the published stop rule, written from CONSENSUS
section 2: its CPU-seconds give this machine's factor.  A copy of large arrays gives the memory's bandwidth.
"""

import argparse
import json
import resource
import time

import numpy as np

from thuchu.consensus import COMMUNITY_NOTES, Counter, Fit, Ratings, enough, fitting, ratings, score, solve
from thuchu.consensus.layout import lay_out
from thuchu.consensus.values import Penalty

_COPY_BYTES = 1 << 28
_NOTES_PER_BLOCK = 8_192


def main() -> None:
    options = _options()
    columns = _read(options.npz) if options.npz else _drawn(options.ratings)
    counter = Counter(threads=options.threads)
    counter.warm_up()
    row: dict[str, object] = {"ratings": len(columns[0]), "threads": options.threads}
    loaded_mb = _peak_mb()
    table, row["number_cpu_s"], row["number_wall_s"] = _timed(lambda: _numbered(columns))
    found, cpu, row["fit_wall_s"] = _timed(
        lambda: fitting.fit(table, Penalty(), part=enough(table, 5, 10, counter), counter=counter)
    )
    if options.write:
        _write(options.write, table, found)
    row |= {"fit_cpu_s": cpu, "loss": found.loss, "gradient_norm": found.gradient_norm, "passes": found.passes}
    row |= {"n_ratings": found.n_ratings, "loaded_mb": round(loaded_mb), "growth_mb": round(_peak_mb() - loaded_mb)}
    near, row["near_cpu_s"], _ = _timed(lambda: _near(table, counter))
    row["near_excess"] = near - found.loss
    row |= _bandwidth(table, counter)
    if options.adam:
        adam, row["adam_cpu_s"], _ = _timed(lambda: _adam(table))
        row |= {"adam_epochs": adam[0], "adam_excess": adam[1] - found.loss}
        row["adam_cpu_s_per_fit_cpu_s"] = float(row["adam_cpu_s"]) / (cpu + float(row["number_cpu_s"]))
    if options.pipeline:
        _, row["pipeline_cpu_s"], row["pipeline_wall_s"] = _timed(
            lambda: score(table, COMMUNITY_NOTES, counter=counter)
        )
    row["peak_mb"] = round(_peak_mb())
    print(json.dumps({key: _short(value) for key, value in row.items()}, indent=None if options.json else 1))


def _short(value: object) -> object:
    return (
        float(f"{value:.6g}") if isinstance(value, float) and abs(value) < 1e4 and value != round(value, 12) else value
    )


def _timed(body):
    cpu, wall = time.process_time(), time.perf_counter()
    result = body()
    return result, round(time.process_time() - cpu, 3), round(time.perf_counter() - wall, 3)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def _numbered(columns) -> Ratings:
    """What `ratings.read` does but for looking for repeats, of which there are none here."""
    (note, notes), (rater, raters) = (ratings._numbered(name, ids) for name, ids in zip("nr", columns[:2], strict=True))
    return Ratings(note, rater, columns[2], notes, raters)


def _near(table: Ratings, counter: Counter) -> float:
    """To about the published accuracy: sorted orders and sweeps, no Newton step."""
    work = solve.Work(lay_out(table, enough(table, 5, 10, counter), counter, for_passes=True), Penalty(), counter)
    point = solve.start(work)
    for _ in range(solve.SWEEPS - 1):
        point = solve.sweep(work, point)
    return point.loss


def _bandwidth(table: Ratings, counter: Counter) -> dict[str, object]:
    """Bytes that a pass streams and gathers, per second, beside a plain copy."""
    source = np.ones(_COPY_BYTES // 8)
    target = np.empty_like(source)
    copy = min(_timed(lambda: np.copyto(target, source))[1] for _ in range(5))
    layout = lay_out(table, enough(table, 5, 10, counter), counter, for_passes=True)
    gathered = np.ones((len(layout.raters), 4))
    counter.row_sums(layout.notes, gathered)
    best = min(_timed(lambda: counter.row_sums(layout.notes, gathered))[1] for _ in range(5))
    streamed = layout.notes.rows.nbytes + layout.notes.starts.nbytes + 40 * len(layout.notes)
    return {
        "pass_ns_per_rating": best / layout.n_ratings * 1e9,
        "pass_streamed_gb_s": streamed / max(best, 1e-4) / 1e9,
        "pass_with_gathers_gb_s": (streamed + 32 * layout.n_ratings) / max(best, 1e-4) / 1e9,
        "copy_gb_s": 2 * _COPY_BYTES / max(copy, 1e-4) / 1e9,
    }


def _adam(table: Ratings):
    """CONSENSUS section 2.3: full batch, step 1, clipped gradient, and the published stop rule; single precision."""
    rows = enough(table, 5, 10).rows(table)
    note, rater = (np.unique(ids[rows], return_inverse=True)[1] for ids in (table.note, table.rater))
    value = (table.level[rows] * 0.5).astype(np.float32)
    n, m, u = len(value), note.max() + 1, rater.max() + 1
    random = np.random.default_rng(1)
    sizes = np.cumsum([1, m, m, u])
    theta = np.zeros(1 + 2 * m + 2 * u, dtype=np.float32)
    for first, size in ((1 + m, m), (1 + 2 * m + u, u)):
        theta[first : first + size] = random.uniform(-1, 1, size) * np.sqrt(6 / (size + 1))
    ridge = np.concatenate(
        ([0.15], np.full(m, 0.15 / m), np.full(m, 0.03 / m), np.full(u, 0.15 / u), np.full(u, 0.03 / u))
    ).astype(np.float32)
    mean, square = np.zeros_like(theta), np.zeros_like(theta)
    before, epoch = np.inf, 0
    while True:
        g, c, y, b, x = np.split(theta, sizes)
        gathered_y, gathered_x = y[note], x[rater]
        error = value - g - c[note] - b[rater] - gathered_x * gathered_y
        loss = float(np.mean(error * error, dtype=np.float64) + np.sum(ridge * theta * theta, dtype=np.float64))
        if abs(loss - before) <= 1e-7 or (epoch > 100 and loss > before):
            return epoch, loss
        slope = 2 * ridge * theta
        slope[0] -= 2 * np.mean(error)
        weighed = (error, error * gathered_x), (error, error * gathered_y)
        parts = [np.bincount(ids, part) for ids, pair in zip((note, rater), weighed, strict=True) for part in pair]
        slope[1:] -= (np.concatenate(parts) * (2 / n)).astype(np.float32)
        slope /= max(float(np.linalg.norm(slope)), 1.0)
        epoch += 1
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        theta = theta - (mean / (1 - 0.9**epoch)) / (np.sqrt(square / (1 - 0.999**epoch)) + 1e-8)
        before = loss


def _drawn(n_ratings: int):
    """Two camps; 50 ratings a rater, 40 a note on average, both long-tailed; a camp sees more of what leans its way."""
    n_raters = max(60, n_ratings // 50)
    random = np.random.default_rng(1)
    side = np.where(np.arange(n_raters) % 2, 1.0, -1.0)
    leaning, mildness = side + random.normal(0, 0.35, n_raters), random.normal(0, 0.4, n_raters)
    active = np.exp(1.5 * random.normal(size=n_raters))
    notes, raters, levels = [], [], []
    drawn = first = 0
    while drawn < n_ratings:
        size = np.exp(np.log(40) - 0.72 + 1.2 * random.normal(size=_NOTES_PER_BLOCK))
        counts = np.clip(np.rint(size), 1, max(8, n_raters // 4)).astype(np.int64)
        lean = np.where(random.random(len(counts)) < 0.6, random.choice([-1.0, 1.0], len(counts)), 0.0)
        quality = 0.15 + 0.6 * random.normal(size=len(counts))
        note = np.repeat(np.arange(len(counts)), counts)
        cumulated = np.cumsum(active)
        rater = np.searchsorted(cumulated, random.random(len(note)) * cumulated[-1])
        # A quarter of a leaning note's raters are looked for in its own camp: one place on where it is the other one.
        moved = (random.random(len(note)) < 0.25) & (lean[note] * side[rater] < 0)
        rater = np.where(moved, np.minimum(rater + 1, n_raters - 1), rater)
        keep = np.unique(note * n_raters + rater, return_index=True)[1]
        note, rater = note[keep], rater[keep]
        liking = quality[note] + mildness[rater] + leaning[rater] * lean[note] + 0.7 * random.normal(size=len(note))
        notes.append((note + first).astype(np.int32))
        raters.append(rater.astype(np.int32))
        levels.append(np.digitize(liking, [-0.15, 0.15]).astype(np.int8))
        drawn, first = drawn + len(note), first + _NOTES_PER_BLOCK
    return tuple(np.concatenate(parts)[:n_ratings] for parts in (notes, raters, levels))


def _read(path: str):
    with np.load(path) as archive:
        return archive["note"].astype(np.int64), archive["rater"].astype(np.int64), archive["level"].astype(np.int8)


def _write(path: str, table: Ratings, found: Fit) -> None:
    """For another program to judge; a running number in the file of ratings stands for this note id there."""
    took, rated = ~np.isnan(found.note_intercept), ~np.isnan(found.rater_intercept)
    np.savez(
        path,
        noteId=1_874_000_000_000_000_000 + 1_009 * table.note_ids[took],
        noteIntercept=found.note_intercept[took],
        noteFactor=found.note_factor[took],
        raterParticipantId=table.rater_ids[rated],
        raterIntercept=found.rater_intercept[rated],
        raterFactor=found.rater_factor[rated],
        globalIntercept=found.global_intercept,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ratings", type=int, default=1_000_000)
    parser.add_argument("--npz")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--write", metavar="FIT.npz", help="the parameters, as the judge of the golden minima reads them"
    )
    parser.add_argument("--no-adam", dest="adam", action="store_false")
    parser.add_argument("--pipeline", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
