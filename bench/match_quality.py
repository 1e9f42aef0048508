"""How well messages find their documents: plain BM25 and `Matcher` on one set, in one run.

    python bench/match_quality.py SET_DIR [--split S] [--strip-accents] [--semantic DIR] [--json]

SET_DIR holds corpus.jsonl.gz, queries.jsonl.gz and qrels/SPLIT.tsv (the BEIR layout).  A message's `ocr` is appended.
The set's train split, where it has one, is the desk's history: `Collection.learn` gets it, whatever split is scored.
Plain BM25 is the package bm25s at its defaults over NFC, lower case, `\\w+`; ties by document order.
"""

import argparse
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from sets import EvaluationSet, read_set
from thuchu.matching import Collection, Matcher
from thuchu.matching.encoder import Encoder
from thuchu.text.folding import strip_accents

_WORD = re.compile(r"\w+")
# As deep as plain BM25 is ranked for MRR; `Matcher` ranks 50.
_DEPTH = 1_000

Rankings = dict[str, list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set_dir", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--strip-accents", action="store_true", help="take the accents off the messages")
    parser.add_argument("--semantic", type=Path, help="also measure with the encoder in this folder")
    parser.add_argument("--json", action="store_true", help="one JSON object an engine, a line each")
    arguments = parser.parse_args()
    measured = read_set(arguments.set_dir)
    relevant = measured.splits[arguments.split]
    typed: Callable[[str], str] = strip_accents if arguments.strip_accents else str
    messages = {query: typed(measured.messages[query]) for query in sorted(relevant)}
    engines: dict[str, Rankings] = {"bm25": plain_bm25(measured, messages), "thuchu": matcher(measured, messages)}
    if arguments.semantic:
        from thuchu.matching.encoder import OnnxEncoder

        engines["thuchu+semantic"] = matcher(measured, messages, OnnxEncoder(arguments.semantic, threads=2))
    for engine, rankings in engines.items():
        figures = measure(rankings, relevant)
        line = {
            "set": measured.name,
            "split": arguments.split,
            "engine": engine,
            "strip_accents": arguments.strip_accents,
            **figures,
        }
        print(json.dumps(line) if arguments.json else as_text(line))


def plain_bm25(measured: EvaluationSet, messages: dict[str, str]) -> Rankings:
    import bm25s

    names = [name for name, _ in measured.texts]
    ranker = bm25s.BM25()
    ranker.index([plain_words(text) for _, text in measured.texts], show_progress=False)
    found = {}
    for query, message in messages.items():
        scores = ranker.get_scores(plain_words(message) or [""])
        best = np.argsort(-scores, kind="stable")[:_DEPTH]
        found[query] = [names[place] for place in best if scores[place] > 0]
    return found


def plain_words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def matcher(measured: EvaluationSet, messages: dict[str, str], encoder: Encoder | None = None) -> Rankings:
    with tempfile.TemporaryDirectory() as folder, Collection.open(Path(folder), encoder) as collection:
        asked = open_desk(measured, collection)
        return {query: [name for name, _ in asked.rank(message)] for query, message in messages.items()}


def open_desk(measured: EvaluationSet, collection: Collection) -> Matcher:
    """A desk that holds the set's documents and has answered its train messages."""
    collection.put(measured.documents)
    collection.commit(1)
    if history := measured.history():
        collection.learn(history)
    return Matcher(collection)


def measure(rankings: Rankings, relevant: dict[str, frozenset[str]]) -> dict[str, float]:
    """MAP@5, MRR and success at 1, 5, 10, each with its standard error."""
    columns: dict[str, list[float]] = {"MAP@5": [], "MRR": [], "S@1": [], "S@5": [], "S@10": []}
    for query, right in relevant.items():
        found = [document in right for document in rankings[query]]
        first = found.index(True) + 1 if True in found else None
        columns["MAP@5"].append(average_precision(found, len(right)))
        columns["MRR"].append(1 / first if first else 0.0)
        for depth in (1, 5, 10):
            columns[f"S@{depth}"].append(float(first is not None and first <= depth))
    n = len(relevant)
    figures: dict[str, float] = {"n": n}
    figures |= {name: round(float(np.mean(values)), 4) for name, values in columns.items()}
    spread = {name: float(np.std(values, ddof=1)) for name, values in columns.items()}
    return figures | {f"SE {name}": round(value / n**0.5, 4) for name, value in spread.items()}


def average_precision(found: Sequence[bool], n_relevant: int, depth: int = 5) -> float:
    """Sum of precision at each rank within `depth` that holds a relevant document, over as many as could be there."""
    hits, total = 0, 0.0
    for rank, right in enumerate(found[:depth], start=1):
        if right:
            hits += 1
            total += hits / rank
    return total / min(depth, n_relevant)


def as_text(line: dict[str, object]) -> str:
    stripped = "stripped" if line["strip_accents"] else "typed"
    figures = "  ".join(f"{k} {line[k]:.3f} ±{line[f'SE {k}']:.3f}" for k in ("MAP@5", "MRR", "S@1", "S@5", "S@10"))
    return f"{line['set']} {line['split']} {stripped} n={line['n']}  {line['engine']:<15}  {figures}"


if __name__ == "__main__":
    main()
