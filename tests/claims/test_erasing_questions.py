"""Rule 2 in claims: what goes when an asker deletes a question, or its time is over."""

import pytest
from waiting_desk import AN, POWER_CUT, SALT_WATER

from thuchu.desk.claims import reads
from thuchu.desk.claims.forget import let_go, let_go_of_the_lost
from thuchu.desk.claims.models import Claim, ErasedClaim, ForwardDoor, Grouping, Proposal, Translation
from thuchu.desk.claims.wording import reword, take_up, translate
from thuchu.desk.intake.models import Submission
from thuchu.desk.ledger.reads import entries
from thuchu.privacy import scrub

LONG = f"{SALT_WATER}. {POWER_CUT}"


def erase(desk, *numbers):
    let_go(numbers, now=desk.now)
    Submission.objects.filter(pk__in=numbers).delete()


def questions(claim_id):
    return list(Grouping.objects.filter(claim=claim_id).order_by("pk").values_list("submission_id", flat=True))


def test_a_claim_goes_with_the_only_question_whose_words_it_had(desk):
    number = desk.claim(SALT_WATER)

    erase(desk, *questions(number))

    assert not Claim.objects.exists()
    assert reads.claim(number, now=desk.now) is None
    assert reads.was_erased(number)
    assert entries().items[0].kind == "claim.erased"


def test_a_claim_that_others_ask_stays_in_the_words_of_the_oldest_of_them(desk):
    number = desk.claim(SALT_WATER)
    desk.ask(SALT_WATER.upper())
    translate(number, "en", scrub("Salt water kills viruses."), by=AN, now=desk.now)

    erase(desk, questions(number)[0])

    row = desk.row(number)
    assert (row.wording, row.askers) == (SALT_WATER.upper(), 1)
    assert not Translation.objects.exists()


def test_another_asker_leaving_changes_no_words(desk):
    number = desk.claim(SALT_WATER)
    desk.ask(SALT_WATER.upper())

    erase(desk, questions(number)[1])

    assert (desk.row(number).wording, desk.row(number).askers) == (SALT_WATER, 1)


@pytest.mark.parametrize(
    "make_theirs",
    [
        lambda desk, number: reword(number, scrub("Nước muối diệt vi rút."), by=AN, now=desk.now),
        lambda _, number: take_up(number, by=AN),
        lambda desk, number: desk.freeze(number),
    ],
    ids=["reworded", "taken up by a note", "frozen"],
)
def test_words_that_somebody_made_theirs_stay(desk, make_theirs):
    number = desk.claim(SALT_WATER)
    make_theirs(desk, number)

    erase(desk, *questions(number))

    row = desk.row(number)
    assert (row.askers, bool(row.wording)) == (0, True)


def test_a_merged_claim_keeps_its_address_and_loses_its_words(desk):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    desk.merge(one, two)

    erase(desk, Grouping.objects.get(placed_in=one).submission_id)

    view = reads.claim(one, now=desk.now)
    assert (view.wording, view.leads_to) == ("", two)
    assert desk.row(two).askers == 1


def test_a_whole_tree_goes_when_nobody_asks_it_any_more(desk):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    desk.merge(one, two)

    erase(desk, *questions(two))

    assert not Claim.objects.exists()
    assert not Proposal.objects.exists()
    assert set(ErasedClaim.objects.values_list("pk", flat=True)) == {one, two}


def test_a_closed_claim_keeps_its_reason_and_loses_its_words(desk):
    number = desk.claim(SALT_WATER)
    desk.close(number)

    erase(desk, *questions(number))

    view = reads.claim(number, now=desk.now)
    assert (view.wording, view.situation) == ("", "not_a_fact")


def test_nearly_the_same_text_still_finds_its_claim_when_the_first_asker_left(desk):
    number = desk.claim(LONG)
    desk.ask(LONG)
    erase(desk, questions(number)[0])
    assert ForwardDoor.objects.count() == 16

    again = desk.ask("Chuyển tiếp: " + LONG)

    assert again.claim_id == number


def test_no_digest_of_an_erased_question_is_left(desk):
    number = desk.claim(LONG + " https://tin.example/bai/1")
    erase(desk, *questions(number))

    assert not Grouping.objects.exists()
    assert not ForwardDoor.objects.exists()


def test_words_of_a_question_that_went_by_another_way_are_found_and_erased(desk):
    number = desk.claim(SALT_WATER)
    Submission.objects.all().delete()
    assert desk.row(number).wording == SALT_WATER

    assert let_go_of_the_lost(now=desk.now) == 1
    assert let_go_of_the_lost(now=desk.now) == 0

    assert not Claim.objects.exists()
