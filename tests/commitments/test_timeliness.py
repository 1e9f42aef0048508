"""On time or not: every state on every day, the last second of a day in Viet Nam, days that moved, and the count."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.desk.commitments.models import OPEN_STATES, STATES, STEPS
from thuchu.desk.commitments.timeliness import (
    CODES,
    DONE_LATE,
    DONE_ON_TIME,
    DUE_SOON,
    NO_EVIDENCE,
    NOT_DUE,
    OVERDUE,
    STOPPED,
    Standing,
    Step,
    Timeliness,
    standing,
    standing_at,
    tally,
    timeliness,
)
from thuchu.desk.wording import day_in_viet_nam

DUE = date(2026, 6, 30)
DAY = timedelta(days=1)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def at(state, *, due=DUE, reported=None, evidence=False, done=None):
    return Standing(state=state, due_on=due, reported_on=reported, has_evidence=evidence, done_on=done, extensions=0)


def step(day, state, *, kind="updated", due=DUE, on=None, evidence=False):
    return Step(said_on=day, on=on or day, kind=kind, state_after=state, due_after=due, has_evidence=evidence)


@given(st.sampled_from(STATES), DAYS, DAYS, DAYS, st.booleans())
def test_every_state_has_one_timeliness_on_every_day(state, due, today, done, evidence):
    stands = at(state, due=due, evidence=evidence, reported=done, done=done if state == "confirmed" else None)

    found = timeliness(stands, today)

    assert found.code in CODES
    assert (found.days > 0) == (found.code in (OVERDUE, DONE_LATE))
    if state in ("dropped", "replaced"):
        assert found == Timeliness(STOPPED)
    elif state == "confirmed":
        assert found == (Timeliness(DONE_LATE, (done - due).days) if done > due else Timeliness(DONE_ON_TIME))
    elif state == "reported_done" and not evidence:
        assert found == Timeliness(NO_EVIDENCE)
    elif today > due:
        assert found == Timeliness(OVERDUE, (today - due).days)
    else:
        assert found == Timeliness(DUE_SOON if today >= due - 14 * DAY else NOT_DUE)


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (datetime(2026, 6, 15, 16, 59, 59, tzinfo=UTC), NOT_DUE),
        (datetime(2026, 6, 15, 17, 0, 0, tzinfo=UTC), DUE_SOON),
        (datetime(2026, 6, 30, 16, 59, 59, tzinfo=UTC), DUE_SOON),
        (datetime(2026, 6, 30, 16, 59, 59, 999_999, tzinfo=UTC), DUE_SOON),
        (datetime(2026, 6, 30, 17, 0, 0, tzinfo=UTC), OVERDUE),
    ],
)
def test_a_day_ends_at_midnight_in_viet_nam(moment, code):
    """23:59:59 in Ha Noi is 16:59:59 in Greenwich."""
    assert timeliness(at("under_way"), day_in_viet_nam(moment)).code == code


def test_done_on_is_the_day_of_the_report_that_was_confirmed():
    steps = [
        step(DUE - 60 * DAY, "agreed", kind="agreed"),
        step(DUE - 20 * DAY, "reported_done", kind="reported", evidence=True),
        step(DUE - 15 * DAY, "under_way", kind="refused"),
        step(DUE, "reported_done", kind="reported"),
        step(DUE + 2 * DAY, "reported_done", evidence=True),
        step(DUE + 9 * DAY, "confirmed", kind="confirmed"),
    ]

    found = standing(steps)

    assert (found.done_on, found.has_evidence) == (DUE, True)
    assert timeliness(found, DUE + 100 * DAY) == Timeliness(DONE_ON_TIME)


def test_a_refused_report_takes_its_evidence_along():
    steps = [
        step(DUE - 9 * DAY, "reported_done", kind="reported", evidence=True),
        step(DUE - 8 * DAY, "under_way", kind="refused"),
        step(DUE - 7 * DAY, "reported_done", kind="reported"),
    ]

    assert timeliness(standing(steps), DUE) == Timeliness(NO_EVIDENCE)


def test_on_time_is_judged_by_the_day_in_force_when_the_period_ended():
    """Moved after the quarter: it was overdue in that quarter, and isn't any more."""
    later = date(2026, 9, 30)
    steps = [
        step(date(2026, 4, 14), "agreed", kind="agreed"),
        step(date(2026, 7, 14), "agreed", kind="extended", due=later),
        step(date(2026, 8, 1), "reported_done", kind="reported", due=later, evidence=True),
        step(date(2026, 8, 9), "confirmed", kind="confirmed", due=later),
    ]

    second = tally([steps], date(2026, 4, 1), date(2026, 7, 1))
    third = tally([steps], date(2026, 7, 1), date(2026, 10, 1))

    assert (second.overdue, second.on_time, second.due, second.extended) == (1, 0, 1, 0)
    assert (third.overdue, third.on_time, third.due, third.extended) == (0, 1, 1, 1)
    assert timeliness(standing_at(steps, date(2026, 7, 13)), date(2026, 7, 13)).code == OVERDUE
    assert timeliness(standing_at(steps, date(2026, 7, 14)), date(2026, 7, 14)).code == NOT_DUE


def test_a_report_of_the_period_counts_though_it_was_confirmed_after_it():
    steps = [
        step(date(2026, 4, 14), "agreed", kind="agreed"),
        step(DUE, "reported_done", kind="reported", evidence=True),
        step(DUE + 5 * DAY, "confirmed", kind="confirmed"),
    ]

    assert tally([steps], date(2026, 4, 1), date(2026, 7, 1)).on_time == 1
    assert tally([steps[:2]], date(2026, 4, 1), date(2026, 7, 1)).overdue == 1


histories = st.lists(st.tuples(DAYS, st.integers(0, 200), st.randoms(use_true_random=False)), max_size=8)


def walked(start, span, chance):
    """A way that the verbs allow, from its first day on."""
    day, state, due = start, "agreed", start + span * DAY
    steps = [step(day, state, kind="agreed", due=due)]
    for _ in range(chance.randrange(6)):
        day += chance.randrange(60) * DAY
        if state in ("agreed", "under_way") and chance.random() < 0.3:
            due += (1 + chance.randrange(90)) * DAY
            steps.append(step(day, state, kind="extended", due=due))
            continue
        ways = sorted(after for before, after in STEPS if before == state)
        if not ways:
            break
        state = chance.choice(ways)
        steps.append(step(day, state, due=due, evidence=chance.random() < 0.5))
    return steps


@given(histories, st.integers(0, 7))
def test_whatever_is_due_in_a_period_is_counted_once(given_ways, quarter):
    ways = [walked(*each) for each in given_ways]
    start = date(2026 + quarter // 4, 1 + 3 * (quarter % 4), 1)
    end = (start + 92 * DAY).replace(day=1)

    found = tally(ways, start, end)

    then = [standing_at(way, end - DAY) for way in ways]
    due = [each for each in then if each and start <= each.due_on < end]
    assert found.due + found.stopped == len(due)
    assert found.extended == sum(each.extensions > 0 for each in due)
    assert found.stopped <= sum(each.state not in (*OPEN_STATES, "confirmed") for each in due)
    assert min(found.on_time, found.late, found.overdue, found.stopped) >= 0
