"""Nothing fades away: carried over from review to review, up the ladder, and decided again after two."""

from datetime import UTC, date, datetime, timedelta

import pytest

from thuchu.desk.commitments.reads import commitment, counts, due_soon, of_review, register

DAY = timedelta(days=1)


@pytest.fixture
def year(desk):
    """Reviews of three quarters after the third one of 2026."""
    desk.third_quarter()
    desk.review("2026-q4", date(2026, 10, 1), date(2027, 1, 1))
    desk.review("2027-q1", date(2027, 1, 1), date(2027, 4, 1))
    desk.review("2027-q2", date(2027, 4, 1), date(2027, 7, 1), state="planned")
    return desk


def numbers(views):
    return [each.number for each in views]


def test_a_review_shows_what_it_agreed_on_and_what_it_found_open(year):
    done, late, dropped = year.agree(), year.agree(), year.agree()
    year.report(done)
    year.confirm(done)
    year.now = datetime(2027, 1, 14, 3, tzinfo=UTC)
    year.drop(dropped)

    first, second = of_review("2026-q3", now=year.now), of_review("2026-q4", now=year.now)

    assert (numbers(first.new), numbers(first.carried)) == ([done, late, dropped], [])
    # What the meeting itself dropped was open when its day began.
    assert (numbers(second.new), numbers(second.carried)) == ([], [late, dropped])
    assert (second.tally.on_time, second.tally.overdue, second.tally.due) == (1, 2, 3)
    assert second.carried[0].carried_from == "2026-q3"
    assert first.new[0].carried_from == ""
    assert of_review("2030-q1", now=year.now) is None


def test_after_two_reviews_overdue_it_must_be_decided_again_until_a_resolution_moves_it(year):
    number = year.agree(due_on=date(2026, 12, 31))
    year.now = datetime(2027, 4, 20, 3, tzinfo=UTC)
    assert commitment(number, now=year.now).must_be_decided
    assert commitment(number, now=year.now).ladder == "decide_again"

    year.extend(number, date(2027, 9, 30))

    assert not commitment(number, now=year.now).must_be_decided
    assert counts(register(now=year.now)).extended == 1


def test_one_review_is_not_two(desk):
    desk.review("2026-q4", date(2026, 10, 1), date(2027, 1, 1))
    number = desk.agree(due_on=date(2026, 12, 31))

    assert not commitment(number, now=datetime(2027, 4, 20, tzinfo=UTC)).must_be_decided


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (-1, ""),
        (0, ""),
        (1, "owner"),
        (14, "owner"),
        (15, "organisation"),
        (28, "organisation"),
        (29, "chair"),
        (43, "agenda"),
    ],
)
def test_the_longer_it_is_overdue_the_further_up_it_goes(desk, days, step):
    number = desk.agree(due_on=date(2026, 12, 31))
    noon = datetime(2026, 12, 31, 5, tzinfo=UTC) + days * DAY

    assert commitment(number, now=noon).ladder == step


def test_people_at_work_see_what_is_due_soon_or_overdue(desk):
    far, soon, over = (desk.agree(due_on=desk.now.date() + days * DAY) for days in (60, 14, 3))
    desk.now += 5 * DAY

    assert numbers(due_soon(now=desk.now)) == [over, soon]
    assert commitment(far, now=desk.now).timeliness.code == "not_due"
