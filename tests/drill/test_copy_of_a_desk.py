"""A drill's copy: all that happened on the desk, and nothing that could reach a person."""

from datetime import UTC, datetime

import pytest
from test_cli import thuchu

from thuchu.desk.backup import DATABASE, KEY, tables
from thuchu.desk.drill.attacking import attack
from thuchu.desk.drill.copying import NotACopy, copy_desk, is_copy, require_copy
from thuchu.desk.simulation.world import make

NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)


def nobody(_done, _total):
    pass


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    home = tmp_path_factory.mktemp("desk") / "home"
    assert thuchu("worker", "--until-empty", home=home).returncode == 0
    return home


def test_a_copy_holds_every_row_under_a_key_of_its_own(desk, tmp_path):
    before, copy = tables(desk / DATABASE), tmp_path / "copy"

    copy_desk(desk, copy, now=NOW, report=nobody, copy_rows=None)

    assert is_copy(copy)
    assert not is_copy(desk)
    assert tables(copy / DATABASE) == before == tables(desk / DATABASE)
    # Without the key no address is read, no link opens, no session goes on; the copy makes one when it starts.
    assert not (copy / KEY).exists()
    assert [path.name for path in copy.parent.iterdir()] == ["copy"]


def test_nothing_is_played_on_a_desk_that_people_use(desk, tmp_path):
    with pytest.raises(NotACopy, match="no copy made for a drill"):
        require_copy(desk)

    refused = thuchu("drill", "election", "--on-this-copy", "--out", str(tmp_path / "out"), home=desk)

    assert refused.returncode == 1
    assert "no copy made for a drill" in refused.stderr


@pytest.mark.django_db
def test_nobody_rates_in_anyones_name_where_people_work(home):
    with pytest.raises(NotACopy):
        attack(make(contributors=6, claims=1, attackers=0.0, seed=1), (), seed=1, now=NOW)


def test_pages_of_an_earlier_drill_are_not_written_over(desk, tmp_path):
    (tmp_path / "drill-vi.html").write_text("the last one")

    refused = thuchu("drill", "election", "--out", str(tmp_path), home=desk)

    assert refused.returncode == 1
    assert "is not empty" in refused.stderr
    assert (tmp_path / "drill-vi.html").read_text() == "the last one"


@pytest.mark.parametrize("words", [("--questions", "0"), ("--questions", "1000000"), ("--minutes", "0")])
def test_what_can_not_be_drilled_is_said(desk, words):
    wrong = thuchu("drill", "election", *words, home=desk)

    assert wrong.returncode == 2
    assert "must be" in wrong.stderr
