"""Practice: known notes, one bit that stays, and nothing else."""

import json
import random

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from thuchu.desk.accounts.reads import account_view
from thuchu.desk.notes import refusals
from thuchu.desk.notes.drafts import count_words
from thuchu.desk.notes.models import VERDICTS, WORDS_MIN
from thuchu.desk.notes.practice import ASKED, RIGHT_MIN, answer, begin, finish, next_note, practice_notes, standing
from thuchu.desk.notes.reasons import Helpfulness
from thuchu.privacy import scrub


def go_through(state, wrong=0):
    """Answer all, the first `wrong` ones wrongly; hand the state through JSON, as a session does."""
    while (note := next_note(state)) is not None:
        level = note.outcome.value
        if wrong > 0:
            level, wrong = "somewhat_helpful", wrong - 1
        state = json.loads(json.dumps(answer(state, note.id, level).state))
    return state


def test_eight_of_ten_open_writing(binh, now):
    assert finish(binh, go_through(begin(), wrong=ASKED - RIGHT_MIN), now=now)

    assert account_view(binh.id).may_write


def test_seven_of_ten_open_nothing(binh, now):
    assert not finish(binh, go_through(begin(), wrong=ASKED - RIGHT_MIN + 1), now=now)

    assert not account_view(binh.id).may_write


def test_practice_writes_one_bit_and_nothing_else(binh, now):
    before = {model: model.objects.count() for model in apps.get_models()}

    with CaptureQueriesContext(connection) as asked:
        finish(binh, go_through(begin()), now=now)

    writing = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(writing) == 1
    assert "may_write" in writing[0]
    assert before == {model: model.objects.count() for model in apps.get_models()}


def test_who_failed_tries_again_and_who_passed_stays_passed(binh, now):
    finish(binh, go_through(begin(), wrong=9), now=now)
    finish(binh, go_through(begin()), now=now)
    finish(binh, go_through(begin(), wrong=9), now=now)

    assert account_view(binh.id).may_write


def test_a_page_sent_twice_counts_once():
    state = begin()
    first = next_note(state).id
    after = answer(state, first, "helpful").state

    with pytest.raises(refusals.PracticeGone):
        answer(after, first, "helpful")
    assert standing(after).asked == 1


@pytest.mark.parametrize("state", [None, "", {}, {"left": 3, "right": 0}, {"left": ["unknown"], "right": 9}, []])
def test_what_is_no_practice_is_gone(state):
    with pytest.raises(refusals.PracticeGone):
        standing(state)


def test_a_practice_that_is_not_over_opens_nothing(binh, now):
    with pytest.raises(refusals.PracticeGone):
        finish(binh, begin(), now=now)


def test_an_answer_is_one_of_three():
    state = begin()

    with pytest.raises(refusals.LevelUnknown):
        answer(state, next_note(state).id, "like")


def test_every_practice_is_half_helpful_and_in_another_order():
    orders = [tuple(begin(rng=random.Random(seed))["left"]) for seed in range(20)]

    assert len(set(orders)) == 20
    for order in orders:
        assert len(set(order)) == ASKED
        assert sum(practice_notes()[id_].outcome is Helpfulness.HELPFUL for id_ in order) == ASKED // 2


def test_the_notes_are_enough_balanced_and_whole_in_both_languages():
    notes = practice_notes().values()

    assert len(notes) >= 12
    assert sum(note.truth == "true" for note in notes) >= 0.3 * len(notes)
    assert sum(note.truth == "false" for note in notes) >= 0.3 * len(notes)
    for note in notes:
        assert note.verdict in VERDICTS
        assert note.outcome in (Helpfulness.HELPFUL, Helpfulness.NOT_HELPFUL)
        for texts in (note.claim, note.note, note.source, note.why):
            assert set(texts) == {"vi", "en"}
            assert all(texts.values())
        assert all(count_words(text) >= WORDS_MIN for text in note.note.values())
        # What is helpful has the right verdict; what isn't may have it, too.
        assert note.outcome is Helpfulness.NOT_HELPFUL or note.verdict == note.truth


def test_the_notes_hold_no_personal_data():
    for note in practice_notes().values():
        for texts in (note.claim, note.note, note.source, note.why):
            assert not any(scrub(text).findings for text in texts.values())


def test_guessing_rarely_passes():
    passed = 0
    for seed in range(400):
        dice, state = random.Random(seed), begin(rng=random.Random(seed))
        while (note := next_note(state)) is not None:
            state = answer(state, note.id, dice.choice(["helpful", "not_helpful"])).state
        passed += standing(state).is_passed

    assert passed < 0.1 * 400
