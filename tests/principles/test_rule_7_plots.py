"""Rule 7: a plot has five people or more in each part, moves by five or more, and holds nothing of any one of them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.notes.rate import rate
from thuchu.desk.publishing.models import Plot, PlotPart, Round
from thuchu.desk.publishing.reads import plot
from thuchu.desk.publishing.round import hold_round, read_ledger
from thuchu.rounds import decide, digest_of_plots

pytestmark = pytest.mark.django_db

COLUMNS = {
    "publishing_plot": {"note", "version", "round"},
    "publishing_plotpart": {"id", "plot", "place", "fifths", "helpful", "somewhat_helpful", "not_helpful"},
}


@pytest.fixture
def camps(now):
    camps = TwoCamps(now)
    hold_round(now=now)
    return camps


def pictures():
    return {row.note_id: plot(row.note_id, row.version) for row in Plot.objects.all()}


def test_no_part_is_fewer_than_five_people(camps):
    shown = pictures()

    assert len(shown) == 9
    assert all(part.people >= 5 for each in shown.values() for part in each.parts)
    assert all(each.people == 12 for each in shown.values())


def test_the_database_itself_refuses_a_part_of_four(camps):
    row = Plot.objects.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        PlotPart.objects.create(plot=row, place=9, fifths=1, helpful=2, somewhat_helpful=1, not_helpful=1)


def test_nobody_draws_one_by_hand(camps):
    with pytest.raises(DatabaseError, match="plot"), transaction.atomic():
        PlotPart.objects.update(helpful=F("helpful") + 1)
    with pytest.raises(DatabaseError, match="plot"), transaction.atomic():
        Plot.objects.update(version=2)


def test_nothing_of_a_rater_has_a_column():
    """Whoever adds one has this list to change, and rule 7 to read."""
    for model in (Plot, PlotPart):
        assert {field.name for field in model._meta.get_fields() if field.concrete} == COLUMNS[model._meta.db_table]


def test_a_picture_stays_until_five_people_said_something_new(camps, now):
    before, later = pictures(), now + timedelta(hours=1)
    others = [camps.person(f"Khách {letter}") for letter in "abcdeghkno"]
    for person in others[:4]:
        rate(person, camps.notes[2], "helpful", ["helpfulClear"], version=1, now=later)
    rate(others[4], camps.notes[5], "helpful", ["helpfulClear"], version=1, now=later)
    hold_round(now=later)
    assert pictures() == before

    rate(others[5], camps.notes[2], "helpful", ["helpfulClear"], version=1, now=later)
    for person in others[5:]:
        rate(person, camps.notes[5], "not_helpful", ["notHelpfulIncorrect"], version=1, now=later)
    hold_round(now=later + timedelta(hours=1))

    moved = {note for note, each in pictures().items() if each != before[note]}
    assert moved == {camps.notes[2], camps.notes[5]}


def test_anybody_comes_to_the_same_pictures_from_the_ledger(camps):
    held = Round.objects.get()
    entry = next(body for *_, kind, _, body in ledger.entries_of(["plots.moved"]))

    again = decide(read_ledger(held.up_to), time_ms=int(held.held_at.timestamp() * 1000))

    assert digest_of_plots(again.plots) == entry["digest"]
    assert {each.note: [part.people for part in each.parts] for each in again.plots} == {
        note: [part.people for part in each.parts] for note, each in pictures().items()
    }
