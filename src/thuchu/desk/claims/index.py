"""The index of claims: which one is near a message. A cache of the table like the library's, with a folder of its own.

Only what is not sure through an exact door is looked up here; what it doesn't hold yet is opened, and offered later.
"""

from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path

from django.db.models import Max

from thuchu.desk.claims.join import Near
from thuchu.desk.claims.models import NOT_CHECKABLE, Claim, ErasedClaim, Prebunk
from thuchu.desk.moment import one_moment
from thuchu.desk.shelves import let_go, shelf, writing
from thuchu.matching import Collection, Document, Matcher, StaleCollection
from thuchu.privacy import CleanText, require_clean

# A commit costs about 0.1 s; this many rows cost about 1 s to put, so that little is done again after a crash.
COMMIT_ROWS = 2_000
# A fact-check answers above .97 or so; a wrong grouping is seen later and by fewer, so the bar is higher still. It
# says little alone: texts that differ in a place or a day are given .999, so `sameness` looks at what is joined.
JOIN_PROBABILITY_MIN = 0.985
# Two claims that are both likely are two sides of something, or one that nobody merged: people look.
SECOND_PROBABILITY_MAX = 0.6


def near(home: Path, text: CleanText) -> tuple[Near, ...]:
    """Claims near a message, likeliest first; the first is `sure` when matching is, and no other comes close."""
    decision = _current(home)[1].find(require_clean(text).text)
    matches = decision.matches
    is_sure = decision.kind == "answer" and matches[0].probability >= JOIN_PROBABILITY_MIN
    is_sure = is_sure and all(match.probability <= SECOND_PROBABILITY_MAX for match in matches[1:])
    return tuple(
        Near(claim_id=int(match.id), probability=match.probability, sure=is_sure and place == 0)
        for place, match in enumerate(matches)
    )


def warm_up(home: Path) -> None:
    """Open it once, so that the first to ask needs not wait for that."""
    _current(home)


def catch_up(home: Path, *, wait: bool = True) -> int:
    """Bring the index to the tables' last change; gives back how many rows it took.

    wait  False: when another process is writing, leave it to that one
    """
    with _writer(home, wait=wait) as may_write:
        return _bring_up(_sound(home)) if may_write else 0


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
    change, count = _state()
    if collection.stamp != change:
        return f"the index of claims is at change {collection.stamp}, the table at {change}"
    if len(collection) != count:
        return f"the index of claims holds {len(collection)}, the table {count}"
    return ""


def trouble(home: Path) -> str:
    """What is wrong with the index, in a sentence; "" when it is sound, though it may have claims to see yet."""
    try:
        collection = _shelf(home)[0]
        collection.refresh()
    except (FileNotFoundError, StaleCollection) as error:
        return str(error)
    change, _ = _state()
    return behind(home) if collection.stamp >= change else ""


def make_afresh(home: Path) -> int:
    """Throw the index away and make it again, unless nothing changed since the last time; gives back its rows.

    What is taken out of an index stays in its files until they are merged; made afresh, words that somebody had
    erased are in none of them.
    """
    change, _ = _state()
    mark = _folder(home) / "made-afresh-at"
    if mark.exists() and mark.read_text() == str(change):
        return 0
    with _writer(home, wait=True):
        _discard(home)
        done = _bring_up(_shelf(home)[0])
        mark.write_text(str(change))
    return done


def close(home: Path) -> None:
    """Let go of the index in this process; the next call opens it again."""
    let_go(_folder(home))


def _bring_up(collection: Collection) -> int:
    done = 0
    try:
        while batch := _next_changes(collection.stamp):
            gone = [number for _, number, document in batch if document is None]
            collection.remove(str(number) for number in gone)
            collection.put(document for _, _, document in batch if document is not None)
            collection.commit(batch[-1][0])
            done += len(batch)
    finally:
        collection.end_writing()
    return done


def _next_changes(stamp: int) -> list[tuple[int, int, Document | None]]:
    """(change, number of the claim, what the index holds of it or None) after `stamp`, in order.

    No question comes to a prebunk, so none is looked for here.
    """
    rows = list(Claim.objects.filter(change__gt=stamp).order_by("change")[:COMMIT_ROWS])
    unasked = set(Prebunk.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    erased = ErasedClaim.objects.filter(change__gt=stamp).order_by("change")[:COMMIT_ROWS]
    changes = chain(
        ((row.change, row.pk, None if row.pk in unasked else _document(row)) for row in rows),
        ((row.change, row.pk, None) for row in erased),
    )
    return sorted(changes, key=lambda change: change[0])[:COMMIT_ROWS]


def _document(row: Claim) -> Document | None:
    """A merged claim stays: its words lead to where it was merged. A closed one doesn't draw others after it."""
    if row.state == NOT_CHECKABLE or not row.wording:
        return None
    return Document(id=str(row.pk), claim=row.wording, language=row.language)


def _state() -> tuple[int, int]:
    """The tables' last change, and how many claims the index should hold, as of one moment.

    A claim that came between the two questions would be one too many, and a sound index would be thrown away.
    """
    with one_moment():
        last = [model.objects.aggregate(last=Max("change"))["last"] or 0 for model in (Claim, ErasedClaim)]
        listed = Claim.objects.exclude(state=NOT_CHECKABLE).exclude(wording="").filter(prebunk=None)
        return max(last), listed.count()


def _folder(home: Path) -> Path:
    return home / "claims-index"


def _shelf(home: Path) -> tuple[Collection, Matcher]:
    folder = _folder(home)
    return shelf(folder, lambda: Collection.open(folder))


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
    """The collection, emptied first where it can't be read or isn't about these tables."""
    try:
        collection = _shelf(home)[0]
        collection.refresh()
        change, count = _state()
        if collection.stamp < change or (collection.stamp == change and len(collection) == count):
            return collection
    except (FileNotFoundError, StaleCollection):
        pass
    _discard(home)
    return _shelf(home)[0]


def _discard(home: Path) -> None:
    close(home)
    Collection.discard(_folder(home))


def _writer(home: Path, *, wait: bool) -> AbstractContextManager[bool]:
    return writing(home / "claims-index.lock", wait=wait)
