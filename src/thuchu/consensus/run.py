"""Whole runs over files: what the commands do, without printing and without a clock of their own."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from thuchu.consensus import coordination, files, priors, tags
from thuchu.consensus.counting import Counter
from thuchu.consensus.files import BadFile
from thuchu.consensus.fitting import fit
from thuchu.consensus.history import check_flips
from thuchu.consensus.layout import enough
from thuchu.consensus.params import DESK, ConsensusParams
from thuchu.consensus.priors import PriorFiles
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.rules import RULES, STATUS_NAMES, UNDECIDED
from thuchu.consensus.scorer import score
from thuchu.consensus.scores import Scores
from thuchu.consensus.values import Fit, Penalty

Clock = Callable[[], float]
# Told what begins, before it does.
Say = Callable[[str], None]
Array = npt.NDArray[Any]
_FORMATS = ("tsv", "parquet", "npz")
# No share of raters in the picture of a note stands for fewer than this many (DESIGN rule 7).
RATERS_PER_BIN_MIN = 5
_BINS = 8


def _nothing_said(_text: str) -> None:
    pass


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
    say: Say = _nothing_said,
) -> dict[str, object]:
    """Filter once, minimise the published objective with K from the data, write notes, raters and run.json."""
    counter = counter or Counter()
    say(f"reading {place}")
    ratings = files.read_ratings(place)
    say(f"fitting {len(ratings)} ratings")
    counter.warm_up()
    started = measures.cpu_s()
    found = fit(ratings, Penalty(), part=enough(ratings, *minima, counter), counter=counter)
    cpu_s = measures.cpu_s() - started
    out.mkdir(parents=True, exist_ok=True)
    took = ~np.isnan(found.note_intercept)
    rated = ~np.isnan(found.rater_intercept)
    written = [
        files.write_table(out, "notes", form, {
            "noteId": ratings.note_ids[took],
            "intercept": found.note_intercept[took],
            "factor": found.note_factor[took],
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


@dataclass(frozen=True, slots=True)
class Choices:
    """What a published run reads beside the ratings, and what it may leave or do.

    coordination  look for raters who act together
    check_flips   refuse a round in which too many statuses change
    """

    beside: PriorFiles | None = None
    coordination: bool = True
    check_flips: bool = False


def write_scores(
    place: Path,
    out: Path,
    params: ConsensusParams = DESK,
    *,
    form: str,
    measures: Measures,
    choices: Choices | None = None,
    counter: Counter | None = None,
    say: Say = _nothing_said,
) -> dict[str, object]:
    """Statuses of a table, or with notes and status history of the public files; never raters for the set `desk`."""
    counter, choices = counter or Counter(), choices or Choices()
    beside = choices.beside or PriorFiles()
    published = params.passes > 1
    say(f"reading {place}")
    ratings = files.read_ratings(place, with_tags=published)
    prior = priors.read_prior(ratings, beside) if beside.any else None
    if beside.enrolled is not None:
        # The published code keeps modelling groups apart by this file; the groups are its own, so it is only checked.
        files.read_columns(beside.enrolled, ["participantId"])
    counter.warm_up()
    started = measures.cpu_s()
    counted, correlated = ratings, None
    if published and choices.coordination:
        say("looking for raters who act together")
        counted, correlated = coordination.with_groups(ratings, prior)
    say(f"scoring {len(counted)} ratings")
    scores = score(counted, params, prior=prior, correlated=correlated, counter=counter)
    if choices.check_flips and prior is not None and prior.history is not None:
        check_flips(prior.history, scores.status, params)
    cpu_s = measures.cpu_s() - started
    out.mkdir(parents=True, exist_ok=True)
    written = [files.write_table(out, "notes", form, notes_table(scores))]
    if scores.raters is not None:
        written.append(files.write_table(out, "raters", form, {
            "raterParticipantId": ratings.rater_ids,
            "intercept": scores.raters.intercept,
            "factor": scores.raters.factor,
            "agreement": scores.raters.agreement,
            "stays": scores.raters.stays.astype(np.int8),
        }))  # fmt: skip
    if prior is not None and scores.history is not None:
        written.append(files.write_table(out, "history", form, priors.history_table(ratings, prior, scores)))
    decided = zip(*np.unique(scores.rule, return_counts=True), strict=True)
    counts = {name: int(np.count_nonzero(scores.status == value)) for value, name in STATUS_NAMES.items()}
    report = {
        "command": "score",
        "ratings": len(ratings),
        "ratings_left_out_as_coordinated": len(ratings) - len(counted),
        "raters_who_act_together": 0 if correlated is None else int(correlated.sum()),
        "params": json.loads(json.dumps(asdict(params))),
        "rules": [_rule(name) for name in (*params.rules, UNDECIDED.id)],
        "statuses": counts,
        "decided_by": {str(name): int(count) for name, count in decided},
        "fits": [_of_fit(found) for found in scores.fits],
        "score_cpu_s": round(cpu_s, 3),
        "peak_mb": round(measures.peak_mb()),
        **_digests(place, written),
    }
    files.write_json(out / "run.json", report)
    return report


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
        "inputs": {path.name: files.digest(path) for path in files.paths(place)},
        "outputs": {path.name: files.digest(path) for path in written},
    }


# Looking at runs.


def explain(ratings: Ratings, note_id: str, params: ConsensusParams, counter: Counter | None = None) -> list[str]:
    """Why a note has its status: sentences, and its ratings over the axis, at least five raters a bar."""
    codes = [code for code, known in enumerate(ratings.note_ids.tolist()) if str(known) == note_id]
    if not codes:
        raise BadFile(f"note {note_id}: it has no rating in this table")
    code = codes[0]
    scores = score(ratings, params, counter=counter)
    rule = RULES.get(str(scores.rule[code]), UNDECIDED)
    lines = [
        f"Note {note_id}: {STATUS_NAMES[int(scores.status[code])]}, by rule {rule.id} (version {rule.version}).",
        rule.sentence,
        f"{scores.n_ratings[code]} ratings; intercept {scores.intercept[code]:.3f} ± {scores.uncertainty[code]:.3f}, "
        f"factor {scores.factor[code]:.3f}.",
    ]
    if params.passes == 1:
        sides = scores.who_could_decide(code)
        lines += [
            f"Both sides find it helpful with probability {scores.agreed[code]:.2f} "
            f"({params.agreement_probability} is needed).",
            f"The community shows two sides with {scores.evidence_bits:.1f} bits of evidence "
            f"({params.evidence_bits:g} are needed), the smaller one of about {scores.smaller_side:.0f} raters.",
            f"One more rating would tell: from the negative side {sides[0]:.0%}, "
            f"from the positive side {sides[1]:.0%}.",
        ]
    if scores.fits:
        lines += _picture(ratings, code, scores.fits[-1])
    return lines


def _picture(ratings: Ratings, code: int, found: Fit) -> list[str]:
    own = (ratings.note == code) & ~np.isnan(found.rater_factor[ratings.rater])
    factor, level = found.rater_factor[ratings.rater[own]], ratings.level[own]
    order = np.argsort(factor, kind="stable")
    bins = min(_BINS, len(order) // RATERS_PER_BIN_MIN)
    if bins == 0:
        return [f"Fewer than {RATERS_PER_BIN_MIN} raters: no picture."]
    lines = ["", "factor of raters    helpful / somewhat / not"]
    for part in np.array_split(order, bins):
        counts = np.bincount(level[part], minlength=3)
        marks = "█" * int(counts[2]) + "▒" * int(counts[1]) + "·" * int(counts[0])
        lines.append(f"{factor[part].min():+.2f} to {factor[part].max():+.2f}    {marks}")
    return lines


def compare(one: Path, other: Path) -> list[str]:
    """In what two runs differ: notes that only one has, statuses, intercepts."""
    tables = [_notes_of(run) for run in (one, other)]
    shared = sorted(set(tables[0]) & set(tables[1]))
    lines = [
        f"{len(shared)} notes in both, {len(tables[0]) - len(shared)} only in {one}, "
        f"{len(tables[1]) - len(shared)} only in {other}"
    ]
    pairs = [(tables[0][note], tables[1][note]) for note in shared]
    apart = [abs(float(mine["intercept"]) - float(theirs["intercept"])) for mine, theirs in pairs
             if mine["intercept"] and theirs["intercept"]]  # fmt: skip
    if apart:
        lines.append(f"intercepts differ by up to {max(apart):.3g}, on average by {sum(apart) / len(apart):.3g}")
    changes: dict[tuple[str, str], int] = {}
    for mine, theirs in pairs:
        change = mine.get("status", ""), theirs.get("status", "")
        if change[0] != change[1]:
            changes[change] = changes.get(change, 0) + 1
    lines.append(f"{sum(changes.values())} statuses differ")
    lines += [f"  {before} → {after}: {count}" for (before, after), count in sorted(changes.items())]
    return lines


def _notes_of(run: Path) -> dict[str, Mapping[str, str]]:
    found = [run / f"notes.{form}" for form in _FORMATS if (run / f"notes.{form}").exists()]
    if not found:
        raise BadFile(f"{run}: there is no notes.tsv, notes.parquet or notes.npz here; name the folder of a run")
    table = _table_of(found[0])
    return {
        table["noteId"][row]: {name: column[row] for name, column in table.items()}
        for row in range(len(table["noteId"]))
    }


def _table_of(path: Path) -> dict[str, list[str]]:
    if path.suffix == ".npz":
        with np.load(path, allow_pickle=False) as archive:
            return {name: ["" if cell != cell else str(cell) for cell in archive[name].tolist()] for name in archive}  # noqa: PLR0124
    return files.read_columns(path, ["noteId", "intercept"], ["status", "rule"])


# A world to try things on: two camps and how they like notes, drawn from a fixed sequence.

_LOVED = 2


def simulate(n_raters: int, n_notes: int, per_note: int, share: float, seed: int) -> dict[str, Array]:
    """Ratings of a made-up community: a table to score, with what each note really is (0 good, 1 bad, 2 one side's).

    The sequence of numbers is fixed by the seed (PCG64); nothing in scoring uses it.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    leaning = np.where(np.arange(n_raters) < share * n_raters, 1.0, -1.0) * (0.5 + 0.7 * random.random(n_raters))
    kind = np.digitize(random.random(n_notes), [0.4, 0.6])
    quality = np.array([1.6, -1.5, -0.2])[kind]
    slant = np.where(kind == _LOVED, np.where(random.random(n_notes) < 0.5, 2.2, -2.2), 0.0)
    wanted = min(per_note, n_raters)
    rater = np.concatenate([np.argsort(random.random(n_raters), kind="stable")[:wanted] for _ in range(n_notes)])
    note = np.repeat(np.arange(n_notes), wanted)
    liking = quality[note] + slant[note] * leaning[rater]
    drawn = random.random(len(note)) - 0.9 / (1 + np.exp(-2 * liking))
    value = np.where(drawn < 0, 1.0, np.where(drawn < 0.12, 0.5, 0.0))
    return {"rater": rater + 1, "note": note + 1, "rating": value, "kind": kind[note]}
