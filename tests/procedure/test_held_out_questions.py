"""Questions by somebody who never saw the recogniser, kept for measuring: whoever mends clues or learns weights doesn't
read them.  What is missed here is looked for in other questions."""

from pathlib import Path

import pytest

from thuchu.procedure import AreaName, area_named, asked_about
from thuchu.text.folding import strip_accents

FILE = Path(__file__).with_name("held_out") / "election_questions.tsv"
COMMUNES = [
    AreaName(code=name, name_vi=name) for name in ("Xã An Bình", "Phường Hòa Lạc", "Xã Đông Sơn", "Phường Tân Phú")
]
RIGHT_MIN, WRONG_MAX = 0.90, 0.01


def rows():
    return [line.split("\t") for line in FILE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("spelt", [str, strip_accents], ids=["as written", "without accents"])
def test_nine_of_ten_find_their_fact_and_one_of_a_hundred_another(spelt):
    about = [(asked_about(spelt(question), "election"), field) for question, field, _ in rows() if field != "-"]

    assert len(about) == 200
    assert sum(found == (field,) for found, field in about) >= RIGHT_MIN * len(about)
    assert sum(bool(found) and field not in found for found, field in about) <= WRONG_MAX * len(about)


def test_every_area_that_is_named_is_found_and_no_other():
    for question, _, area in rows():
        assert (area_named(question, COMMUNES) or "-") == area, question


def test_of_what_asks_for_no_field_hardly_anything_is_answered():
    others = [asked_about(question, "election") for question, field, _ in rows() if field == "-"]

    assert len(others) == 100
    assert sum(map(bool, others)) <= 3
