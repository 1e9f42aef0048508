"""How fast a collection is built and searched, how much memory it takes, and how soon a new document is found.

    python bench/match_speed.py --documents 100000 [--messages 300] [--json]

Invented text (bench/synthetic.py), messages of 30 words, one thread.  Beside it, in the same run on the same words: a
plain tantivy index of one field, one OR query (best ten, without counting), and bm25s up to BM25S_DOCUMENTS_MAX
documents.  The machine may be busy with other things: compare rows of one run, not of two.  For the same reason each
message's least processor time of a few rounds is given beside the time on the clock (`cpu_…`).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import tantivy

import synthetic
from thuchu.matching import Collection, Document, Matcher
from thuchu.matching.analysis import analyse

# bm25s holds every document and its scores in memory: past this size it takes gigabytes.
BM25S_DOCUMENTS_MAX = 100_000
_COMMIT_DOCUMENTS = 50_000
_FRESH_DOCUMENTS = 5
_CPU_ROUNDS = 5
_FRESH_SECONDS_MAX = 60.0


def main() -> None:
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="thuchu-speed-", dir=options.folder))
    try:
        row = _measure(folder, options.documents, options.messages)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(row) if options.json else _table(row))


def _measure(folder: Path, n_documents: int, n_messages: int) -> dict[str, float | int | str | None]:
    row: dict[str, float | int | str | None] = {"documents": n_documents, "messages": n_messages, "words": 30}
    row |= _build(folder / "collection", n_documents)
    messages = _messages(n_documents, n_messages)
    (folder / "messages.json").write_text(json.dumps(messages), encoding="utf-8")
    row["raw_build_per_s"] = round(n_documents / _build_raw(folder / "raw", n_documents))
    row |= _in_own_process("_find", folder)
    row |= {f"raw_{name}": value for name, value in _in_own_process("_raw", folder).items()}
    row |= {f"bm25s_{name}": value for name, value in _bm25s(n_documents, messages).items()}
    row |= _fresh(folder)
    row["p95_ratio_to_raw"] = round(float(row["p95_ms"] or 0) / float(row["raw_p95_ms"] or 1), 2)
    row["cpu_p95_ratio_to_raw"] = round(float(row["cpu_p95_ms"] or 0) / float(row["raw_cpu_p95_ms"] or 1), 2)
    return row


def _build(folder: Path, n_documents: int) -> dict[str, float | int | str | None]:
    """Documents are made beforehand, batch by batch, outside the measured time."""
    seconds = 0.0
    documents = synthetic.documents(n_documents)
    with Collection.open(folder) as collection:
        for first in range(0, n_documents, _COMMIT_DOCUMENTS):
            batch = [next(documents) for _ in range(min(_COMMIT_DOCUMENTS, n_documents - first))]
            started = time.perf_counter()
            collection.put(batch)
            collection.commit(first + len(batch))
            seconds += time.perf_counter() - started
        started = time.perf_counter()
        collection.end_writing()
        seconds += time.perf_counter() - started
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"build_per_s": round(n_documents / seconds), "disk_mb": round(disk / 1e6)}


def _messages(n_documents: int, n_messages: int) -> list[str]:
    """Every second message is about a document, the others are everyday words and about nothing."""
    random = np.random.default_rng(3)
    sample = list(synthetic.documents(min(n_documents, 20_000)))
    strangers = list(synthetic.documents(n_messages, seed=4))
    chosen = random.integers(0, len(sample), n_messages)
    about = [sample[place] if number % 2 else strangers[number] for number, place in enumerate(chosen)]
    return [synthetic.message(document, random) for document in about]


def _build_raw(folder: Path, n_documents: int) -> float:
    """One whitespace field over title, claim and body, as the quick start of tantivy does it."""
    folder.mkdir(parents=True)
    schema = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="spaces", index_option="freq").build()
    index = tantivy.Index(schema, path=str(folder))
    index.register_tokenizer("spaces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    seconds = 0.0
    for document in synthetic.documents(n_documents):
        started = time.perf_counter()
        entry = tantivy.Document()
        entry.add_text("text", " ".join(_words(document)))
        writer.add_document(entry)
        seconds += time.perf_counter() - started
    started = time.perf_counter()
    writer.commit()
    writer.wait_merging_threads()
    return seconds + time.perf_counter() - started


def _words(document: Document) -> list[str]:
    return analyse(f"{document.title} {document.claim} {document.body}", document.language).surface


def _in_own_process(what: str, folder: Path) -> dict[str, float]:
    """Run one measurement in a process that holds nothing else, so that its memory is its own."""
    command = [sys.executable, __file__, "--documents", "0", "--only", what, "--folder", str(folder)]
    finished = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(finished.stdout)
    return figures


def _find(folder: Path) -> dict[str, float]:
    with Collection.open(folder / "collection") as collection:
        matcher = Matcher(collection)
        return _timed(matcher.find, json.loads((folder / "messages.json").read_text(encoding="utf-8")))


def _raw(folder: Path) -> dict[str, float]:
    index = tantivy.Index.open(str(folder / "raw"))
    schema, searcher = index.schema, index.searcher()

    def search(words: Sequence[str]) -> object:
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", word, "freq")) for word in words]
        return searcher.search(tantivy.Query.boolean_query(terms), 10, count=False).hits

    messages = json.loads((folder / "messages.json").read_text(encoding="utf-8"))
    return _timed(search, [list(dict.fromkeys(analyse(message, "vi").surface)) for message in messages])


def _timed(ask: Callable[..., object], questions: Sequence[object]) -> dict[str, float]:
    """Milliseconds of one question, after all were asked once; memory of the whole process then."""
    for question in questions:
        ask(question)
    taken = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        taken.append((time.perf_counter() - started) * 1_000)
    p50, p95, p99 = np.percentile(taken, [50, 95, 99]).round(3).tolist()
    cpu_p50, cpu_p95 = np.percentile(_least_cpu(ask, questions), [50, 95]).round(3).tolist()
    return {
        "p50_ms": p50,
        "p95_ms": p95,
        "p99_ms": p99,
        "cpu_p50_ms": cpu_p50,
        "cpu_p95_ms": cpu_p95,
        "rss_mb": _resident_mb("VmRSS"),
        "anon_mb": _resident_mb("RssAnon"),
    }


def _least_cpu(ask: Callable[..., object], questions: Sequence[object]) -> list[float]:
    """Milliseconds of processor time of each question, the least of _CPU_ROUNDS rounds."""
    rounds = []
    for _ in range(_CPU_ROUNDS):
        taken = []
        for question in questions:
            started = time.process_time()
            ask(question)
            taken.append((time.process_time() - started) * 1_000)
        rounds.append(taken)
    return np.min(rounds, axis=0).tolist()


def _resident_mb(name: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(name + ":"))
    return round(int(line.split()[1]) / 1024)


def _bm25s(n_documents: int, messages: list[str]) -> dict[str, float | str]:
    if n_documents > BM25S_DOCUMENTS_MAX:
        return {"left_out": f"more than {BM25S_DOCUMENTS_MAX} documents: it holds all of them in memory"}
    import bm25s

    retriever = bm25s.BM25()
    started = time.perf_counter()
    retriever.index([_words(document) for document in synthetic.documents(n_documents)], show_progress=False)
    built = time.perf_counter() - started
    questions = [analyse(message, "vi").surface for message in messages]
    figures = _timed(lambda words: retriever.retrieve([words], k=10, show_progress=False, n_threads=1), questions)
    return {"p50_ms": figures["p50_ms"], "p95_ms": figures["p95_ms"], "build_per_s": round(n_documents / built)}


def _fresh(folder: Path) -> dict[str, float]:
    """Seconds from `put` until another process finds the new document; the longest of a few."""
    command = [sys.executable, __file__, "--documents", "0", "--only", "_watch", "--folder", str(folder)]
    longest = commit = 0.0
    with (
        Collection.open(folder / "collection") as collection,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader,
    ):
        assert reader.stdout is not None
        reader.stdout.readline()
        for number in range(_FRESH_DOCUMENTS):
            started = time.time()
            document = Document(id=f"fresh{number}", claim=_fresh_text(number), language="vi")
            collection.put([document])
            collection.commit(10_000_000 + number)
            commit = max(commit, time.time() - started)
            longest = max(longest, float(reader.stdout.readline()) - started)
    return {"fresh_commit_s": round(commit, 3), "fresh_found_s": round(longest, 3)}


def _fresh_text(number: int) -> str:
    return f"mới{number} toanh{number} chưa ai thấy bao giờ tin này thứ {number} vừa mới được kiểm chứng xong hôm nay"


def _watch(folder: Path) -> dict[str, float]:
    """The other process: says when it found each new document."""
    with Collection.open(folder / "collection") as collection:
        matcher = Matcher(collection)
        # A server's workers ask one message when they start, so that no asker waits for what is compiled.
        matcher.find(_fresh_text(_FRESH_DOCUMENTS))
        print("watching", flush=True)
        for number in range(_FRESH_DOCUMENTS):
            deadline = time.time() + _FRESH_SECONDS_MAX
            while f"fresh{number}" not in [match.id for match in matcher.find(_fresh_text(number)).matches]:
                if time.time() > deadline:
                    raise TimeoutError(f"Document fresh{number} was not found within {_FRESH_SECONDS_MAX} s.")
                time.sleep(0.02)
                collection.refresh()
            print(time.time(), flush=True)
    return {}


def _table(row: dict[str, float | int | str | None]) -> str:
    width = max(map(len, row))
    return "\n".join(f"{name:{width}}  {value}" for name, value in row.items())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, required=True)
    parser.add_argument("--messages", type=int, default=300)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--folder", type=Path, default=None, help="where the index is made; a temporary one else")
    parser.add_argument("--only", choices=sorted(_PARTS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        print(json.dumps(_PARTS[options.only](options.folder)))
        sys.exit()
    return options


_PARTS = {"_find": _find, "_raw": _raw, "_watch": _watch}

if __name__ == "__main__":
    main()
