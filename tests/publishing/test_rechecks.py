"""What is published is looked at again: its day follows from a table, and looking again changes no status."""

import json
from datetime import timedelta

import pytest
from test_rounds_of_a_desk import HALF_AN_HOUR, TwoCamps

from thuchu.desk import journey
from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.claims.events import open_event, put_under_event
from thuchu.desk.evidence.models import Check
from thuchu.desk.ledger.models import Entry
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.models import FactCheck
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.models import Note
from thuchu.desk.notes.rate import rate
from thuchu.desk.publishing import reads, recheck, refusals
from thuchu.desk.publishing.models import Recheck, Standing
from thuchu.desk.publishing.publish import publish
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db


@pytest.fixture
def camps(home, now):
    return TwoCamps(now)


@pytest.fixture
def agreed(camps, now):
    journey.settle(now=now)
    journey.settle(now=now + HALF_AN_HOUR)
    return camps


def pieces(note, now):
    return [piece.number for piece in notes.note(note, viewer=None, now=now).evidence]


def test_a_published_note_gets_its_day_from_the_table_and_is_listed_once_past_it(agreed, now):
    view = reads.recheck(agreed.notes[2], now=now)

    assert (view.checked_on, view.due_on) == (now.date(), now.date() + timedelta(days=180))
    assert not view.is_due
    assert reads.recheck(agreed.notes[0], now=now) is None
    assert reads.due(now=now + timedelta(days=179)) == ()
    listed = reads.due(now=now + timedelta(days=180))
    assert {each.note for each in listed} == agreed.bridging
    assert {each.fact_check.id for each in listed} == {name_of(note) for note in agreed.bridging}


def test_what_belongs_to_a_storm_is_looked_at_in_two_weeks(camps, now):
    claim = next(iter(camps.claims_of({camps.notes[2]})))
    names, times = (scrub("Bão số 9"), scrub("Storm 9")), (now, now + timedelta(days=9))
    event = open_event("storm", names=names, times=times, areas=[], by=1, now=now)
    put_under_event(event, claim, by=1, now=now)
    journey.settle(now=now)
    journey.settle(now=now + HALF_AN_HOUR)

    assert reads.recheck(camps.notes[2], now=now).due_on == now.date() + timedelta(days=14)
    assert reads.recheck(camps.notes[5], now=now).due_on == now.date() + timedelta(days=180)


def test_somebody_else_says_that_it_still_holds_and_no_status_changes(agreed, now):
    note, later = agreed.notes[2], now + timedelta(days=181)
    before = list(Standing.objects.order_by("pk").values()), list(FactCheck.objects.order_by("pk").values())

    due = recheck.still_holds(agreed.raters[0], note, pieces(note, now), now=later)

    assert due == later.date() + timedelta(days=180)
    assert note not in {each.note for each in reads.due(now=later)}
    assert (list(Standing.objects.order_by("pk").values()), list(FactCheck.objects.order_by("pk").values())) == before
    entry = Entry.objects.latest("seq")
    assert (entry.kind, entry.subject) == ("note.rechecked", f"note:{note}")
    assert json.loads(entry.body)["by"] == agreed.raters[0].pseudonym_id
    assert publish(now=later) == 0


def test_its_author_can_not_say_so_nor_who_has_not_practised_nor_without_every_source(agreed, now):
    """Rule 3: what the desk itself saw gone, nobody can say is there."""
    note, later, person = agreed.notes[2], now + timedelta(days=181), agreed.raters[0]
    with pytest.raises(refusals.OwnWords):
        recheck.still_holds(agreed.writers[2], note, pieces(note, now), now=later)
    with pytest.raises(NotForYou):
        recheck.still_holds(agreed.person("Khách", may_write=False), note, pieces(note, now), now=later)
    with pytest.raises(refusals.SourcesUnread):
        recheck.still_holds(person, note, [], now=later)

    Check.objects.create(quote_id=pieces(note, now)[0], state="gone", since=later, seen_at=later)

    with pytest.raises(refusals.SourceGone):
        recheck.still_holds(person, note, pieces(note, now), now=later)


def test_it_is_not_looked_at_every_day_and_not_when_it_is_not_published(agreed, now):
    with pytest.raises(refusals.LookedAtLately):
        recheck.still_holds(agreed.raters[0], agreed.notes[2], pieces(agreed.notes[2], now), now=now)
    with pytest.raises(refusals.NotPublished):
        recheck.still_holds(agreed.raters[0], agreed.notes[0], pieces(agreed.notes[0], now), now=now)
    edit(
        agreed.writers[2],
        agreed.notes[2],
        agreed.draft("Nay có thêm điều mới về chuyện này, xin đọc lại cả bài."),
        now=now,
    )
    later = now + timedelta(days=181)
    with pytest.raises(refusals.NotPublished):
        recheck.still_holds(agreed.raters[0], agreed.notes[2], pieces(agreed.notes[2], now), now=later)


def test_what_lost_its_agreement_is_due_no_more(agreed, now):
    note, later = agreed.notes[2], now + 2 * HALF_AN_HOUR
    for person in agreed.raters[::2]:
        rate(person, note, "not_helpful", ["notHelpfulIncorrect"], version=1, now=later)
    journey.settle(now=later)

    assert reads.recheck(note, now=later) is None


def test_a_desk_that_published_before_there_were_days_gets_them(agreed, now):
    Recheck.objects.all().delete()

    publish(now=now + HALF_AN_HOUR)

    assert Recheck.objects.count() == len(agreed.bridging)
    assert Note.objects.count() == 9
