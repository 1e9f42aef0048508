"""A sitting: answered item by item in its person's session; one bit stays, and it opens writing."""

import json
import random
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notes.notes_desk import Desk
from thuchu.desk.accounts.reads import account_view
from thuchu.desk.training import refusals
from thuchu.desk.training.calibration import STEPS_PERCENT
from thuchu.desk.training.items import CHOICES, Stratum, known_items
from thuchu.desk.training.sitting import (
    QUIZ,
    QUIZ_ITEMS,
    answer,
    begin,
    finish,
    items_in,
    next_item,
    offered,
    right_min,
    standing,
)

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def binh(db):
    return Desk(NOW).person("Bình Minh", may_write=False)


def other_than(item):
    return next(choice for choice in CHOICES[item.stratum] if choice != item.outcome)


def go_through(state, wrong=0, sure="90"):
    """Answer all, the first `wrong` ones wrongly; hand the state through JSON, as a session does."""
    while (item := next_item(state)) is not None:
        choice = other_than(item) if wrong > 0 else item.outcome
        wrong -= 1
        state = json.loads(json.dumps(answer(state, item.id, choice, sure).state))
    return state


@pytest.mark.parametrize("key", ["1", "2", "3", QUIZ])
def test_four_of_five_open_writing_and_one_fewer_opens_nothing(binh, key):
    total = items_in(key)
    wrong = total - right_min(total)

    assert not finish(binh, go_through(begin(key), wrong + 1), now=NOW).standing.is_passed
    assert not account_view(binh.id).may_write
    assert finish(binh, go_through(begin(key), wrong), now=NOW).standing.is_passed
    assert account_view(binh.id).may_write


def test_it_writes_one_bit_and_nothing_else(binh):
    before = {model: model.objects.count() for model in apps.get_models()}

    with CaptureQueriesContext(connection) as asked:
        finish(binh, go_through(begin(QUIZ)), now=NOW)

    writing = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(writing) == 1
    assert "may_write" in writing[0]
    assert before == {model: model.objects.count() for model in apps.get_models()}


def test_who_could_write_before_there_were_sets_still_may_whatever_they_answer(binh):
    writer = Desk(NOW).person("An Nhiên", may_write=True)

    finish(writer, go_through(begin("1"), wrong=20), now=NOW)

    assert account_view(writer.id).may_write


def test_how_sure_somebody_was_opens_and_closes_nothing(binh):
    ended = finish(binh, go_through(begin(QUIZ), sure="50"), now=NOW)

    assert ended.standing.is_passed
    assert ended.feedback.brier == 0.25


def test_a_set_gives_no_feedback_about_sureness(binh):
    assert finish(binh, go_through(begin("1")), now=NOW).feedback is None


def test_the_quiz_asks_five_of_each_stratum_and_two_in_five_are_true():
    orders = [begin(QUIZ, rng=random.Random(seed))["left"] for seed in range(20)]

    assert len({tuple(order) for order in orders}) == 20
    for order in orders:
        drawn = [known_items()[each] for each in order]
        assert len({item.id for item in drawn}) == QUIZ_ITEMS == 20
        assert all(sum(item.stratum is stratum for item in drawn) == 5 for stratum in Stratum)
        assert sum(item.truth == "true" for item in drawn) >= 0.3 * QUIZ_ITEMS


def test_the_session_holds_what_was_as_known_and_never_what_was_answered():
    state = begin(QUIZ, rng=random.Random(1))
    item = next_item(state)

    after = answer(state, item.id, item.outcome, "70").state

    assert after["given"] == [[item.stratum, True, 70]]
    assert item.id not in json.dumps(after)


def test_guessing_hardly_ever_passes():
    passed = 0
    for seed in range(300):
        dice, state = random.Random(seed), begin("1", rng=random.Random(seed))
        while (item := next_item(state)) is not None:
            state = answer(state, item.id, dice.choice(CHOICES[item.stratum])).state
        passed += standing(state).is_passed

    assert passed <= 3


def test_a_page_sent_twice_counts_once():
    state = begin("2")
    first = next_item(state)
    after = answer(state, first.id, first.outcome).state

    with pytest.raises(refusals.SittingGone):
        answer(after, first.id, first.outcome)
    assert standing(after).asked == 1


def test_an_answer_is_one_of_those_offered_and_the_quiz_wants_to_know_how_sure():
    state = begin(QUIZ)
    item = next_item(state)

    with pytest.raises(refusals.AnswerMissing):
        answer(state, item.id, "like", "70")
    for sure in ("", "55", "101", "surely"):
        with pytest.raises(refusals.SureMissing, match="50 % is"):
            answer(state, item.id, item.outcome, sure)
    assert answer(state, item.id, item.outcome, str(STEPS_PERCENT[0])).is_right


def test_one_that_is_not_over_opens_nothing(binh):
    with pytest.raises(refusals.SittingGone):
        finish(binh, begin("1"), now=NOW)


@pytest.mark.parametrize("somebody", [None, "token", 7])
def test_only_who_signed_in_finishes(somebody):
    with pytest.raises(TypeError, match="signed in"):
        finish(somebody, {}, now=NOW)


@pytest.mark.parametrize(
    "state",
    [
        None,
        "",
        [],
        {},
        {"key": "1", "left": [], "given": []},
        {"key": "9", "left": ["1-rain"], "given": []},
        {"key": "1", "left": ["unknown"], "given": []},
        {"key": "1", "left": [["1-rain"]], "given": []},
        {"key": "1", "left": [], "given": [["verdict", True]]},
        {"key": "1", "left": [], "given": [["verdict", "yes", None]]},
        {"key": "1", "left": [], "given": [["verdict", True, 70]]},
        {"key": "quiz", "left": [], "given": [["verdict", True, None]]},
        {"key": "quiz", "left": [], "given": [["verdict", True, 55]]},
        {"key": ["1"], "left": [], "given": []},
    ],
)
def test_what_is_no_sitting_is_gone(state):
    with pytest.raises(refusals.SittingGone):
        standing(state)


def test_three_sets_and_the_quiz_are_offered():
    assert offered() == ("1", "2", "3", QUIZ)
