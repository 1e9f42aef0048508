"""`thuchu commitments`: the register in a terminal."""

import csv
import io

import pytest

from thuchu.desk.commands import commitments


@pytest.fixture
def some(desk, home):
    """Two of them."""
    desk.first, desk.second = desk.agree(), desk.agree(owner="role:operator")
    desk.drop(desk.first)
    return desk


def listed(capsys, *, state="", owner=""):
    assert commitments.run(state=state, owner=owner, csv=False) == 0
    return capsys.readouterr().out.splitlines()


def test_each_is_a_line_with_its_day_and_how_it_stands(some, capsys):
    lines = listed(capsys)

    assert lines[0].startswith(f"{some.second}  2026-12-31  agreed, ")
    assert "role:operator: Mở hai lớp" in lines[0]
    assert lines[1].startswith(f"{some.first}  2026-12-31  dropped, stopped")


def test_some_are_chosen_by_state_and_owner(some, capsys):
    assert [line.split()[0] for line in listed(capsys, state="open")] == [some.second]
    assert [line.split()[0] for line in listed(capsys, owner="role:duty")] == [some.first]
    assert listed(capsys, state="open", owner="role:duty") == ["No commitment like this."]


def test_csv_is_what_the_page_gives(some, capfdbinary):
    commitments.run(state="", owner="", csv=True)

    rows = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode("utf-8-sig"))))
    assert {row["number"] for row in rows} == {some.first, some.second}
