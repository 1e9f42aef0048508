"""Ratings enter the ledger in batches: of five people at least, shuffled, at one moment, and each once."""

import json
import random
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from notes_desk import Desk

from thuchu.desk.ledger.models import Entry
from thuchu.desk.ledger.verify import verify_ledger
from thuchu.desk.notes import batch as batches
from thuchu.desk.notes import reads
from thuchu.desk.notes.batch import PEOPLE_MIN, take_batch
from thuchu.desk.notes.figures import figures
from thuchu.desk.notes.models import Batch, Entered, Note, Rating, Tally
from thuchu.desk.notes.rate import retract
from thuchu.desk.notes.take_back import withdraw

NOSE = "Nhỏ nước muối vào mũi sáng tối thì không bao giờ bị cúm, ai cũng nên làm ngay hôm nay"


def lines():
    """What the ledger says of ratings, entry by entry."""
    return [json.loads(body)["ratings"] for body in _bodies()]


def _bodies():
    return Entry.objects.filter(kind="ratings.entered").order_by("seq").values_list("body", flat=True)


def test_four_people_are_too_few_and_the_fifth_lets_all_in(desk, an, now):
    people, note = desk.people(5), desk.note(an)
    for person in people[:4]:
        desk.rate(person, note)
    assert take_batch(now=now) is None
    assert not Entered.objects.exists()

    desk.rate(people[4], note)
    taken = take_batch(now=now)

    assert (taken.number, len(taken.ratings)) == (1, 5)
    assert {line.rater_number for line in taken.ratings} == {person.rater_number for person in people}
    assert Entered.objects.count() == 5


def test_one_person_who_rates_five_notes_is_one_person(desk, now):
    binh = desk.person("Bình Minh")
    for number, author in enumerate(desk.people(5)):
        desk.rate(binh, desk.note(author, desk.claim(f"{NOSE} {'abcde'[number] * 4}")))

    assert take_batch(now=now) is None


def test_taking_again_at_once_takes_nothing(desk, an, now):
    people, note = desk.people(PEOPLE_MIN), desk.note(an)
    for person in people:
        desk.rate(person, note)
    take_batch(now=now)

    assert take_batch(now=now) is None
    assert len(lines()) == 1


def test_a_line_of_a_batch_holds_no_time_no_name_and_no_author(desk, an, now):
    people, note = desk.people(5), desk.note(an)
    for person in people:
        desk.rate(person, note, "helpful", ["helpfulGoodSources", "helpfulClear"])

    take_batch(now=now)

    (ratings,) = lines()
    assert sorted(ratings) == [
        [note, 1, str(person.rater_number), "helpful", ["helpfulClear", "helpfulGoodSources"]]
        for person in sorted(people, key=lambda person: str(person.rater_number))
    ]
    assert verify_ledger().seq == Entry.objects.count()


def test_the_order_within_a_batch_is_that_of_the_dice(desk, an, now):
    people, note = desk.people(12), desk.note(an)
    for person in people:
        desk.rate(person, note)

    orders = []
    for seed in (1, 1, 2):
        point = transaction.savepoint()
        orders.append([line.rater_number for line in take_batch(now=now, rng=random.Random(seed)).ratings])
        transaction.savepoint_rollback(point)

    assert orders[0] == orders[1] != orders[2]
    assert orders[0] != [person.rater_number for person in people]


def test_rows_lie_in_no_order_of_time_either(desk, an):
    people, note = desk.people(12), desk.note(an)
    for person in people:
        desk.rate(person, note)

    stored = list(Rating.objects.order_by("pk").values_list("rater_number", flat=True))
    assert stored != [person.rater_number for person in people]


def test_a_changed_rating_stands_in_place_of_the_one_before(desk, an, now):
    people, note = desk.people(5), desk.note(an)
    for person in people:
        desk.rate(person, note)
    take_batch(now=now)
    for person in people:
        desk.rate(person, note, "not_helpful")

    assert reads.note(note, viewer=an, now=now).result.helpful == 5
    taken = take_batch(now=now)

    assert taken.number == 2
    assert {line.helpfulness for line in taken.ratings} == {"not_helpful"}
    assert reads.note(note, viewer=an, now=now).result.not_helpful == 5
    assert Entered.objects.count() == 5


def test_a_rating_changed_back_to_what_is_public_waits_no_more(desk, an, now):
    people, note = desk.people(5), desk.note(an)
    for person in people:
        desk.rate(person, note)
    take_batch(now=now)

    desk.rate(people[0], note, "not_helpful")
    desk.rate(people[0], note, "helpful")

    assert not Rating.objects.filter(pending=True).exists()


def test_a_rating_taken_back_is_taken_back_in_public_with_the_next_batch(desk, an, now):
    people, note = desk.people(10), desk.note(an)
    for person in people[:5]:
        desk.rate(person, note)
    take_batch(now=now)
    retract(people[0], note, now=now)
    for person in people[5:]:
        desk.rate(person, note)

    taken = take_batch(now=now)

    gone = [line for line in taken.ratings if line.helpfulness == "retracted"]
    assert [(line.rater_number, line.reasons) for line in gone] == [(people[0].rater_number, ())]
    assert Entered.objects.count() == Rating.objects.count() == Tally.objects.get().helpful == 9


def test_who_takes_a_rating_back_and_rates_again_is_one_line(desk, an, now):
    people, note = desk.people(5), desk.note(an)
    for person in people:
        desk.rate(person, note)
    take_batch(now=now)
    for person in people:
        retract(person, note, now=now)
        desk.rate(person, note, "not_helpful")

    assert len(take_batch(now=now).ratings) == 5
    assert Entered.objects.filter(helpfulness="not_helpful").count() == 5


def test_ratings_of_a_withdrawn_note_enter_like_others(desk, an, now):
    people, note = desk.people(5), desk.note(an)
    for person in people:
        desk.rate(person, note)
    withdraw(an, note, now=now)

    assert len(take_batch(now=now).ratings) == 5


def test_a_large_batch_is_several_entries_of_one_moment(desk, an, now, monkeypatch):
    monkeypatch.setattr(batches, "RATINGS_AN_ENTRY_MAX", 2)
    people, note = desk.people(5), desk.note(an)
    for person in people:
        desk.rate(person, note)

    taken = take_batch(now=now)

    assert [len(part) for part in lines()] == [2, 2, 1]
    assert taken.last_seq - taken.first_seq == 2
    times = Entry.objects.filter(kind="ratings.entered").values_list("time_ms", flat=True)
    assert set(times) == {int(now.timestamp() * 1000)}


def test_a_batch_that_fails_enters_nothing(desk, an, now, monkeypatch):
    people, note = desk.people(5), desk.note(an)
    for person in people:
        desk.rate(person, note)

    def stop(_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(batches, "_count", stop)
    with pytest.raises(RuntimeError):
        take_batch(now=now)

    assert not Batch.objects.exists()
    assert not Entered.objects.exists()
    assert not lines()
    assert Rating.objects.filter(pending=True).count() == 5


def test_the_review_counts_notes_and_only_ratings_that_entered(desk, an, now):
    people, note = desk.people(6), desk.note(an)
    for person in people[:5]:
        desk.rate(person, note)
    take_batch(now=now)
    desk.rate(people[5], note)

    counted = figures(now - timedelta(days=1), now + timedelta(days=1))

    assert (counted.written, counted.authors, counted.batches, counted.ratings) == (1, 1, 1, 5)
    assert figures(now - timedelta(days=2), now - timedelta(days=1)).written == 0


_acts = st.lists(
    st.tuples(
        st.integers(0, 6), st.integers(0, 1), st.sampled_from(["helpful", "not_helpful", "somewhat_helpful", "retract"])
    )
    | st.just("batch"),
    max_size=25,
)


class WhateverPeopleDo(TestCase):
    """The ledger alone gives what the tables say, whatever was rated, changed and taken back in between."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(acts=_acts)
    def test_the_ledger_says_what_the_public_table_says(self, acts):
        from datetime import UTC, datetime

        now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
        desk = Desk(now)
        an, people = desk.person("An Nhiên"), desk.people(7)
        notes = [desk.note(an), desk.note(an, desk.claim(NOSE))]
        for act in acts:
            if act == "batch":
                take_batch(now=now)
            elif act[2] != "retract":
                desk.rate(people[act[0]], notes[act[1]], act[2])
            elif Rating.objects.filter(
                note=notes[act[1]], rater_number=people[act[0]].rater_number, retracted=False
            ).exists():
                retract(people[act[0]], notes[act[1]], now=now)

        said = {}
        for part in lines():
            for note, version, rater, level, reasons in part:
                said.pop((note, int(rater)), None)
                if level != "retracted":
                    said[note, int(rater)] = (version, level, " ".join(reasons))
        assert said == {
            (row.note_id, row.rater_number): (row.version, row.helpfulness, row.reasons)
            for row in Entered.objects.all()
        }
        for note in Note.objects.all():
            assert note.raters == Entered.objects.filter(note=note).count()
        waiting = {(row.note_id, row.rater_number) for row in Rating.objects.filter(pending=True)}
        settled = {(row.note_id, row.rater_number) for row in Rating.objects.filter(pending=False)}
        assert settled <= set(said)
        assert set(said) <= settled | waiting
