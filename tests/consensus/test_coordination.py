"""Raters who act together are found; those who merely agree are not."""

import numpy as np
import pytest

from thuchu import consensus
from thuchu.consensus import coordination
from thuchu.consensus.coordination import NOBODY
from thuchu.consensus.ratings import Ratings

RING = range(7)


def community(seed: int = 1) -> Ratings:
    """Sixty raters who rate by chance over a month; seven more rate forty notes within minutes, always helpful."""
    random = np.random.default_rng(seed)
    note = np.repeat(np.arange(300), 12)
    rater = np.concatenate([random.choice(60, 12, replace=False) + 7 for _ in range(300)])
    time = random.integers(0, 30 * 86_400_000, len(note))
    value = random.choice([0.0, 0.5, 1.0], len(note))
    together = np.repeat(np.arange(60), 7)
    who = np.tile(np.arange(7), 60)
    at = np.repeat(random.integers(0, 30 * 86_400_000, 60), 7) + random.integers(0, 300_000, 420)
    return consensus.read(
        np.concatenate((note, together)),
        np.concatenate((rater, who)),
        np.concatenate((value, np.ones(420))),
        times=np.concatenate((time, at)),
    )


def test_a_ring_that_rates_within_minutes_is_one_group() -> None:
    group = coordination.co_raters(community())

    assert set(group[list(RING)].tolist()) == {0}
    assert (group[7:] == NOBODY).all()


def test_a_ring_that_always_agrees_is_a_clique() -> None:
    clique = coordination.quasi_cliques(community())

    assert set(clique[list(RING)].tolist()) == {0}
    assert np.count_nonzero(clique[7:] != NOBODY) <= 3


def test_of_a_group_s_ratings_of_a_note_the_earliest_counts() -> None:
    ratings = community()
    group = coordination.co_raters(ratings)

    kept = ratings.where(coordination.coalesced(ratings, group))

    assert kept.time is not None
    for note in (0, 30, 59):
        mine = (kept.note == note) & (kept.rater < 7)
        assert mine.sum() == 1
        assert ratings.time is not None
        assert kept.time[mine][0] == ratings.time[(ratings.note == note) & (ratings.rater < 7)].min()


def test_a_group_s_ratings_of_its_own_note_don_t_count() -> None:
    ratings = community()
    author = np.where(np.arange(ratings.n_notes) == 5, 3, -1)

    kept = ratings.where(coordination.coalesced(ratings, coordination.co_raters(ratings), author))

    assert not ((kept.note == 5) & (kept.rater < 7)).any()


@pytest.mark.parametrize("portion", [1, 500, 10**6])
def test_pairs_are_counted_as_counting_by_hand_does(portion: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = community(3)
    assert ratings.time is not None
    expected: dict[tuple[int, int], int] = {}
    for note in range(ratings.n_notes):
        rows = np.flatnonzero(ratings.note == note)
        for place, one in enumerate(rows):
            for other in rows[place + 1 :]:
                if abs(int(ratings.time[one]) - int(ratings.time[other])) <= 20 * 60_000:
                    pair = tuple(sorted((int(ratings.rater[one]), int(ratings.rater[other]))))
                    expected[pair[0], pair[1]] = expected.get((pair[0], pair[1]), 0) + 1

    monkeypatch.setattr(coordination, "_ROWS_PER_PORTION", portion)
    order = np.lexsort((ratings.rater, ratings.time, ratings.note))
    note, rater, time = ratings.note[order], ratings.rater[order], ratings.time[order]
    pairs = coordination._counted(ratings.n_raters, note, rater, note.astype(np.int64), time, 20 * 60_000)

    triples = zip(pairs.one.tolist(), pairs.other.tolist(), pairs.count.tolist(), strict=True)
    assert {(one, other): count for one, other, count in triples} == expected


def test_small_and_odd_tables_crash_nothing() -> None:
    for ratings in (
        consensus.read([], [], []),
        consensus.read([1], [1], [1], times=[1]),
        consensus.read([1, 1], [1, 2], [1, 1], times=[1, 1]),
    ):
        assert (coordination.co_raters(ratings) == NOBODY).all()
        assert (coordination.quasi_cliques(ratings) == NOBODY).all()
        assert coordination.with_groups(ratings)[1].sum() == 0
