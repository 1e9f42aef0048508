"""The register as CSV, JSON and calendars: read back by others' programs, nothing that runs, nothing that drifts."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from commitments.meeting_desk import PAGE, text
from thuchu.desk.commitments.calendars import Desk, Sitting, commitments_calendar, reviews_calendar
from thuchu.desk.commitments.exporting import COLUMNS, as_csv, as_json
from thuchu.desk.commitments.reads import commitment, register

DESK = Desk(name="Thực Hư", address="https://ban.example", host="ban.example", language="vi")


@pytest.fixture
def some(desk):
    """One confirmed, one extended, one dropped, one whose words a spreadsheet would run."""
    desk.numbers = [desk.agree() for _ in range(3)]
    desk.numbers.append(desk.agree(text=text('=HYPERLINK("https://xau.example";"Mở lớp")')))
    desk.report(desk.numbers[0])
    desk.confirm(desk.numbers[0])
    desk.extend(desk.numbers[1], date(2027, 3, 31))
    desk.drop(desk.numbers[2])
    return desk


def read(views):
    written = as_csv(views, language="vi")
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))


def test_a_spreadsheet_reads_the_register_with_its_accents_and_runs_nothing(some):
    rows = {row["number"]: row for row in read(register(now=some.now))}

    assert tuple(next(iter(rows.values()))) == COLUMNS
    first, extended, dropped, formula = (rows[number] for number in some.numbers)
    assert (first["state"], first["timeliness"], first["evidence"]) == ("confirmed", "done_on_time", PAGE)
    assert first["text"].startswith("Mở hai lớp")
    assert (extended["original_due"], extended["due"]) == ("2026-12-31", "2027-03-31")
    assert (dropped["timeliness"], dropped["resolved_in"]) == ("stopped", "01/2026-q3")
    assert formula["text"].startswith("'=")


def test_json_has_the_names_of_open_contracting(some):
    written = json.loads(as_json(register(now=some.now), address=DESK.address))

    found = {each["id"]: each for each in written["milestones"]}
    met, extended, dropped, _ = (found[number] for number in some.numbers)
    assert met["status"] == "met"
    assert met["dateMet"] == "2026-11-24T23:59:59+07:00"
    assert extended["dueDate"] == "2027-03-31T23:59:59+07:00"
    assert extended["status"] == "scheduled"
    assert dropped["status"] == "notMet"
    assert extended["thuchu"]["originalDueDate"] == "2026-12-31T23:59:59+07:00"
    assert {"id", "dueDate", "dateMet", "dateModified", "status"} <= set(met)


def test_what_is_overdue_was_not_met(some):
    written = json.loads(as_json(register(now=some.now + timedelta(days=60)), address=DESK.address))

    assert {each["id"]: each["status"] for each in written["milestones"]}[some.numbers[3]] == "notMet"


def todos(desk):
    written = commitments_calendar(register(now=desk.now), DESK, title="Cam kết")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")
    return {str(each["uid"]): each for each in Calendar.from_ical(written).walk("VTODO")}, written


def test_a_calendar_reads_what_is_due_and_by_when(some):
    found, written = todos(some)

    met, extended, dropped, _ = (found[f"{number}@ban.example"] for number in some.numbers)
    assert [str(each["status"]) for each in (met, extended, dropped)] == ["COMPLETED", "NEEDS-ACTION", "CANCELLED"]
    assert extended["due"].dt == date(2027, 3, 31)
    assert b"DUE;VALUE=DATE:20270331" in written
    assert met["completed"].dt.date() == date(2026, 11, 24)
    assert "Mở hai lớp tập huấn" in str(met["summary"])
    assert b"ATTENDEE" not in written
    assert b"ORGANIZER" not in written


def test_a_change_raises_the_number_under_the_same_name_and_nothing_else_does(desk):
    number = desk.agree()
    before, same = todos(desk), todos(desk)
    desk.now += timedelta(hours=3)
    desk.extend(number, date(2027, 3, 31))
    after = todos(desk)

    uid = f"{number}@ban.example"
    assert before == same
    assert set(before[0]) == set(after[0]) == {uid}
    assert int(after[0][uid]["sequence"]) == int(before[0][uid]["sequence"]) + 1
    assert after[0][uid]["last-modified"].dt > before[0][uid]["last-modified"].dt


def sitting(**changed):
    shown = {
        "slug": "2026-q4",
        "title": "Kỳ rà soát quý 4 năm 2026",
        "state": "open",
        "starts_at": datetime(2027, 1, 12, 2, tzinfo=UTC),
        "place": "Nhà văn hoá phường Vỹ Dạ, phòng họp tầng hai, đi cổng sau vì cổng trước đang sửa",
        "link": "",
        "changes": 2,
        "changed_at": datetime(2026, 12, 13, tzinfo=UTC),
    }
    return Sitting(**{**shown, **changed})


def test_a_calendar_reads_when_a_review_meets_and_the_rules_of_its_zone():
    written = reviews_calendar([sitting(), sitting(slug="2026-q3", state="cancelled")], DESK, title="Kỳ rà soát")

    calendar = Calendar.from_ical(written)
    first, second = calendar.walk("VEVENT")
    zones = {str(each["tzid"]) for each in calendar.walk("VTIMEZONE")}
    named = {event["dtstart"].params["TZID"] for event in (first, second)}
    assert named == zones == {"Asia/Ho_Chi_Minh"}
    assert first["dtstart"].dt.astimezone(UTC) == datetime(2027, 1, 12, 2, tzinfo=UTC)
    assert first["dtstart"].dt.hour == 9
    assert [str(each["status"]) for each in (first, second)] == ["TENTATIVE", "CANCELLED"]
    assert [str(each["uid"]) for each in (first, second)] == [
        "review-2026-q4@ban.example",
        "review-2026-q3@ban.example",
    ]
    assert int(first["sequence"]) == 2
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert written == reviews_calendar(
        [sitting(), sitting(slug="2026-q3", state="cancelled")], DESK, title="Kỳ rà soát"
    )


def test_one_commitment_says_what_papers_need(some):
    view = commitment(some.numbers[1], now=some.now)

    assert (view.original_due_on, view.due_on, view.is_extended) == (date(2026, 12, 31), date(2027, 3, 31), True)
    assert view.owner == {"vi": "nhóm trực", "en": "the people on duty"}
    assert view.timeliness_words == {"vi": "Chưa đến hạn", "en": "Not due yet"}
    assert commitment("CK-2020-001", now=some.now) is None


@pytest.mark.parametrize(
    ("figure", "target", "vi", "en"),
    [
        ("wait_median", "36,5", "nhiều nhất 36,5 giờ", "at most 36.5 hours"),
        ("wait_median", "1", "nhiều nhất 1 giờ", "at most 1 hour"),
        ("within_72h", "80", "ít nhất 80 %", "at least 80 %"),
        ("inquiries", "1200", "ít nhất 1.200", "at least 1,200"),
        ("accent_gap", "2.5", "nhiều nhất 2,5 %", "at most 2.5 %"),
    ],
)
def test_a_target_reads_as_it_was_typed(desk, figure, target, vi, en):
    view = commitment(desk.agree_on_figure(figure=figure, target=target), now=desk.now)

    assert view.measure["vi"].endswith(vi)
    assert view.measure["en"].endswith(en)
