"""Rule 10: of an election there is how, when and where to vote, with official sources; merits of candidates never."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from claims.waiting_desk import AN, Desk
from thuchu.desk.claims.events import open_event, pin_source
from thuchu.desk.claims.models import (
    ELECTION_STEPS,
    ELECTION_SUBJECTS,
    EVENT_KINDS,
    Event,
    PinnedSource,
    Prebunk,
    Twist,
)
from thuchu.desk.claims.prebunk import steps_of, write_prebunk
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


def test_a_prebunk_has_these_fields_and_none_that_could_hold_a_merit():
    fields = {field.name for field in Prebunk._meta.concrete_fields}
    assert fields == {"claim", "event", "step", "look_up", "written_by", "written_at"}
    assert {field.name for field in Twist._meta.concrete_fields} == {"id", "prebunk", "place", "words"}


def test_the_steps_of_an_election_are_lists_days_places_papers_ballots_and_counting():
    wanted = ("lists", "dates", "places", "papers", "early", "ballot", "counting", "announcing")
    assert wanted == ELECTION_STEPS == steps_of("election")
    assert not {"candidate", "party", "merit", "turnout", "result", "poll"} & set(steps_of("storm") + ELECTION_STEPS)


@pytest.mark.parametrize("step", ["candidates", "results", "turnout", "help", ""])
def test_no_prebunk_of_an_election_is_about_another_step(desk, election, step):
    page = "https://baucu.example/a"
    twists = [scrub("Ai cũng bầu được ở bất cứ đâu.")]
    words = scrub("Nơi bỏ phiếu ghi trên thẻ.")

    with pytest.raises(ClaimRefused):
        write_prebunk(election, step, words, look_up=page, twists=twists, by=AN, now=desk.now)
    claim = desk.claim("Nơi bỏ phiếu ở đâu vậy mọi người ơi cho mình hỏi với")
    with pytest.raises(IntegrityError), transaction.atomic():
        Prebunk.objects.create(
            claim_id=claim, event_id=election, step=step, look_up=page, written_by=AN, written_at=desk.now
        )
