"""Fit ranking and calibration weights on train splits, one vector a language family, and write them with provenance.

    python bench/train_ranker.py SET_ROOT

Only `qrels/train.tsv` is read.  Each set's train messages are cut into folds by document: the messages of the other
folds are the desk's history, so that no message is weighed by statistics it took part in.
Ranking: gradient ascent on the mean smoothed reciprocal rank, each set counting once, accented languages typed and
stripped.  Calibration: logistic regression on the first candidates of messages asked twice, with their document and
without it; once for desks with a history, once for new ones: small ones of some hundred documents, and the whole set
before anything was answered.  The answer threshold is where the pooled precision of train answers is PRECISION_AIM and
false answers stay under FALSE_ANSWERS_AIM.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sets import EvaluationSet, read_set
from thuchu.matching import Collection
from thuchu.matching.calibration import INPUTS
from thuchu.matching.desk_calibration import FALSE_ANSWERS_AIM, PRECISION_AIM, ask_twice
from thuchu.matching.encoder import Encoder
from thuchu.matching.features import FEATURES
from thuchu.matching.fitting import answer_threshold, fit_logistic, sigmoid
from thuchu.matching.ranker import evidence, relative
from thuchu.matching.reading import answered_tokens, family
from thuchu.matching.scoring import Message
from thuchu.matching.snapshot import Snapshot
from thuchu.matching.statistics import message_arrays
from thuchu.text.folding import strip_accents

Floats = npt.NDArray[np.float64]

FOLDS = 4
# Messages a set and accent state: more of the large sets would only drown the small ones' time.
MESSAGES_MAX = 600
SEED = 6
# Suggestions are shown down to this: a reader can dismiss one, five unlikely ones are noise, and a question that was
# shown some waits in the queue only once its asker said that it is none of them.
SUGGEST_PROBABILITY = 0.1
# New desks: so many documents each, messages about some of them, and messages that none of them answers.
NEW = " new"
SMALL_DOCUMENTS = (60, 100, 150, 150, 250, 400)
SMALL_MESSAGES = 50
SMALL_OTHER_MESSAGES = 30
# The whole set, before anything was answered: so many messages.
UNANSWERED_MESSAGES = 200
PULL = 10.0


@dataclass(frozen=True)
class Asked:
    """One train message: its candidates' features, which are right, and what calibration needs.

    may_be_there  False for a message whose document is not in the collection at all
    """

    name: str
    query: str
    matrix: Floats
    right: npt.NDArray[np.bool_]
    message: Message
    n_documents: int
    may_be_there: bool


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
        print(kind, "MRR", round(mean_reciprocal_rank(asked, weights), 4), flush=True)
        fitted[kind] = fit_calibrations(kind, asked, np.array(list(ranking[kind].values())))
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
            answered = answered_tokens(measured.history(history), collection.snapshot.languages)
            asked += ask(measured, queries, collection.snapshot.having_learned(message_arrays(answered)), kind, "")
        asked += ask(measured, chosen(relevant, UNANSWERED_MESSAGES), collection.snapshot, kind, NEW)
    return kind, asked + ask_small(measured, kind, encoder)


def chosen(relevant: dict[str, frozenset[str]], n: int) -> list[str]:
    queries = sorted(relevant)
    return [queries[i] for i in np.random.default_rng(SEED).choice(len(queries), n, replace=False)]


def ask_small(measured: EvaluationSet, kind: str, encoder: Encoder | None) -> list[Asked]:
    """The same on small desks without history.  For calibration only."""
    relevant = measured.splits["train"]
    chance = np.random.default_rng(SEED)
    queries = sorted(relevant)
    asked: list[Asked] = []
    for n_documents in SMALL_DOCUMENTS:
        mixed = [queries[i] for i in chance.choice(len(queries), SMALL_MESSAGES + SMALL_OTHER_MESSAGES, replace=False)]
        wanted = {name for query in mixed[:SMALL_MESSAGES] for name in relevant[query]}
        unwanted = {name for query in mixed for name in relevant[query]}
        others = [document for document in measured.documents if document.id not in unwanted]
        fill = chance.choice(len(others), max(0, min(len(others), n_documents - len(wanted))), replace=False)
        documents = [document for document in measured.documents if document.id in wanted] + [others[i] for i in fill]
        with tempfile.TemporaryDirectory() as folder, Collection.open(Path(folder), encoder) as collection:
            collection.put(documents)
            collection.commit(1)
            asked += ask(measured, mixed, collection.snapshot, kind, NEW)
    return asked


def ask(measured: EvaluationSet, queries: list[str], snapshot: Snapshot, kind: str, size: str) -> list[Asked]:
    asked: list[Asked] = []
    relevant = measured.splits["train"]
    ways = [("", str)] if kind == "en" else [("", str), (" stripped", strip_accents)]
    for way, typed in ways:
        for query in queries:
            found = evidence(typed(measured.messages[query]), snapshot)
            names = snapshot.document_ids(found.pool.rows)
            right = np.array([name in relevant[query] for name in names], dtype=np.bool_)
            name = measured.name + way + size
            there = any(snapshot.may_hold(document) for document in relevant[query])
            asked.append(Asked(name, query, found.matrix, right, found.message, snapshot.n_documents, there))
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


def fit_ranking(asked: Sequence[Asked], rounds: int = 200, rate: float = 0.05, pull: float = 3e-3) -> Floats:
    """Weights at the greatest mean smoothed reciprocal rank (Adam, full batch, a falling rate, no chance in it).

    pull  towards the start, squared, in units of each feature's spread: what the data do not ask for stays as it was
    """
    usable = [each for each in asked if not each.name.endswith(NEW) and each.right.any() and not each.right.all()]
    spread = np.concatenate([relative(each.matrix) for each in usable]).std(axis=0) + 1e-9
    start = starting_weights() * spread
    sets = [each.name for each in usable]
    worth = np.array([1 / sets.count(name) for name in sets])
    worth /= worth.sum()
    depth = max(len(each.right) for each in usable)
    gaps, present, share = [], [], []
    for each, weight in zip(usable, worth, strict=True):
        scaled = relative(each.matrix) / spread
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
        falling = rate * (1 - step / (rounds + 1))
        weights = weights - falling * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    fitted: Floats = weights / spread
    return fitted


def starting_weights() -> Floats:
    """Equal shares for terms as written, folded and in pairs: good before anything is fitted."""
    start = {"surface": 10.0, "folded": 10.0, "bigrams": 8.0}
    return np.array([start.get(name, 0.0) for name in FEATURES])


def mean_reciprocal_rank(asked: Sequence[Asked], weights: Floats) -> float:
    ranks = []
    for each in asked:
        right = np.flatnonzero(each.right[np.argsort(-(relative(each.matrix) @ weights), kind="stable")])
        ranks.append(1 / (1 + right[0]) if len(right) else 0.0)
    return float(np.mean(ranks))


# Calibration.


def fit_calibrations(kind: str, asked: Sequence[Asked], weights: Floats) -> dict[str, object]:
    """For new desks, with the threshold of an answer; for usual ones, where a desk's own calibration begins."""
    new = tell([each for each in asked if each.name.endswith(NEW)], weights)
    usual = tell([each for each in asked if not each.name.endswith(NEW)], weights)
    threshold = answer_threshold(told_by_others(new), new.right, new.there, new.worth, PRECISION_AIM, FALSE_ANSWERS_AIM)
    # Where labels are too noisy to draw a line on, who is as sure as the aim dares.
    threshold = min(threshold, PRECISION_AIM)
    print(kind, "answers from", round(threshold, 4), flush=True)
    thresholds = {"answer_probability": round(threshold, 4), "suggest_probability": SUGGEST_PROBABILITY}
    return {"new_desk": {**fit_calibration(new), **thresholds}, "usual_desk": fit_calibration(usual)}


def fit_calibration(told: "Told") -> dict[str, object]:
    logistic, constant = fit_logistic(told.inputs, told.right.astype(np.float64), told.worth, PULL)
    return {
        "weights": {name: round(float(w), 5) for name, w in zip(INPUTS, logistic, strict=True)},
        "constant": round(float(constant), 5),
    }


@dataclass(frozen=True)
class Told:
    """First candidates of messages asked twice: a row each; `there` says whether the message's document was."""

    inputs: Floats
    right: npt.NDArray[np.bool_]
    there: npt.NDArray[np.bool_]
    worth: Floats
    queries: list[str]


def tell(asked: Sequence[Asked], weights: Floats) -> Told:
    """`worth` lets each set and accent state count the same; it sums to the number of rows."""
    rows = [
        (*outcome, each.name, each.query)
        for each in asked
        for outcome in ask_twice(each.matrix, each.right, weights, each.message, each.n_documents)
        if each.may_be_there or not outcome[2]
    ]
    names = [name for *_, name, _ in rows]
    count = Counter(names)
    worth = np.array([1 / count[name] for name in names])
    return Told(
        inputs=np.stack([seen for seen, *_ in rows]),
        right=np.array([right for _, right, *_ in rows]),
        there=np.array([there for _, _, there, *_ in rows]),
        worth=worth * len(worth) / worth.sum(),
        queries=[query for *_, query in rows],
    )


def told_by_others(told: Told) -> Floats:
    """Each row's probability by a fit that saw other messages only: a threshold drawn on it means what it says."""
    places = {query: place for place, query in enumerate(sorted(set(told.queries)))}
    fold = np.array([places[query] % FOLDS for query in told.queries])
    probability = np.zeros(len(fold))
    for each in range(FOLDS):
        rest = fold != each
        logistic, constant = fit_logistic(
            told.inputs[rest], told.right[rest].astype(np.float64), told.worth[rest], PULL
        )
        probability[~rest] = sigmoid(told.inputs[~rest] @ logistic + constant)
    return probability


if __name__ == "__main__":
    main()
