"""From proposals to resolutions: anybody proposes, roles attend, two people record what was resolved."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from reviews.review_desk import NOTHING, RESOLVED, SLUG
from thuchu.desk import journey
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import agenda, attendance, reads, refusals, remarks, resolving
from thuchu.desk.reviews.attendance import Seat, is_quorate
from thuchu.desk.reviews.models import AgendaItem, Participant, Resolution
from thuchu.desk.reviews.organisations import add_organisation, end_organisation
from thuchu.desk.reviews.resolving import Resolved
from thuchu.privacy import scrub

DAY = date(2026, 12, 20)


@pytest.fixture
def opened(desk):
    return desk.opened()


def view(desk):
    return reads.review(SLUG, now=desk.now)


def test_anybody_proposes_and_it_waits_for_a_look(desk, opened):
    number = agenda.propose(
        None, opened, "training", scrub("Tập huấn cho chợ, gọi 0912345678"), NOTHING, now=desk.at(DAY)
    )

    found = view(desk)
    assert [each.number for each in found.proposals] == [number]
    assert "0912345678" not in found.proposals[0].title
    assert found.proposals[0].proposed_by == "visitor"
    assert len(found.items) == 3
    assert "Tập huấn" not in Entry.objects.latest("seq").body


def test_who_proposes_is_a_role_and_never_a_name(desk, opened):
    for person, role in ((desk.lan, "contributor"), (desk.an, "coordinator"), (desk.quang, "contributor")):
        number = agenda.propose(person, opened, "training", scrub("Một việc"), NOTHING, now=desk.at(DAY))
        assert AgendaItem.objects.get(pk=number).proposed_by == role


def test_a_refusal_says_why_in_public(desk, opened):
    number = desk.proposed(opened)

    agenda.refuse(desk.an, opened, number, scrub("Việc này của ủy ban, không phải của bàn."), now=desk.at(DAY))

    assert [each.refusal for each in view(desk).refused] == ["Việc này của ủy ban, không phải của bàn."]


def test_what_is_accepted_stands_last_until_somebody_orders_it(desk, opened):
    one, other = desk.proposed(opened), desk.proposed(opened, "Tờ rơi ở bến xe")
    for number in (one, other):
        agenda.accept(desk.an, opened, number, 20, now=desk.at(DAY))
    own = [item.number for item in view(desk).items[:3]]

    agenda.order(desk.binh, opened, [*own, other, one], now=desk.at(DAY))

    assert [item.number for item in view(desk).items] == [*own, other, one]
    for wrong in ([other, *own, one], [*own, other], [*own, other, other, one]):
        with pytest.raises(refusals.OrderWrong):
            agenda.order(desk.binh, opened, wrong, now=desk.at(DAY))


LINKS = ["claim 12", "figure wait_median", "commitment CK-2026-017", "inquiry 3"]
NO_LINKS = ["pseudonym 4", "contributor 1", "claim Lan", "figure", "note 7", "claim 12; 13", ""]


def test_an_item_is_about_claims_figures_commitments_and_inquiries(desk, opened):
    number = agenda.propose(None, opened, "training", scrub("Chợ"), NOTHING, links=LINKS, now=desk.at(DAY))

    assert [f"{link.kind} {link.target}" for link in view(desk).proposals[0].links] == LINKS
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.get(pk=number).links.create(kind="person", target="3")


@pytest.mark.parametrize("link", NO_LINKS)
def test_an_item_is_about_nobody(desk, opened, link):
    with pytest.raises(refusals.LinkWrong):
        agenda.propose(None, opened, "training", scrub("Chợ"), NOTHING, links=[link], now=desk.at(DAY))


def test_a_meeting_begins_when_every_proposal_was_looked_at(desk, opened):
    desk.proposed(opened)
    desk_day = desk.at(date(2027, 1, 5))
    journey.freeze_review(None, opened, now=desk_day)

    with pytest.raises(refusals.NotYet):
        attendance.hold(desk.an, opened, now=desk_day)
    with pytest.raises(refusals.ItemsOpen):
        attendance.hold(desk.an, opened, now=desk.at(date(2027, 1, 12), 14))


# Who is there.


def test_attendance_needs_a_role_and_no_name(desk, opened):
    taken = Seat(role="contributor", presence="present", way="online", name=NOTHING)

    number = attendance.seat(desk.an, opened, taken, now=desk.at(DAY))

    row = Participant.objects.get(pk=number)
    assert (row.role, row.organisation, row.name_shown) == ("contributor", None, "")
    columns = {field.name for field in Participant._meta.get_fields()}
    assert not columns & {"account", "pseudonym", "signature", "photo", "identity", "spoke"}


def test_a_name_goes_as_its_bearer_wishes_even_after_publication(desk):
    slug = desk.opened()
    taken = Seat(role="contributor", presence="present", way="room", name=scrub("chị Lan phường 4"))
    number = attendance.seat(desk.an, slug, taken, now=desk.at(DAY))
    assert "Lan" not in Entry.objects.latest("seq").body

    attendance.erase_name(desk.binh, slug, number, now=desk.at(DAY))

    assert Participant.objects.get(pk=number).name_shown == ""
    with pytest.raises(refusals.AlreadyDone):
        attendance.erase_name(desk.binh, slug, number, now=desk.at(DAY))


def test_the_public_is_one_number(desk, opened):
    taken = Seat(role="public", presence="present", way="room", name=scrub("Ai đó"), people=40)

    number = attendance.seat(desk.an, opened, taken, now=desk.at(DAY))

    assert Participant.objects.get(pk=number).name_shown == ""
    with pytest.raises(refusals.SeatTaken):
        attendance.seat(desk.an, opened, taken, now=desk.at(DAY))
    with pytest.raises(refusals.ChoiceUnknown):
        attendance.seat(desk.an, opened, replace(taken, role="partner"), now=desk.at(DAY))


def test_an_organisation_that_ended_takes_no_seat(desk, opened):
    number = add_organisation(desk.an, scrub("Thư viện cũ"), scrub("Old library"), now=desk.now)
    end_organisation(desk.binh, number, now=desk.now)

    taken = Seat(role="partner", presence="present", way="room", organisation=number, name=NOTHING)
    with pytest.raises(refusals.NoSuchRow):
        attendance.seat(desk.an, opened, taken, now=desk.at(DAY))


QUORATE = [
    [("chair", 1), ("secretary", 2), ("contributor", None)],
    [("chair", None), ("secretary", None), *[("contributor", None)] * 5],
]
NOT_ENOUGH = [
    [],
    [("chair", 1), ("secretary", 2)],
    [("chair", 1), ("secretary", 1), ("partner", 1)],
    [("chair", None), ("secretary", None), *[("contributor", None)] * 4],
    [("chair", None), ("observer", 1), ("public", 2), *[("contributor", None)] * 5],
]


@pytest.mark.parametrize("present", QUORATE)
def test_three_roles_and_two_organisations_or_five_contributors_are_enough(present):
    assert is_quorate(present)


@pytest.mark.parametrize("present", NOT_ENOUGH)
def test_fewer_are_not(present):
    assert not is_quorate(present)


SEATS = st.tuples(
    st.sampled_from("chair secretary contributor partner observer public".split()), st.sampled_from([None, 1, 2])
)


@given(present=st.lists(SEATS, max_size=12), more=SEATS)
def test_one_more_at_the_table_never_takes_the_quorum_away(present, more):
    assert not is_quorate(present) or is_quorate([*present, more])


# What is resolved.


def test_two_people_record_a_resolution(desk):
    slug = desk.held()
    number = desk.resolved(slug)

    assert number == "01/2026-q4"
    assert not view(desk).resolutions[0].is_confirmed
    with pytest.raises(refusals.SamePerson):
        resolving.confirm(desk.an, number, now=desk.at(date(2027, 1, 12), 15))
    resolving.confirm(desk.binh, number, now=desk.at(date(2027, 1, 12), 15))
    assert view(desk).resolutions[0].is_confirmed
    with pytest.raises(DatabaseError), transaction.atomic():
        Resolution.objects.update(text="Khác")


def test_the_words_of_a_resolution_stay_before_it_is_confirmed_too(desk):
    desk.resolved(desk.held())

    with pytest.raises(DatabaseError), transaction.atomic():
        Resolution.objects.update(text="Khác")


def test_too_few_resolve_nothing(desk):
    slug = desk.not_quorate()

    assert desk.review.state == "not_quorate"
    with pytest.raises(refusals.WrongState):
        desk.resolved(slug)
    with pytest.raises(DatabaseError), transaction.atomic():
        Resolution.objects.create(
            review=desk.review,
            number="01/x",
            text="x",
            method="consent",
            outcome="adopted",
            recorded_by=1,
            recorded_at=desk.now,
        )


def test_a_vote_has_counts_and_consent_has_none(desk):
    slug = desk.held()
    now = desk.at(date(2027, 1, 12), 15)
    said = Resolved(text=scrub(RESOLVED), method="show_of_hands", outcome="rejected", reasons_against=scrub("Xa quá."))

    with pytest.raises(refusals.CountsWrong):
        resolving.record(desk.an, slug, said, now=now)
    with pytest.raises(refusals.CountsWrong):
        resolving.record(desk.an, slug, replace(said, method="consent", votes=(3, 0, 0)), now=now)
    resolving.record(desk.an, slug, replace(said, votes=(2, 4, 1)), now=now)

    found = view(desk).resolutions[0]
    assert (found.votes, found.reasons_against) == ((2, 4, 1), "Xa quá.")


def test_what_was_recorded_wrongly_goes_before_it_counts(desk):
    slug = desk.held()
    number = desk.resolved(slug)

    resolving.take_back(desk.an, number, now=desk.at(date(2027, 1, 12), 15))

    assert view(desk).resolutions == ()
    assert Entry.objects.latest("seq").kind == "review.resolution_taken_back"


def test_a_resolution_takes_the_place_of_an_earlier_one(desk):
    slug = desk.held()
    first = desk.resolved(slug)
    with pytest.raises(refusals.NoSuchRow):
        desk.resolved(slug, "Thôi.", supersedes=first)
    resolving.confirm(desk.binh, first, now=desk.at(date(2027, 1, 12), 15))

    assert desk.resolved(slug, "Chỉ một buổi tối.", supersedes=first) == "02/2026-q4"
    assert view(desk).resolutions[1].supersedes == first


# What people ask about figures.


def test_a_question_on_a_figure_is_answered_beside_it(desk):
    slug = desk.frozen()
    now = desk.at(date(2027, 1, 8))
    number = remarks.ask(None, slug, "wait_median", scrub("Vì sao chờ lâu vậy? Gọi 0912345678"), now=now)
    assert view(desk).remarks[0].state == "held"

    remarks.answer(desk.an, number, scrub("Vì nửa số người trực nghỉ bão."), is_shown=True, now=now)

    found = view(desk).remarks[0]
    assert (found.state, found.answer, found.said_by) == ("shown", "Vì nửa số người trực nghỉ bão.", "visitor")
    assert "0912345678" not in found.text
    with pytest.raises(refusals.AlreadyDone):
        remarks.answer(desk.an, number, scrub("Khác"), is_shown=True, now=now)


def test_a_question_is_about_a_figure_that_there_is(desk):
    with pytest.raises(refusals.ChoiceUnknown):
        remarks.ask(
            None, desk.frozen(), "most_active_person", scrub("Ai chăm nhất vậy?"), now=desk.at(date(2027, 1, 8))
        )
