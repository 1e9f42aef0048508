"""Notes' authors, kinds, posts and earlier rounds from the public notes and noteStatusHistory files, and back again."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from thuchu.consensus import files, history
from thuchu.consensus.files import Columns
from thuchu.consensus.history import History
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.rules import HELPFUL, NEEDS_MORE_RATINGS, NOT_HELPFUL
from thuchu.consensus.scores import Prior, Scores, nothing_known
from thuchu.consensus.tables import BadFile
from thuchu.consensus.values import Floats, Indices

_STATUSES = {
    "CURRENTLY_RATED_HELPFUL": HELPFUL,
    "CURRENTLY_RATED_NOT_HELPFUL": NOT_HELPFUL,
    "NEEDS_MORE_RATINGS": NEEDS_MORE_RATINGS,
    "": NEEDS_MORE_RATINGS,
}
_NAMES = {HELPFUL: "CURRENTLY_RATED_HELPFUL", NOT_HELPFUL: "CURRENTLY_RATED_NOT_HELPFUL", 0: "NEEDS_MORE_RATINGS"}
_AUTHORS = ("noteAuthorParticipantId", "participantId")
# Where each column of a `History` stands in the public file.
_TIMES = {
    "changed_ms": "timestampMillisOfMostRecentStatusChange",
    "first_ms": "timestampMillisOfFirstNonNMRStatus",
    "latest_ms": "timestampMillisOfLatestNonNMRStatus",
    "waiting_ms": "timestampMillisOfNmrDueToMinStableCrhTime",
    "locked_ms": "timestampMillisOfStatusLock",
}
_WORDS = {"first": "firstNonNMRStatus", "latest": "mostRecentNonNMRStatus", "locked": "lockedStatus"}
# Milliseconds are whole numbers that a double holds exactly.
_MS_MAX = 1 << 53


@dataclass(frozen=True, slots=True)
class PriorFiles:
    """Public files beside the ratings, those that there are.

    now_ms  when the round is; the newest rating's time unless said
    """

    notes: Path | None = None
    history: Path | None = None
    enrolled: Path | None = None
    now_ms: int | None = None

    @property
    def any(self) -> bool:
        return self.notes is not None or self.history is not None


def read_prior(ratings: Ratings, beside: PriorFiles) -> Prior:
    """In the numbering of the ratings; notes without a rating are left out."""
    prior = nothing_known(ratings)
    place = {str(note): code for code, note in enumerate(ratings.note_ids.tolist())}
    if beside.history is not None:
        prior = _with_history(ratings, prior, beside.history, place, _now(ratings, beside))
    if beside.notes is not None:
        prior = _with_notes(prior, beside.notes, place)
    return prior


def _now(ratings: Ratings, beside: PriorFiles) -> int:
    if beside.now_ms is not None:
        return beside.now_ms
    return int(ratings.time.max()) if ratings.time is not None and len(ratings) else 0


def _with_history(ratings: Ratings, prior: Prior, path: Path, place: dict[str, int], now_ms: int) -> Prior:
    read = files.read_columns(
        path,
        ["noteId", "createdAtMillis", "currentStatus"],
        [*_AUTHORS, *_TIMES.values(), *_WORDS.values()],
    )
    rows, codes = _rated(read, place)
    rater = {str(name): code for code, name in enumerate(ratings.rater_ids.tolist())}
    author_of = _author_of(read)
    author, created, current = prior.author.copy(), prior.created_ms.copy(), np.zeros(ratings.n_notes, dtype=np.int8)
    author[codes] = [rater.get(author_of(row), -1) for row in rows]
    created[codes] = _numbers(rows, "createdAtMillis", read)
    current[codes] = _statuses(rows, "currentStatus", read)
    earlier = history.nothing_yet(ratings.n_notes, now_ms)
    columns: dict[str, npt.NDArray[Any]] = {}
    for name, column in _TIMES.items():
        columns[name] = getattr(earlier, name).copy()
        columns[name][codes] = _numbers(rows, column, read)
    for name, column in _WORDS.items():
        columns[name] = getattr(earlier, name).copy()
        columns[name][codes] = _statuses(rows, column, read)
    known = History(now_ms=now_ms, current=current, **columns)
    return Prior(author, created, known.latest_ms, current == HELPFUL, prior.not_misleading, prior.post, known)


def _with_notes(prior: Prior, path: Path, place: dict[str, int]) -> Prior:
    read = files.read_columns(path, ["noteId", "classification"], ["tweetId"])
    rows, codes = _rated(read, place)
    kind, post = prior.not_misleading.copy(), np.arange(len(prior.author), dtype=np.int64)
    kind[codes] = [read["classification"][row] == "NOT_MISLEADING" for row in rows]
    posts: dict[str, int] = {}
    for row, code in zip(rows, codes.tolist(), strict=True):
        name = read["tweetId"][row]
        # A post that nobody knows any more joins no notes.
        if name not in ("", "-1"):
            post[code] = posts.setdefault(name, code)
    return Prior(prior.author, prior.created_ms, prior.decided_ms, prior.was_helpful, kind, post, prior.history)


def _rated(read: Columns, place: dict[str, int]) -> tuple[list[int], Indices]:
    """Rows of notes that were rated, and their codes; a note stands in one row."""
    ids = read["noteId"]
    rows = [row for row, note in enumerate(ids) if note in place]
    codes = np.array([place[ids[row]] for row in rows], dtype=np.int64)
    if len(np.unique(codes)) != len(codes):
        order = np.argsort(codes, kind="stable")
        again = int(order[1:][np.diff(codes[order]) == 0][0])
        raise BadFile(f"{read.at(rows[again], 'noteId')}: note {ids[rows[again]]} stands there twice")
    return rows, codes


def _numbers(rows: list[int], name: str, read: Columns) -> Floats:
    return np.array([_number(read, row, name) for row in rows], dtype=np.float64)


def _number(read: Columns, row: int, name: str) -> float:
    """A time in milliseconds; nothing, and -1 where the public files say never."""
    text = read[name][row]
    if text == "":
        return float("nan")
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not -1 <= number <= _MS_MAX:
        raise BadFile(f"{read.at(row, name)}: {text!r} is not a time in milliseconds")
    if number == -1 and name != _TIMES["waiting_ms"]:
        return float("nan")
    return number


def _statuses(rows: list[int], name: str, read: Columns) -> npt.NDArray[np.int8]:
    found = [_STATUSES.get(read[name][row]) for row in rows]
    if None in found:
        row = rows[found.index(None)]
        allowed = ", ".join(word for word in _STATUSES if word)
        raise BadFile(f"{read.at(row, name)}: {read[name][row]!r} is none of {allowed}")
    return np.array(found, dtype=np.int8)


def history_table(ratings: Ratings, scores: Scores, prior: Prior, path: Path) -> dict[str, npt.NDArray[Any]]:
    """What the round leaves, in the public file's columns: the next round's --status-history.

    path  the history that the round began with: its notes without a rating stay as they are, and every author
    """
    now = scores.history
    if now is None:
        return {}
    rated = [str(note) for note in scores.note_ids.tolist()]
    table: dict[str, npt.NDArray[Any]] = {
        "currentStatus": _words(now.current, np.ones(len(now.current), dtype=np.bool_)),
        "timestampMillisOfCurrentStatus": np.full(len(now.current), str(now.now_ms)),
        "currentDecidedBy": scores.rule.astype(np.str_),
    }
    table |= {column: _times(getattr(now, name)) for name, column in _TIMES.items()}
    table |= {_WORDS[name]: _words(getattr(now, name), getattr(now, name) != 0) for name in ("first", "latest")}
    table[_WORDS["locked"]] = _words(now.locked, now.is_locked)
    before = files.read_columns(path, ["noteId", "createdAtMillis"], [*_AUTHORS, *table])
    place = {note: row for row, note in enumerate(before["noteId"])}
    unrated = sorted(place.keys() - set(rated), key=lambda note: place[note])
    rows = [place[note] for note in unrated]
    author = _author_of(before)
    head: dict[str, npt.NDArray[Any]] = {
        "noteId": files.ids_of([*rated, *unrated]),
        "noteAuthorParticipantId": np.array(
            [author(place[note]) if note in place else "" for note in (*rated, *unrated)], dtype=np.str_
        ),
        "createdAtMillis": np.concatenate((_times(prior.created_ms), _texts(before["createdAtMillis"], rows))),
    }
    table = head | {name: np.concatenate((column, _texts(before[name], rows))) for name, column in table.items()}
    order = np.argsort(table["noteId"], kind="stable")
    return {name: column[order] for name, column in table.items()}


def _author_of(read: Columns) -> Callable[[int], str]:
    """Each row's author: files of different years call the column by one of two names."""
    one, other = (read[name] for name in _AUTHORS)
    return lambda row: one[row] or other[row]


def _texts(column: list[str], rows: list[int]) -> npt.NDArray[np.str_]:
    return np.array([column[row] for row in rows], dtype=np.str_)


def _times(values: Floats) -> npt.NDArray[np.str_]:
    return np.array(["" if value != value else str(int(value)) for value in values.tolist()], dtype=np.str_)  # noqa: PLR0124


def _words(statuses: npt.NDArray[np.int8], there: npt.NDArray[np.bool_]) -> npt.NDArray[np.str_]:
    pairs = zip(statuses.tolist(), there.tolist(), strict=True)
    return np.array([_NAMES[status] if known else "" for status, known in pairs], dtype=np.str_)
