"""Evaluation sets in the BEIR layout (corpus.jsonl.gz, queries.jsonl.gz, qrels/SPLIT.tsv) as a desk would hold them."""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from thuchu.matching import Document
from thuchu.text.language import detect

# Documents whose language is looked at; an import states one language for all its records.
_LANGUAGE_DOCUMENTS = 500


@dataclass(frozen=True)
class EvaluationSet:
    """messages by id (a picture's text appended), documents, relevant document ids by split and message."""

    name: str
    texts: list[tuple[str, str]]
    documents: list[Document]
    messages: dict[str, str]
    splits: dict[str, dict[str, frozenset[str]]]
    never_checked: list[str] = field(default_factory=list)

    def history(self, queries: Iterable[str] | None = None) -> list[tuple[str, str]]:
        """The train split, or these messages of it, as a desk's history: messages answered, with what answered them."""
        train = self.splits.get("train", {})
        return [(self.messages[query], min(train[query])) for query in sorted(train if queries is None else queries)]


def read_set(folder: Path) -> EvaluationSet:
    corpus = _rows(folder / "corpus.jsonl.gz")
    language = _language(corpus)
    never = folder / "never_checked.txt"
    return EvaluationSet(
        name=folder.resolve().name,
        texts=[(row["_id"], f"{row.get('title', '')} {row['text']}") for row in corpus],
        documents=[_document(row, language) for row in corpus],
        messages={
            row["_id"]: f"{row['text']} {row.get('ocr') or ''}".strip() for row in _rows(folder / "queries.jsonl.gz")
        },
        splits={path.stem: _qrels(path) for path in sorted((folder / "qrels").glob("*.tsv"))},
        never_checked=never.read_text("utf-8").split() if never.exists() else [],
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _language(corpus: list[dict[str, Any]]) -> str:
    step = max(1, len(corpus) // _LANGUAGE_DOCUMENTS)
    found = Counter(detect(f"{row.get('title', '')} {row['text']}") for row in corpus[::step])
    return found.most_common(1)[0][0]


def _document(row: dict[str, Any], language: str) -> Document:
    """Where the claim is known it is a key of its own or the first line of the text."""
    text: str = row["text"]
    claim: str = row.get("claim") or ""
    if claim and text.startswith(claim):
        text = text[len(claim) :]
    elif not claim and "\n" in text:
        claim, text = text.split("\n", 1)
    return Document(id=row["_id"], title=row.get("title", ""), claim=claim, body=text, language=language)


def _qrels(path: Path) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                found.setdefault(row["query-id"], set()).add(row["corpus-id"])
    return {query: frozenset(documents) for query, documents in found.items()}
