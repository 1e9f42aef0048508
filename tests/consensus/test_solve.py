"""The solver reaches the lowest minimum there is, and says the same however it is asked."""

import numpy as np
import pytest

from consensus import oracle
from consensus.ratings_facts import TOY, drawn, scattered, two_camps
from thuchu.consensus import model
from thuchu.consensus import ratings as columns
from thuchu.consensus.counting import Counter
from thuchu.consensus.fitting import fit
from thuchu.consensus.layout import enough
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.values import BadRatings, Fit, Penalty, TooFewRatings

FIELDS = ("note_intercept", "note_factor", "rater_intercept", "rater_factor")


def same_bits(one: Fit, other: Fit) -> bool:
    arrays = all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in FIELDS)
    return arrays and (one.loss, one.global_intercept, one.others) == (other.loss, other.global_intercept, other.others)


@pytest.mark.parametrize("seed", range(12))
def test_the_solver_reaches_the_oracle_s_minimum(seed: int) -> None:
    ratings = scattered(seed) if seed % 2 else two_camps(seed, n_raters=14, n_notes=16, per_note=6)

    found = fit(ratings)

    lowest, (shared, intercepts, *_) = oracle.minimum(ratings.note, ratings.rater, ratings.value)
    assert found.loss <= lowest + 1e-12
    assert found.gradient_norm <= 1e-9
    if abs(found.loss - lowest) < 1e-13 and not found.others:
        np.testing.assert_allclose(found.note_intercept, intercepts, atol=1e-7)
        assert found.global_intercept == pytest.approx(shared[0], abs=1e-7)


@pytest.mark.parametrize("seed", range(24))
def test_numpy_and_compiled_loops_give_the_same_bits(seed: int) -> None:
    pytest.importorskip("numba", reason="the compiled bodies need Numba")
    ratings = scattered(seed)

    assert same_bits(fit(ratings), fit(ratings, counter=Counter(use_compiled=False)))


def stands_at_a_minimum_of_the_definition(ratings: Ratings, found: Fit) -> bool:
    at = model.Parameters.of(found)
    slope = model.gradient(ratings, Penalty(), at)
    parts = (slope.note_intercept, slope.note_factor, slope.rater_intercept, slope.rater_factor)
    steepest = max(abs(slope.global_intercept), *(float(np.abs(part).max()) for part in parts))
    return steepest <= 1e-9 and abs(model.loss(ratings, Penalty(), at) - found.loss) <= 1e-13


@pytest.mark.parametrize("seed", range(60))
def test_what_is_found_is_a_minimum_of_the_objective_as_it_is_written(seed: int) -> None:
    ratings = scattered(seed)
    found = fit(ratings)

    assert found.gradient_norm <= 1e-9
    assert stands_at_a_minimum_of_the_definition(ratings, found)


@pytest.mark.long
@pytest.mark.parametrize("block", range(20))
def test_on_thousands_of_small_tables_both_bodies_give_the_same_minimum(block: int) -> None:
    pytest.importorskip("numba", reason="the compiled bodies need Numba")
    for seed in range(1_000 + 100 * block, 1_100 + 100 * block):
        ratings = scattered(seed)
        found = fit(ratings)

        assert same_bits(found, fit(ratings, counter=Counter(use_compiled=False))), seed
        assert found.gradient_norm <= 1e-9, seed
        assert stands_at_a_minimum_of_the_definition(ratings, found), seed


@pytest.mark.parametrize("seed", range(3))
def test_neither_order_nor_threads_change_a_bit(seed: int) -> None:
    ratings = two_camps(seed)
    shuffled = np.random.default_rng(seed).permutation(len(ratings))
    note, rater, value = ratings.note_ids[ratings.note], ratings.rater_ids[ratings.rater], ratings.value

    again = columns.read(note[shuffled], rater[shuffled], value[shuffled])

    assert same_bits(fit(ratings), fit(again))
    assert same_bits(fit(ratings), fit(again, counter=Counter(threads=2)))
    assert same_bits(fit(ratings), fit(again, counter=Counter(threads=3)))


@pytest.mark.parametrize("seed", range(3))
def test_with_entry_numbers_no_name_changes_a_bit(seed: int) -> None:
    ratings, random = two_camps(seed), np.random.default_rng(seed)
    entry = random.permutation(len(ratings)) + 10
    names = random.permutation(1_000)
    shuffled = random.permutation(len(ratings))

    one = columns.read(ratings.note, ratings.rater, ratings.value, entries=entry)
    other = columns.read(
        [f"note {names[number]}" for number in ratings.note[shuffled]],
        [f"rater {names[number]}" for number in ratings.rater[shuffled]],
        ratings.value[shuffled],
        entries=entry[shuffled],
    )

    assert same_bits(fit(one), fit(other))


def joined(across: int, seed: int = 1) -> Ratings:
    """Two communities of 20 raters and 30 notes, joined by a few ratings."""
    one, random = two_camps(seed, n_raters=20, n_notes=30, per_note=9), np.random.default_rng(seed)
    other = two_camps(seed + 100, n_raters=20, n_notes=30, per_note=9)
    at = random.integers(0, len(one), across)
    note = np.concatenate((one.note, other.note + 30, one.note[at]))
    rater = np.concatenate((one.rater, other.rater + 20, other.rater[random.integers(0, len(other), across)] + 20))
    value = np.concatenate((one.value, other.value, random.choice([0.0, 0.5, 1.0], across)))
    first = np.unique(note * 1_000 + rater, return_index=True)[1]
    return columns.read(note[first], rater[first], value[first])


@pytest.mark.parametrize("across", [0, 1, 3, 10])
def test_loosely_joined_communities_end_in_the_lower_minimum(across: int) -> None:
    ratings = joined(across)

    found = fit(ratings)

    lowest, _ = oracle.minimum(ratings.note, ratings.rater, ratings.value, starts=4)
    assert found.loss <= lowest + 1e-12
    assert len(found.others) == 1
    assert found.others[0].gap == pytest.approx(0 if across == 0 else found.others[0].loss - found.loss, abs=1e-13)
    assert int(found.components.max()) == (1 if across == 0 else 0)


def test_every_component_has_more_raters_on_the_negative_side() -> None:
    found = fit(joined(0))

    for component in (0, 1):
        factors = found.rater_factor[found.components == component]
        assert np.count_nonzero(factors < 0) >= np.count_nonzero(factors > 0)


def test_a_fixed_k_says_the_same_of_a_community_that_grows() -> None:
    """A second community that nobody of the first meets must not move the first one's notes."""
    penalty = Penalty(ratings_per_note=10.0, ratings_per_rater=10.0, global_intercept=0.0)
    alone = two_camps(1, n_raters=60, n_notes=80, per_note=15)
    one_more = columns.read(
        np.concatenate((alone.note, alone.note + 80)),
        np.concatenate((alone.rater, alone.rater + 60)),
        np.concatenate((alone.value, alone.value)),
    )

    small, large = fit(alone, penalty), fit(one_more, penalty)

    np.testing.assert_allclose(large.note_intercept[:80], small.note_intercept, atol=1e-9)


def test_a_warm_start_finds_the_same_minimum() -> None:
    ratings = two_camps(2)
    cold = fit(ratings)

    warm = fit(ratings, warm=cold)

    np.testing.assert_allclose(warm.note_intercept, cold.note_intercept, atol=1e-8)
    assert warm.passes < cold.passes


def test_after_a_few_new_ratings_a_look_is_near_in_a_quarter_of_the_passes() -> None:
    ratings = two_camps(8, n_raters=400, n_notes=600, per_note=25)
    old = ratings.where(np.random.default_rng(8).random(len(ratings)) >= 0.01)
    cold = fit(ratings)

    near = fit(ratings, warm=fit(old), tolerance=1e-3)

    np.testing.assert_allclose(near.note_intercept, cold.note_intercept, atol=1e-3)
    assert 4 * near.passes <= cold.passes


@pytest.mark.parametrize("with_entries", [False, True])
def test_a_look_knows_raters_by_their_ids_when_some_come_and_some_go(with_entries: bool) -> None:
    full = two_camps(9, n_raters=60, n_notes=90)
    note, rater, value = full.note.astype(np.int64), full.rater.astype(np.int64), full.value
    entries = np.random.default_rng(9).permutation(len(note)) + 1
    stays, came = rater != 3, rater != 11
    table, old = (
        columns.read(note[rows], rater[rows] * 7, value[rows], entries=entries[rows] if with_entries else None)
        for rows in (stays, came)
    )
    cold = fit(table)

    near = fit(table, warm=fit(old), tolerance=1e-3)

    np.testing.assert_allclose(near.note_intercept, cold.note_intercept, atol=5e-3)
    assert near.passes < cold.passes / 2


def test_a_fit_over_other_kinds_of_ids_is_no_start() -> None:
    numbers, texts = columns.read([1, 2], [1, 1], [1, 0]), columns.read(["a", "b"], ["x", "x"], [1, 0])

    with pytest.raises(BadRatings, match="another kind of ids"):
        fit(texts, warm=fit(numbers))


def test_nothing_to_fit_is_said() -> None:
    with pytest.raises(TooFewRatings, match="no ratings"):
        fit(columns.read([], [], []))
    toy = drawn(TOY)
    with pytest.raises(TooFewRatings, match="minimum counts"):
        fit(toy, part=enough(toy, 7, 1))


def test_whoever_took_no_part_has_no_parameters() -> None:
    ratings = columns.read([1, 1, 2, 2, 3], [1, 2, 1, 2, 1], [1, 0, 0.5, 1, 1])

    found = fit(ratings, part=enough(ratings, 2, 2))

    assert np.isnan(found.note_intercept).tolist() == [False, False, True]
    assert (found.n_ratings, found.n_notes, found.n_raters) == (4, 2, 2)
