"""A coordinator who goes leaves nothing behind that only they could bring forward."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models

from notes.notes_desk import Desk
from thuchu.desk import journey
from thuchu.desk.accounts import hand_over, refusals
from thuchu.desk.accounts.forget import forget_old
from thuchu.desk.accounts.models import Account, HandOver, RoleGrant
from thuchu.desk.accounts.reads import account_view
from thuchu.desk.claims.assign import TAKES_MAX, take
from thuchu.desk.claims.events import open_event
from thuchu.desk.claims.hand_over import held_by
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.models import PROPOSED, Assignment, Proposal
from thuchu.desk.claims.proposals import confirm
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.ledger.models import Entry
from thuchu.desk.shifts.lay_out import lay_out
from thuchu.desk.shifts.models import Duty, Shift
from thuchu.desk.shifts.take import take as take_shift
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db

# Where a person's number stands in something that only this person can bring forward or end, while it is so.
OPEN_DUTIES = {
    "claims.Assignment.person": lambda rows, now: rows.filter(until__gt=now),
    "claims.Proposal.proposed_by": lambda rows, now: rows.filter(state=PROPOSED),
    "shifts.Duty.person": lambda rows, now: rows.filter(shift__ends__gt=now),
}
# Where it says who once did something, or what every coordinator may go on with.
DONE_OR_EVERYBODYS = {
    "claims.Claim.wording_by",
    "claims.Translation.by",
    "claims.Offer.declined_by",
    "claims.PinnedSource.pinned_by",
    "claims.PinnedSource.confirmed_by",
    "claims.Prebunk.written_by",
    "claims.Proposal.confirmed_by",
    "claims.Appeal.by",
    "claims.Appeal.first_person",
    "claims.Appeal.second_person",
    "claims.Appeal.decided_by",
    "claims.Notice.seen_by",
    "claims.EvidenceRule.proposed_by",
    "claims.EvidenceRule.confirmed_by",
    "facts.PinnedFact.pinned_by",
    "facts.PinnedFact.confirmed_by",
    "reviews.AuditJudgement.judged_by",
    "reviews.Cycle.begun_by",
    "commitments.Commitment.agreed_by",
    "commitments.Update.by",
    "inquiries.Inquiry.drafted_by",
    "inquiries.InquiryStep.by",
    "inquiries.InquiryAnswer.by",
    "publishing.Report.answered_by",
    "publishing.Report.confirmed_by",
    "reviews.Resolution.recorded_by",
    "reviews.Resolution.confirmed_by",
    "reviews.AgendaItem.looked_at_by",
    "reviews.Remark.answered_by",
    "reviews.Minutes.drafted_by",
    "reviews.Amendment.proposed_by",
    "reviews.Amendment.confirmed_by",
}


def people_columns():
    """Every column of a number that is somebody's, by its name."""
    for model in apps.get_models():
        if not model.__module__.startswith("thuchu.desk") or model._meta.app_label in ("ledger", "evidence"):
            continue
        for field in model._meta.concrete_fields:
            is_number = isinstance(field, models.BigIntegerField) and not field.primary_key
            if is_number and (field.name in ("by", "person") or field.name.endswith(("_by", "_person"))):
                yield f"{model._meta.label}.{field.name}", model


@pytest.fixture
def desk(now):
    desk = Desk(now)
    desk.an = desk.person("An Nhiên", role="coordinator")
    desk.binh = desk.person("Bình Minh", role="coordinator")
    desk.chi = desk.person("Chi Mai", role="coordinator")
    return desk


@pytest.fixture
def held(desk, now):
    """An has something of everything open."""
    numbers = [desk.claim(f"Tin số {n} nói rằng ở phường {name} có chuyện lạ") for n, name in enumerate(("Hoa", "Sen"))]
    by = desk.an.pseudonym_id
    take(numbers[0], person=by, now=now)
    propose_merge(numbers[0], numbers[1], scrub("Hai câu này là một."), by=by, now=now)
    names = (scrub("Bão số chín"), scrub("Storm nine"))
    event = open_event("storm", names=names, times=(now, now + timedelta(days=3)), areas=[], by=by, now=now)
    lay_out(event, times=(now, now + timedelta(hours=8)), hours=4, wanted=1, now=now)
    for shift in Shift.objects.all():
        take_shift(shift.pk, person=by, now=now)
    return by


def open_duties_of(person, now):
    found = {}
    for column, model in people_columns():
        if column in OPEN_DUTIES:
            rows = model.objects.filter(**{column.rpartition(".")[2]: person})
            found[column] = OPEN_DUTIES[column](rows, now).count()
    return found


def handed_over(desk, giver, taker, now):
    hand_over.offer(giver, taker.pseudonym_id, now=now)
    journey.take_over(taker, giver.pseudonym_id, now=now)


def test_every_column_with_a_persons_number_is_an_open_duty_or_isnt():
    assert {column for column, _ in people_columns()} == set(OPEN_DUTIES) | DONE_OR_EVERYBODYS


def test_who_hands_over_has_nothing_open_and_who_accepted_has_it_all(desk, held, now):
    before = open_duties_of(held, now)
    assert all(before.values())

    handed_over(desk, desk.an, desk.binh, now)

    assert not any(open_duties_of(held, now).values())
    assert open_duties_of(desk.binh.pseudonym_id, now) == before
    assert account_view(desk.an.id).roles == {"contributor"}
    kinds = list(Entry.objects.order_by("-seq").values_list("kind", flat=True)[:2])
    assert kinds == ["role.revoked", "role.handed_over"]
    assert not HandOver.objects.exists()


def test_who_took_a_proposal_over_does_not_confirm_it(desk, held, now):
    handed_over(desk, desk.an, desk.binh, now)
    proposal = Proposal.objects.get().pk

    with pytest.raises(ClaimRefused):
        confirm(proposal, by=desk.binh.pseudonym_id, now=now)
    confirm(proposal, by=desk.chi.pseudonym_id, now=now)


def test_what_the_other_has_no_room_for_is_free_again(desk, held, now):
    for n in range(TAKES_MAX):
        take(
            desk.claim(f"Chuyện thứ {n} kể rằng con sông {'abcdefg'[n] * 3} chảy ngược"),
            person=desk.binh.pseudonym_id,
            now=now,
        )
    first = Shift.objects.order_by("starts").first()
    Duty.objects.create(shift=first, person=desk.binh.pseudonym_id)

    handed_over(desk, desk.an, desk.binh, now)

    assert not any(open_duties_of(held, now).values())
    assert Assignment.objects.filter(person=desk.binh.pseudonym_id).count() == TAKES_MAX
    assert Duty.objects.filter(shift=first).count() == 1
    assert Duty.objects.count() == 2


def test_leaving_without_anybody_who_accepts_puts_everything_back(desk, held, now):
    journey.leave(desk.an.id, now=now)

    assert not any(open_duties_of(held, now).values())
    assert not Assignment.objects.exists()
    assert not Duty.objects.exists()
    assert Proposal.objects.get().state == "taken_back"


def test_giving_the_role_back_takes_proposals_back_and_leaves_a_contributors_work(desk, held, now):
    journey.revoke_role(desk.an, desk.an.pseudonym_id, "coordinator", now=now)

    after = open_duties_of(held, now)
    assert after["claims.Proposal.proposed_by"] == 0
    assert after["claims.Assignment.person"] == 1
    assert held_by(held, now=now).proposed == ()


def test_an_offer_changes_nothing_until_it_is_accepted(desk, held, now):
    hand_over.offer(desk.an, desk.binh.pseudonym_id, now=now)
    assert all(open_duties_of(held, now).values())
    assert hand_over.offered_to(desk.an).name == "Bình Minh"
    hand_over.decline(desk.binh, desk.an.pseudonym_id)
    with pytest.raises(refusals.NothingOffered):
        journey.take_over(desk.binh, desk.an.pseudonym_id, now=now)
    hand_over.offer(desk.an, desk.binh.pseudonym_id, now=now)
    hand_over.offer(desk.an, desk.chi.pseudonym_id, now=now)
    with pytest.raises(refusals.NothingOffered):
        journey.take_over(desk.binh, desk.an.pseudonym_id, now=now)
    hand_over.take_back(desk.an)
    assert hand_over.offered_by(desk.chi) == ()


def test_an_offer_is_forgotten_after_its_days(desk, now):
    hand_over.offer(desk.an, desk.binh.pseudonym_id, now=now)
    forget_old(now=now + timedelta(days=hand_over.OFFER_DAYS))
    assert HandOver.objects.exists()

    forget_old(now=now + timedelta(days=hand_over.OFFER_DAYS, seconds=1))

    assert not HandOver.objects.exists()


def test_only_to_another_coordinator(desk, now):
    writer = desk.person("Vân Sơn")
    for to in (writer.pseudonym_id, desk.an.pseudonym_id, 0):
        with pytest.raises(refusals.NoSuchCoordinator):
            hand_over.offer(desk.an, to, now=now)
    with pytest.raises(refusals.NotForYou):
        hand_over.offer(writer, desk.an.pseudonym_id, now=now)


def test_the_last_coordinator_says_so_before_leaving(desk, now):
    RoleGrant.objects.exclude(account=desk.an.id).delete()

    with pytest.raises(refusals.LastCoordinator):
        journey.leave(desk.an.id, now=now)
    assert Account.objects.filter(pk=desk.an.id).exists()
    journey.leave(desk.an.id, now=now, knows_last=True)

    assert not Account.objects.filter(pk=desk.an.id).exists()
