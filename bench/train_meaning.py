"""Fit the weights for messages whose meaning is compared, too, and write them with provenance.

    python bench/train_meaning.py SET_ROOT --semantic DIR

Sets in the encoder's languages only, train splits and folds as in train_ranker.py; run it after that one.  The words
keep their weights and one weight is added for the cosine (fitting all anew was no better in cross-validation: .773
against .776); calibration is fitted anew.  Needs thuchu[semantic].  Writes src/thuchu/matching/meaning.json.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sets import read_set
from thuchu.matching.encoder import Encoder, OnnxEncoder
from thuchu.matching.features import FEATURES
from thuchu.matching.weights import MEANING_KIND, ranking_weights
from train_ranker import NEW, Asked, ask_train, fit_calibrations, mean_reciprocal_rank, write

# Tried for the cosine; the mean over sets is flat for some steps around the best.
COSINE_WEIGHTS = range(0, 205, 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set_root", type=Path)
    parser.add_argument("--semantic", type=Path, required=True, help="the encoder's folder")
    arguments = parser.parse_args()
    train(arguments.set_root, OnnxEncoder(arguments.semantic, threads=2))


def train(set_root: Path, encoder: Encoder) -> None:
    asked_by_family: dict[str, list[Asked]] = {}
    for folder in sorted(path.parent.parent for path in set_root.glob("*/qrels/train.tsv")):
        measured = read_set(folder)
        if measured.documents[0].language in encoder.languages:
            family, asked = ask_train(measured, encoder)
            asked_by_family.setdefault(family, []).extend(asked)
            print(f"{folder.name}: {len(asked)} messages, {family}", flush=True)
    weights: dict[str, dict[str, float]] = {}
    fitted: dict[str, object] = {}
    for family, asked in asked_by_family.items():
        found = fit_cosine(asked, ranking_weights(family))
        kind = family + MEANING_KIND
        weights[kind] = {name: round(float(weight), 4) for name, weight in zip(FEATURES, found, strict=True)}
        fitted[kind] = fit_calibrations(kind, asked, found)
    sets = sorted({each.name.split(" ")[0] for asked in asked_by_family.values() for each in asked})
    provenance = {"made_by": "bench/train_meaning.py", "from": [f"{name}, train split" for name in sets]}
    content = {"provenance": provenance, "encoder": encoder.name, "weights": weights, "calibration": fitted}
    write(Path(__file__).parent.parent / "src" / "thuchu" / "matching" / "meaning.json", content)


def fit_cosine(asked: Sequence[Asked], words: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """`words` with the weight of the cosine at the greatest mean reciprocal rank, each set counting once."""
    by_set: dict[str, list[Asked]] = {}
    for each in asked:
        if not each.name.endswith(NEW):
            by_set.setdefault(each.name, []).append(each)
    tried = []
    for weight in COSINE_WEIGHTS:
        weights = np.where(np.array(FEATURES) == "cosine", float(weight), words)
        ranks = {name: round(mean_reciprocal_rank(group, weights), 4) for name, group in by_set.items()}
        tried.append((float(np.mean(list(ranks.values()))), weights))
        print(f"cosine {weight}: {tried[-1][0]:.4f} {ranks}", flush=True)
    return max(tried, key=lambda pair: pair[0])[1]


if __name__ == "__main__":
    main()
