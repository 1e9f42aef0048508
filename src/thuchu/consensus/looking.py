"""Looking at runs: why a note has its status, in what two runs differ, and a made-up community to try things on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from thuchu.consensus import files, tags
from thuchu.consensus.elementary import sigmoid
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.rules import RULES, STATUS_NAMES, UNDECIDED
from thuchu.consensus.scores import Scores
from thuchu.consensus.tables import BadFile
from thuchu.consensus.values import ConsensusError, Fit, Floats

Array = npt.NDArray[Any]
_FORMATS = ("tsv", "parquet", "npz")
# No group of raters in the picture of a note stands for fewer than this many (DESIGN rule 7).
RATERS_PER_GROUP_MIN = 5
GROUPS_MAX = 8


@dataclass(frozen=True, slots=True)
class Group:
    """Raters of a note who stand together on the axis: from where to where, and how they rated.

    expected  the rating, from 0 to 1, that the model expects of them
    """

    low: float
    high: float
    not_helpful: int
    somewhat: int
    helpful: int
    expected: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a note has its status: sentences, and its raters along the axis, at least five a group."""

    title: str
    sentences: tuple[str, ...]
    groups: tuple[Group, ...]

    def text(self) -> list[str]:
        lines = [self.title, *self.sentences, ""]
        if not self.groups:
            return [*lines, f"Fewer than {RATERS_PER_GROUP_MIN} raters with a place on the axis: no picture."]
        lines += [
            f"Its raters, from one end of the axis to the other, at least {RATERS_PER_GROUP_MIN} a line:",
            "█ helpful   ▒ somewhat helpful   · not helpful",
        ]
        for group in self.groups:
            marks = "█" * group.helpful + "▒" * group.somewhat + "·" * group.not_helpful
            lines.append(f"{group.low:+.2f} to {group.high:+.2f}   {marks}")
        return lines


def explain(ratings: Ratings, scores: Scores, note_id: str) -> Explanation:
    """Of a note by its id; `ratings` are those that were scored."""
    codes = [code for code, known in enumerate(ratings.note_ids.tolist()) if str(known) == note_id]
    if not codes:
        raise BadFile(f"note {note_id}: it has no rating in this table{_example(ratings)}")
    code = codes[0]
    rule = RULES.get(str(scores.rule[code]), UNDECIDED)
    status = STATUS_NAMES[int(scores.status[code])].replace("_", " ")
    levels = np.bincount(ratings.level[ratings.note == code], minlength=3)
    sentences = [
        f"Rule {rule.id} (version {rule.version}, set {scores.params.name}): {rule.sentence}",
        f"{levels.sum()} ratings: {levels[2]} helpful, {levels[1]} somewhat helpful, {levels[0]} not helpful.",
    ]
    if scores.set_aside[code]:
        sentences.append(
            f"{scores.set_aside[code]} of them are set aside: people who turn up together more often than by chance, "
            "and say the same, speak for fewer than they are."
        )
    if np.isnan(scores.intercept[code]):
        sentences.append("It took no part in the fit: too few ratings that count.")
    else:
        sentences += _of_scores(scores, code)
    return Explanation(f"Note {note_id}: {status}", tuple(sentences), _groups(ratings, code, scores))


def _example(ratings: Ratings) -> str:
    return f"; one that has is {ratings.note_ids[0]}" if ratings.n_notes else ""


def _of_scores(scores: Scores, code: int) -> list[str]:
    params = scores.params
    one_side = "little" if abs(scores.factor[code]) <= params.factor_max else "too much"
    lines = [
        f"What raters like about it beyond what their sides explain (intercept): {scores.intercept[code]:.2f} "
        f"± {scores.uncertainty[code]:.2f}. It divides the sides {one_side} (factor {scores.factor[code]:+.2f}; "
        f"up to ± {params.factor_max:g} is little)."
    ]
    if params.passes > 1:
        lines.append(
            f"Lines: helpful from {params.helpful_intercept:g}; not helpful up to {params.not_helpful_intercept:g}, "
            f"less {params.not_helpful_slope:g} times the factor."
        )
    if scores.reasons is not None and scores.reasons[0, code] >= 0:
        ticked = [tags.NAMES[place] for place in scores.reasons[:, code].tolist() if place >= 0]
        lines.append(f"Ticked most: {', '.join(ticked)}.")
    if params.passes == 1:
        sides = scores.who_could_decide(code)
        lines += [
            f"Both sides find it helpful with probability {scores.agreed[code]:.2f}; "
            f"{params.agreement_probability:g} is needed.",
            f"The community shows two sides with {scores.evidence_bits:.0f} bits of evidence; "
            f"{params.evidence_bits:g} are needed. About {scores.smaller_side:.0f} raters are on the smaller one.",
            f"Where one more rating would tell: {sides[0]:.0%} on the negative side of the axis, "
            f"{sides[1]:.0%} on the positive one.",
        ]
    return lines


def _groups(ratings: Ratings, code: int, scores: Scores) -> tuple[Group, ...]:
    if not scores.fits:
        return ()
    found: Fit = scores.fits[-1]
    own = (ratings.note == code) & ~np.isnan(found.rater_factor[ratings.rater])
    rater, level = ratings.rater[own], ratings.level[own]
    factor = found.rater_factor[rater]
    expected = found.global_intercept + found.rater_intercept[rater] + np.nan_to_num(scores.intercept[code])
    expected = np.clip(expected + factor * np.nan_to_num(scores.factor[code]), 0, 1)
    groups = []
    for part in _parts(factor):
        no, somewhat, yes = np.bincount(level[part], minlength=3).tolist()
        low, high = float(factor[part].min()), float(factor[part].max())
        groups.append(Group(low, high, no, somewhat, yes, float(expected[part].mean())))
    return tuple(groups)


def _parts(factor: Floats) -> list[npt.NDArray[np.intp]]:
    """Raters by factor, in groups of enough; no group holds both sides where each has enough of its own."""
    order = np.argsort(factor, kind="stable")
    negative = int(np.count_nonzero(factor < 0))
    sides = [order[:negative], order[negative:]]
    if min(map(len, sides)) < RATERS_PER_GROUP_MIN:
        sides = [order]
    most = GROUPS_MAX // len(sides)
    many = [min(most, len(side) // RATERS_PER_GROUP_MIN) for side in sides]
    return [part for side, count in zip(sides, many, strict=True) if count for part in np.array_split(side, count)]


def compare(one: Path, other: Path) -> list[str]:
    """In what two runs differ: notes that only one has, statuses, intercepts."""
    tables = [_notes_of(run) for run in (one, other)]
    shared = sorted(set(tables[0]) & set(tables[1]))
    lines = [
        f"{len(shared)} notes in both, {len(tables[0]) - len(shared)} only in {one}, "
        f"{len(tables[1]) - len(shared)} only in {other}"
    ]
    pairs = [(tables[0][note], tables[1][note]) for note in shared]
    apart = [
        (abs(float(mine["intercept"]) - float(theirs["intercept"])), note)
        for note, (mine, theirs) in zip(shared, pairs, strict=True)
        if mine["intercept"] and theirs["intercept"]
    ]
    if apart:
        most, note = max(apart)
        lines.append(f"intercepts differ by up to {most:.3g}" + (f" (note {note})" if most else ""))
        lines[-1] += f", on average by {sum(gap for gap, _ in apart) / len(apart):.3g}"
    without = [run for run, table in zip((one, other), tables, strict=True) if not _has_statuses(table)]
    if without:
        return [*lines, f"no statuses to compare: a fit alone in {' and '.join(map(str, without))}"]
    changes: dict[tuple[str, str], list[str]] = {}
    for note, (mine, theirs) in zip(shared, pairs, strict=True):
        if mine["status"] != theirs["status"]:
            changes.setdefault((mine["status"], theirs["status"]), []).append(note)
    lines.append(f"{sum(map(len, changes.values()))} statuses differ")
    lines += [f"  {was} → {is_}: {len(notes)}, e.g. {notes[0]}" for (was, is_), notes in sorted(changes.items())]
    return lines


def _has_statuses(table: Mapping[str, Mapping[str, str]]) -> bool:
    return not table or any(row.get("status") for row in table.values())


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
    return dict(files.read_columns(path, ["noteId", "intercept"], ["status", "rule"]).texts)


# A world to try things on: two camps and how they like notes, drawn from a fixed sequence.

_LOVED = 2


def simulate(n_raters: int, n_notes: int, per_note: int, share: float, seed: int) -> dict[str, Array]:
    """Ratings of a made-up community: a table to score, with what each note really is (0 good, 1 bad, 2 one side's).

    share  of the raters that are on the first side, from 0 to 1
    The sequence of numbers is fixed by the seed (PCG64); nothing in scoring uses it.
    """
    if not 0 <= share <= 1:
        raise ConsensusError(f"share {share:g}: the first side's share of the raters lies between 0 and 1")
    if seed < 0:
        raise ConsensusError(f"seed {seed}: a seed is a whole number from 0 up")
    random = np.random.Generator(np.random.PCG64(seed))
    leaning = np.where(np.arange(n_raters) < share * n_raters, 1.0, -1.0) * (0.5 + 0.7 * random.random(n_raters))
    kind = np.digitize(random.random(n_notes), [0.4, 0.6])
    quality = np.array([1.6, -1.5, -0.2])[kind]
    slant = np.where(kind == _LOVED, np.where(random.random(n_notes) < 0.5, 2.2, -2.2), 0.0)
    wanted = min(per_note, n_raters)
    rater = np.concatenate([np.argsort(random.random(n_raters), kind="stable")[:wanted] for _ in range(n_notes)])
    note = np.repeat(np.arange(n_notes), wanted)
    liking = quality[note] + slant[note] * leaning[rater]
    drawn = random.random(len(note)) - 0.9 * sigmoid(2 * liking)
    value = np.where(drawn < 0, 1.0, np.where(drawn < 0.12, 0.5, 0.0))
    return {"rater": rater + 1, "note": note + 1, "rating": value, "kind": kind[note]}
