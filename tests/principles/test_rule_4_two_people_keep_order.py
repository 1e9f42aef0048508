"""Rule 4: merge, split, closing and withholding need two people; a third decides an appeal; all of it is undone."""

import itertools

import pytest
from django.db import IntegrityError, transaction

from claims.waiting_desk import AN, BINH, CHI, POWER_CUT, SALT_WATER, Desk
from thuchu.desk.claims.appeals import appeal, decide_appeal
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.models import Appeal, Claim, Grouping, Proposal
from thuchu.desk.claims.proposals import confirm, propose_undo
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.split import propose_split
from thuchu.desk.claims.withhold import propose_withhold
from thuchu.desk.claims.wording import mark_answered
from thuchu.desk.ledger.models import Entry
from thuchu.privacy import scrub

WHY = scrub("Để mọi người dễ tìm.")


@pytest.fixture
def desk(db, now):
    return Desk(now)


def proposed(kind, desk):
    """A proposal by An; gives back its number."""
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    by_an = {"by": AN, "now": desk.now}
    if kind == "merge":
        return propose_merge(one, two, WHY, **by_an)
    if kind == "split":
        desk.ask(SALT_WATER)
        return propose_split(one, [Grouping.objects.filter(claim=one).first().submission_id], WHY, **by_an)
    if kind == "withhold":
        desk.freeze(one)
        return propose_withhold(one, "danger", (0, 4), WHY, **by_an)
    return propose_not_checkable(one, "not_a_fact", WHY, has_helpful_note=False, **by_an)


KINDS = ["merge", "split", "withhold", "not_checkable"]


@pytest.mark.parametrize("kind", KINDS)
def test_one_person_alone_changes_nothing(desk, kind):
    number = proposed(kind, desk)
    before = (list(Claim.objects.values_list("state", flat=True)), Entry.objects.count())

    with pytest.raises(ClaimRefused):
        confirm(number, by=AN, now=desk.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=number).update(state="confirmed", confirmed_by=AN, ended_at=desk.now)

    assert (list(Claim.objects.values_list("state", flat=True)), Entry.objects.count()) == before


@pytest.mark.parametrize("kind", KINDS)
def test_two_people_do_it_with_an_entry_and_two_take_it_back(desk, kind):
    number = proposed(kind, desk)
    entries = Entry.objects.count()

    confirm(number, by=BINH, now=desk.now)
    back = propose_undo(number, WHY, by=BINH, now=desk.now)
    with pytest.raises(ClaimRefused):
        confirm(back, by=BINH, now=desk.now)
    confirm(back, by=AN, now=desk.now)

    assert Entry.objects.count() == entries + 2
    assert Proposal.objects.get(pk=number).state == "undone"


@pytest.mark.parametrize("kind", KINDS)
def test_a_third_person_decides_an_appeal_and_nobody_else(desk, kind):
    number = proposed(kind, desk)
    confirm(number, by=BINH, now=desk.now)
    waiting = appeal(number, scrub("Xin xem lại."), by=None, now=desk.now)

    for person in (AN, BINH):
        with pytest.raises(ClaimRefused):
            decide_appeal(waiting, "upheld", scrub("Không."), by=person, now=desk.now)
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.filter(pk=waiting).update(
                decided_by=person, decided_at=desk.now, outcome="upheld", answer="x"
            )
    decide_appeal(waiting, "overturned", scrub("Đúng vậy."), by=CHI, now=desk.now)

    assert Proposal.objects.get(pk=number).state == "undone"


def test_what_is_agreed_is_neither_closed_nor_merged_away_by_anybody(desk):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    desk.freeze(one)
    mark_answered(one, now=desk.now)

    for propose in (
        lambda: propose_not_checkable(one, "not_a_fact", WHY, by=AN, now=desk.now, has_helpful_note=False),
        lambda: propose_merge(one, two, WHY, by=AN, now=desk.now),
    ):
        with pytest.raises(ClaimRefused):
            propose()
    for closed in ("merged", "not_checkable"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=one).update(
                state=closed,
                state_before="answered",
                merged_into=two if closed == "merged" else None,
                closed_reason="" if closed == "merged" else "not_a_fact",
            )


def test_withholding_hides_words_and_never_a_verdict():
    kinds = [{field.name for field in model._meta.get_fields()} for model in (Proposal, Claim)]

    assert not set(itertools.chain(*kinds)) & {"verdict", "status", "hidden", "published"}
