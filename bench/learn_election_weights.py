"""Learns the weights of `thuchu.procedure.weighing` from questions, or counts how well such weights do on others.

    python bench/learn_election_weights.py QUESTIONS.tsv... > src/thuchu/procedure/election_weights.tsv
    python bench/learn_election_weights.py --cross-validate QUESTIONS.tsv...

Files are as for `facts_questions.py`.  Cross-validation learns from nine tenths and counts on the last, ten times, file
by file; misses go to standard error.  The same files give the same weights.
"""

import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from thuchu.procedure.asking import asked_about
from thuchu.procedure.election_cues import ELECTION
from thuchu.procedure.fields import fields_of
from thuchu.procedure.reading import words_of
from thuchu.procedure.weighing import NONE, SCALE, Weights, features

CLASSES = (*(field.code for field in fields_of("election")), NONE)
# The made-up communes of the questions are no words to learn from.
PLACES = (" an binh ", " hoa lac ", " dong son ", " tan phu ")
# What one question alone has says nothing about another.
SEEN_MIN = 2
DECAY = 0.2
ROUNDS = 300
STEP = 0.05
FOLDS = 10
SEED = 7
# Hundredths below this are left out of the file.
HUNDREDTHS_MIN = 5

Row = tuple[str, str]
Floats = NDArray[np.float64]


def main(args: list[str]) -> int:
    """Weights, or the counts of each file, on standard output."""
    apart = args[:1] == ["--cross-validate"]
    paths = [Path(arg) for arg in args[apart:]]
    rows = [(path.name, row) for path in paths for row in _questions(path)]
    if apart:
        _cross_validate(rows)
    else:
        print(_written(_learned([row for _, row in rows])))
    return 0


def _cross_validate(rows: list[tuple[str, Row]]) -> None:
    order = list(range(len(rows)))
    random.Random(SEED).shuffle(order)
    counts: dict[str, Counter[str]] = {}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        weights = _learned([row for at, (_, row) in enumerate(rows) if at not in held])
        for at in sorted(held):
            name, (question, field) = rows[at]
            found = asked_about(question, "election", weights)
            how = _how(found, field)
            counts.setdefault(name, Counter())[how] += 1
            if how not in ("right", "left alone"):
                print(f"{name}: {how}: {question} | {field} | {','.join(found) or NONE}", file=sys.stderr)
    for name, counted in [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]:
        asked = counted["right"] + counted["wrong"] + counted["abstained"]
        said_wrong = counted["wrong"] + counted["invented"]
        print(
            f"{name:42} right {counted['right']:4} of {asked:4} = {counted['right'] / max(1, asked):.3f}"
            f"  wrong fact {said_wrong:3} of {counted.total():4} = {said_wrong / counted.total():.3f}"
        )


def _how(found: tuple[str, ...], field: str) -> str:
    if field == NONE:
        return "invented" if found else "left alone"
    return "abstained" if not found else "right" if found == (field,) else "wrong"


def _learned(rows: list[Row]) -> Weights:
    """Softmax regression with decay, all rows at once, by Adam."""
    said = [_features(question) for question, _ in rows]
    seen = Counter(name for each in said for name in each)
    names = sorted(name for name, number in seen.items() if number >= SEEN_MIN)
    column = {name: at for at, name in enumerate(names)}
    values = np.zeros((len(rows), len(names) + 1))
    values[:, -1] = 1
    for at, each in enumerate(said):
        for name, value in each.items():
            if name in column:
                values[at, column[name]] = value
    truth = np.array([[field == code for code in CLASSES] for _, field in rows], dtype=float)
    fitted = _fitted(values, truth)
    return Weights(
        classes=CLASSES,
        start=tuple(fitted[-1].tolist()),
        of={name: tuple(fitted[at].tolist()) for name, at in column.items()},
    )


def _fitted(values: Floats, truth: Floats) -> Floats:
    weights = np.zeros((values.shape[1], truth.shape[1]))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for at in range(1, ROUNDS + 1):
        sums = values @ weights
        parts = np.exp(sums - sums.max(axis=1, keepdims=True))
        slope = (values.T @ (parts / parts.sum(axis=1, keepdims=True) - truth) + DECAY * weights) / len(values)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        step = STEP * (1 if at < 0.6 * ROUNDS else 0.2)
        weights -= step * (mean / (1 - 0.9**at)) / (np.sqrt(square / (1 - 0.99**at)) + 1e-8)
    return weights


def _features(question: str) -> dict[str, float]:
    words = words_of(question)
    found = ELECTION.found(words)
    for place in PLACES:
        words = words.replace(place, " ")
    return features(ELECTION, words, found)


def _written(weights: Weights) -> str:
    lines = [
        "# Learned by bench/learn_election_weights.py from tests/procedure/election_*.tsv; hundredths; ADR 23.",
        "\t".join(("feature", *weights.classes)),
        "\t".join(("", *map(_cell, weights.start))),
    ]
    for name, row in weights.of.items():
        cells = [_cell(weight) for weight in row]
        if any(cells):
            lines.append("\t".join((name, *cells)))
    return "\n".join(lines)


def _cell(weight: float) -> str:
    hundredths = round(weight * SCALE)
    return str(hundredths) if abs(hundredths) >= HUNDREDTHS_MIN else ""


def _questions(path: Path) -> list[Row]:
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [(cells[0].strip(), cells[1].strip()) for cells in lines]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
