"""The next quarterly review exists by itself; others are called; days bring what they bring."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.review_desk import NOTHING, SLUG, ReviewDesk
from thuchu.desk import journey
from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.claims.areas import VIET_NAM as VIET_NAM_AREAS
from thuchu.desk.claims.areas import load_areas
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import planning, reads, refusals
from thuchu.desk.reviews.models import AgendaItem, Review
from thuchu.desk.reviews.organisations import AreaUnknown
from thuchu.desk.wording import VIET_NAM
from thuchu.privacy import scrub

TOMORROW = timedelta(days=1)


def test_nobody_plans_before_somebody_asked(db, now):
    assert planning.plan_quarterly(now=now) == ""


def test_the_first_quarterly_review_is_of_the_quarter_that_runs(desk, now):
    journey.keep_reviews(now=now)

    row = Review.objects.get()
    assert (row.slug, row.kind, row.state) == ("2026-q4", "quarterly", "planned")
    assert (row.period_start, row.period_end) == (date(2026, 10, 1), date(2027, 1, 1))
    # The second Tuesday of January 2027, and the days around it.
    assert row.meeting_at.astimezone(VIET_NAM).isoformat() == "2027-01-12T14:00:00+07:00"
    assert (row.opens_on, row.freezes_on) == (date(2026, 12, 13), date(2027, 1, 5))
    assert (row.minutes_due_on, row.final_on) == (date(2027, 1, 15), date(2027, 1, 22))
    assert Entry.objects.latest("seq").kind == "review.planned"


def test_planning_it_twice_is_planning_it_once(desk, now):
    journey.keep_reviews(now=now)

    assert journey.keep_reviews(now=now + TOMORROW) == 0
    assert Review.objects.count() == 1


def test_the_calendar_opens_and_freezes_by_itself(desk):
    desk.planned()

    journey.keep_reviews(now=desk.at(date(2026, 12, 12), 23))
    assert desk.review.state == "planned"
    journey.keep_reviews(now=desk.at(date(2026, 12, 13), 0))
    assert desk.review.state == "open"
    journey.keep_reviews(now=desk.at(date(2027, 1, 4), 23))
    assert desk.review.state == "open"
    journey.keep_reviews(now=desk.at(date(2027, 1, 5), 0))
    assert desk.review.state == "frozen"


def test_a_worker_that_slept_for_weeks_catches_up_in_one_go(desk):
    desk.planned()

    journey.keep_reviews(now=desk.at(date(2027, 1, 9)))

    assert desk.review.state == "frozen"


def test_the_next_one_is_planned_when_the_last_is_published(desk):
    desk.published()

    following = Review.objects.get(slug="2027-q1")
    assert following.previous.slug == SLUG
    assert following.period_start == date(2027, 1, 1)


def test_the_next_one_is_planned_after_one_that_was_cancelled(desk):
    desk.cancelled()

    journey.keep_reviews(now=desk.now)

    assert Review.objects.get(slug="2027-q1").previous.slug == SLUG


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)))
def test_meetings_are_second_tuesdays_after_quarters_that_follow_without_gaps(day):
    begin, end = planning.quarter_of(day)
    meeting = planning.meeting_after(end)

    assert begin <= day < end
    assert planning.quarter_of(end)[0] == end
    assert (meeting.weekday(), meeting.hour) == (1, 14)
    assert 8 <= meeting.day <= 14
    assert meeting.date().replace(day=1) == end


@pytest.mark.parametrize(("event", "slug"), [(False, "2026-q4-bat-thuong-1"), (True, "2026-q4-su-kien-1")])
def test_a_review_is_called_between_quarters(desk, now, event, slug):
    number = _storm(now) if event else None

    period = (date(2026, 11, 1), date(2026, 11, 20))
    found = planning.plan_extraordinary(desk.an, period, now + TOMORROW, event=number, now=now)

    assert found == slug
    row = Review.objects.get(slug=slug)
    # Called at short notice: nothing was due before it was called.
    assert row.opens_on == row.freezes_on == date(2026, 11, 24)
    again = planning.plan_extraordinary(desk.an, period, now + TOMORROW, event=number, now=now)
    assert again == f"{slug[:-1]}2"


def test_a_review_is_about_an_area_that_is_here_or_about_the_whole_desk(desk, now):
    load_areas(VIET_NAM_AREAS, now=now)
    period = (date(2026, 11, 1), date(2026, 11, 20))

    slug = planning.plan_extraordinary(desk.an, period, now + TOMORROW, area="vn-hue", now=now)

    assert reads.review(slug, now=now).line.area.name_vi == "Huế"
    assert '"area":"vn-hue"' in Entry.objects.latest("seq").body
    with pytest.raises(AreaUnknown):
        planning.plan_extraordinary(desk.an, period, now + TOMORROW, area="vn-ha-tay", now=now)
    whole = planning.plan_extraordinary(desk.an, period, now + TOMORROW, now=now)
    assert reads.review(whole, now=now).line.area is None


@pytest.mark.parametrize("days", [-1, 401])
def test_a_meeting_is_neither_past_nor_years_away(desk, now, days):
    with pytest.raises(refusals.TimeWrong):
        planning.plan_extraordinary(
            desk.an, (date(2026, 11, 1), date(2026, 11, 2)), now + timedelta(days=days), now=now
        )


def test_a_meeting_moves_with_its_days_and_says_where(desk, now):
    slug = desk.planned()

    day = desk.at(date(2027, 1, 19), 14)
    planning.arrange(desk.an, slug, day, scrub("Nhà văn hóa phường"), scrub("https://hop.example/quy"), now=now)

    row = desk.review
    assert (row.freezes_on, row.minutes_due_on) == (date(2027, 1, 12), date(2027, 1, 22))
    assert (row.place, row.link) == ("Nhà văn hóa phường", "https://hop.example/quy")
    assert "văn hóa" not in Entry.objects.latest("seq").body


def test_an_address_that_leads_to_a_person_is_no_place(desk, now):
    slug = desk.planned()

    with pytest.raises(refusals.PlaceWrong):
        planning.arrange(desk.an, slug, now + TOMORROW, NOTHING, scrub("https://zalo.me/0912345678"), now=now)


def test_a_cancelled_review_says_why(desk):
    desk.cancelled()

    assert reads.review(SLUG, now=desk.now).line.reason == "Bão về đúng hôm đó."


@pytest.mark.parametrize("who", ["lan", "quang"])
def test_only_coordinators_hold_reviews(desk, who):
    slug, person = desk.opened(), getattr(desk, who)

    with pytest.raises(NotForYou):
        planning.cancel(person, slug, scrub("Không họp nữa."), now=desk.now)
    with pytest.raises(NotForYou):
        journey.freeze_review(person, slug, now=desk.now)


def test_a_program_holds_no_review(desk):
    with pytest.raises(TypeError):
        planning.open_review("token", desk.planned(), now=desk.now)


def test_the_desks_own_items_stand_first(desk):
    desk.opened()

    items = AgendaItem.objects.order_by("position")
    assert [item.kind for item in items] == ["figures", "carried_over", "incident"]
    assert {item.proposed_by for item in items} == {"desk"}


def test_missing_minutes_are_late_like_anything_else(desk):
    desk.held()

    def late(day):
        now = ReviewDesk.at(day)
        return reads.review(SLUG, now=now).line.overdue, [line.slug for line in reads.overdue(now=now)]

    assert late(date(2027, 1, 15)) == ("", [])
    assert late(date(2027, 1, 16)) == ("minutes", [])
    # Ten days after the meeting it stands on the front page.
    assert late(date(2027, 1, 22)) == ("minutes", [])
    assert late(date(2027, 1, 23)) == ("minutes", [SLUG])


def _storm(now):
    from thuchu.desk.claims.events import open_event

    names = (scrub("Bão số 9"), scrub("Storm no. 9"))
    return open_event("storm", names=names, times=(now, now + timedelta(days=4)), areas=[], by=1, now=now)
