"""Rule 10: of an election there is how, when and where to vote, with official sources; merits of candidates never."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from claims.waiting_desk import AN, Desk
from thuchu.desk.claims.events import open_event, pin_source
from thuchu.desk.claims.models import ELECTION_SUBJECTS, EVENT_KINDS, Event, PinnedSource
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.privacy import scrub


@pytest.fixture
def desk(db, now):
    return Desk(now)


@pytest.fixture
def election(desk):
    names = (scrub("Bầu cử Hội đồng nhân dân"), scrub("Council election"))
    return open_event(
        "election", names=names, times=(desk.now, desk.now + timedelta(days=30)), areas=[], by=AN, now=desk.now
    )


def test_an_event_has_these_fields_and_none_that_could_hold_a_merit():
    assert {field.name for field in Event._meta.concrete_fields} == {
        "id",
        "name_vi",
        "name_en",
        "kind",
        "starts",
        "ends",
    }
    assert {field.name for field in PinnedSource._meta.concrete_fields} == {
        "id",
        "event",
        "about",
        "title",
        "address",
        "words",
        "pinned_by",
        "pinned_at",
        "confirmed_by",
        "confirmed_at",
        "taken_down_at",
    }


def test_the_subjects_of_an_election_are_dates_places_procedure_and_counting():
    assert ELECTION_SUBJECTS == ("dates", "places", "procedure", "counting")
    assert not {"candidate", "party", "campaign", "poll"} & set(EVENT_KINDS)


@pytest.mark.parametrize("about", ["candidates", "warnings", "help", ""])
def test_neither_code_nor_database_takes_another_subject(desk, election, about):
    values = {"title": "Ai giỏi hơn", "address": "https://bao.example/a", "words": "Ông này giỏi hơn ông kia."}

    with pytest.raises(ClaimRefused):
        pin_source(
            election,
            about,
            title=scrub(values["title"]),
            address=values["address"],
            words=scrub(values["words"]),
            by=AN,
            now=desk.now,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        PinnedSource.objects.create(event_id=election, about=about, pinned_by=AN, pinned_at=desk.now, **values)


def test_no_event_becomes_an_election_or_ceases_to_be_one_behind_the_rules_back(desk, election):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=election).update(kind="other")
