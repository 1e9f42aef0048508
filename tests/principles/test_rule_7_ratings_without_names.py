"""Rule 7: no rating beside a name, no hour, no count of a person's; ratings are public in batches of five people."""

import dataclasses
import inspect
import types
import typing
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, models

from notes.notes_desk import Desk
from thuchu.desk.ledger.models import Entry
from thuchu.desk.notes import figures, reads, to_rate
from thuchu.desk.notes.batch import take_batch
from thuchu.desk.notes.models import Batch, Entered, Note, Rating, Tally
from thuchu.desk.notes.rate import retract

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(NOW)


@pytest.mark.parametrize("model", [Rating, Entered])
def test_a_ratings_row_leads_to_no_person_and_no_hour(model):
    fields = {field.name: field for field in model._meta.concrete_fields}

    assert set(fields) - {"pending", "retracted", "rated_on", "batch"} == {
        "id",
        "note",
        "rater_number",
        "version",
        "helpfulness",
        "reasons",
    }
    assert not [name for name, field in fields.items() if isinstance(field, models.DateTimeField)]
    assert {field.related_model for field in fields.values() if field.related_model} <= {Note, Batch}


def test_no_cell_of_a_ratings_row_is_its_raters_pseudonym_or_account(desk):
    # Numbers that no other row has by chance.
    for _ in range(40):
        desk.person(f"Ai đó {'abcdefghij'[_ % 10]}{'klmnopqrst'[_ // 10]}")
    an, binh = desk.person("An"), desk.person("Bình")
    desk.rate(binh, desk.note(an))

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notes_rating")
        (row,) = cursor.fetchall()

    assert not {an.id, an.pseudonym_id, binh.id, binh.pseudonym_id} & set(row)


def fields_of(kind, seen=None):
    """(name, type) of every field that a value holds, and of the values in it."""
    seen = set() if seen is None else seen
    if dataclasses.is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        for name, inner in typing.get_type_hints(kind).items():
            yield name, inner
            for part in (inner, *typing.get_args(inner)):
                for deeper in (part, *typing.get_args(part)):
                    yield from fields_of(deeper, seen)


def functions_of(module):
    return [
        function
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
    ]


@pytest.mark.parametrize("module", [reads, to_rate, figures], ids=lambda module: module.__name__)
def test_no_read_gives_out_a_rater_number_or_takes_one(module):
    assert isinstance(module, types.ModuleType)
    for function in functions_of(module):
        hints = typing.get_type_hints(function)
        given_out = hints.pop("return")
        kinds = (given_out, *typing.get_args(given_out))
        names = {name for kind in kinds for name, _ in fields_of(kind)}
        assert "rater_number" not in names, function.__name__
        assert not {name for name in names if name.startswith("n_") or "score" in name}, function.__name__
        assert "rater_number" not in hints, function.__name__


def test_no_table_counts_what_one_person_rated(desk):
    counted = (Note, Tally, Batch)

    for model in counted:
        assert "rater" not in " ".join(f.name for f in model._meta.concrete_fields if f.name != "raters")
    shown = {field.name for field in dataclasses.fields(reads.NoteView)}
    assert not {name for name in shown if "rated_by" in name or "ratings" in name}


def test_before_a_batch_nothing_public_tells_of_a_rating(desk):
    an, people, reader = desk.person("An"), desk.people(5), desk.person("Giang")
    note, other = desk.note(an), desk.note(an, desk.claim("Nhỏ nước muối vào mũi thì không bao giờ bị cúm, nên làm"))
    desk.rate(people[0], note)
    before = public(note, other, an, reader)

    for person in people:
        desk.rate(person, note, "not_helpful")
    retract(people[1], note, now=NOW)

    assert public(note, other, an, reader) == before


def public(note, other, author, reader):
    """All that pages show of it to a visitor, to another reader and to the author, with the ledger."""
    readers = (None, author, reader)
    pages = [reads.note(number, viewer=viewer, now=NOW) for number in (note, other) for viewer in readers]
    lists = [to_rate.to_rate(viewer, now=NOW) for viewer in readers]
    counted = figures.figures(NOW - timedelta(days=1), NOW + timedelta(days=1))
    return pages, lists, counted, list(Entry.objects.values_list("hash", flat=True))


def test_a_batch_needs_five_different_people(desk):
    an, people = desk.person("An"), desk.people(4)
    note, other = desk.note(an), desk.note(an, desk.claim("Nhỏ nước muối vào mũi thì không bao giờ bị cúm, nên làm"))
    for person in people:
        desk.rate(person, note)
        desk.rate(person, other)

    assert take_batch(now=NOW) is None
    assert not Entry.objects.filter(kind="ratings.entered").exists()


def test_an_entry_of_ratings_holds_no_author(desk):
    an, people = desk.person("An"), desk.people(5)
    note = desk.note(an)
    for person in people:
        desk.rate(person, note)
    take_batch(now=NOW)

    body = Entry.objects.get(kind="ratings.entered").body
    assert "by" not in body
    assert str(an.rater_number) not in body
    assert "An" not in body
