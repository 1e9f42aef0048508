"""An answer is for the place that was named, or for all of the event; where that isn't known the place is asked for."""

import pytest
from election_desk import OTHER_HOURS, SAID

from thuchu.desk.facts import reads

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_hours(desk):
    desk.fact("opening_hours", "mau-an-binh")
    desk.fact("opening_hours", "mau-hoa-lac", words=OTHER_HOURS)
    desk.fact("election_day")
    return desk


def said(question, now, area=""):
    return [view.value_vi for view in reads.find(question, place=lambda: area, now=now).facts]


def test_the_area_that_a_question_names_counts_more_than_the_one_that_was_picked(two_hours, now):
    question = "Phường Hòa Lạc bỏ phiếu từ mấy giờ?"

    assert said(question, now) == [OTHER_HOURS]
    assert said(question, now, area="mau-an-binh") == [OTHER_HOURS]
    assert said("o xa an binh may gio dong cua diem bau cu", now) == [SAID["opening_hours"]]
    assert said("What time do polls open in Hoa Lac ward?", now) == [OTHER_HOURS]


def test_without_one_the_picked_area_counts(two_hours, now):
    assert said("Mấy giờ mở cửa điểm bầu cử?", now, area="mau-hoa-lac") == [OTHER_HOURS]


def test_where_communes_differ_and_none_is_known_the_place_is_asked_for(two_hours, now):
    found = reads.find("Mấy giờ mở cửa điểm bầu cử?", now=now)

    assert not found.facts
    assert [area.code for area in found.wanted.areas] == ["mau-hoa-lac", "mau-an-binh"]
    # A province is no polling place.
    assert reads.find("Mấy giờ mở cửa điểm bầu cử?", place=lambda: "vn-ha-noi", now=now).wanted


def test_what_holds_everywhere_answers_anybody(two_hours, now):
    assert said("Ngày bầu cử là ngày nào?", now) == [SAID["election_day"]]
    assert said("Ngày bầu cử ở xã Đông Sơn là ngày nào?", now) == [SAID["election_day"]]


def test_a_place_without_a_fact_of_its_own_is_not_told_anothers(two_hours, now):
    for question in ("Xã Đông Sơn mấy giờ mở cửa điểm bầu cử?", "Phường Bến Nghé bầu cử từ mấy giờ?"):
        assert reads.find(question, now=now) == reads.NOTHING


def test_where_one_place_differs_the_others_have_what_holds_everywhere(two_hours, now):
    two_hours.fact("opening_hours")

    assert said("Xã Đông Sơn mấy giờ mở cửa điểm bầu cử?", now) == [SAID["opening_hours"]]
    assert said("Phường Hòa Lạc mấy giờ mở cửa điểm bầu cử?", now) == [OTHER_HOURS]
    assert not said("Mấy giờ mở cửa điểm bầu cử?", now)


def test_a_page_of_an_area_shows_one_fact_a_field(two_hours, now):
    shown = reads.of_area(two_hours.event, "mau-hoa-lac", now=now)

    assert [(view.field.code, view.value_vi) for view in shown] == [
        ("election_day", SAID["election_day"]),
        ("opening_hours", OTHER_HOURS),
    ]
