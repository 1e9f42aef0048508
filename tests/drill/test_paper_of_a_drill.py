"""What a community publishes of a drill: every line in words, in both languages, and whether it held."""

from datetime import UTC, datetime

import pytest

from thuchu.desk.drill.findings import PARTS, Drill, at_most, exactly, told, written
from thuchu.desk.drill.paper import paper
from thuchu.desk.drill.wording import _WORDS, say
from thuchu.documents.rendering import render

DRILL = Drill(
    desk="Bàn Hoà Lạc",
    version="0.9",
    played_at=datetime(2026, 11, 2, 18, tzinfo=UTC),
    seed=7,
    findings=(
        told("flood", "questions", "200 / 30 s"),
        at_most("flood", "asked_p95_ms", 250.4, 200),
        exactly("import", "answered", 0, 0),
        told("ratings", "lifted", "not_helpful (sides_reject)"),
        exactly("fact", "told_right", 4, 4),
    ),
)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_finding_stands_there_with_its_bar(language):
    page = render(paper(DRILL, language), "html").decode()

    for finding in DRILL.findings:
        assert say(finding.code, language) in page
        assert finding.found in page
    assert say("held", language, held=2, asked=3) in page
    assert {"vi": "Ngày 03/11/2026", "en": "3 November 2026"}[language] in page
    assert "--seed 7" in page


def test_its_notice_says_that_nothing_of_it_happened():
    assert "bịa ra" in render(paper(DRILL, "vi"), "html").decode()
    assert "made up" in render(paper(DRILL, "en"), "html").decode()


def test_what_is_missed_by_a_hair_is_missed():
    assert at_most("flood", "asked_p95_ms", 200.4, 200).held
    assert not at_most("flood", "asked_p95_ms", 200.6, 200).held
    assert (DRILL.held, DRILL.asked) == (2, 3)


def test_every_part_and_word_is_there_in_both_languages():
    assert set(PARTS) <= set(_WORDS)
    assert all(all(words) for words in _WORDS.values())


def test_the_same_drill_is_the_same_file():
    assert written(DRILL) == written(DRILL)
    assert '"held": 2' in written(DRILL)
