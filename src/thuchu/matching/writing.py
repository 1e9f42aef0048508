"""The writing half of a collection: documents to rows and index entries, and the commit that makes them true."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path

import tantivy

from thuchu.matching.analysis import Tokens, analyse
from thuchu.matching.fingerprints import Sketches, sketches
from thuchu.matching.forward import ForwardRow, ForwardWriter
from thuchu.matching.pool import Rows
from thuchu.matching.snapshot import STATE_KEY, Snapshot, State, is_writable, spelling_path
from thuchu.matching.spelling import SpellingWriter
from thuchu.matching.terms import bigrams, term_ids
from thuchu.matching.values import Document
from thuchu.text.language import detect

# What a fact-check is about stands in its first paragraphs; what follows would only make it look like everything.
BODY_CHARS_MAX = 4_000
# As long as the longest message accepted: a claim may be a whole chain letter.
HEAD_CHARS_MAX = 5_000
# An id is a name, not a text.
ID_CHARS_MAX = 200
# No word anyone searches is longer; what is longer is a key, a code or a slip, and its beginning tells it apart.
TERM_CHARS_MAX = 60
# Held by tantivy before it writes a segment; less makes more segments, and merging them costs twice.
_WRITER_BYTES = 100_000_000


class CollectionBusy(Exception):
    """Another process, or another `Collection` object, is writing to this folder; try again when it has ended."""


class IndexWriter:
    """Holds the write lock from its making to `close`."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self._folder = folder
        self._schema = index.schema
        try:
            # One thread: documents reach one segment at a time, in order; a second core is left to the analysis.
            self._index_writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        except ValueError as error:
            raise CollectionBusy(f"{folder}: somebody else is writing to this collection ({error}).") from error
        self._state: State
        self._snapshot: Snapshot
        self._forward: ForwardWriter
        self._spelling: SpellingWriter
        self._uncommitted: set[str] = set()

    def start(self, snapshot: Snapshot) -> None:
        """Go on from this snapshot, which must be the last commit."""
        self._snapshot = snapshot
        self._state = snapshot.state
        self._forward = ForwardWriter(self._folder / "forward", snapshot.state.forward)
        self._spelling = SpellingWriter(spelling_path(self._folder))

    def put(self, documents: Sequence[Document]) -> None:
        """Write a batch; nothing of it is written when an id or a link in it cannot be used."""
        for document in documents:
            _check(document)
        # Of two documents with one id the later counts.
        latest = list({document.id: document for document in documents}.values())
        latest = [with_language(document) for document in latest]
        prepared = [_prepare(document) for document in latest]
        prints = _sketches_of(latest)
        rows = [
            ForwardRow(
                id=document.id,
                language=document.language,
                surface=term_ids(tokens.surface),
                folded=term_ids(tokens.folded),
                title_terms=title_terms,
                head_terms=head_terms,
                sketches=prints[place],
            )
            for place, (document, (tokens, title_terms, head_terms)) in enumerate(zip(latest, prepared, strict=True))
        ]
        self._spelling.add(set(chain.from_iterable(tokens.surface for tokens, _, _ in prepared)))
        first = self._forward.append(rows)
        for place, (document, (tokens, _, _)) in enumerate(zip(latest, prepared, strict=True)):
            self._replace(document, tokens, first + place)

    def remove(self, ids: Iterable[str]) -> None:
        for document_id in filter(is_writable, ids):
            self._index_writer.delete_documents_by_term("key", document_id)
            self._uncommitted.discard(document_id)

    def commit(self, stamp: int) -> None:
        """First the forward files are on disk, then tantivy's commit makes them count.

        Stopped before it: the index names the old state, the next writer cuts the files back to it.
        """
        self._spelling.sync()
        self._forward.sync()
        state = replace(self._state, stamp=stamp, forward=self._forward.state)
        self._index_writer.delete_documents_by_term("state_key", STATE_KEY)
        entry = tantivy.Document()
        entry.add_text("state_key", STATE_KEY)
        entry.add_text("state", json.dumps(asdict(state)))
        self._index_writer.add_document(entry)
        self._index_writer.commit()
        self._state = state
        self._uncommitted.clear()

    def compact(self, live: Rows, stamp: int) -> None:
        """Leave dead rows' terms behind; stopped anywhere in between, the old generation still counts."""
        self._forward.compact(live)
        self.commit(stamp)
        self._forward.drop_other_generations()

    def rollback(self) -> None:
        self._index_writer.rollback()
        self._forward.rewind(self._state.forward)
        self._uncommitted.clear()

    def close(self) -> None:
        """Forget what was not committed, wait for merges under way and give the lock back."""
        self._index_writer.rollback()
        self._index_writer.wait_merging_threads()
        self._forward.close()
        self._spelling.close()

    def see(self, snapshot: Snapshot) -> None:
        """The last commit, as it can be searched: which ids it holds decides what must be deleted."""
        self._snapshot = snapshot

    def _replace(self, document: Document, tokens: Tokens, row: int) -> None:
        """Deletions are paid at the commit, segment by segment: only an id that may be there is deleted."""
        if document.id in self._uncommitted or self._snapshot.may_hold(document.id):
            self._index_writer.delete_documents_by_term("key", document.id)
        self._uncommitted.add(document.id)
        entry = tantivy.Document()
        entry.add_text("key", document.id)
        entry.add_text("surface", " ".join(tokens.surface))
        entry.add_text("folded", " ".join(tokens.folded))
        entry.add_text("bigrams", " ".join(bigrams(tokens.folded)))
        entry.add_unsigned("row", row)
        for link in document.links:
            entry.add_text("link", link)
        self._index_writer.add_document(entry)


def _check(document: Document) -> None:
    """Texts may hold anything; what is looked up letter for letter must be writable as UTF-8."""
    name = document.id
    if not 1 <= len(name) <= ID_CHARS_MAX:
        raise ValueError(f"Document id {name[:80]!r} has {len(name)} characters: 1 to {ID_CHARS_MAX}.")
    for exact in (name, *document.links):
        exact.encode("utf-8")


def with_language(document: Document) -> Document:
    """The document, its language told from its text where the caller did not say."""
    if document.language:
        return document
    text = f"{document.title}\n{document.claim}\n{document.body}"
    return replace(document, language=detect(text))


def _prepare(document: Document) -> tuple[Tokens, int, int]:
    """The document's terms in order, how many are its title's, and how many its title's and claim's."""
    surface: list[str] = []
    folded: list[str] = []
    ends = []
    parts = (document.title[:HEAD_CHARS_MAX], document.claim[:HEAD_CHARS_MAX], document.body[:BODY_CHARS_MAX])
    for part in parts:
        tokens = analyse(part, document.language)
        surface += tokens.surface
        folded += tokens.folded
        ends.append(len(surface))
    return Tokens(_cut(surface), _cut(folded)), ends[0], ends[1]


def _cut(terms: list[str]) -> list[str]:
    if max(map(len, terms), default=0) <= TERM_CHARS_MAX:
        return terms
    return [term[:TERM_CHARS_MAX] for term in terms]


def _sketches_of(documents: Sequence[Document]) -> Sketches:
    """Fingerprints of claim and title: (len(documents), 2, SKETCH_SIZE)."""
    texts = [text[:HEAD_CHARS_MAX] for document in documents for text in (document.claim, document.title)]
    return sketches(texts).reshape(len(documents), 2, -1)
