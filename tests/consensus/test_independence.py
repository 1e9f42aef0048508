"""People who turn up together more often than by chance, and say the same, speak for fewer than they are."""

from itertools import combinations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.consensus import DESK, EDITIONS, Ratings, independence, looking, read, score
from thuchu.consensus.independence import MEETING_PLACE_MAX
from thuchu.consensus.params import DESK_1, DESK_2

HONEST, NOTES, TARGETS = 60, 120, 12
NOTES_PER_TIME = DESK.notes_per_time


def community(seed: int = 1, per_note: int = 12) -> list[tuple[int, int, float]]:
    """Two camps who rate what they come across."""
    random = np.random.default_rng(seed)
    rows = []
    for note in range(NOTES):
        slant = 0 if note % 2 else 1 - 2 * (note // 2 % 2)
        for rater in random.choice(HONEST, per_note, replace=False):
            side = 1 if rater % 2 else -1
            likes = random.random() < (0.9 if slant in (0, side) else 0.1)
            rows.append((note, int(rater), 1.0 if likes else 0.0))
    return rows


def bloc(many: int, elsewhere: int = 8, seed: int = 2) -> list[tuple[int, int, float]]:
    """Accounts of one person: the same few notes up, and honest ratings as a cover."""
    random = np.random.default_rng(seed)
    rows = []
    for account in range(HONEST, HONEST + many):
        rows += [(note, account, 1.0) for note in range(0, 2 * TARGETS, 2)]
        rows += [(int(note), account, float(note % 2)) for note in random.choice(range(30, NOTES), elsewhere, False)]
    return rows


def table(rows: list[tuple[int, int, float]], with_entries: bool = True) -> Ratings:
    notes, raters, values = zip(*rows, strict=True)
    return read(notes, raters, values, entries=range(1, len(rows) + 1) if with_entries else None)


def company(ratings: Ratings):
    """As the desk's rule set counts it."""
    return independence.company(ratings, NOTES_PER_TIME)


def seasons(
    many: int, *, people: int = 40, notes: int = 20, seed: int = 4
) -> tuple[list[tuple[int, int, float]], set[int]]:
    """Groups of one desk, one after the other, each of two sides who rate nearly all notes of their time; and the good
    notes."""
    random = np.random.default_rng(seed)
    rows: list[tuple[int, int, float]] = []
    good = set()
    for note in range(many * notes):
        season = note // notes
        slant = int(random.choice([0, 0, -1, 1]))
        if not slant:
            good.add(note)
        for person in np.flatnonzero(random.random(people) < 0.85).tolist():
            likes = slant in (0, 1 if person % 2 else -1)
            errs = random.random() < 0.08
            rows.append((note, season * people + person, float(likes != errs)))
    return rows, good


def by_pair(ratings: Ratings, rows: list[tuple[int, int, float]]) -> dict[tuple[int, int], float]:
    found = company(ratings).tolist()
    ids = zip(ratings.note_ids[ratings.note].tolist(), ratings.rater_ids[ratings.rater].tolist(), strict=True)
    assert len(found) == len({row[:2] for row in rows})
    return dict(zip(ids, found, strict=True))


def test_people_who_come_and_go_as_they_like_keep_no_company() -> None:
    rows = community()
    assert max(by_pair(table(rows), rows).values()) < 0.5


def test_a_bloc_keeps_company_on_its_targets_and_not_under_its_cover() -> None:
    rows = community() + bloc(15)
    found = by_pair(table(rows), rows)
    mine = {pair: many for pair, many in found.items() if pair[1] >= HONEST}
    assert min(many for (note, _), many in mine.items() if note < 2 * TARGETS) > 1
    assert np.mean([many > 1 for (note, _), many in mine.items() if note >= 30]) < 0.25
    assert max(many for (_, rater), many in found.items() if rater < HONEST) < 1


def test_people_who_all_rate_everything_meet_by_no_more_than_chance() -> None:
    """Twelve people of a commune who rate every note, and agree, are twelve people."""
    rows = [(note, rater, 1.0) for note in range(40) for rater in range(12)]
    assert not company(table(rows)).any()


def test_people_of_one_season_meet_as_often_as_their_season_is_short() -> None:
    """Who rates only this spring's notes meets others of this spring: that is no bloc."""
    random = np.random.default_rng(5)
    rows = [
        (note, int(rater) + 20 * (note // (2 * NOTES_PER_TIME)), 1.0)
        for note in range(8 * NOTES_PER_TIME)
        for rater in random.choice(20, 8, replace=False)
    ]
    assert (company(table(rows)) > 1).mean() < 0.01


def test_a_note_that_everybody_rated_is_no_meeting_place() -> None:
    crowd = range(MEETING_PLACE_MAX + 1)
    rows = [(note, rater, 1.0) for note in range(5) for rater in crowd]
    assert not company(table(rows)).any()


def test_nobody_is_nobody_s_company() -> None:
    assert len(company(read([], [], []))) == 0
    assert company(read([1], [1], [1.0])).tolist() == [0.0]


@pytest.mark.parametrize("many", [8, 15, 40])
def test_a_bloc_publishes_nothing_that_its_opponents_reject(many: int) -> None:
    """With version 1 it did, from a sixth of all accounts on."""
    honest, attacked = table(community()), table(community() + bloc(many))
    for ratings, params, gets_through in (
        (honest, DESK, False),
        (attacked, DESK, False),
        (attacked, DESK_1, many > 8),
    ):
        status = score(ratings, params).status
        ids = ratings.note_ids.tolist()
        published = [note for note, each in zip(ids, status.tolist(), strict=True) if each == 1]
        assert any(note in range(0, 2 * TARGETS, 2) for note in published) == gets_through


def test_what_was_set_aside_is_said() -> None:
    rows = community() + bloc(15)
    ratings = table(rows)
    scores = score(ratings)
    assert scores.set_aside[0] == 15
    assert scores.n_ratings[0] == 27
    assert "15 of them are set aside" in looking.explain(ratings, scores, "0").text()[3]


def test_a_note_that_only_a_bloc_rated_has_too_few_independent_ratings() -> None:
    rows = [*community(), *bloc(15), *((NOTES, HONEST + account, 1.0) for account in range(15))]
    ratings = table(rows)
    scores = score(ratings)
    assert scores.rule[ratings.note_ids.tolist().index(NOTES)] == "too_few_independent"


def test_who_joined_a_small_desk_later_is_no_bloc() -> None:
    """With version 2 all of them were, and hardly a good note was published any more."""
    rows, good = seasons(2)
    ratings = table(rows)
    found = {params.version: score(ratings, params) for params in (DESK_2, DESK)}
    published = {
        version: {
            note for note, each in zip(ratings.note_ids.tolist(), scores.status.tolist(), strict=True) if each == 1
        }
        for version, scores in found.items()
    }
    assert not found[3].set_aside.any()
    assert published[3] <= good
    assert len(published[3]) > 0.8 * len(good)
    assert len(published[2]) < 0.1 * len(good)


def test_where_most_of_what_was_said_is_set_aside_nothing_is_decided() -> None:
    """Forty of fifty-two ratings are of a bloc: version 2 took the word of those who were left, whoever they were."""
    ratings = table(community() + bloc(40))
    targets = [ratings.note_ids.tolist().index(note) for note in range(0, 2 * TARGETS, 2)]
    before, now = score(ratings, DESK_2), score(ratings, DESK)
    assert (now.set_aside[targets] == 40).all()
    assert (before.rule[targets] != "too_few_independent").all()
    assert (now.rule[targets] == "too_few_independent").all()


def test_rounds_of_version_2_are_decided_as_they_were() -> None:
    assert EDITIONS["desk 2"] == DESK_2
    assert (DESK_2.notes_per_time, DESK_2.counted_share_min) == (64, 0.0)


def test_rounds_of_version_1_are_decided_as_they_were() -> None:
    assert EDITIONS["desk 1"].company_max is None
    assert not score(table(community() + bloc(10)), EDITIONS["desk 1"]).set_aside.any()


def slowly(rows: list[tuple[int, int, int]]) -> dict[tuple[int, int], float]:
    """The same, as one would say it: note, rater, level in halves; notes rated in their order."""
    said = {(note, rater): level for note, rater, level in rows}
    notes = sorted({note for note, _ in said}, key=[note for note, _, _ in rows].index)
    raters = sorted({rater for _, rater in said})
    time = {note: place // NOTES_PER_TIME for place, note in enumerate(notes)}
    found = dict.fromkeys(said, 0.0)
    pairs = {}
    for one, other in combinations(raters, 2):
        shared = [note for note in notes if (note, one) in said and (note, other) in said]
        if len(shared) >= 3:
            pairs[one, other] = len(shared), sum(said[note, one] == said[note, other] for note in shared)
    for _ in range(3):
        popular = {note: sum(1 / (1 + found[pair]) for pair in said if pair[0] == note) for note in notes}
        after = dict.fromkeys(said, 0.0)
        for (one, other), (met, agreed) in list(pairs.items()):
            expected, variance = 0.0, 1.0
            for when in set(time.values()):
                then = [note for note in notes if time[note] == when]
                both = [(popular[note] / sum(popular[each] for each in then)) ** 2 for note in then]
                rated = [sum((note, each) in said for note in then) for each in (one, other)]
                product = rated[0] * rated[1]
                expected += product * sum(both)
                variance += max(product * (sum(both) - product * sum(each * each for each in both)), 0)
            alike = (met - expected - 2 * sqrt(variance)) / met * (agreed / met)
            if alike > 0:
                for note in notes:
                    if said.get((note, one), "nothing") == said.get((note, other)):
                        after[note, one] += alike
                        after[note, other] += alike
            if met <= expected:
                del pairs[one, other]
        found = after
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 9), st.integers(3, 90), st.booleans())
def test_it_is_what_it_says_it_is(seed: int, n_raters: int, n_notes: int, are_copies: bool) -> None:
    random = np.random.default_rng(seed)
    rows = [
        (note, rater, int(random.integers(3)))
        for note in range(n_notes)
        for rater in range(n_raters)
        if random.random() < (rater + 1) / n_raters * 0.7
    ]
    if are_copies:
        rows += [(note, 100 + copy, level) for note, rater, level in rows if rater == 0 for copy in range(3)]
    rows.sort(key=lambda row: row[0])
    if not rows:
        return
    notes, raters, levels = zip(*rows, strict=True)
    ratings = read(notes, raters, np.array(levels) / 2, entries=range(1, len(rows) + 1))
    expected = slowly(rows)
    for pair, many in by_pair(ratings, [(n, r, 0.0) for n, r, _ in rows]).items():
        assert many == pytest.approx(expected[pair], abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 20))
def test_neither_names_nor_the_order_of_rows_change_a_bit(random, many: int) -> None:
    rows = community(per_note=6) + bloc(many)
    entries = list(range(1, len(rows) + 1))
    names = list(range(HONEST + many))
    random.shuffle(names)
    order = list(range(len(rows)))
    random.shuffle(order)
    notes, raters, values = zip(*rows, strict=True)
    plain = read(notes, raters, values, entries=entries)
    shuffled = read(
        [notes[row] for row in order],
        [names[raters[row]] for row in order],
        [values[row] for row in order],
        entries=[entries[row] for row in order],
    )
    assert company(plain).tobytes() == company(shuffled).tobytes()
