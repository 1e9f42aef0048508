"""Fit ranking and calibration weights on train splits, one vector a language family, and write them with provenance.

    python bench/train_ranker.py SET_ROOT

Only `qrels/train.tsv` is read.  Each set's train messages are cut into folds by document: the messages of the other
folds are the desk's history, so that no message is weighed by statistics it took part in.
Ranking: gradient ascent on the mean smoothed reciprocal rank, each set counting once, accented languages typed and
stripped.  Calibration: logistic regression on the first candidates of messages asked twice, with their document and
without it; the answer threshold is where the pooled precision of train answers is PRECISION_AIM and false answers stay
under FALSE_ANSWERS_AIM.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sets import EvaluationSet, read_set
from thuchu.matching import Collection
from thuchu.matching.calibration import INPUTS, inputs
from thuchu.matching.encoder import Encoder
from thuchu.matching.features import FEATURES
from thuchu.matching.ranker import evidence
from thuchu.matching.reading import family
from thuchu.matching.scoring import Message
from thuchu.text.folding import strip_accents

Floats = npt.NDArray[np.float64]

FOLDS = 4
# Messages a set and accent state: more of the large sets would only drown the small ones' time.
MESSAGES_MAX = 600
SEED = 6
# The bars themselves; asking the sets as small desks, too, makes the curve cautious, which gives the margin.
PRECISION_AIM = 0.97
FALSE_ANSWERS_AIM = 0.01
# Suggestions are shown down to this: a reader can dismiss one, five unlikely ones are noise.
SUGGEST_PROBABILITY = 0.05
# A new desk: so few fact-checks, and messages about some of them.
SMALL = " small"
SMALL_DOCUMENTS = 150
SMALL_MESSAGES = 120
# The first candidate is calibrated; the second is its rival.
_CALIBRATED = 2


@dataclass(frozen=True)
class Asked:
    """One train message: its candidates' features, which are right, and what calibration needs."""

    name: str
    query: str
    matrix: Floats
    right: npt.NDArray[np.bool_]
    message: Message
    n_documents: int


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("set_root", type=Path)
    root: Path = arguments.parse_args().set_root
    by_family: dict[str, list[Asked]] = {}
    for folder in sorted(path.parent.parent for path in root.glob("*/qrels/train.tsv")):
        kind, asked = ask_train(read_set(folder))
        by_family.setdefault(kind, []).extend(asked)
        print(f"{folder.name}: {len(asked)} messages, {kind}", flush=True)
    fit_and_write(by_family)


def fit_and_write(by_family: dict[str, list[Asked]]) -> None:
    target = Path(__file__).parent.parent / "src" / "thuchu" / "matching"
    ranking: dict[str, dict[str, float]] = {}
    fitted: dict[str, object] = {}
    for kind, asked in by_family.items():
        weights = fit_ranking(asked)
        ranking[kind] = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
        fitted[kind] = fit_calibration(asked, np.array(list(ranking[kind].values())))
        print(kind, "MRR", round(mean_reciprocal_rank(asked, weights), 4), json.dumps(fitted[kind])[-120:], flush=True)
    sets = sorted({each.name.split(" ")[0] for asked in by_family.values() for each in asked})
    provenance = {"made_by": "bench/train_ranker.py", "from": [f"{name}, train split" for name in sets]}
    write(target / "ranking.json", {"provenance": provenance, "weights": ranking})
    write(target / "calibration.json", {"provenance": provenance, **fitted})


def write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def ask_train(measured: EvaluationSet, encoder: Encoder | None = None) -> tuple[str, list[Asked]]:
    relevant = measured.splits["train"]
    asked: list[Asked] = []
    with tempfile.TemporaryDirectory() as folder, Collection.open(Path(folder), encoder) as collection:
        collection.put(measured.documents)
        collection.commit(1)
        kind = family(collection.snapshot.languages[0])
        for history, queries in folds(relevant):
            collection.learn([(measured.messages[query], min(relevant[query])) for query in history])
            asked += ask(measured, queries, collection, kind, "")
    return kind, asked + ask_small(measured, kind, encoder)


def ask_small(measured: EvaluationSet, kind: str, encoder: Encoder | None) -> list[Asked]:
    """The same on a new, small desk: a few documents, no history.  For calibration only."""
    relevant = measured.splits["train"]
    chance = np.random.default_rng(SEED)
    queries = [sorted(relevant)[i] for i in sorted(chance.choice(len(relevant), SMALL_MESSAGES, replace=False))]
    wanted = {name for query in queries for name in relevant[query]}
    others = [document for document in measured.documents if document.id not in wanted]
    fill = chance.choice(len(others), SMALL_DOCUMENTS - min(len(wanted), SMALL_DOCUMENTS), replace=False)
    documents = [document for document in measured.documents if document.id in wanted] + [others[i] for i in fill]
    with tempfile.TemporaryDirectory() as folder, Collection.open(Path(folder), encoder) as collection:
        collection.put(documents)
        collection.commit(1)
        return ask(measured, queries, collection, kind, SMALL)


def ask(measured: EvaluationSet, queries: list[str], collection: Collection, kind: str, size: str) -> list[Asked]:
    asked: list[Asked] = []
    relevant = measured.splits["train"]
    snapshot = collection.snapshot
    ways = [("", str)] if kind == "en" else [("", str), (" stripped", strip_accents)]
    for way, typed in ways:
        for query in queries:
            found = evidence(typed(measured.messages[query]), snapshot)
            names = snapshot.document_ids(found.pool.rows)
            right = np.array([name in relevant[query] for name in names], dtype=np.bool_)
            name = measured.name + way + size
            asked.append(Asked(name, query, found.matrix, right, found.message, snapshot.n_documents))
    return asked


def folds(relevant: dict[str, frozenset[str]]) -> list[tuple[list[str], list[str]]]:
    """(history, asked) a fold; messages about one document stay together."""
    chance = np.random.default_rng(SEED)
    documents = sorted({min(found) for found in relevant.values()})
    fold_of = dict(zip(documents, chance.integers(0, FOLDS, len(documents)).tolist(), strict=True))
    found = []
    for fold in range(FOLDS):
        history = [query for query in sorted(relevant) if fold_of[min(relevant[query])] != fold]
        queries = [query for query in sorted(relevant) if fold_of[min(relevant[query])] == fold]
        keep = min(len(queries), MESSAGES_MAX // FOLDS)
        found.append((history, [queries[i] for i in sorted(chance.choice(len(queries), keep, replace=False))]))
    return found


# Ranking.


def fit_ranking(asked: Sequence[Asked], rounds: int = 400, rate: float = 0.05, pull: float = 3e-4) -> Floats:
    """Weights at the greatest mean smoothed reciprocal rank (Adam, full batch, no chance in it).

    pull  towards the start, squared, in units of each feature's spread: what the data do not ask for stays as it was
    """
    usable = [each for each in asked if not each.name.endswith(SMALL) and each.right.any() and not each.right.all()]
    spread = np.concatenate([each.matrix for each in usable]).std(axis=0) + 1e-9
    start = starting_weights() * spread
    sets = [each.name for each in usable]
    worth = np.array([1 / sets.count(name) for name in sets])
    worth /= worth.sum()
    depth = max(len(each.right) for each in usable)
    gaps, present, share = [], [], []
    for each, weight in zip(usable, worth, strict=True):
        scaled = each.matrix / spread
        for place in np.flatnonzero(each.right):
            gap = np.zeros((depth, len(spread)))
            gap[: len(scaled)] = scaled - scaled[place]
            gaps.append(gap)
            present.append(np.pad(~each.right, (0, depth - len(each.right))).astype(np.float64))
            share.append(weight / each.right.sum())
    gap, there, weight = np.stack(gaps), np.stack(present), np.array(share)
    weights, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, rounds + 1):
        above = there / (1 + np.exp(-np.clip(gap @ weights, -30, 30)))
        rank = 1 + above.sum(axis=1)
        slope = (weight / rank**2)[:, None] * above * (1 - above)
        gradient = np.tensordot(slope, gap, axes=2) + 2 * pull * (weights - start)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    fitted: Floats = weights / spread
    return fitted


def starting_weights() -> Floats:
    """Equal shares for terms as written, folded and in pairs: good before anything is fitted."""
    start = {"surface": 10.0, "folded": 10.0, "bigrams": 8.0}
    return np.array([start.get(name, 0.0) for name in FEATURES])


def mean_reciprocal_rank(asked: Sequence[Asked], weights: Floats) -> float:
    ranks = []
    for each in asked:
        right = np.flatnonzero(each.right[np.argsort(-(each.matrix @ weights), kind="stable")])
        ranks.append(1 / (1 + right[0]) if len(right) else 0.0)
    return float(np.mean(ranks))


# Calibration.


def fit_calibration(asked: Sequence[Asked], weights: Floats) -> dict[str, object]:
    told = tell(asked, weights)
    logistic, constant = fit_logistic(told.inputs, told.right.astype(np.float64), told.worth)
    probability = 1 / (1 + np.exp(-np.clip(told.inputs @ logistic + constant, -30, 30)))
    return {
        "weights": {name: round(float(w), 5) for name, w in zip(INPUTS, logistic, strict=True)},
        "constant": round(float(constant), 5),
        "answer_probability": round(answer_threshold(probability, told), 4),
        "suggest_probability": SUGGEST_PROBABILITY,
    }


@dataclass(frozen=True)
class Told:
    """First candidates of messages asked twice: a row each; `there` says whether the message's document was."""

    inputs: Floats
    right: npt.NDArray[np.bool_]
    there: npt.NDArray[np.bool_]
    worth: Floats
    names: list[str]
    queries: list[str]


def tell(asked: Sequence[Asked], weights: Floats) -> Told:
    rows, right, there, names, queries = [], [], [], [], []
    for each in asked:
        for is_there in (True, False):
            kept = np.ones(len(each.right), dtype=np.bool_) if is_there else ~each.right
            matrix = each.matrix[kept]
            if not len(matrix):
                continue
            scores = matrix @ weights
            best = np.argsort(-scores, kind="stable")[:_CALIBRATED]
            rows.append(inputs(matrix[best], scores[best], each.message, each.n_documents)[0])
            right.append(bool(each.right[kept][best[0]]))
            there.append(is_there)
            names.append(each.name)
            queries.append(each.query)
    count = {name: names.count(name) for name in set(names)}
    worth = np.array([1 / count[name] for name in names])
    return Told(np.stack(rows), np.array(right), np.array(there), worth * len(worth) / worth.sum(), names, queries)


def fit_logistic(seen: Floats, right: Floats, worth: Floats, pull: float = 3.0) -> tuple[Floats, float]:
    """Weights and constant at the greatest penalised likelihood (Newton's method)."""
    middle, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-9
    scaled = np.column_stack(((seen - middle) / spread, np.ones(len(seen))))
    penalty = np.full(scaled.shape[1], pull)
    penalty[-1] = 1e-6
    weights = np.zeros(scaled.shape[1])
    for _ in range(50):
        probability = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        gradient = scaled.T @ (worth * (probability - right)) + penalty * weights
        bend = (scaled * (worth * probability * (1 - probability))[:, None]).T @ scaled + np.diag(penalty)
        step = np.linalg.solve(bend, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    logistic: Floats = weights[:-1] / spread
    return logistic, float(weights[-1] - logistic @ middle)


def answer_threshold(probability: Floats, told: Told) -> float:
    """The lowest threshold that keeps precision and false answers within the aims, over all full-sized sets."""
    full = np.flatnonzero([not name.endswith(SMALL) for name in told.names])
    order = full[np.argsort(-probability[full], kind="stable")]
    worth, there = told.worth[order], told.there[order]
    precision = np.cumsum(worth * told.right[order]) / np.cumsum(worth)
    false_answers = np.cumsum(worth * ~there) / worth[~there].sum()
    fine = np.flatnonzero((precision >= PRECISION_AIM) & (false_answers <= FALSE_ANSWERS_AIM))
    return float(probability[order][fine[-1]]) if len(fine) else 1.0


if __name__ == "__main__":
    main()
