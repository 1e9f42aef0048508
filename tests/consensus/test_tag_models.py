"""Tag models end where nothing is left to gain, wherever the rows stand, and tell harassment from dislike."""

from dataclasses import replace

import numpy as np
import pytest

from consensus.ratings_facts import tagged
from thuchu.consensus import COMMUNITY_NOTES, Counter, logistic, tag_models, tags
from thuchu.consensus.fitting import fit
from thuchu.consensus.layout import TakingPart, enough
from thuchu.consensus.logistic import Marks, Shape


def problem(seed: int) -> tuple[Marks, Shape]:
    random = np.random.default_rng(seed)
    n_notes, n_raters, n = 12, 9, 70
    marks = Marks(
        random.integers(0, n_notes, n),
        random.integers(0, n_raters, n),
        (random.random(n) < 0.3).astype(np.float64),
        random.uniform(0.5, 20, n),
        n_notes,
        n_raters,
    )
    return marks, Shape({name: 0.3 for name in logistic.NAMES if name != "reputation"})


@pytest.mark.parametrize("seed", range(8))
def test_at_the_end_the_gradient_is_nothing_and_no_step_aside_is_lower(seed: int) -> None:
    marks, shape = problem(seed)
    start = logistic.started(marks.n_notes, np.random.default_rng(seed).normal(0, 1, marks.n_raters))

    found = logistic.minimise(marks, start, shape)

    free, ridge = shape.of(found)
    least, slope = logistic.loss_and_slope(marks, found, found.flat(), ridge)
    assert np.abs(slope[free]).max() < 1e-6
    assert (found.reputation == 1).all()
    for number in range(20):
        aside = found.flat() + np.where(free, np.random.default_rng(number).normal(0, 1e-3, len(free)), 0)
        assert logistic.loss_and_slope(marks, found.moved(aside), aside, ridge)[0] >= least - 1e-9


@pytest.mark.parametrize("seed", range(40))
def test_the_compiled_product_gives_numpy_s_bits(seed: int) -> None:
    pytest.importorskip("numba", reason="compares with the compiled body")
    marks, _ = problem(seed)
    random = np.random.default_rng(seed)
    point = logistic.started(marks.n_notes, random.normal(0, 1, marks.n_raters))
    point = point.moved(random.normal(0, 1, len(point.flat())))
    step = random.normal(0, 1, len(point.flat()))

    products = [
        logistic._Local.at(replace(marks, counter=Counter(use_compiled=use)), point).product(step)
        for use in (True, False)
    ]

    assert products[0].tobytes() == products[1].tobytes()


@pytest.mark.parametrize("seed", range(3))
def test_the_slope_is_what_differences_say(seed: int) -> None:
    marks, shape = problem(seed)
    point = logistic.started(marks.n_notes, np.random.default_rng(seed).normal(0, 1, marks.n_raters))
    flat = point.flat() + np.random.default_rng(seed).normal(0, 0.3, len(point.flat()))
    ridge = shape.of(point)[1]

    slope = logistic.loss_and_slope(marks, point.moved(flat), flat, ridge)[1]

    for place in range(0, len(flat), 5):
        step = np.where(np.arange(len(flat)) == place, 1e-6, 0)
        up, down = (logistic.loss_and_slope(marks, point.moved(to), to, ridge)[0] for to in (flat + step, flat - step))
        assert slope[place] == pytest.approx((up - down) / 2e-6, rel=1e-4, abs=1e-5)


def test_who_calls_harassment_helpful_loses_agreement() -> None:
    ratings = tagged(3)
    harassment = tags.bit(tags.HARASSMENT)
    # Everybody but the first five raters names harassment on the first three notes; nobody elsewhere.
    named = (ratings.note < 3) & (ratings.rater >= 5)
    ticks = np.where(named, ratings.ticks | harassment, ratings.ticks & ~harassment)
    level = np.where(named, 0, np.where(ratings.note < 3, 2, ratings.level)).astype(np.int8)
    ratings = replace(ratings, tags=ticks.astype(np.uint32), level=level)
    loose = replace(COMMUNITY_NOTES, harassment_per_rater_min=1)

    found = tag_models.harassment(ratings, fit(ratings), np.ones(ratings.n_raters, dtype=bool), loose)
    # A small table's intercepts are small: the line is drawn below the third.
    line = float(np.sort(found[~np.isnan(found)])[-3])
    lost = tag_models.harassment_penalty(ratings, found, replace(loose, harassment_min=line))

    assert set(np.flatnonzero(found >= line).tolist()) == {0, 1, 2}
    assert lost.any()
    assert not lost[5:].any()


def test_without_a_word_of_harassment_nothing_is_said() -> None:
    ratings = tagged(3)
    ratings = replace(ratings, tags=(ratings.ticks & ~tags.bit(tags.HARASSMENT)).astype(np.uint32))

    found = tag_models.harassment(ratings, fit(ratings), np.ones(ratings.n_raters, dtype=bool), COMMUNITY_NOTES)

    assert np.isnan(found).all()
    assert not tag_models.harassment_penalty(ratings, found, COMMUNITY_NOTES).any()


def test_a_note_whose_sources_all_find_poor_stands_out() -> None:
    ratings = tagged(4)
    poor = tags.bits(tags.DILIGENCE_TAGS)
    ticks = np.where(ratings.note == 7, ratings.ticks | poor, ratings.ticks & ~poor).astype(np.uint32)
    ratings = replace(ratings, tags=ticks).by_note()
    part, everybody = enough(ratings, 5, 10), np.ones(ratings.n_raters, dtype=bool)

    known = tag_models.diligence(ratings, part, fit(ratings, part=part).rater_factor)
    assert known is not None
    now = tag_models.diligence_now(ratings, TakingPart(part.notes, everybody & part.raters), known)

    assert int(np.nanargmax(now)) == 7
    assert now[7] > 0.001 > np.nanmax(np.delete(now, 7))
