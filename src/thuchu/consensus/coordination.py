"""Raters who act together: the same notes within minutes of each other, or the same labels on the same notes.

As published (CONSENSUS section 7), with sorted arrays of pairs in place of a dictionary of them.  A pair is one number;
pairs are made distance by distance through the sorted rows, counted portion by portion, and never held all at once.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.consensus.ratings import Ratings
from thuchu.consensus.values import Bits, Floats, Indices, Numbers

MINUTE_MS = 60_000
NOBODY = -1
# Pairs that are held before they are counted and merged: 400 MB at the most.
_PAIRS_PER_PORTION = 25_000_000


@dataclass(frozen=True, slots=True)
class CoRating:
    """Thresholds of post-selection similarity (section 7.1, rule 1), by the published names."""

    window_ms: int = 20 * MINUTE_MS
    posts_min: int = 10
    smoothing_posts: int = 500
    similarity_min: float = 0.55
    overlap_min: float = 0.4
    overlap_smoothing: int = 10


@dataclass(frozen=True, slots=True)
class Cliques:
    """Thresholds of quasi-cliques (section 7.2)."""

    agreements_min: int = 5
    seed_agreements_over: int = 50
    members_share: float = 0.25
    members_min: int = 4
    posts_min: int = 25
    raters_min: int = 5
    raters_max: int = 2_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of raters, the smaller number first, ascending; and how often each."""

    one: Indices
    other: Indices
    count: Indices


def co_raters(ratings: Ratings, post: Indices | None = None, rules: CoRating | None = None) -> Numbers:
    """Which group of raters who rate the same notes at the same time each one belongs to: (n_raters,), -1 for none.

    A group's number is its smallest member's (trap T38).  post: which post each note belongs to; its own unless said.
    Without times nobody is in a group.
    """
    rules = rules or CoRating()
    group = np.full(ratings.n_raters, NOBODY, dtype=np.int32)
    if ratings.time is None or not len(ratings):
        return group
    of_post = ratings.note.astype(np.int64) if post is None else post[ratings.note]
    order = np.lexsort((ratings.rater, ratings.time, ratings.note))
    together = _counted(
        ratings.n_raters,
        _near(ratings.note[order], ratings.rater[order], of_post[order], ratings.time[order], rules.window_ms),
    )
    posts = np.unique(of_post * ratings.n_raters + ratings.rater)
    rated = np.bincount(posts % ratings.n_raters, minlength=ratings.n_raters)
    both = np.minimum(rated[together.one], rated[together.other])
    linked = (both >= rules.posts_min) & (
        (_similarity(together, rated, len(posts), rules.smoothing_posts) >= rules.similarity_min)
        | (together.count / (both + rules.overlap_smoothing) >= rules.overlap_min)
    )
    return _components(ratings.n_raters, together.one[linked], together.other[linked])


def _near(
    note: npt.NDArray[np.int32], rater: npt.NDArray[np.int32], post: Indices, time: Indices, window_ms: int
) -> "list[tuple[Indices, Indices, Indices]]":
    """(post, rater, rater) of ratings of one note at most a window apart; rows sorted by note and time."""
    found = []
    step = 1
    while step < len(note):
        near = (note[step:] == note[:-step]) & (time[step:] - time[:-step] <= window_ms)
        if not near.any():
            break
        first = np.flatnonzero(near)
        a, b = rater[first].astype(np.int64), rater[first + step].astype(np.int64)
        found.append((post[first], np.minimum(a, b), np.maximum(a, b)))
        step += 1
    return found


def _counted(n_raters: int, parts: "list[tuple[Indices, Indices, Indices]]") -> Pairs:
    """How many posts each pair shares: a post counts once a pair."""
    keys, counts = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if parts:
        posts, one, other = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        pair = one * n_raters + other
        order = np.lexsort((posts, pair))
        for first in range(0, len(order), _PAIRS_PER_PORTION):
            # One row back, so that a post that goes over the edge of a portion isn't counted twice.
            rows = order[max(first - 1, 0) : first + _PAIRS_PER_PORTION]
            fresh = np.ones(len(rows), dtype=np.bool_)
            fresh[1:] = (np.diff(pair[rows]) != 0) | (np.diff(posts[rows]) != 0)
            fresh[0] = first == 0
            new, how_often = np.unique(pair[rows][fresh], return_counts=True)
            keys, counts = _merged(np.concatenate((keys, new)), np.concatenate((counts, how_often)))
    return Pairs(keys // max(n_raters, 1), keys % max(n_raters, 1), counts)


def _merged(keys: Indices, counts: Indices) -> tuple[Indices, Indices]:
    distinct, place = np.unique(keys, return_inverse=True)
    return distinct, np.bincount(place, weights=counts, minlength=len(distinct)).astype(np.int64)


def _similarity(pairs: Pairs, rated: Indices, n: int, smoothing: int) -> Floats:
    """Normalised pointwise mutual information; a pair that shares every post there is counts as alike (trap T45)."""
    if n < 2:
        return np.zeros(len(pairs.count))
    product = (rated[pairs.one] + smoothing).astype(np.float64) * (rated[pairs.other] + smoothing)
    share = np.minimum(pairs.count / n, 1 - 1e-12)
    similarity: Floats = np.log(pairs.count * float(n) / product) / -np.log(share)
    return similarity


def _components(n: int, one: Indices, other: Indices) -> Numbers:
    label = np.arange(n)
    while True:
        least = np.minimum(label[one], label[other])
        after = label.copy()
        np.minimum.at(after, one, least)
        np.minimum.at(after, other, least)
        after = after[after]
        if np.array_equal(after, label):
            break
        label = after
    linked = np.zeros(n, dtype=np.bool_)
    linked[one] = linked[other] = True
    return np.where(linked, label, NOBODY).astype(np.int32)


def coalesced(ratings: Ratings, group: Numbers, author: Indices | None = None) -> Bits:
    """Which ratings stay: of a group's ratings of a note the earliest, and none of a note by one of its own.

    author  (n_notes,) the author's number among the raters, or -1
    """
    of_group = group[ratings.rater]
    keep = np.ones(len(ratings), dtype=np.bool_)
    if author is not None:
        by = author[ratings.note]
        keep &= ~((of_group != NOBODY) & (by >= 0) & (group[np.maximum(by, 0)] == of_group))
    rows = np.flatnonzero(keep & (of_group != NOBODY))
    rank = ratings.time if ratings.time is not None else np.zeros(len(ratings), dtype=np.int64)
    order = rows[np.lexsort((ratings.rater[rows], rank[rows], of_group[rows], ratings.note[rows]))]
    again = np.zeros(len(order), dtype=np.bool_)
    again[1:] = (np.diff(ratings.note[order]) == 0) & (np.diff(of_group[order]) == 0)
    keep[order[again]] = False
    return keep


def quasi_cliques(ratings: Ratings, rules: Cliques | None = None) -> Numbers:
    """Which quasi-clique of raters who give the same labels each one belongs to: (n_raters,), -1 for none.

    Greedy from the pair that agrees most, ties by number (trap T37); members who match nothing count as such (T18).
    """
    rules = rules or Cliques()
    clique = np.full(ratings.n_raters, NOBODY, dtype=np.int32)
    if not len(ratings):
        return clique
    action = ratings.note.astype(np.int64) * 3 + ratings.level
    order = np.lexsort((ratings.rater, action))
    agreeing = _counted(ratings.n_raters, _same(action[order], ratings.rater[order], ratings.note[order]))
    seeds = np.flatnonzero(agreeing.count > max(rules.seed_agreements_over, rules.agreements_min - 1))
    seeds = seeds[np.lexsort((agreeing.other[seeds], agreeing.one[seeds], -agreeing.count[seeds]))]
    book = _Book.of(ratings, action)
    for seed in seeds.tolist():
        pair = int(agreeing.one[seed]), int(agreeing.other[seed])
        if clique[pair[0]] != NOBODY or clique[pair[1]] != NOBODY:
            continue
        members = _grown(book, list(pair), clique, rules)
        if len(members) >= rules.raters_min:
            clique[members] = min(members)
    return clique


def _same(
    action: Indices, rater: npt.NDArray[np.int32], note: npt.NDArray[np.int32]
) -> "list[tuple[Indices, Indices, Indices]]":
    return _near(action, rater, note.astype(np.int64), np.zeros(len(action), dtype=np.int64), 0)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Book:
    """Who did what: rows by rater and by action, each as starts and contents."""

    actions: Indices
    action_starts: Indices
    raters: Indices
    rater_starts: Indices

    @classmethod
    def of(cls, ratings: Ratings, action: Indices) -> "_Book":
        number = np.unique(action, return_inverse=True)[1]
        by_rater = np.argsort(ratings.rater, kind="stable")
        by_action = np.argsort(number, kind="stable")
        n_actions = int(number.max()) + 1
        return cls(
            number[by_rater],
            np.concatenate(([0], np.cumsum(np.bincount(ratings.rater, minlength=ratings.n_raters)))),
            ratings.rater[by_action].astype(np.int64),
            np.concatenate(([0], np.cumsum(np.bincount(number, minlength=n_actions)))),
        )

    def did(self, rater: int) -> Indices:
        return self.actions[self.action_starts[rater] : self.action_starts[rater + 1]]

    def who(self, action: int) -> Indices:
        return self.raters[self.rater_starts[action] : self.rater_starts[action + 1]]


def _shared(book: _Book, members: list[int], rules: Cliques) -> Indices:
    """Actions that enough of the members did."""
    done, how_many = np.unique(np.concatenate([book.did(member) for member in members]), return_counts=True)
    least = max(rules.members_share * len(members), min(len(members), rules.members_min))
    return done[how_many >= least]


def _grown(book: _Book, members: list[int], clique: Numbers, rules: Cliques) -> list[int]:
    while len(members) < rules.raters_max:
        shared = _shared(book, members, rules)
        matches = np.bincount(
            np.concatenate([book.who(action) for action in shared.tolist()] or [np.zeros(0, dtype=np.int64)]),
            minlength=len(clique),
        )
        matches[members] = 0
        matches[clique != NOBODY] = 0
        candidate = int(np.argmax(matches))
        if matches[candidate] == 0:
            break
        larger = [*members, candidate]
        common = _shared(book, larger, rules)
        least = min(int(np.isin(common, book.did(member)).sum()) for member in larger)
        if len(common) < rules.posts_min or least < rules.members_share * len(common):
            break
        members = larger
    return members


def with_groups(ratings: Ratings, author: Indices | None = None) -> tuple[Ratings, Bits]:
    """The ratings after coalescing groups, and who is in a group or a clique: both kept apart (trap T1)."""
    group, clique = co_raters(ratings), quasi_cliques(ratings)
    kept = ratings.where(coalesced(ratings, group, author))
    return kept, (group != NOBODY) | (clique != NOBODY)
