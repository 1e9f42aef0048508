"""What a collection holds at one commit: the reading half, never changing, shared by threads."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from thuchu.matching.forward import ForwardReader, ForwardState
from thuchu.matching.learned import load_arrays
from thuchu.matching.meaning import Meanings
from thuchu.matching.pool import Counts, Field, Pool, Rows, Scores, WeightedTerms
from thuchu.matching.spelling import Spelling

# The key of the one document that is not the caller's: it carries the state.
STATE_KEY = "state"
_FIELDS: tuple[Field, ...] = ("surface", "folded", "bigrams")
# Numbers kept at hand, a field: 5 MB.
_FREQUENCIES_MAX = 50_000
# A term of more than this share of a collection's documents (its rarity is under 1) does not help to find one, and is
# the dearest to look through: left out, no document of the best 50 was missed on the train splits, a quarter of the
# time was saved.  A small collection is not worth the saving.
_EVERYWHERE_SHARE = 0.37
_EVERYWHERE_DOCUMENTS = 1_000
# Documents listed at once where all of them are wanted.
_LIST_ROWS = 50_000


class StaleCollection(Exception):
    """The files were made by another version or are damaged: discard the folder and put the documents again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What one commit stands for: the caller's stamp, versions, and how far the forward files are valid."""

    format: int
    analysis: int
    stamp: int
    forward: ForwardState

    @classmethod
    def read(cls, text: str) -> "State":
        fields = json.loads(text)
        return cls(**{**fields, "forward": ForwardState(**fields["forward"])})


class Snapshot:
    """A collection as it was at one commit.  Safe for any number of threads."""

    def __init__(
        self,
        folder: Path,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        fresh: State,
        meanings: Meanings | None = None,
    ) -> None:
        """Reads the state inside the index; `fresh` is the state of an index that has none yet.

        meanings  left out again where they are older than the documents
        raises FileNotFoundError where a newer commit has removed the files meanwhile: refresh and try again
        """
        self._searcher = searcher
        self._schema = schema
        self.state = _stored_state(searcher, schema) or fresh
        self._forward = ForwardReader(folder / "forward", self.state.forward)
        self.learned_number, self.learned = load_arrays(folder / "learned")
        self.spelling = Spelling(spelling_path(folder))
        self.languages = _languages(self._forward, self.state.forward.rows)
        has_state = self.state is not fresh
        self._frequency = {field: _Frequencies(searcher, field) for field in _FIELDS}
        self.n_documents: int = searcher.num_docs - int(has_state)
        self.meanings = meanings if meanings and meanings.view.stamp >= self.stamp else None

    @property
    def stamp(self) -> int:
        """The caller's number given with the last commit; 0 for a new collection."""
        return self.state.stamp

    def average_length(self, field: Field) -> float:
        """Mean number of terms (pairs for bigrams) a document; replaced ones count until the next compaction."""
        forward = self.state.forward
        if not forward.kept_rows:
            return 0.0
        pairs_less = 1.0 if field == "bigrams" else 0.0
        return max(forward.kept_terms / forward.kept_rows - pairs_less, 0.0)

    def document_frequency(self, field: Field, terms: Sequence[str]) -> Counts:
        """In how many documents each term occurs: (len(terms),); deleted ones count until tantivy merges them away."""
        return np.fromiter(map(self._frequency[field].__getitem__, terms), dtype=np.int64, count=len(terms))

    def pool(self, query: WeightedTerms, size: int, without: Sequence[int] = (), also: Sequence[int] = ()) -> Pool:
        """The `size` documents with the greatest sum of weights × BM25 term saturation over the query's terms.

        without  rows that are passed over
        also     rows that join, ascending, with retrieval score 0, where they are not among those found
        """
        rows, scores = self._search(self._clauses(query), size + len(without))
        if len(without) or len(also):
            kept = np.flatnonzero(~np.isin(rows, without))[:size]
            more = np.setdiff1d(np.array(also, dtype=np.int64), np.concatenate((rows, without)))
            rows = np.concatenate((rows[kept], more)).astype(np.int64)
            scores = np.append(scores[kept], np.zeros(len(more)))
        entries = self._forward.entries(rows)
        offsets, surface, folded = self._forward.terms(entries)
        return Pool(
            rows=rows,
            retrieval_score=scores,
            offsets=offsets,
            surface=surface,
            folded=folded,
            title_tokens=entries["title_terms"].astype(np.int64),
            head_tokens=entries["head_terms"].astype(np.int64),
            sketches=entries["sketches"],
        )

    def document_ids(self, rows: Rows) -> list[str]:
        """The callers' names of the documents in these rows."""
        return self._forward.document_ids(rows)

    def rows_by_id(self, ids: Sequence[str]) -> Rows:
        """The rows of the documents of these ids that are here, in no particular order: (at most len(ids),)."""
        return self._rows_with("key", list(dict.fromkeys(ids)))

    def rows_by_link(self, links: Sequence[str]) -> Rows:
        """The rows of all documents that carry one of these canonical addresses."""
        return self._rows_with("link", list(dict.fromkeys(links)))

    def may_hold(self, document_id: str) -> bool:
        """False only when no document has this id."""
        return bool(self._searcher.doc_freq("key", document_id))

    def live_rows(self) -> Rows:
        """The rows of all documents, ascending."""
        found = []
        for first in range(0, self.state.forward.rows, _LIST_ROWS):
            query = tantivy.Query.range_query(
                self._schema, "row", tantivy.FieldType.Unsigned, first, first + _LIST_ROWS, include_upper=False
            )
            found.append(np.sort(self._search_query(query, _LIST_ROWS)[0]))
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)

    def _rows_with(self, field: str, values: Sequence[str]) -> Rows:
        queries = [tantivy.Query.term_query(self._schema, field, value) for value in values if is_writable(value)]
        return self._search([(tantivy.Occur.Should, query) for query in queries], _EXACT_DOCUMENTS_MAX)[0]

    def _clauses(self, query: WeightedTerms) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        clauses = []
        term_query, boost_query, should = tantivy.Query.term_query, tantivy.Query.boost_query, tantivy.Occur.Should
        everywhere = self.n_documents * _EVERYWHERE_SHARE if self.n_documents >= _EVERYWHERE_DOCUMENTS else math.inf
        for field in _FIELDS:
            frequency = self._frequency[field]
            for term, weight in getattr(query, field).items():
                documents = frequency[term]
                if 0 < documents <= everywhere and weight > 0:
                    boost = weight / _tantivy_idf(documents, self.n_documents)
                    clauses.append((should, boost_query(term_query(self._schema, field, term, "freq"), boost)))
        return clauses

    def _search(self, clauses: list[tuple[tantivy.Occur, tantivy.Query]], size: int) -> tuple[Rows, Scores]:
        if not clauses or not self.n_documents:
            return np.empty(0, dtype=np.int64), np.empty(0)
        return self._search_query(tantivy.Query.boolean_query(clauses), size)

    def _search_query(self, query: tantivy.Query, size: int) -> tuple[Rows, Scores]:
        # Without the count tantivy may skip whatever cannot reach the best `size`.
        hits: list[tuple[Any, tantivy.DocAddress]] = self._searcher.search(query, size, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(rows, dtype=np.int64), np.array([score for score, _ in hits], dtype=np.float64)


# Documents that one link or one list of ids may name; more than this share no meaning.
_EXACT_DOCUMENTS_MAX = 1_000


# Rows asked for their language, and the share that makes a language one of the collection's.
_LANGUAGE_ROWS = 2_000
_LANGUAGE_SHARE_MIN = 0.02


def spelling_path(folder: Path) -> Path:
    return folder / "spelling" / "words"


def _languages(forward: ForwardReader, n_rows: int) -> tuple[str, ...]:
    """The languages of the documents, the most frequent first; rare ones, often misread, are left out."""
    rows = np.unique(np.linspace(0, n_rows - 1, _LANGUAGE_ROWS).astype(np.int64)) if n_rows else np.empty(0, np.int64)
    names, seen = np.unique(forward.entries(rows)["language"], return_counts=True)
    order = np.argsort(-seen, kind="stable")
    known = [(name.decode("ascii"), count) for name, count in zip(names[order], seen[order], strict=True) if name]
    return tuple(name for name, count in known if count >= _LANGUAGE_SHARE_MIN * len(rows))


def is_writable(text: str) -> bool:
    """Whether `text` can stand in the index: lone surrogates cannot be written as UTF-8."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


class _Frequencies(dict[str, int]):
    """In how many documents each term of one field occurs, as far as anybody asked; messages ask for the same words.

    Threads may share it: what one of them clears or sets, another finds anew.
    """

    def __init__(self, searcher: tantivy.Searcher, field: Field) -> None:
        super().__init__()
        self._searcher = searcher
        self._field = field

    def __missing__(self, term: str) -> int:
        if len(self) >= _FREQUENCIES_MAX:
            self.clear()
        found = self[term] = self._searcher.doc_freq(self._field, term)
        return found


def _tantivy_idf(documents: int, n_documents: int) -> float:
    """The weight tantivy gives a term by itself; divided out so that ours takes its place."""
    n_documents = max(n_documents, documents)
    return math.log(1 + (n_documents - documents + 0.5) / (documents + 0.5))


def _stored_state(searcher: tantivy.Searcher, schema: tantivy.Schema) -> State | None:
    query = tantivy.Query.term_query(schema, "state_key", STATE_KEY)
    hits = searcher.search(query, 1, count=False).hits
    if hits:
        return State.read(str(searcher.doc(hits[0][1]).get_first("state")))
    if searcher.num_docs:
        raise StaleCollection("The index holds documents but no state: discard it and put the documents again.")
    return None
