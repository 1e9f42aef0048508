"""Floors under precision and recall on the written corpus; `bench/privacy.py` prints the figures themselves."""

import pytest
from privacy_corpus import PARTS, Report, read_part, score

from thuchu.privacy import Kind

PRECISION_FLOOR = 0.97
RECALL_FLOOR = 0.98
# The part written before the recognisers: all kinds together, since some have only a handful of lines there.
HELD_BACK_FLOOR = 0.95


@pytest.fixture(scope="module")
def report() -> Report:
    return score(read_part(PARTS["corpus"]))


def test_the_corpus_holds_at_least_three_hundred_lines_half_of_them_personal() -> None:
    lines = read_part(PARTS["corpus"])

    personal = sum(bool(line.kinds) for line in lines)

    assert len(lines) >= 300
    assert len(lines) * 0.45 <= personal <= len(lines) * 0.65
    assert len({line.id for line in lines}) == len({line.text for line in lines}) == len(lines)


def test_the_parts_share_no_line() -> None:
    first, second = (read_part(path) for path in PARTS.values())

    assert not {line.text for line in first} & {line.text for line in second}


@pytest.mark.parametrize("kind", Kind)
def test_a_recogniser_stays_above_its_floors(report: Report, kind: Kind) -> None:
    counts = report.scores[kind]

    assert counts.right + counts.missed >= 5
    assert counts.precision >= PRECISION_FLOOR
    assert counts.recall >= RECALL_FLOOR


def test_nothing_personal_stays_in_the_corpus(report: Report) -> None:
    assert report.leaks == []


def test_harmless_lines_stay_as_they_are(report: Report) -> None:
    assert report.changed == []


def test_the_held_back_part_stays_above_its_floor() -> None:
    every = score(read_part(PARTS["held back"])).all_kinds

    assert every.precision >= HELD_BACK_FLOOR
    assert every.recall >= HELD_BACK_FLOOR
