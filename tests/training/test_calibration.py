"""How sure somebody is beside how often they are right: sums over their answers, exact and the same in any order."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.desk.training.calibration import (
    ANSWERS_FOR_BINS_MIN,
    BIN_ENDS_PERCENT,
    COIN_BRIER,
    STEPS_PERCENT,
    Answer,
    bins,
    brier,
    feedback,
)
from thuchu.desk.training.items import Stratum

ANSWERS = st.lists(
    st.builds(Answer, st.sampled_from(list(Stratum)), st.booleans(), st.sampled_from(STEPS_PERCENT)),
    min_size=1,
    max_size=60,
)


def said(right, sure, n=1, stratum="verdict"):
    return [Answer(stratum, right, sure)] * n


def test_always_right_and_surely_so_is_nought_and_the_opposite_is_one():
    assert brier(said(True, 100, 5)) == 0
    assert brier(said(False, 100, 5)) == 1


def test_a_coin_is_a_quarter_whatever_comes():
    assert brier(said(True, 50, 3) + said(False, 50, 4)) == COIN_BRIER


@given(ANSWERS)
def test_the_score_is_the_exact_mean_of_the_squares(answers):
    exact = sum((Fraction(each.sure_percent, 100) - each.is_right) ** 2 for each in answers) / len(answers)

    assert brier(answers) == float(exact)
    assert 0 <= brier(answers) <= 1


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_no_bit(answers, dice):
    other = list(answers)
    dice.shuffle(other)

    assert (brier(other), bins(other)) == (brier(answers), bins(answers))


@given(ANSWERS)
def test_every_answer_is_in_one_bin_and_in_one_part(answers):
    said_back = feedback(answers)

    assert len(bins(answers)) == len(BIN_ENDS_PERCENT) == 5
    assert sum(each.answers for each in bins(answers)) == len(answers)
    assert sum(each.right for each in bins(answers)) == said_back.right
    assert sum(part.answers for part in said_back.parts) == len(answers)
    assert sum(part.right for part in said_back.parts) == said_back.right
    for each in bins(answers):
        assert (each.mean_sure is None) == (each.answers == 0)
        if each.mean_sure is not None:
            assert each.low_percent / 100 <= each.mean_sure <= 1
            assert 0 <= each.share_right <= 1


@given(ANSWERS)
def test_the_parts_make_up_the_whole(answers):
    said_back = feedback(answers)

    together = sum(part.brier * part.answers for part in said_back.parts) / len(answers)
    assert together == pytest.approx(said_back.brier)


@given(ANSWERS)
def test_the_lean_is_sureness_less_rightness(answers):
    said_back = feedback(answers)

    mean = sum(each.sure_percent for each in answers) / (100 * len(answers))
    assert said_back.lean == pytest.approx(mean - said_back.share_right)


@pytest.mark.parametrize(("n", "drawn"), [(ANSWERS_FOR_BINS_MIN - 1, 0), (ANSWERS_FOR_BINS_MIN, 5)])
def test_a_picture_needs_twenty_answers(n, drawn):
    assert len(feedback(said(True, 80, n)).bins) == drawn


def test_no_answers_and_a_made_up_sureness_are_no_feedback():
    with pytest.raises(ValueError, match="no answers"):
        feedback([])
    with pytest.raises(ValueError, match="one of"):
        feedback(said(True, 55))
