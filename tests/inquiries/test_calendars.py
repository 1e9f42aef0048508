"""A desk's own holidays: loaded whole or not at all, and missed before they are needed."""

from datetime import UTC, date, datetime

import pytest

from thuchu.desk.inquiries.calendars import BadHolidays, calendar, load_holidays, missing_year
from thuchu.desk.inquiries.models import CalendarDay
from thuchu.desk.ledger.models import Entry

HEAD = "# Thông báo của Bộ Nội vụ\ndate,kind,basis,name_vi,name_en\n"
TET = "2028-01-26,holiday,expected,Tết Nguyên đán,Lunar New Year\n"


def file(tmp_path, text):
    path = tmp_path / "own.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_file_takes_the_place_of_the_years_it_names_and_of_no_other(db, tmp_path, now):
    one = load_holidays(file(tmp_path, HEAD + TET + "2026-11-25,holiday,fixed,Ngày hội,A feast\n"), now=now)

    assert (one.years, one.days) == ((2026, 2028), 2)
    found = calendar()
    assert found.years == {2026, 2027, 2028}
    assert found.is_off(date(2026, 11, 25))
    assert not found.is_off(date(2026, 4, 30))
    assert found.is_off(date(2027, 4, 30))
    assert Entry.objects.get().kind == "holidays.loaded"

    load_holidays(file(tmp_path, HEAD + TET), now=now)

    assert CalendarDay.objects.count() == 2
    assert calendar().is_off(date(2026, 11, 25))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("30/4/2028,holiday,fixed,Lễ,Feast", "line 3, column date: “30/4/2028”"),
        ("1028-04-30,holiday,fixed,Lễ,Feast", "column date: 1028-04-30, wanted is a year from 2020"),
        ("2028-04-28,feast,fixed,Lễ,Feast", "column kind: “feast”, wanted is holiday or working_weekend"),
        ("2028-04-28,working_weekend,fixed,Lễ,Feast", "column kind: 2028-04-28 is no Saturday or Sunday"),
        ("2028-04-28,holiday,perhaps,Lễ,Feast", "column basis: “perhaps”"),
        ("2028-04-28,holiday,fixed,,Feast", "column name_vi: 0 characters"),
        ("2028-04-28,holiday,fixed,Lễ," + "x" * 121, "column name_en: 121 characters"),
        ("2028-04-28,holiday,fixed,Lễ", "all columns: 4 cells, 5 are wanted"),
        (TET + TET.strip(), "line 4, column date: 2028-01-26 stands on line 3 already"),
        ('2028-04-28,"holiday', "line 3, all columns: 2 cells"),
    ],
)
def test_a_wrong_line_is_named_with_its_column_and_nothing_is_loaded(db, tmp_path, now, line, said):
    with pytest.raises(BadHolidays) as bad:
        load_holidays(file(tmp_path, HEAD + line + "\n"), now=now)

    assert said in str(bad.value)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("text", ["", "date,kind\n", HEAD, "\0\0\0", HEAD + "2028-01-26,holiday,fixed,a,b\n" * 501])
def test_a_file_of_something_else_is_refused(db, tmp_path, now, text):
    with pytest.raises(BadHolidays):
        load_holidays(file(tmp_path, text), now=now)


def test_next_years_holidays_are_missed_from_november_on(db, tmp_path):
    def missed(*day):
        return missing_year(now=datetime(*day, tzinfo=UTC))

    assert missed(2026, 12, 31) is None
    assert missed(2027, 10, 31, 16, 59) is None
    # In Viet Nam it is November already.
    assert missed(2027, 10, 31, 17) == 2028
    assert missed(2029, 1, 5) == 2029
    load_holidays(file(tmp_path, HEAD + TET), now=datetime(2027, 11, 2, tzinfo=UTC))
    assert missed(2027, 12, 1) is None
