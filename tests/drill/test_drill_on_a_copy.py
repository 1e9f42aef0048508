"""A whole drill, small: on a copy of a desk at work, through its pages."""

import json

import pytest
from test_cli import thuchu

from thuchu.desk.backup import DATABASE, tables


@pytest.mark.long
def test_a_desk_is_drilled_and_stays_as_it_was(tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    assert thuchu("demo", "--load-only", home=home).returncode == 0
    before = tables(home / DATABASE)

    done = thuchu("drill", "election", "--questions", "400", "--minutes", "0.5", "--out", str(out), home=home)

    assert done.returncode in (0, 3), done.stderr
    found = {each["code"]: each for each in json.loads((out / "drill.json").read_text())["findings"]}
    assert all(each["held"] is not False for each in found.values() if not each["code"].endswith("_ms")), found
    assert found["lifted"]["found"].startswith(("not_helpful", "needs_more_ratings"))
    assert sorted(path.name for path in out.iterdir()) == [
        "drill-en.html",
        "drill-en.pdf",
        "drill-vi.html",
        "drill-vi.pdf",
        "drill.json",
    ]
    assert tables(home / DATABASE) == before
