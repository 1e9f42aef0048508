"""What the desk dares to answer: every message asked twice, with its fact-check in the collection and without it.

    python bench/match_decisions.py SET_DIR [--split S] [--strip-accents] [--semantic DIR] [--json] [--curve FILE]

Messages in never_checked.txt are asked, too.  Thresholds are those that ship (fitted on train splits).
coverage       share of messages with a fact-check that were answered
precision      share of all answers, of both runs, that were right
false_answers  share of messages without a fact-check that were answered all the same
Brier, ECE     of the first candidate's probability over both runs; ECE over ten bins of equal width
"""

import argparse
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from match_quality import open_desk
from sets import EvaluationSet, read_set
from thuchu.matching import Collection, Decision
from thuchu.matching.encoder import Encoder, OnnxEncoder
from thuchu.text.folding import strip_accents

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_BINS = 10


@dataclass(frozen=True)
class Told:
    """What was said to one message: asked with its fact-check there or not."""

    query: str
    checked: bool
    probability: float
    right: bool
    answered: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set_dir", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--strip-accents", action="store_true", help="take the accents off the messages")
    parser.add_argument("--semantic", type=Path, help="compare meanings with the encoder in this folder")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--curve", type=Path, help="append every message's outcome to this file, for the plots")
    arguments = parser.parse_args()
    measured = read_set(arguments.set_dir)
    encoder = OnnxEncoder(arguments.semantic, threads=2) if arguments.semantic else None
    told = ask(measured, arguments.split, strip_accents if arguments.strip_accents else str, encoder)
    line = {
        "set": measured.name,
        "split": arguments.split,
        "engine": "thuchu+semantic" if encoder else "thuchu",
        "strip_accents": arguments.strip_accents,
        **measure(told),
    }
    if arguments.curve:
        with arguments.curve.open("a", encoding="utf-8") as file:
            for each in told:
                outcome = [each.query, each.checked, round(each.probability, 5), each.right, each.answered]
                file.write(json.dumps([measured.name, arguments.strip_accents, *outcome]) + "\n")
    print(json.dumps(line) if arguments.json else as_text(line))


def ask(measured: EvaluationSet, split: str, typed: Callable[[str], str], encoder: Encoder | None = None) -> list[Told]:
    told = []
    with tempfile.TemporaryDirectory() as folder, Collection.open(Path(folder), encoder) as collection:
        desk = open_desk(measured, collection)
        for query, right in sorted(measured.splits[split].items()):
            message = typed(measured.messages[query])
            told.append(_outcome(query, True, desk.find(message), right))
            told.append(_outcome(query, False, desk.find(message, without=sorted(right)), frozenset()))
        told += [
            _outcome(query, False, desk.find(typed(measured.messages[query])), frozenset())
            for query in measured.never_checked
        ]
    return told


def _outcome(query: str, checked: bool, decision: Decision, right: frozenset[str]) -> Told:
    if not decision.matches:
        return Told(query, checked, 0.0, False, False)
    first = decision.matches[0]
    return Told(query, checked, first.probability, first.id in right, decision.kind == "answer")


def measure(told: list[Told]) -> dict[str, float]:
    checked = np.array([each.checked for each in told])
    probability = np.array([each.probability for each in told])
    right = np.array([each.right for each in told])
    answered = np.array([each.answered for each in told])
    base = right.mean()
    return {
        "n_checked": int(checked.sum()),
        "n_never_checked": int((~checked).sum()),
        "coverage": round(float(answered[checked].mean()), 4),
        "precision": round(float(right[answered].mean()), 4) if answered.any() else 1.0,
        "answers": int(answered.sum()),
        "wrong_answers": int((answered & ~right).sum()),
        "false_answers": round(float(answered[~checked].mean()), 4),
        "coverage_at_.97": round(best_coverage(probability, right, checked), 4),
        "Brier": round(float(((probability - right) ** 2).mean()), 4),
        "Brier_base_rate": round(float(base * (1 - base)), 4),
        "ECE": round(calibration_error(probability, right), 4),
    }


def best_coverage(
    probability: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], checked: npt.NDArray[np.bool_]
) -> float:
    """The coverage of the most generous threshold, chosen here, that keeps precision .97 and false answers .01."""
    order = np.argsort(-probability, kind="stable")
    answers = np.arange(1, len(order) + 1)
    precise = np.cumsum(right[order]) / answers >= 0.97
    quiet = np.cumsum(~checked[order]) <= 0.01 * (~checked).sum()
    fine = np.flatnonzero(precise & quiet)
    return float(checked[order][: fine[-1] + 1].sum() / checked.sum()) if len(fine) else 0.0


def calibration_error(probability: Floats, right: Flags) -> float:
    """Mean distance between what was said and what came true, over bins of equal width, by their share of messages."""
    bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    gaps = [abs(probability[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)]
    return float(sum(gaps))


def as_text(line: dict[str, object]) -> str:
    stripped = "stripped" if line["strip_accents"] else "typed"
    names = ("coverage", "precision", "false_answers", "coverage_at_.97", "Brier", "Brier_base_rate", "ECE")
    figures = "  ".join(f"{name} {line[name]:.3f}" for name in names)
    return f"{line['set']} {line['split']} {stripped} n={line['n_checked']}+{line['n_never_checked']}  {figures}"


if __name__ == "__main__":
    main()
