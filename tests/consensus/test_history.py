"""What a note's earlier rounds leave: the table of CONSENSUS section 5.4, row by row, and locks that hold."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.consensus import COMMUNITY_NOTES, history
from thuchu.consensus.history import LEFT, History, TooManyFlips
from thuchu.consensus.params import DAY_MS, HOUR_MS

NOW = 100 * DAY_MS
MINUTE_MS = 60_000
HELPFUL, MORE, NOT, NEARLY = 1, 0, -1, 2


def one(*, timer: float = np.nan, current: int = MORE, locked: int | None = None) -> History:
    known = history.nothing_yet(1, NOW)
    return replace(
        known,
        current=np.array([current], dtype=np.int8),
        waiting_ms=np.array([timer]),
        locked=np.array([locked or 0], dtype=np.int8),
        locked_ms=np.array([np.nan if locked is None else 1.0]),
    )


def next_round(known: History, scored: int, status: int, age_ms: int = DAY_MS, may_lock: bool = True) -> History:
    return history.after(
        known,
        COMMUNITY_NOTES,
        scored=np.array([scored], dtype=np.int8),
        status=np.array([status], dtype=np.int8),
        created_ms=np.array([float(NOW - age_ms)]),
        may_lock=np.array([may_lock]),
    )


@pytest.mark.parametrize(
    ("timer", "scored", "waits", "left"),
    [
        (None, HELPFUL, True, NOW),
        (None, NEARLY, True, NOW),
        (None, MORE, True, None),
        (LEFT, HELPFUL, True, NOW),
        (LEFT, NEARLY, True, LEFT),
        (NOW - 20 * MINUTE_MS, HELPFUL, True, NOW - 20 * MINUTE_MS),
        (NOW - 20 * MINUTE_MS, NEARLY, True, NOW - 20 * MINUTE_MS),
        (NOW - 20 * MINUTE_MS, NOT, True, LEFT),
        (NOW - HOUR_MS, HELPFUL, False, LEFT),
        (NOW - 2 * HOUR_MS, NEARLY, False, NOW - 2 * HOUR_MS),
        (NOW - 6 * HOUR_MS, NEARLY, False, LEFT),
        (NOW - 2 * HOUR_MS, MORE, False, LEFT),
    ],
)
def test_a_status_counts_once_it_has_lasted_an_hour(
    timer: float | None, scored: int, waits: bool, left: float | None
) -> None:
    known = one(timer=np.nan if timer is None else timer)

    assert bool(history.waits(known, COMMUNITY_NOTES)[0]) == waits
    after = next_round(known, scored, MORE).waiting_ms[0]
    assert np.isnan(after) if left is None else after == left


def test_a_helpful_note_waits_for_nothing() -> None:
    known = one(current=HELPFUL)

    assert not history.waits(known, COMMUNITY_NOTES)[0]
    assert np.isnan(next_round(known, HELPFUL, HELPFUL).waiting_ms[0])


@pytest.mark.parametrize(("days", "may_lock", "locks"), [(13, True, False), (15, True, True), (15, False, False)])
def test_a_status_locks_two_weeks_after_the_note_was_written(days: int, may_lock: bool, locks: bool) -> None:
    after = next_round(one(), HELPFUL, HELPFUL, days * DAY_MS, may_lock)

    assert bool(after.is_locked[0]) == locks
    assert (after.locked[0] == HELPFUL) == locks


def test_a_lock_is_never_locked_anew() -> None:
    after = next_round(one(locked=NOT), HELPFUL, NOT, 20 * DAY_MS)

    assert after.locked[0] == NOT
    assert after.locked_ms[0] == 1.0


def test_first_status_and_its_time_stay() -> None:
    first = next_round(one(), HELPFUL, HELPFUL)
    later = next_round(replace(first, now_ms=NOW + DAY_MS), NOT, NOT)

    assert (later.first[0], later.first_ms[0]) == (HELPFUL, NOW)
    assert (later.latest[0], later.latest_ms[0]) == (NOT, NOW + DAY_MS)
    assert later.changed_ms[0] == NOW + DAY_MS


@given(st.lists(st.tuples(st.sampled_from([HELPFUL, MORE, NOT, NEARLY]), st.integers(1, 400)), max_size=12))
def test_whatever_comes_no_note_becomes_helpful_within_the_hour(rounds: list[tuple[int, int]]) -> None:
    known, since = one(), None
    for scored, minutes in rounds:
        now = known.now_ms + minutes * MINUTE_MS
        known = replace(known, now_ms=now)
        good = scored == HELPFUL and not history.waits(known, COMMUNITY_NOTES)[0]
        status = HELPFUL if good or (scored == NEARLY and known.current[0] == HELPFUL) else min(scored, 0) if scored != NEARLY else MORE  # noqa: E501 # fmt: skip
        if status == HELPFUL and known.current[0] != HELPFUL:
            assert since is not None
            assert now - since >= HOUR_MS
        since = (since or now) if scored in (HELPFUL, NEARLY) else None
        known = next_round(known, scored, status, may_lock=False)


def test_a_round_in_which_everything_flips_is_refused() -> None:
    known = history.nothing_yet(400, NOW)

    with pytest.raises(TooManyFlips, match="gained"):
        history.check_flips(known, np.ones(400, dtype=np.int8), COMMUNITY_NOTES)
    history.check_flips(known, (np.arange(400) < 20).astype(np.int8), COMMUNITY_NOTES)
