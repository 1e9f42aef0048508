"""A collection of documents on disk that many read and one writes: retrieval, scoring and the exact doors stand on it.

A tantivy index finds documents by their terms; a forward index beside it holds each document's terms in order, so that
a pool of some hundred can be scored exactly.  The one moment in which anything becomes true is tantivy's commit: the
state of the forward files and the caller's stamp travel inside it, as a document of their own.  A cache by nature: the
caller can build it again at any time, and must when `StaleCollection` says so.
"""

import shutil
import threading
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import tantivy

from thuchu.matching.analysis import ANALYSIS_VERSION
from thuchu.matching.desk_calibration import desk_arrays
from thuchu.matching.encoder import Encoder
from thuchu.matching.forward import ForwardBroken, ForwardState
from thuchu.matching.forwards import forward_arrays
from thuchu.matching.learned import newest, save_arrays
from thuchu.matching.meaning import MeaningWriter
from thuchu.matching.pool import Counts, Field, Pool, Rows, WeightedTerms
from thuchu.matching.reading import answered_tokens
from thuchu.matching.snapshot import Snapshot, StaleCollection, State
from thuchu.matching.statistics import message_arrays
from thuchu.matching.values import Document
from thuchu.matching.writing import CollectionBusy, IndexWriter, with_language

__all__ = ["Collection", "CollectionBusy", "StaleCollection"]

# Raised whenever what lies on disk would be read differently: fields, files, sketches.
FORMAT_VERSION = 3
# Documents analysed before they are written together.
_BATCH_DOCUMENTS = 256
# Times a reader tries again because a writer compacted between two of its looks.
_REFRESH_TRIES_MAX = 20


class Collection:
    """Documents on disk, found by terms, links and ids.

    One process writes at a time: the first `put` or `remove` takes the write lock (`CollectionBusy` where another has
    it), `end_writing` or `close` gives it back.  Any number of processes and threads read; what they see is the last
    commit as of their last `refresh`.
    Killed at any moment, it opens again as it was at the last commit, or at one that was under way.
    """

    # Dead rows are worth a compaction when there are this many and they outnumber the live ones.
    dead_rows_min = 5_000

    def __init__(self, folder: Path, encoder: Encoder | None) -> None:
        """Use `Collection.open`."""
        self._folder = folder
        self._meaning = MeaningWriter(folder / "vectors", encoder) if encoder else None
        self._writing = threading.RLock()
        self._refreshing = threading.Lock()
        self._writer: IndexWriter | None = None
        self._fresh = State(format=FORMAT_VERSION, analysis=ANALYSIS_VERSION, stamp=0, forward=ForwardState())
        self._index = _open_index(folder / "index")
        self._seen: tuple[int, int, int] = (0, 0, 0)
        self._snapshot = self._look()

    @classmethod
    def open(cls, folder: Path, encoder: Encoder | None = None) -> "Collection":
        """The collection in `folder`; a new, empty one where there is none yet.

        encoder  documents put are encoded, too, and messages compared by meaning; where documents were put without
                 it, `lacks_vectors` is true, and all goes on without vectors until it is discarded and filled again
        raises StaleCollection where the files are of another version or damaged: `Collection.discard`, then put anew
        """
        return cls(Path(folder), encoder)

    @staticmethod
    def discard(folder: Path) -> None:
        """Remove whatever a collection left in `folder`; learned messages go too.  Nobody may have it open."""
        for part in ("index", "forward", "learned", "spelling", "vectors"):
            shutil.rmtree(Path(folder) / part, ignore_errors=True)

    # Reading.

    @property
    def snapshot(self) -> Snapshot:
        """The last commit seen: take it once for whatever must fit together."""
        return self._snapshot

    @property
    def stamp(self) -> int:
        """The number given with the last commit seen; 0 for a new collection."""
        return self._snapshot.stamp

    @property
    def encoder(self) -> Encoder | None:
        return self._meaning.encoder if self._meaning else None

    @property
    def lacks_vectors(self) -> bool:
        """Whether an encoder is there and documents are that it never saw."""
        return self._meaning is not None and self._snapshot.meanings is None

    @property
    def n_documents(self) -> int:
        return self._snapshot.n_documents

    def __len__(self) -> int:
        return self._snapshot.n_documents

    def average_length(self, field: Field) -> float:
        return self._snapshot.average_length(field)

    def document_frequency(self, field: Field, terms: Sequence[str]) -> Counts:
        return self._snapshot.document_frequency(field, terms)

    def pool(self, query: WeightedTerms, size: int) -> Pool:
        return self._snapshot.pool(query, size)

    def document_ids(self, rows: Rows) -> list[str]:
        return self._snapshot.document_ids(rows)

    def refresh(self) -> None:
        """See what has been committed meanwhile, here or in another process; a few microseconds when nothing was."""
        with self._refreshing:
            if self._signature() != self._seen:
                self._snapshot = self._look()

    # Writing.

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, each in place of the one with its id; of two the later stays.  Seen after `commit`.

        raises ValueError for an id that is empty or longer than 200 characters, for an id or a link that cannot be
        written as UTF-8; nothing of its batch of 256 is kept, `rollback` forgets the batches before
        """
        remaining = iter(documents)
        with self._writing:
            while batch := list(islice(remaining, _BATCH_DOCUMENTS)):
                self._begin_writing().put(batch)
                if self._meaning and not self.lacks_vectors:
                    self._meaning.put([with_language(document) for document in batch])

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out; an id that is not here is no error.  Seen after `commit`."""
        gone = list(ids)
        with self._writing:
            self._begin_writing().remove(gone)
            if self._meaning and not self.lacks_vectors:
                self._meaning.remove(gone)

    def commit(self, stamp: int) -> None:
        """Make everything put and removed since the last commit true at once, and durable, together with `stamp`."""
        with self._writing:
            writer = self._begin_writing()
            if self._meaning and not self.lacks_vectors:
                self._meaning.commit(stamp)
            writer.commit(stamp)
            self.refresh()
            writer.see(self._snapshot)
            if self._dead_rows() > max(self.dead_rows_min, self.n_documents):
                writer.compact(self._snapshot.live_rows(), stamp)
                self.refresh()
                writer.see(self._snapshot)

    def rollback(self) -> None:
        """Forget everything put and removed since the last commit."""
        with self._writing:
            if self._writer:
                self._writer.rollback()
            if self._meaning:
                self._meaning.rollback()

    def learn(self, messages: Iterable[tuple[str, str]]) -> None:
        """Learn from messages already answered, in place of all learned before.

        messages  (text, id of the fact-check that answered it), any order; afterwards statistics of terms come from
                  them, a message that is nearly the same text as one of them is recognised, and with enough of them
                  they say how sure is sure enough here: some seconds
        """
        messages = sorted(messages)
        read = list(answered_tokens(messages, self._snapshot.languages))
        own = desk_arrays(messages, read, self._snapshot)
        save_arrays(self._folder / "learned", {**forward_arrays(messages), **message_arrays(read), **own})
        self.refresh()

    def end_writing(self) -> None:
        """Give the write lock back; what was not committed is forgotten.  Waits for merges under way."""
        with self._writing:
            if self._writer:
                self._writer.close()
                self._writer = None
            if self._meaning:
                self._meaning.rollback()

    def close(self) -> None:
        """End writing.  Snapshots taken before stay readable."""
        self.end_writing()

    def __enter__(self) -> "Collection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin_writing(self) -> IndexWriter:
        if self._writer is None:
            writer = IndexWriter(self._folder, self._index)
            # Only now, with the lock held, is the last commit the last one.
            self._snapshot = self._look()
            writer.start(self._snapshot)
            self._writer = writer
        return self._writer

    def _dead_rows(self) -> int:
        return self._snapshot.state.forward.kept_rows - self.n_documents

    def _signature(self) -> tuple[int, int, int]:
        """Differs whenever a commit or a learning came between: tantivy replaces meta.json at each commit."""
        status = (self._folder / "index" / "meta.json").stat()
        return status.st_ino, status.st_mtime_ns, newest(self._folder / "learned")

    def _look(self) -> Snapshot:
        for _ in range(_REFRESH_TRIES_MAX):
            self._seen = self._signature()
            try:
                self._index.reload()
                meanings = self._meaning.meanings() if self._meaning else None
                snapshot = Snapshot(self._folder, self._index.searcher(), self._index.schema, self._fresh, meanings)
            except FileNotFoundError:
                continue
            except (ForwardBroken, ValueError) as error:
                raise StaleCollection(f"{self._folder}: {error}  Discard it and put the documents again.") from error
            _check_versions(self._folder, snapshot.state)
            return snapshot
        raise StaleCollection(f"{self._folder}: forward files are missing; discard it and put the documents again.")


def _open_index(folder: Path) -> tantivy.Index:
    """The tantivy index in `folder`, made where there is none; tokenisers belong to the object and are named anew."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        index = tantivy.Index.open(str(folder)) if tantivy.Index.exists(str(folder)) else _new_index(folder)
        # No thread that watches the folder: `refresh` looks when it is asked. It is read here, too, and may be gone.
        index.config_reader("manual")
    except (ValueError, OSError) as error:
        raise StaleCollection(f"{folder}: {error}; discard it and put the documents again.") from error
    index.register_tokenizer("spaces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _new_index(folder: Path) -> tantivy.Index:
    fields = tantivy.SchemaBuilder()
    for name in ("surface", "folded", "bigrams"):
        fields.add_text_field(name, tokenizer_name="spaces", index_option="freq")
    for name in ("key", "link", "state_key"):
        fields.add_text_field(name, tokenizer_name="raw", index_option="basic")
    fields.add_unsigned_field("row", fast=True)
    fields.add_text_field("state", tokenizer_name="raw", index_option="basic", stored=True)
    return tantivy.Index(fields.build(), path=str(folder), reuse=True)


def _check_versions(folder: Path, state: State) -> None:
    if (state.format, state.analysis) != (FORMAT_VERSION, ANALYSIS_VERSION):
        raise StaleCollection(
            f"{folder} was made by format {state.format}, analysis {state.analysis}; this is format {FORMAT_VERSION}, "
            f"analysis {ANALYSIS_VERSION}: discard it and put the documents again."
        )
