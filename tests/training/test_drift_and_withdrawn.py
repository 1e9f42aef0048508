"""A known item among 25 notes, kept nowhere; items that were taken back, told to everybody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from thuchu.desk.training import items, refusals, taken_back
from thuchu.desk.training.content import Withdrawn
from thuchu.desk.training.drift import ONE_IN, item_after, look_back

GONE = Withdrawn(date(2027, 1, 5), {"vi": "Trạm đã sửa số.", "en": "The station corrected it."})


@pytest.fixture
def one_withdrawn(monkeypatch):
    """The first item of the first set was withdrawn in this version."""
    first, *rest = items.item_sets()
    spoilt = replace(first, items=(replace(first.items[0], withdrawn=GONE), *first.items[1:]))
    for module in (items, taken_back):
        monkeypatch.setattr(module, "item_sets", lambda: (spoilt, *rest))
    return spoilt.items[0]


def test_one_known_item_comes_after_every_twenty_fifth_note():
    offered = [number for number in range(1, 1001) if item_after(number)]

    assert len(offered) == 1000 // ONE_IN == 40
    assert item_after(0) is None
    assert item_after(-25) is None


def test_it_is_the_same_for_everybody_and_another_one_each_time():
    pool = [item_after(ONE_IN * n) for n in range(1, 16)]

    assert pool == [item_after(ONE_IN * n) for n in range(1, 16)]
    assert len({item.id for item in pool}) == 15
    assert {item.outcome for item in pool} == {"helpful", "not_helpful"}


def test_what_is_known_is_said_back():
    item = item_after(25)

    assert look_back(25, item.outcome).is_right
    assert not look_back(25, "helpful" if item.outcome == "not_helpful" else "not_helpful").is_right
    with pytest.raises(refusals.AnswerMissing):
        look_back(25, "somewhat")
    with pytest.raises(refusals.SittingGone):
        look_back(26, "helpful")


def test_nothing_is_told_while_nothing_was_taken_back():
    assert taken_back.taken_back() == ()
    assert taken_back.news("", today=date(2027, 1, 6)) == ()
    assert taken_back.newest() == ""


def test_what_was_taken_back_is_told_until_it_was_read_or_half_a_year_is_over(one_withdrawn):
    told = taken_back.news("", today=GONE.on + timedelta(days=1))

    assert [(each.message, each.held, each.why) for each in told] == [
        (one_withdrawn.message, one_withdrawn.outcome, GONE.why)
    ]
    assert taken_back.news(taken_back.newest(), today=GONE.on + timedelta(days=1)) == ()
    assert taken_back.news("", today=GONE.on + timedelta(days=taken_back.NEWS_DAYS)) == ()
    assert taken_back.taken_back()


def test_an_item_that_was_taken_back_is_asked_no_more(one_withdrawn):
    first = items.item_sets()[0]

    assert one_withdrawn.id not in {item.id for item in first.asked}
    assert one_withdrawn.id in items.known_items()
