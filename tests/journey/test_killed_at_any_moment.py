"""`kill -9` of web and worker at any moment while people ask, write and rate: what they were told is so, and once.

What the desk answered with 2xx or 3xx was acknowledged.  Where the line broke before an answer, whoever asked can't
know; then it was done once, or not at all.
"""

import pytest

from journey.killed_desk import BusyDesk, check_whole, kill_again_and_again


@pytest.fixture
def busy(tmp_path):
    """Makes such a desk; it ends with the test."""
    desks = []

    def make(claims):
        desks.append(BusyDesk(tmp_path, claims))
        return desks[-1]

    yield make
    for desk in desks:
        desk.stop()


def test_what_was_acknowledged_stays_when_web_and_worker_are_killed(busy):
    desk = busy(claims=4)

    kill_again_and_again(desk, kills=2, seed=11)

    check_whole(desk)


@pytest.mark.long
def test_what_was_acknowledged_stays_when_web_and_worker_are_killed_a_hundred_times(busy):
    desk = busy(claims=150)

    kill_again_and_again(desk, kills=100, seed=12)

    check_whole(desk)
    assert len(desk.asked) > 100
    assert len(desk.notes) > 20
    assert len(desk.ratings) > 40
