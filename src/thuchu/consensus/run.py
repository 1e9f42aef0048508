"""Whole runs over files: what the commands do, without printing and without a clock of their own."""

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from thuchu.consensus import coordination, files, priors, tables, tags
from thuchu.consensus import notes as closed
from thuchu.consensus.counting import Counter
from thuchu.consensus.fitting import fit
from thuchu.consensus.history import check_flips
from thuchu.consensus.layout import TakingPart, enough, lay_out
from thuchu.consensus.params import COMMUNITY_NOTES, DESK, ConsensusParams
from thuchu.consensus.priors import PriorFiles
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.rules import RULES, STATUS_NAMES, UNDECIDED
from thuchu.consensus.scorer import score
from thuchu.consensus.scores import Prior, Scores, frozen_at, spread
from thuchu.consensus.values import Bits, ConsensusError, Fit, Floats, Penalty, TooFewRatings

Clock = Callable[[], float]
# Told what is being done, and which share of it is.
Say = Callable[[str, float], None]
# Passes over the rows that a fit takes, about: 64 to 68 at one to twenty million ratings.
_PASSES_ABOUT = 70
# What a scoring says of its last fit beside the others' figures.
_OF_THE_LAST_FIT = ("global_intercept", "loss", "gradient_norm")
Array = npt.NDArray[Any]


def nothing_said(_text: str, _share: float) -> None:
    """For whoever does not watch."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Measured from outside: the process's CPU-seconds so far, and its peak memory in MB."""

    cpu_s: Clock
    peak_mb: Clock


def write_fit(
    place: Path,
    out: Path,
    minima: tuple[int, int],
    *,
    form: str,
    measures: Measures,
    counter: Counter | None = None,
    say: Say = nothing_said,
) -> dict[str, object]:
    """Filter once, minimise the published objective with K from the data, write notes, raters and run.json."""
    ratings = files.read_ratings(place, told=lambda share: say(f"reading {place}", share))
    counter = _watched(counter or Counter(), say, f"fitting {len(ratings):,} ratings", _PASSES_ABOUT)
    counter.warm_up()
    started = measures.cpu_s()
    try:
        found = fit(ratings, Penalty(), part=enough(ratings, *minima, counter), counter=counter)
    except TooFewRatings as error:
        raise TooFewRatings(f"{place}: {error}") from None
    cpu_s = measures.cpu_s() - started
    _make(out)
    took = ~np.isnan(found.note_intercept)
    rated = ~np.isnan(found.rater_intercept)
    written = [
        files.write_table(out, "notes", form, {
            "noteId": ratings.note_ids[took],
            "intercept": found.note_intercept[took],
            "factor": found.note_factor[took],
            "uncertainty": _uncertainty(ratings, found, counter)[took],
        }),
        files.write_table(out, "raters", form, {
            "raterParticipantId": ratings.rater_ids[rated],
            "intercept": found.rater_intercept[rated],
            "factor": found.rater_factor[rated],
        }),
    ]  # fmt: skip
    report = {
        "command": "fit",
        "ratings_per_note_min": minima[0],
        "ratings_per_rater_min": minima[1],
        "penalty": asdict(Penalty()),
        **_of_fit(found),
        "fit_cpu_s": round(cpu_s, 3),
        "peak_mb": round(measures.peak_mb()),
        **_digests(place, written),
    }
    files.write_json(out / "run.json", report)
    return report


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ConsensusError(f"--out {out}: a file is in the way of this folder; name another one") from None


def _uncertainty(ratings: Ratings, found: Fit, counter: Counter) -> Floats:
    """Each note's, its raters taken as known."""
    taking = TakingPart(~np.isnan(found.note_intercept), ~np.isnan(found.rater_intercept))
    layout = lay_out(ratings, taking, counter)
    frozen = frozen_at(found, COMMUNITY_NOTES, layout)
    deviation = closed.solved(closed.note_sums(layout, frozen), frozen.note_ridge, found.squared_error).deviation
    return spread(ratings, layout, deviation)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a published run reads beside the ratings, and what it may leave or do.

    coordination  look for raters who act together
    check_flips   refuse a round in which too many statuses change
    """

    beside: PriorFiles | None = None
    coordination: bool = True
    check_flips: bool = False


def _watched(counter: Counter, say: Say, text: str, passes_about: int) -> Counter:
    """The same counter, telling of its passes; the share is a guess, and never the whole before the end."""
    passes = itertools.count(1)
    return replace(counter, on_pass=lambda: say(text, min(next(passes) / passes_about, 0.99)))


@dataclass(frozen=True, slots=True)
class Scored:
    """A table's scores, and what they were made from.

    counted  the ratings that were counted: without those that were left out as coordinated
    """

    ratings: Ratings
    counted: Ratings
    prior: Prior | None
    correlated: Bits | None
    scores: Scores
    cpu_s: float


def scored(
    place: Path,
    params: ConsensusParams = DESK,
    *,
    cpu_s: Clock,
    choices: Choices | None = None,
    counter: Counter | None = None,
    say: Say = nothing_said,
) -> Scored:
    """Read a table, or the public files, and score it."""
    choices = choices or Choices()
    beside, published = choices.beside or PriorFiles(), params.passes > 1
    if beside.history is None and (choices.check_flips or beside.now_ms is not None):
        raise ConsensusError("--now and --check-flips compare with an earlier round: name it with --status-history")
    ratings = files.read_ratings(place, with_tags=published, told=lambda share: say(f"reading {place}", share))
    prior = priors.read_prior(ratings, beside) if beside.any else None
    if beside.enrolled is not None:
        # The published code keeps modelling groups apart by this file; the groups are its own, so it is only checked.
        files.read_columns(beside.enrolled, ["participantId"])
    text = f"scoring {len(ratings):,} ratings"
    counter = _watched(counter or Counter(), say, text, params.passes * _PASSES_ABOUT)
    counter.warm_up()
    started = cpu_s()
    counted, correlated = ratings, None
    if published and choices.coordination:
        say("looking for raters who act together", 0.0)
        counted, correlated = coordination.with_groups(ratings, prior)
    scores = score(counted, params, prior=prior, correlated=correlated, counter=counter)
    if choices.check_flips and prior is not None and prior.history is not None:
        check_flips(prior.history, scores.status, params)
    return Scored(ratings, counted, prior, correlated, scores, cpu_s() - started)


def write_scores(
    place: Path,
    out: Path,
    params: ConsensusParams = DESK,
    *,
    form: str,
    measures: Measures,
    choices: Choices | None = None,
    counter: Counter | None = None,
    say: Say = nothing_said,
) -> dict[str, object]:
    """Statuses of a table, or with notes and status history of the public files; never raters for the set `desk`."""
    found = scored(place, params, cpu_s=measures.cpu_s, choices=choices, counter=counter, say=say)
    ratings, scores, prior = found.ratings, found.scores, found.prior
    _make(out)
    written = [files.write_table(out, "notes", form, notes_table(scores))]
    if scores.raters is not None:
        written.append(files.write_table(out, "raters", form, {
            "raterParticipantId": ratings.rater_ids,
            "intercept": scores.raters.intercept,
            "factor": scores.raters.factor,
            "agreement": scores.raters.agreement,
            "stays": scores.raters.stays.astype(np.int8),
        }))  # fmt: skip
    beside = (choices or Choices()).beside or PriorFiles()
    if prior is not None and beside.history is not None:
        left = priors.history_table(ratings, scores, prior, beside.history)
        written.append(files.write_table(out, "history", form, left))
    decided = zip(*np.unique(scores.rule, return_counts=True), strict=True)
    counts = {name: int(np.count_nonzero(scores.status == value)) for value, name in STATUS_NAMES.items()}
    report = {
        "command": "score",
        "ratings": len(ratings),
        "ratings_left_out_as_coordinated": len(ratings) - len(found.counted),
        **_choices_made(choices or Choices(), params),
        "now_ms": None if prior is None or prior.history is None else prior.history.now_ms,
        "raters_who_act_together": 0 if found.correlated is None else int(found.correlated.sum()),
        "params": json.loads(json.dumps(asdict(params))),
        "rules": [_rule(name) for name in (*params.rules, UNDECIDED.id)],
        "statuses": counts,
        "decided_by_status": _by_status(scores),
        "decided_by": {str(name): int(count) for name, count in decided},
        **{name: getattr(scores.fits[-1], name) if scores.fits else None for name in _OF_THE_LAST_FIT},
        "fits": [_of_fit(found) for found in scores.fits],
        "score_cpu_s": round(found.cpu_s, 3),
        "peak_mb": round(measures.peak_mb()),
        **_digests(place, written),
        "inputs_beside": {
            name: {path.name: files.digest(path) for path in tables.paths(found)}
            for name, found in (
                ("notes", beside.notes),
                ("status_history", beside.history),
                ("enrollment", beside.enrolled),
            )
            if found is not None
        },
    }
    files.write_json(out / "run.json", report)
    return report


def _choices_made(choices: Choices, params: ConsensusParams) -> dict[str, object]:
    """What was asked for, with the thresholds that the parameter set doesn't hold."""
    looked = params.passes > 1 and choices.coordination
    return {
        "looked_for_coordination": looked,
        "coordination": {"co_rating": asdict(coordination.CoRating()), "cliques": asdict(coordination.Cliques())}
        if looked
        else None,
        "checked_flips": choices.check_flips,
    }


def in_short(report: Mapping[str, Any]) -> list[str]:
    """How many notes have each status, and by which rules: a line a status."""
    rules = report["decided_by_status"]
    return [
        f"{report['statuses'][name]:>8}  {name.replace('_', ' ')}"
        + (f": {', '.join(f'{rule} {count}' for rule, count in rules[name].items())}" if rules[name] else "")
        for name in report["statuses"]
    ]


def _by_status(scores: Scores) -> dict[str, dict[str, int]]:
    """Counts of deciding rules within each status, most first."""
    found: dict[str, dict[str, int]] = {}
    for value, name in STATUS_NAMES.items():
        names, counts = np.unique(scores.rule[scores.status == value], return_counts=True)
        order = np.argsort(-counts, kind="stable")
        found[name] = {str(names[place]): int(counts[place]) for place in order}
    return found


def notes_table(scores: Scores) -> dict[str, Array]:
    """One row a note, in the order of ids."""
    order = np.argsort(scores.note_ids, kind="stable")
    names = np.array([STATUS_NAMES[int(value)] for value in scores.status[order]], dtype=np.str_)
    table: dict[str, Array] = {
        "noteId": scores.note_ids[order],
        "ratings": scores.n_ratings[order],
        "intercept": scores.intercept[order],
        "factor": scores.factor[order],
        "uncertainty": scores.uncertainty[order],
        "status": names if len(names) else np.zeros(0, dtype="U1"),
        "rule": scores.rule[order],
    }
    if scores.reasons is not None:
        names = np.array([*tags.NAMES, ""], dtype=np.str_)
        table |= {f"reason{rank + 1}": names[places[order]] for rank, places in enumerate(scores.reasons)}
    if scores.params.passes == 1:
        table["agreed"] = scores.agreed[order]
    return table


def _of_fit(found: Fit) -> dict[str, object]:
    return {
        "n_ratings": found.n_ratings,
        "n_notes": found.n_notes,
        "n_raters": found.n_raters,
        "ratings_per_note": found.ratings_per_note,
        "ratings_per_rater": found.ratings_per_rater,
        "global_intercept": found.global_intercept,
        "loss": found.loss,
        "squared_error": found.squared_error,
        "gradient_norm": found.gradient_norm,
        "passes": found.passes,
        "newton_steps": found.newton_steps,
        "components": int(found.components.max(initial=-1)) + 1,
        "higher_minima": [asdict(other) for other in found.others],
    }


def _rule(name: str) -> dict[str, object]:
    rule = RULES.get(name, UNDECIDED)
    return {"id": rule.id, "version": rule.version, "sentence": rule.sentence}


def _digests(place: Path, written: list[Path]) -> dict[str, object]:
    return {
        "inputs": {path.name: files.digest(path) for path in tables.paths(place)},
        "outputs": {path.name: files.digest(path) for path in written},
    }
