"""A whole play: a community on a desk of its own, through its pages, to published notes and counts that sum."""

import re

import pytest
from test_cli import thuchu

from a_year import play

pytestmark = pytest.mark.long


def test_a_community_asks_writes_rates_and_the_counts_sum(tmp_path):
    home = tmp_path / "home"

    said = play(home, "--contributors", "40", "--claims", "12", "--seed", "1")

    asked, counts = re.search(r"^asked (\d+) = (.*), under", said, re.MULTILINE).groups()
    became = {name: int(count) for name, count in (each.split(" ") for each in counts.split(" + "))}
    assert list(became) == ["answered", "waiting", "closed", "deleted", "unreachable"]
    # Left is what the pages acknowledged, right what the desk's own rows say.
    assert int(asked) == sum(became.values())
    assert became["answered"] > 0
    assert became["waiting"] > 0
    assert "wrongly published: 0" in said
    assert thuchu("doctor", home=home).returncode == 0


def test_a_desk_that_is_in_use_is_no_stage(tmp_path):
    home = tmp_path / "home"
    assert thuchu("demo", "--load-only", home=home).returncode == 0

    refused = thuchu("simulate", home=home)

    assert refused.returncode == 1
    assert "a desk of its own" in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--contributors", "2"),
        ("--claims", "0"),
        ("--attackers", "0.9"),
        ("--quarters", "5"),
        ("--quarters", "4", "--claims", "3"),
    ],
)
def test_what_can_not_be_played_is_said(tmp_path, words):
    wrong = thuchu("simulate", *words, home=tmp_path / "home")

    assert wrong.returncode == 2
    assert "must be" in wrong.stderr
