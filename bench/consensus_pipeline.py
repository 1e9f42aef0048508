"""The published core pipeline, stage by stage, beside stored results of the reference run with exact fits.

    python bench/consensus_pipeline.py --public DIR --stored PREFIX [--json]

DIR holds ratings, notes and noteStatusHistory in the public shape, and truth-raters.tsv, which maps the stored tables'
rater numbers to public ids; PREFIX-notes.parquet and PREFIX-raters.parquet are the stored tables.  Each stage is fed
the stored result of the one before it.  The reference left its two tag models as its own optimiser stops them; so the
statuses are made twice, with its low-diligence intercepts and with ours, and so are the raters who stay, with its
harassment intercepts and with ours.  --adam runs that optimiser, written anew, over our harassment objective: where it
ends at the stored intercepts, the objective is the published one, and what is left is where it stops.  Needs polars.
"""

import argparse
import json
from collections import Counter as Tally
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars

from thuchu.consensus import (
    COMMUNITY_NOTES,
    ConsensusParams,
    Counter,
    Fit,
    Ratings,
    Scores,
    enough,
    files,
    fit,
    logistic,
    priors,
    published,
    rules,
    tag_models,
    tags,
)
from thuchu.consensus.layout import TakingPart

# The rule that the reference run had switched off, and those over all scorers and over time, which it did not reach.
_NOT_THERE = (
    "upper_bound_not_helpful",
    "sampled_raters",
    "stays_helpful",
    "not_yet_stable",
    "too_few_reasons",
    "locked",
)
_RULES = {
    "initial": "InitialNMR",
    "general_helpful": "GeneralCRH",
    "general_not_helpful": "GeneralCRNH",
    "both_sides_not_helpful": "RatioCRNH",
    "tag_outlier": "TagFilter",
    "surprisingly_incorrect": "FilterIncorrect",
    "low_diligence": "FilterLowDiligence",
    "large_factor": "FilterLargeFactor",
    "low_intercept": "RejectLowIntercept",
    "minority_raters": "MinMinorityRaters",
    "rater_balance": "RaterBalance",
}
_STATUS = {
    "CURRENTLY_RATED_HELPFUL": 1,
    "CURRENTLY_RATED_NOT_HELPFUL": -1,
    "NEEDS_MORE_RATINGS": 0,
    "NEEDS_YOUR_HELP": 2,
    "FIRM_REJECT": -2,
}


def main() -> None:
    options = _options()
    params = replace(COMMUNITY_NOTES, rules=tuple(name for name in COMMUNITY_NOTES.rules if name not in _NOT_THERE))
    table = files.read_ratings(options.public / "ratings-00000.tsv", with_tags=True).by_note()
    beside = priors.PriorFiles(options.public / "notes-00000.tsv", options.public / "noteStatusHistory-00000.tsv")
    prior = priors.read_prior(table, beside)
    notes = _aligned(polars.read_parquet(f"{options.stored}-notes.parquet"), "noteId", table.note_ids.tolist())
    truth = polars.read_csv(options.public / "truth-raters.tsv", separator="\t")
    number = dict(zip(truth["publicId"].to_list(), truth["raterParticipantId"].to_list(), strict=True))
    stored = polars.read_parquet(f"{options.stored}-raters.parquet")
    raters = _aligned(stored, "raterParticipantId", [number[str(name)] for name in table.rater_ids.tolist()])
    part = enough(table, params.ratings_per_note_min, params.ratings_per_rater_min)
    first = fit(table, params.penalty, part=part)
    row: dict[str, object] = {"first_intercept_max": _apart(first.note_intercept, notes["firstIntercept"])}
    before = published.first_statuses(table, params, prior, first, part)
    expected = np.array([_STATUS[name] for name in notes["firstStatus"]], dtype=np.int8)
    row |= {"notes": len(before), "first_statuses_differ": int((before != expected).sum())}
    stays = np.array([bool(value) for value in raters["aboveHelpfulnessThreshold"]])
    known = np.array([name is not None for name in raters["aboveHelpfulnessThreshold"]])
    row |= {"raters": int(known.sum())}
    rows = table.where(part.rows(table))
    theirs = np.nan_to_num(_numbers(raters["harassmentPenalty"]))
    harassing = _numbers(notes["harassmentIntercept"])
    lost = tag_models.harassment_penalty(rows, harassing, params)
    row["penalty_from_stored_harassment_max"] = float(np.abs(lost - theirs)[known].max())
    ours = published.helpful_raters(table, params, prior, first, expected, theirs)
    row["helpful_bits_differ"] = int((ours.stays != stays)[known].sum())
    alone = published.helpful_raters(table, params, prior, first, expected)
    found = tag_models.harassment(rows, first, alone.stays, params)
    lost = tag_models.harassment_penalty(rows, found, params)
    own = published.helpful_raters(table, params, prior, first, expected, lost)
    row["helpful_bits_differ_with_own_harassment"] = int((own.stays != stays)[known].sum())
    row["harassing_notes"] = [int((values >= params.harassment_min).sum()) for values in (harassing, found)]
    if options.adam:
        row |= _adam(rows, first, alone.stays, params, harassing)
    second = fit(table, params.penalty, part=TakingPart(part.notes, part.raters & stays))
    row["second_intercept_max"] = _apart(second.note_intercept, notes["secondIntercept"])
    told = published.from_tags(table, params, TakingPart(part.notes, part.raters & stays), second, expected)
    final = published.final_scores(
        table, params, prior, (first, second), replace(ours, stays=stays), None, Counter(), told
    )
    row["final_intercept_max"] = _apart(final.intercept, notes["finalIntercept"])
    wrong = tags.incorrect(table, second.rater_factor, final.factor, told.habit)
    row["incorrect_score_max"] = _apart(wrong.score, notes["incorrectTfIdfInterval"])
    row |= _of_statuses("own_diligence", final, notes)
    stored_diligence = _numbers(notes["finalLowDiligenceIntercept"])
    final = published.final_scores(
        table, params, prior, (first, second), replace(ours, stays=stays), None, Counter(),
        replace(told, known_diligence=stored_diligence),
    )  # fmt: skip
    row |= _of_statuses("stored_diligence", final, notes)
    print(json.dumps(row, indent=None if options.json else 1))


def _of_statuses(name: str, final: Scores, notes: dict[str, list[object]]) -> dict[str, object]:
    expected = rules.public(np.array([_STATUS[status] for status in notes["status"]], dtype=np.int8))
    decided = np.array([str(rule) for rule in notes["decidingRule"]])
    ours = np.array([_RULES.get(rule, rule) for rule in final.rule])
    differ = final.status != expected
    pairs = Tally(
        f"{mine} / {theirs}" for mine, theirs in zip(ours[ours != decided], decided[ours != decided], strict=True)
    )
    return {
        f"{name}_statuses_differ": int(differ.sum()),
        f"{name}_rules_differ": int((ours != decided).sum()),
        f"{name}_by": dict(pairs),
    }


def _adam(
    rows: Ratings, first: Fit, stays: np.ndarray, params: ConsensusParams, stored: np.ndarray
) -> dict[str, object]:
    """The published optimiser with its published stop rule over the harassment objective (CONSENSUS section 2.3)."""
    coded, start, shape = tag_models.harassment_problem(rows, first, stays, params)
    marks, n = coded.marks, len(coded.marks.note)
    free, ridge = shape.of(start)
    flat = start.flat()
    mean, square, before, epoch = np.zeros_like(flat), np.zeros_like(flat), np.inf, 0
    while True:
        loss, gradient = logistic.loss_and_slope(marks, start.moved(flat), flat, ridge)
        if abs(before - loss / n) <= 1e-7 or (epoch > 100 and loss / n > before):
            break
        before, epoch = loss / n, epoch + 1
        gradient = np.where(free, gradient / n, 0)
        gradient /= max(float(np.sqrt((gradient * gradient).sum())), 1.0)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient * gradient
        flat = flat - 2.0 * (mean / (1 - 0.9**epoch)) / (np.sqrt(square / (1 - 0.999**epoch)) + 1e-8)
    least = logistic.minimise(marks, start, shape)
    there, _ = logistic.loss_and_slope(marks, least, least.flat(), ridge)
    intercept = np.full(rows.n_notes, np.nan)
    intercept[coded.notes] = start.moved(flat).note_intercept
    return {
        "adam_epochs": epoch,
        "adam_loss": loss / n,
        "adam_intercept_max": float(np.nanmax(np.abs(intercept - stored))),
        "minimum": there / n,
    }


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
    parser.add_argument("--adam", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
