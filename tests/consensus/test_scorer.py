"""What a community's ratings come to: right answers by construction, and the same ones however they are asked for."""

from dataclasses import replace

import numpy as np
import pytest

from consensus.ratings_facts import drawn, scattered, two_camps
from thuchu import consensus
from thuchu.consensus import COMMUNITY_NOTES, DESK, Counter, Ratings, published, run, scores
from thuchu.consensus.fitting import fit
from thuchu.consensus.layout import enough
from thuchu.consensus.live import Scorer
from thuchu.consensus.params import DAY_MS, ConsensusParams
from thuchu.consensus.rules import RULES
from thuchu.consensus.scores import Prior, Scores
from thuchu.consensus.values import BadRatings

# Rows: raters of two camps.  Columns: eight notes that show the sides (liked by one, disliked by the other), two that
# everybody likes, one that nobody likes, one that only the first camp likes, one that three raters saw.
CHECKERBOARD = """
    1 0 1 0 1 0 1 0   1 1 0 1 1
    1 0 1 0 1 0 1 0   1 1 0 1 1
    1 0 1 0 1 0 1 0   1 1 0 1 -
    1 0 1 0 1 0 1 0   1 1 0 1 -
    1 0 1 0 1 0 1 0   1 1 0 1 -
    1 0 1 0 1 0 1 0   1 1 0 1 -
    0 1 0 1 0 1 0 1   1 1 0 0 1
    0 1 0 1 0 1 0 1   1 1 0 0 -
    0 1 0 1 0 1 0 1   1 1 0 0 -
    0 1 0 1 0 1 0 1   1 1 0 0 -
    0 1 0 1 0 1 0 1   1 1 0 0 -
    0 1 0 1 0 1 0 1   1 1 0 0 -
"""
LIKED, DISLIKED, ONE_SIDED, HARDLY_SEEN = 8, 10, 11, 12


def same_scores(one: Scores, other: Scores) -> bool:
    """Bit for bit, note by note."""
    tables = [run.notes_table(scores) for scores in (one, other)]
    return all(tables[0][name].tobytes() == tables[1][name].tobytes() for name in tables[0])


def test_a_note_both_camps_like_is_helpful_and_one_that_one_likes_is_not() -> None:
    scores = consensus.score(drawn(CHECKERBOARD))

    assert (scores.status[LIKED], scores.rule[LIKED]) == (1, "sides_agree")
    assert (scores.status[DISLIKED], scores.rule[DISLIKED]) == (-1, "sides_reject")
    assert scores.status[ONE_SIDED] == 0
    assert (scores.status[HARDLY_SEEN], scores.rule[HARDLY_SEEN]) == (0, "too_few_ratings")
    assert not scores.status[:8].any()


def test_a_note_that_divides_one_side_waits_however_well_it_does_on_the_whole() -> None:
    """Four of the first camp like it, the second is half for it and half against: above the line, and no agreement."""
    column = "1 1 1 1 - - 1 1 1 0 0 0".split()
    rows = zip(CHECKERBOARD.strip().split("\n"), column, strict=True)
    scores = consensus.score(drawn("\n" + "\n".join(f"{row} {mark}" for row, mark in rows) + "\n"))

    assert scores.intercept[-1] >= DESK.floor_intercept
    assert abs(scores.factor[-1]) <= DESK.factor_max
    assert (scores.status[-1], scores.rule[-1]) == (0, "undecided")


def test_without_a_second_side_nothing_is_helpful() -> None:
    """Twelve who always agree: the very table above, with the first camp only, twice."""
    camp = "\n".join(CHECKERBOARD.split("\n")[1:7])

    scores = consensus.score(drawn(f"\n{camp}\n{camp}\n"))

    assert not scores.status.any()
    assert set(scores.rule) == {"too_few_viewpoints", "too_few_ratings"}


def test_a_desk_s_scores_hold_nothing_about_a_rater() -> None:
    assert consensus.score(drawn(CHECKERBOARD), DESK).raters is None


def test_who_could_decide_is_a_weight_for_each_side() -> None:
    """One more rating of the camp that has not rated a note tells more than one of the camp that has."""
    heard = CHECKERBOARD.replace("1 1 0 0 1", "- 1 0 0 -").replace("1 1 0 0 -", "- 1 0 0 -")

    scores = consensus.score(drawn(heard))

    first_camp_negative = scores.fits[0].rater_factor[0] < 0
    weights = scores.who_could_decide(LIKED)
    assert sum(weights) == pytest.approx(1)
    assert weights[1 if first_camp_negative else 0] > 0.5


def test_nothing_rated_is_nothing_decided() -> None:
    scores = consensus.score(consensus.read([], [], []))

    assert len(scores.note_ids) == 0


@pytest.mark.parametrize("params", [DESK, COMMUNITY_NOTES], ids=lambda params: params.name)
@pytest.mark.parametrize("seed", range(6))
def test_every_status_names_a_rule_of_its_set(params: ConsensusParams, seed: int) -> None:
    scores = consensus.score(two_camps(seed) if seed % 2 else scattered(seed), params)

    assert set(scores.rule) <= {*params.rules, "undecided"}
    assert all(RULES[name].sentence for name in params.rules)
    assert set(scores.status.tolist()) <= {-1, 0, 1}


@pytest.mark.parametrize("params", [DESK, COMMUNITY_NOTES], ids=lambda params: params.name)
def test_neither_order_nor_threads_nor_numba_change_a_bit(params: ConsensusParams) -> None:
    ratings = two_camps(3, n_raters=60, n_notes=90)
    shuffled = np.random.default_rng(3).permutation(len(ratings))
    other = consensus.read(ratings.note[shuffled], ratings.rater[shuffled], ratings.value[shuffled])

    scores = consensus.score(ratings, params)

    assert same_scores(scores, consensus.score(other, params))
    assert same_scores(scores, consensus.score(other, params, counter=Counter(threads=2)))
    assert same_scores(scores, consensus.score(ratings, params, counter=Counter(use_compiled=False)))


def test_with_entry_numbers_no_name_changes_a_desk_s_status() -> None:
    ratings, names = two_camps(4), np.random.default_rng(4).permutation(10_000)
    entry = np.arange(len(ratings))

    one = consensus.read(ratings.note, ratings.rater, ratings.value, entries=entry)
    other = consensus.read(names[ratings.note], names[ratings.rater + 500], ratings.value, entries=entry)

    scores, renamed = consensus.score(one), consensus.score(other)
    assert scores.status.tobytes() == renamed.status.tobytes()
    assert scores.intercept.tobytes() == renamed.intercept.tobytes()
    assert scores.agreed.tobytes() == renamed.agreed.tobytes()


def known(ratings: Ratings, **columns: object) -> Prior:
    n = ratings.n_notes
    nobody, unknown, no = np.full(n, -1), np.full(n, np.nan), np.zeros(n, dtype=bool)
    prior = Prior(nobody, unknown, unknown, no, no)
    return replace(prior, **columns)  # type: ignore[arg-type]


def test_raters_who_disagree_with_what_came_out_leave_before_the_second_fit() -> None:
    ratings = two_camps(5, n_raters=60, n_notes=120, per_note=20)
    first = fit(ratings)
    status = np.where(first.note_intercept > 0.1, 1, np.where(first.note_intercept < 0, -1, 0)).astype(np.int8)

    raters = published.helpful_raters(ratings, COMMUNITY_NOTES, known(ratings), first, status)

    for rater in range(ratings.n_raters):
        own = (ratings.rater == rater) & (ratings.level != 1) & (status[ratings.note] != 0)
        right = (ratings.level[own] == 2) == (status[ratings.note[own]] == 1)
        assert bool(raters.stays[rater]) == (len(right) > 0 and right.mean() >= 0.66)


def test_a_rating_after_the_outcome_is_known_earns_nothing() -> None:
    ratings = replace(two_camps(5), time=np.arange(720, dtype=np.int64) + 10)
    first = fit(ratings)
    status = np.ones(ratings.n_notes, dtype=np.int8)

    decided = known(ratings, created_ms=np.zeros(60), decided_ms=np.full(60, 5.0))

    assert not published.helpful_raters(ratings, COMMUNITY_NOTES, decided, first, status).stays.any()


def test_who_wrote_poor_notes_does_not_decide() -> None:
    ratings = two_camps(5, n_raters=60, n_notes=120, per_note=20)
    first = fit(ratings)
    status = np.where(np.arange(ratings.n_notes) == 0, -1, 1).astype(np.int8)
    author = np.where(np.arange(ratings.n_notes) == 0, 7, -1)

    raters = published.helpful_raters(ratings, COMMUNITY_NOTES, known(ratings, author=author), first, status)

    assert not raters.stays[7]


def test_the_busiest_raters_are_those_past_nearly_all_others() -> None:
    note = np.concatenate((np.arange(300), np.tile(np.arange(300), 2)))
    rater = np.concatenate((np.zeros(300, dtype=int), np.repeat(np.arange(1, 301), 2)))
    ratings = consensus.read(note, rater, np.ones(len(note)), times=np.full(len(note), 5 * DAY_MS))

    assert np.flatnonzero(published.high_volume(ratings, COMMUNITY_NOTES)).tolist() == [0]


def test_a_note_helpful_only_by_the_busiest_is_held_back() -> None:
    ratings = two_camps(5, n_raters=60, n_notes=120, per_note=20)
    part = enough(ratings, 5, 10)
    found = fit(ratings, part=part)
    everybody = scores.Raters(found.rater_intercept, found.rater_factor, found.rater_factor, part.raters)
    loose = replace(COMMUNITY_NOTES, helpful_intercept=0.15, reject_intercept=-1.0, minority_net_min=0)
    busy = np.arange(ratings.n_raters) % 4 != 0

    free = published.final_scores(ratings, loose, known(ratings), (found, found), everybody, None, Counter())
    held = published.final_scores(ratings, loose, known(ratings), (found, found), everybody, busy, Counter())

    assert (free.status == 1).any()
    assert "no_correlated" in set(held.rule)


def test_a_new_rating_moves_its_note_as_the_closed_form_says() -> None:
    """CONSENSUS section 11.2: raters frozen, two new ratings of the fifth note."""
    ratings = drawn("\n".join(["", "1 1 0 h -", "1 1 0 - 0", "1 h 0 1 0", "h 1 h h -", "1 0 1 - h", "h 0 1 1 0", ""]))
    live = Scorer(ratings, fit(ratings), COMMUNITY_NOTES)

    after = live.update([4, 4], [0, 3], [1.0, 1.0])

    assert after.note_ids.tolist() == [4]
    assert after.intercept[0] == pytest.approx(0.0478122846219, abs=1e-9)
    assert after.factor[0] == pytest.approx(-0.2806504972069, abs=1e-9)
    assert after.n_ratings.tolist() == [6]


def test_what_a_rater_says_again_takes_the_place_of_what_was_said() -> None:
    ratings = two_camps(4)
    found = fit(ratings)
    live = Scorer(ratings, found, COMMUNITY_NOTES)
    note, rater, value = int(ratings.note[0]), int(ratings.rater[0]), float(ratings.value[0])
    as_it_is = live.update([note], [rater], [value])

    other = live.update([note], [rater], [1.0 - value if value != 0.5 else 0.0])
    back = live.update([note], [rater], [value])

    assert other.n_ratings.tolist() == back.n_ratings.tolist() == [int((ratings.note == ratings.note[0]).sum())]
    assert other.intercept[0] != pytest.approx(as_it_is.intercept[0], abs=1e-6)
    assert back.intercept[0] == pytest.approx(as_it_is.intercept[0], abs=1e-12)


def test_a_new_note_begins_with_what_is_said_of_it_and_a_new_rater_does_not_count_yet() -> None:
    ratings = two_camps(4)
    live = Scorer(ratings, fit(ratings), COMMUNITY_NOTES)

    for number in range(1_000, 1_100):
        assert live.update([number], [number % 40], [1.0]).n_ratings.tolist() == [1]
    liked = live.update([2_000] * 10 + [2_001], [*range(10), 77], [1.0] * 11)

    assert liked.note_ids.tolist() == [2_000, 2_001]
    assert liked.n_ratings.tolist() == [10, 0]
    assert liked.intercept[0] > 0.1
    assert liked.intercept[1] == 0


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (([1, 2], [5], [1.0]), "2 notes, 1 raters, 1 values"),
        ((["one"], [5], [1.0]), "'one' is no int"),
        (([1], [5], [0.7]), "not 0, 0.5 or 1"),
    ],
)
def test_an_update_that_is_refused_counts_nothing(sent: tuple[list, list, list], said: str) -> None:
    ratings = two_camps(4)
    live = Scorer(ratings, fit(ratings), COMMUNITY_NOTES)

    with pytest.raises(BadRatings, match=said):
        live.update(*sent)

    assert live.update([1], [999], [1.0]).n_ratings.tolist() == [int((ratings.note == 1).sum())]
