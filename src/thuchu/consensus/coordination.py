"""Raters who act together: the same notes within minutes of each other, or the same labels on the same notes.

As published (CONSENSUS section 7), with sorted arrays of pairs in place of a dictionary of them.  A pair is one number;
pairs are made distance by distance through the sorted rows of some posts at a time, and counted before the next ones.
"""

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.consensus.elementary import log
from thuchu.consensus.params import DAY_MS
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.rows import starts_of
from thuchu.consensus.scores import Prior
from thuchu.consensus.values import Bits, Floats, Indices, Numbers

MINUTE_MS = 60_000
NOBODY = -1
# Rows whose pairs are made at a time, whole posts: a post of a thousand ratings has half a million.
_ROWS_PER_PORTION = 200_000


@dataclass(frozen=True, slots=True)
class CoRating:
    """Thresholds of post-selection similarity (section 7.1, rule 1), by the published names."""

    window_ms: int = 20 * MINUTE_MS
    posts_min: int = 10
    smoothing_posts: int = 500
    similarity_min: float = 0.55
    overlap_min: float = 0.4
    overlap_smoothing: int = 10
    # A writer and a rater (rule 2): minutes after the note, then the shares of the writer's notes and of the rater's
    # ratings in that time from which on they are linked; neither counts for fewer than so many.
    writer_windows: tuple[tuple[int, float, float], ...] = ((1, 0.2, 0.2), (5, 0.3, 0.45), (20, 0.4, 0.7))
    writer_notes_min: int = 10


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
    weeks: int = 13


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of raters, the smaller number first, ascending; and how often each."""

    one: Indices
    other: Indices
    count: Indices


def co_raters(ratings: Ratings, prior: Prior | None = None, rules: CoRating | None = None) -> Numbers:
    """Which group of raters who rate the same notes at the same time each one belongs to: (n_raters,), -1 for none.

    A group's number is its smallest member's (trap T38).  prior: notes' posts, authors and times, where they are known.
    Without times nobody is in a group.
    """
    rules = rules or CoRating()
    group = np.full(ratings.n_raters, NOBODY, dtype=np.int32)
    if ratings.time is None or not len(ratings):
        return group
    of_post = _posts(ratings, prior)
    order = np.lexsort((ratings.rater, ratings.time, ratings.note, of_post))
    sorted_rows = ratings.note[order], ratings.rater[order], of_post[order], ratings.time[order]
    together = _counted(ratings.n_raters, *sorted_rows, rules.window_ms)
    posts = np.unique(of_post * ratings.n_raters + ratings.rater)
    rated = np.bincount(posts % ratings.n_raters, minlength=ratings.n_raters)
    both = np.minimum(rated[together.one], rated[together.other])
    linked = (both >= rules.posts_min) & (
        (_similarity(together, rated, len(posts), rules.smoothing_posts) >= rules.similarity_min)
        | (together.count / (both + rules.overlap_smoothing) >= rules.overlap_min)
    )
    by_writers = _writers(ratings, prior, rules)
    return _components(
        ratings.n_raters,
        np.concatenate((together.one[linked], by_writers.one)),
        np.concatenate((together.other[linked], by_writers.other)),
    )


def _posts(ratings: Ratings, prior: Prior | None) -> Indices:
    """Which post each rating is about: its note's own unless known."""
    if prior is None or prior.post is None:
        return ratings.note.astype(np.int64)
    return prior.post[ratings.note]


def _writers(ratings: Ratings, prior: Prior | None, rules: CoRating) -> Pairs:
    """Writers and raters who find their notes helpful within minutes, again and again."""
    none = np.zeros(0, dtype=np.int64)
    if prior is None or ratings.time is None:
        return Pairs(none, none, none)
    author = prior.author[ratings.note]
    written = np.bincount(prior.author[prior.author >= 0], minlength=ratings.n_raters)
    age = ratings.time - prior.created_ms[ratings.note]
    found = []
    for minutes, coverage, affinity in rules.writer_windows:
        soon = (ratings.level == 2) & (author >= 0) & (age <= minutes * MINUTE_MS) & (author != ratings.rater)
        rated = np.bincount(ratings.rater[soon], minlength=ratings.n_raters)
        pair, many = np.unique(author[soon] * ratings.n_raters + ratings.rater[soon], return_counts=True)
        writer, rater = pair // ratings.n_raters, pair % ratings.n_raters
        linked = many >= coverage * np.maximum(written[writer], rules.writer_notes_min)
        linked |= many >= affinity * np.maximum(rated[rater], rules.writer_notes_min)
        found.append((writer[linked], rater[linked], many[linked]))
    return Pairs(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


def _near(
    note: Indices | Numbers, rater: npt.NDArray[np.int32], post: Indices, time: Indices, window_ms: int
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


def _counted(
    n_raters: int, note: Indices | Numbers, rater: Numbers, post: Indices, time: Indices, window_ms: int
) -> Pairs:
    """How many posts each pair shares: a post counts once a pair.  Rows sorted by post, note and time."""
    keys, counts = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    edges = np.flatnonzero(np.diff(post)) + 1
    wanted = np.arange(_ROWS_PER_PORTION, len(post), _ROWS_PER_PORTION)
    # An edge between posts at or after each wanted place.
    cuts = np.append(edges, len(post))[np.searchsorted(edges, wanted)]
    bounds = np.unique(np.concatenate(([0], cuts, [len(post)]))).tolist()
    for first, last in itertools.pairwise(bounds):
        own = slice(first, last)
        parts = _near(note[own], rater[own], post[own], time[own], window_ms)
        if parts:
            posts, one, other = (np.concatenate(columns) for columns in zip(*parts, strict=True))
            pair = one * n_raters + other
            order = np.lexsort((posts, pair))
            fresh = np.ones(len(order), dtype=np.bool_)
            fresh[1:] = (np.diff(pair[order]) != 0) | (np.diff(posts[order]) != 0)
            new, how_often = np.unique(pair[order][fresh], return_counts=True)
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
    similarity: Floats = log(pairs.count * float(n) / product) / -log(share)
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


def quasi_cliques(ratings: Ratings, prior: Prior | None = None, rules: Cliques | None = None) -> Numbers:
    """Which quasi-clique of raters who give the same labels each one belongs to: (n_raters,), -1 for none.

    Greedy from the pair that agrees most, ties by number (trap T37); members who match nothing count as such (T18).
    prior: notes' posts, kinds and times; then only recent notes count that say something is wrong.
    """
    rules = rules or Cliques()
    if prior is not None:
        newest = np.nanmax(prior.created_ms, initial=-np.inf)
        recent = ~(prior.created_ms < newest - rules.weeks * 7 * DAY_MS) & ~prior.not_misleading
        ratings = ratings.where(recent[ratings.note])
    clique = np.full(ratings.n_raters, NOBODY, dtype=np.int32)
    if not len(ratings):
        return clique
    action = ratings.note.astype(np.int64) * 3 + ratings.level
    of_post = _posts(ratings, prior)
    order = np.lexsort((ratings.rater, action, of_post))
    no_time = np.zeros(len(order), dtype=np.int64)
    agreeing = _counted(ratings.n_raters, action[order], ratings.rater[order], of_post[order], no_time, 0)
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
            starts_of(np.bincount(ratings.rater, minlength=ratings.n_raters)),
            ratings.rater[by_action].astype(np.int64),
            starts_of(np.bincount(number, minlength=n_actions)),
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


def with_groups(ratings: Ratings, prior: Prior | None = None) -> tuple[Ratings, Bits]:
    """The ratings after coalescing groups, and who is in a group or a clique: both kept apart (trap T1)."""
    group, clique = co_raters(ratings, prior), quasi_cliques(ratings, prior)
    kept = ratings.where(coalesced(ratings, group, None if prior is None else prior.author))
    return kept, (group != NOBODY) | (clique != NOBODY)
