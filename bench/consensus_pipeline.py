"""The published core pipeline, stage by stage, beside stored results of the reference run with exact fits.

    python bench/consensus_pipeline.py --public DIR --stored PREFIX [--json]

DIR holds ratings, notes and noteStatusHistory in the public shape, and truth-raters.tsv, which maps the stored tables'
rater numbers to public ids; PREFIX-notes.parquet and PREFIX-raters.parquet are the stored tables.  Each stage is fed
the stored result of the one before it.  Needs polars.
"""

import argparse
import json
from collections import Counter as Tally
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars

from thuchu.consensus import COMMUNITY_NOTES, Counter, enough, files, fit, rules, run, scorer
from thuchu.consensus.layout import TakingPart

# Rules of the reference that are not here; and the one that the reference run had switched off.
_NOT_HERE = ("TagFilter", "FilterIncorrect", "FilterLowDiligence")
_SWITCHED_OFF = "upper_bound_not_helpful"
_STATUS = {
    "CURRENTLY_RATED_HELPFUL": 1,
    "CURRENTLY_RATED_NOT_HELPFUL": -1,
    "NEEDS_MORE_RATINGS": 0,
    "NEEDS_YOUR_HELP": 2,
    "FIRM_REJECT": -2,
}


def main() -> None:
    options = _options()
    params = replace(COMMUNITY_NOTES, rules=tuple(name for name in COMMUNITY_NOTES.rules if name != _SWITCHED_OFF))
    table = files.read_ratings(options.public / "ratings-00000.tsv")
    prior = run.read_prior(table, options.public / "notes-00000.tsv", options.public / "noteStatusHistory-00000.tsv")
    notes = _aligned(polars.read_parquet(f"{options.stored}-notes.parquet"), "noteId", table.note_ids.tolist())
    truth = polars.read_csv(options.public / "truth-raters.tsv", separator="\t")
    number = dict(zip(truth["publicId"].to_list(), truth["raterParticipantId"].to_list(), strict=True))
    stored = polars.read_parquet(f"{options.stored}-raters.parquet")
    raters = _aligned(stored, "raterParticipantId", [number[str(name)] for name in table.rater_ids.tolist()])
    part = enough(table, params.ratings_per_note_min, params.ratings_per_rater_min)
    first = fit(table, params.penalty, part=part)
    row: dict[str, object] = {"first_intercept_max": _apart(first.note_intercept, notes["firstIntercept"])}
    before = scorer.first_statuses(table, params, prior, first, part)
    expected = np.array([_STATUS[name] for name in notes["firstStatus"]], dtype=np.int8)
    row |= {"notes": len(before), "first_statuses_differ": int((before != expected).sum())}
    penalty = np.nan_to_num(_numbers(raters["harassmentPenalty"]))
    ours = scorer.helpful_raters(table, params, prior, first, expected, penalty)
    known = np.array([name is not None for name in raters["aboveHelpfulnessThreshold"]])
    stays = np.array([bool(value) for value in raters["aboveHelpfulnessThreshold"]])
    row |= {"raters": int(known.sum()), "helpful_bits_differ": int((ours.stays != stays)[known].sum())}
    second = fit(table, params.penalty, part=TakingPart(part.notes, part.raters & stays))
    row["second_intercept_max"] = _apart(second.note_intercept, notes["secondIntercept"])
    final = scorer.final_scores(table, params, prior, (first, second), replace(ours, stays=stays), None, Counter())
    row["final_intercept_max"] = _apart(final.intercept, notes["finalIntercept"])
    expected = rules.public(np.array([_STATUS[name] for name in notes["status"]], dtype=np.int8))
    differ = final.status != expected
    decided = np.array([str(name) for name in notes["decidingRule"]])
    here = ~np.isin(decided, _NOT_HERE)
    pairs = Tally(f"{ours} / {theirs}" for ours, theirs in zip(final.rule[differ], decided[differ], strict=True))
    row |= {"statuses_differ": int(differ.sum()), "of_rules_here": int((differ & here).sum()), "by": dict(pairs)}
    print(json.dumps(row, indent=None if options.json else 1))


def _aligned(frame: polars.DataFrame, key: str, ids: list[int]) -> dict[str, list[object]]:
    place = {name: row for row, name in enumerate(frame[key].to_list())}
    columns = {name: frame[name].to_list() for name in frame.columns}
    rows = [place.get(name, -1) for name in ids]
    return {name: [column[row] if row >= 0 else None for row in rows] for name, column in columns.items()}


def _numbers(column: list[object]) -> np.ndarray:
    return np.array([np.nan if value is None else float(value) for value in column])


def _apart(ours: np.ndarray, stored: list[object]) -> float:
    return float(np.nanmax(np.abs(ours - _numbers(stored))))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--public", type=Path, required=True)
    parser.add_argument("--stored", required=True)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
