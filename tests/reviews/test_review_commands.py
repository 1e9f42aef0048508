"""`thuchu review`: does what the calendar does, no earlier; whoever runs the machine decides nothing."""

from datetime import date

import pytest

from reviews.review_desk import SLUG
from thuchu.desk.commands import review
from thuchu.desk.reviews import minutes, reads


@pytest.fixture
def at(monkeypatch):
    """Commands whose clock says that moment, on a home that is ready."""
    monkeypatch.setattr(review, "ready", lambda: None)

    def set_clock(moment):
        monkeypatch.setattr(review.timezone, "now", lambda: moment)

    return set_clock


def test_the_next_review_is_planned_once(desk, at, capsys):
    at(desk.now)

    assert review.new() == 0
    assert review.new() == 0

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{SLUG} is planned")
    assert f"{SLUG} is under way" in second


def test_figures_are_not_frozen_before_their_day(desk, at, capsys):
    slug = desk.opened()
    at(desk.at(date(2027, 1, 4)))

    assert review.freeze(slug) == 1
    assert "a coordinator does it" in capsys.readouterr().err
    at(desk.at(date(2027, 1, 5)))
    assert review.freeze(slug) == 0
    assert reads.frozen(slug).sha256 in capsys.readouterr().out


def test_nothing_is_published_that_coordinators_have_not_finished(desk, at, capsys):
    slug, day = desk.out(), desk.at(date(2027, 1, 22))
    at(day)

    assert review.publish(slug) == 1
    assert "once its minutes are final" in capsys.readouterr().err
    minutes.finish(desk.an, slug, now=day)
    assert review.publish(slug) == 0
    assert desk.review.state == "published"


def test_figures_are_written_as_the_ledger_names_them(desk, at, tmp_path, capsys):
    slug = desk.frozen()
    at(desk.now)

    assert review.export(slug, tmp_path / "out") == 0

    assert (tmp_path / "out" / "figures.json").read_bytes() == reads.written(slug)
    assert (tmp_path / "out" / "tables" / "waits.csv").read_bytes() == reads.table(slug, "waits")
    assert review.export(slug, tmp_path / "out") == 1
    assert review.export("2020-q1", tmp_path / "other") == 1
    assert "no such review" in capsys.readouterr().err
