"""The index that finds fact-checks: a cache of the table, brought up to date by change number, rebuilt when in doubt.

One process writes at a time (`shelves`); a writer that dies leaves the last commit, and the next `catch_up` goes on
from there.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from django.conf import settings

from thuchu.desk.library import reads
from thuchu.desk.library.models import FactCheck
from thuchu.desk.shelves import let_go, shelf, writing
from thuchu.links.finding import find_addresses
from thuchu.matching import Collection, Decision, Document, Matcher, StaleCollection
from thuchu.matching.encoder import Encoder, OnnxEncoder
from thuchu.privacy import CleanText

# A commit costs about 0.1 s; this many rows cost about 2 s to put, so that little is done again after a crash.
COMMIT_ROWS = 5_000
SEARCH_RESULTS_MAX = 200


Report = Callable[[int, int], None]


def find(home: Path, text: CleanText, without: Sequence[str] = ()) -> Decision:
    """What matching says to a message, as if fact-checks of these names weren't there; sees what is committed now."""
    _, matcher = _current(home)
    return matcher.find(text.text, _canonical(text.text), without)


def warm_up(home: Path) -> None:
    """Find something once, so that the first to ask needs not wait until what matching compiles is there."""
    _, matcher = _current(home)
    matcher.find("tin này có thật không")


def search(home: Path, words: str) -> list[str]:
    """Names of fact-checks for a reader's search, best first, at most SEARCH_RESULTS_MAX."""
    _, matcher = _current(home)
    return [name for name, _ in matcher.rank(words)[:SEARCH_RESULTS_MAX]]


def catch_up(home: Path, report: Report | None = None, *, wait: bool = True) -> int:
    """Bring the index to the table's last change; gives back how many rows it took.

    report  called with (rows done, rows in all) after each commit
    wait    False: when another process is writing, leave it to that one
    """
    with _writer(home, wait=wait) as may_write:
        if not may_write:
            return 0
        collection = _sound(home)
        rows = FactCheck.objects.filter(change__gt=collection.stamp)
        total, done = rows.count(), 0
        try:
            while batch := list(rows.filter(change__gt=collection.stamp).order_by("change")[:COMMIT_ROWS]):
                collection.remove(row.public_id for row in batch if row.state != FactCheck.CURRENT)
                collection.put(_document(row) for row in batch if row.state == FactCheck.CURRENT)
                collection.commit(batch[-1].change)
                done += len(batch)
                if report:
                    report(done, total)
        finally:
            collection.end_writing()
    return done


def learn(home: Path, messages: Iterable[tuple[str, str]], mark: str) -> int:
    """Teach the matcher from messages already answered: (message, name of its fact-check); gives back how many.

    mark  another one whenever the messages are others: an erased one must be unlearned, too
    """
    known = list(messages)
    with _writer(home, wait=True):
        _shelf(home)[0].learn(known)
        _learned_from(home).write_text(mark)
    return len(known)


def learned_mark(home: Path) -> str:
    """The mark of the messages that the last learning saw; "" when there was none."""
    try:
        return _learned_from(home).read_text()
    except FileNotFoundError:
        return ""


def behind(home: Path) -> str:
    """What is wrong between table and index, in a sentence; "" when they agree."""
    if not (_folder(home) / "index").is_dir():
        # Opened again below, and empty: the table says what is missing.
        close(home)
    try:
        collection = _shelf(home)[0]
    except StaleCollection as error:
        return str(error)
    collection.refresh()
    change, count = reads.state()
    if collection.stamp != change:
        return f"the index is at change {collection.stamp}, the table at {change}"
    if collection.lacks_vectors:
        return "the index was made without the model that THUCHU_ENCODER names"
    if len(collection) != count:
        return f"the index holds {len(collection)} fact-checks, the table {count}"
    return ""


def rebuild(home: Path, report: Report | None = None) -> int:
    """Throw the index away and make it again from the table."""
    with _writer(home, wait=True):
        _discard(home)
    return catch_up(home, report)


def close(home: Path) -> None:
    """Let go of the home's index in this process; the next call opens it again."""
    let_go(_folder(home))


def _folder(home: Path) -> Path:
    return home / "index"


def _learned_from(home: Path) -> Path:
    return _folder(home) / "learned-from"


def _encoder() -> Encoder | None:
    folder: Path | None = settings.THUCHU_ENCODER
    return OnnxEncoder(folder) if folder else None


def _shelf(home: Path) -> tuple[Collection, Matcher]:
    folder = _folder(home)
    return shelf(folder, lambda: Collection.open(folder, _encoder()))


def _current(home: Path) -> tuple[Collection, Matcher]:
    """The shelf as of the last commit; made again first where it was taken away under a running desk, or is broken."""
    try:
        collection, matcher = _shelf(home)
        collection.refresh()
    except (FileNotFoundError, StaleCollection):
        close(home)
        catch_up(home)
        return _shelf(home)
    return collection, matcher


def _sound(home: Path) -> Collection:
    """The collection, emptied first where it can't be read or isn't about this table."""
    try:
        collection = _shelf(home)[0]
        collection.refresh()
        change, count = reads.state()
        differs = collection.lacks_vectors or (collection.stamp == change and len(collection) != count)
        if collection.stamp <= change and not differs:
            return collection
    except StaleCollection:
        pass
    _discard(home)
    return _shelf(home)[0]


def _discard(home: Path) -> None:
    close(home)
    Collection.discard(_folder(home))
    _learned_from(home).unlink(missing_ok=True)


def _writer(home: Path, *, wait: bool) -> AbstractContextManager[bool]:
    return writing(home / "index.lock", wait=wait)


def _document(row: FactCheck) -> Document:
    return Document(
        id=row.public_id,
        title=row.title,
        claim=row.claim,
        # Who asks about a wrong version finds the page of the right one.
        body="\n".join((row.explanation, *row.twists)),
        language=row.language,
        links=(row.url_key, *(link for place in row.appearances for link in _canonical(place))),
    )


def _canonical(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address.canonical for address in find_addresses(text)))
