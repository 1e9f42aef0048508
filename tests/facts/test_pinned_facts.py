"""A fact counts once two people have read its source; what it says never changes, and it is never deleted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from election_desk import ADDRESS, AN, BINH, LATER_HOURS, SAID

from fake_wire import FakeWire
from thuchu.desk.evidence.rot import look_again
from thuchu.desk.facts import reads, refusals
from thuchu.desk.facts.keeping import archive_over, check_again, take_down
from thuchu.desk.facts.models import ARCHIVED, CONFIRMED, REPLACED, TAKEN_DOWN, PinnedFact
from thuchu.desk.facts.pinning import Holds, Wanted, confirm, pin
from thuchu.desk.facts.steps import set_steps
from thuchu.desk.facts.templates import template_of
from thuchu.desk.ledger.models import Entry
from thuchu.privacy import scrub
from thuchu.procedure import FIELD_KINDS, fields_of

pytestmark = pytest.mark.django_db
HOURS = "Mấy giờ mở cửa điểm bầu cử?"


def kinds_of(event):
    return list(Entry.objects.filter(subject=f"event:{event}").order_by("seq").values_list("kind", flat=True))


def test_one_person_alone_makes_no_fact(desk, now):
    number = desk.pin("opening_hours")

    with pytest.raises(refusals.SamePerson):
        confirm([number], by=AN, now=now)
    assert reads.find(HOURS, now=now) == reads.NOTHING


def test_a_second_person_makes_it_one_and_both_acts_stand_in_the_ledger(desk, now):
    number = desk.fact("opening_hours")

    (found,) = reads.find(HOURS, now=now).facts

    assert (found.id, found.value_vi, found.evidence.sentence) == (number, SAID["opening_hours"], SAID["opening_hours"])
    assert (found.pinned_by, found.confirmed_by) == (AN, BINH)
    assert kinds_of(desk.event)[-2:] == ["event.fact_pinned", "event.fact_confirmed"]


def test_a_fact_past_its_next_check_is_shown_and_answers_nobody(desk, now):
    desk.fact("opening_hours", check_days=7)
    later = now + timedelta(days=7)

    (shown,) = reads.of_event(desk.event, now=later)

    assert shown.standing == "stale"
    assert reads.find(HOURS, now=later) == reads.NOTHING
    assert reads.find(HOURS, now=later - timedelta(seconds=1)).facts


def test_looked_at_again_it_answers_again(desk, now):
    number = desk.fact("opening_hours")
    later = now + timedelta(days=8)

    check_again(number, by=AN, now=later)

    assert reads.find(HOURS, now=later).facts[0].checked_at == later


def test_what_its_source_no_longer_shows_is_neither_confirmed_nor_checked_again(desk, now):
    standing, waiting = desk.fact("opening_hours"), desk.pin("opening_hours")
    other_page = FakeWire({ADDRESS: b"<p>The page says something else altogether now, whatever it said.</p>"})
    look_again(now=now + timedelta(days=2), wire=other_page)

    for act in (lambda: confirm([waiting], by=BINH, now=now), lambda: check_again(standing, by=BINH, now=now)):
        with pytest.raises(refusals.SourceChanged):
            act()


def test_a_change_is_another_fact_that_two_people_vouch_for(desk, now):
    before = desk.fact("opening_hours")
    after = desk.pin("opening_hours", words=LATER_HOURS)
    assert reads.find(HOURS, now=now).facts[0].id == before

    confirm([after], by=BINH, now=now)

    assert reads.find(HOURS, now=now).facts[0].id == after
    assert PinnedFact.objects.get(pk=before).state == REPLACED
    assert PinnedFact.objects.get(pk=after).replaces_id == before


def test_a_fact_outside_the_time_it_holds_for_answers_nobody(desk, now):
    desk.fact("opening_hours", valid_from=now + timedelta(days=1), valid_until=now + timedelta(days=2))

    assert reads.find(HOURS, now=now) == reads.NOTHING
    assert reads.find(HOURS, now=now + timedelta(days=1)).facts
    assert reads.find(HOURS, now=now + timedelta(days=2)) == reads.NOTHING


def test_after_the_event_facts_are_archived_and_stay(desk, now):
    kept, lapsed = desk.fact("opening_hours"), desk.pin("what_to_bring")
    after = now + timedelta(days=21)

    assert archive_over(now=after) == 2
    assert archive_over(now=after) == 0

    assert PinnedFact.objects.get(pk=kept).state == ARCHIVED
    assert PinnedFact.objects.get(pk=lapsed).state == TAKEN_DOWN
    assert [view.standing for view in reads.of_event(desk.event, now=after)] == ["archived"]
    with pytest.raises(refusals.EventOver):
        desk.pin("opening_hours", now=after)


def test_taken_down_it_answers_nobody_and_stays_in_the_table(desk, now):
    number = desk.fact("opening_hours")

    take_down(number, by=AN, now=now)

    assert reads.find(HOURS, now=now) == reads.NOTHING
    assert PinnedFact.objects.get(pk=number).state == TAKEN_DOWN
    with pytest.raises(refusals.NoSuchFact):
        take_down(number, by=AN, now=now)


@pytest.mark.parametrize("field", ["candidates", "party", "turnout", "results", "winner", "shelters", ""])
def test_an_election_has_no_field_for_who_stands_or_how_it_ended(desk, now, field):
    wanted = Wanted(field=field, value_vi=scrub("Một câu"), evidence=desk.source)

    with pytest.raises(refusals.NoSuchField):
        pin(desk.event, [wanted], by=AN, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        PinnedFact.objects.create(
            event_id=desk.event,
            field=field,
            value_vi="Một câu",
            evidence_id=desk.source,
            valid_from=now,
            valid_until=now + timedelta(days=1),
            checked_at=now,
            next_check_at=now + timedelta(days=1),
            pinned_by=AN,
            pinned_at=now,
            change=99,
        )


@pytest.mark.parametrize(
    "values",
    [
        {"value_vi": "khác"},
        {"field": "election_day"},
        {"pinned_by": 1},
        {"confirmed_by": 7},
        {"state": "pinned", "confirmed_by": None, "confirmed_at": None},
    ],
)
def test_the_table_itself_keeps_a_fact_as_it_was(desk, values):
    number = desk.fact("opening_hours")

    with pytest.raises(IntegrityError), transaction.atomic():
        PinnedFact.objects.filter(pk=number).update(**values)


def test_the_table_itself_keeps_facts(desk):
    number = desk.fact("opening_hours")

    with pytest.raises(IntegrityError), transaction.atomic():
        PinnedFact.objects.filter(pk=number).delete()


def test_the_table_itself_lets_nobody_confirm_their_own(desk, now):
    number = desk.pin("opening_hours")

    with pytest.raises(IntegrityError), transaction.atomic():
        PinnedFact.objects.filter(pk=number).update(state=CONFIRMED, confirmed_by=AN, confirmed_at=now)


def test_what_may_be_a_persons_own_number_is_not_pinned(desk):
    with pytest.raises(refusals.ValueCovered):
        desk.pin("official_phone", value="Gọi 0912 345 678 gặp anh Tám")

    assert desk.pin("official_phone")


def test_some_facts_are_pinned_together_or_none(desk, now):
    good = Wanted(field="opening_hours", value_vi=scrub("7 giờ"), evidence=desk.source)
    bad = Wanted(field="results", value_vi=scrub("7 giờ"), evidence=desk.source)

    with pytest.raises(refusals.NoSuchField):
        pin(desk.event, [good, bad], by=AN, now=now)

    assert not PinnedFact.objects.exists()


def test_a_check_further_away_than_a_month_is_refused(desk, now):
    with pytest.raises(refusals.WrongTime):
        desk.pin("opening_hours", check_days=32)
    with pytest.raises(refusals.NoSuchArea):
        pin(
            desk.event,
            [Wanted(field="opening_hours", value_vi=scrub("7 giờ"), evidence=desk.source)],
            holds=Holds(area="nirgends"),
            by=AN,
            now=now,
        )


def test_steps_take_their_moments_from_people_and_are_read_by_code(desk, now):
    closed = now + timedelta(days=19)

    assert set_steps(desk.event, {"polls_open": now, "polls_closed": closed}, by=AN, now=now) == 2
    assert set_steps(desk.event, {"polls_open": None, "polls_closed": closed}, by=AN, now=now) == 1

    assert reads.steps_of(desk.event) == {"polls_closed": closed}
    with pytest.raises(refusals.NoSuchStep):
        set_steps(desk.event, {"winner_named": now}, by=AN, now=now)


def test_templates_know_fields_and_steps_and_no_fact():
    """Nothing legal is shipped: no year, no hour, no age stands in a template or a prompt."""
    for kind in FIELD_KINDS:
        template = template_of(kind)
        words = [words for each in template.steps for words in (each.name_vi, each.name_en)]
        words += [
            words for each in fields_of(kind) for words in (each.name_vi, each.name_en, each.prompt_vi, each.prompt_en)
        ]

        assert {"polls_open", "polls_closed"} <= {step.code for step in template.steps} or kind != "election"
        assert template.fields == fields_of(kind)
        # Hotlines and emergency numbers are how a number may look, not a fact.
        plain = " ".join(words)
        for example in ("1800…", "1900…", "1022", "112, 113, 114, 115", "112, 113, 114", "115"):
            plain = plain.replace(example, "")
        assert not any(char.isdigit() for char in plain), plain
