"""Merge, split, close, withhold: two people, a public reason, and a way back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from waiting_desk import AN, BINH, CAT, CHI, DUNG, POWER_CUT, SALT_WATER

from thuchu.desk.claims import reads
from thuchu.desk.claims.appeals import APPEALS_OF_AN_ACT_MAX, appeal, decide_appeal
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.models import Appeal, Claim, ForwardDoor, Grouping, Proposal, Translation
from thuchu.desk.claims.proposals import confirm, decline, propose_undo, take_back
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.split import propose_split
from thuchu.desk.claims.withheld import withheld_in
from thuchu.desk.claims.withhold import WITHHOLD_DAYS, propose_withhold
from thuchu.desk.claims.wording import mark_answered, translate
from thuchu.desk.intake.erase import ERASED_TEXT
from thuchu.desk.intake.models import Submission
from thuchu.desk.ledger.append import digest
from thuchu.desk.ledger.reads import entries
from thuchu.privacy import scrub

WHY = "Hai câu này là một."


def last_entry():
    return entries().items[0]


def refused(code, call, *values, **named):
    with pytest.raises(ClaimRefused) as found:
        call(*values, **named)
    assert found.value.code == code
    return found.value


def test_a_merge_leads_the_questions_and_keeps_both_addresses(desk):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)

    act = desk.merge(one, two)

    old, new = reads.claim(one, now=desk.now), reads.claim(two, now=desk.now)
    assert (old.situation, old.leads_to, old.closed_why) == ("merged", two, WHY)
    assert (new.merged_here, new.askers) == ((one,), 2)
    entry = last_entry()
    assert (entry.kind, entry.subject) == ("claim.merged", f"claim:{one}")
    assert entry.body == {
        "into": two,
        "proposal": act,
        "by": AN,
        "confirmed_by": BINH,
        "reason_digest": digest(WHY),
    }


def test_an_undone_merge_gives_back_also_what_was_asked_meanwhile(desk):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    act = desk.merge(one, two)
    assert desk.ask(SALT_WATER).claim_id == two

    desk.undo(act)

    assert (desk.row(one).askers, desk.row(two).askers) == (2, 1)
    assert desk.row(one).state == "open"
    assert last_entry().kind == "claim.merge_undone"


def test_merges_come_apart_in_any_order(desk):
    one, two, three = desk.claim(SALT_WATER), desk.claim(POWER_CUT), desk.claim(CAT)
    first = desk.merge(one, two)
    second = desk.merge(two, three)
    assert reads.claim(one, now=desk.now).leads_to == three

    desk.undo(first)
    assert [desk.row(number).askers for number in (one, two, three)] == [1, 0, 2]

    desk.undo(second)
    assert [desk.row(number).askers for number in (one, two, three)] == [1, 1, 1]


def test_nothing_is_merged_in_a_circle_or_into_what_is_merged(desk):
    one, two, three = desk.claim(SALT_WATER), desk.claim(POWER_CUT), desk.claim(CAT)
    desk.merge(one, two)

    refused("claim_is_closed", propose_merge, two, one, scrub(WHY), by=AN, now=desk.now)
    refused("claim_is_closed", propose_merge, three, one, scrub(WHY), by=AN, now=desk.now)
    refused("same_claim", propose_merge, two, two, scrub(WHY), by=AN, now=desk.now)


def test_a_split_gives_the_chosen_questions_a_claim_of_their_own(desk):
    one = desk.claim(SALT_WATER)
    other = desk.claim(POWER_CUT)
    desk.merge(other, one)
    question = Grouping.objects.get(placed_in=other).submission_id

    act = desk.split(one, [question])

    fresh = Proposal.objects.get(pk=act).other
    assert (fresh.wording, fresh.askers, desk.row(one).askers) == (POWER_CUT, 1, 1)
    assert desk.ask(POWER_CUT).claim_id == fresh.pk
    assert last_entry().kind == "claim.split"


def test_an_undone_split_leads_back(desk):
    one = desk.claim(SALT_WATER)
    desk.merge(desk.claim(POWER_CUT), one)
    question = Grouping.objects.filter(claim=one).latest("pk").submission_id
    act = desk.split(one, [question])
    fresh = Proposal.objects.get(pk=act).other_id

    desk.undo(act)

    assert reads.claim(fresh, now=desk.now).leads_to == one
    assert desk.row(one).askers == 2


def test_a_split_moves_some_questions_never_all_or_anothers(desk):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    mine, others = (list(Grouping.objects.filter(claim=c).values_list("submission_id", flat=True)) for c in (one, two))

    refused("all_questions", propose_split, one, mine, scrub(WHY), by=AN, now=desk.now)
    refused("no_such_question", propose_split, one, others, scrub(WHY), by=AN, now=desk.now)
    refused("no_such_question", propose_split, one, [], scrub(WHY), by=AN, now=desk.now)


def test_words_that_were_a_moved_questions_stay_with_it(desk):
    one = desk.claim(SALT_WATER)
    other = desk.claim(POWER_CUT)
    desk.merge(other, one)
    first = Grouping.objects.get(placed_in=one).submission_id

    desk.split(one, [first])

    assert desk.row(one).wording == POWER_CUT


def test_an_opinion_is_closed_kindly_and_opened_again(desk):
    number = desk.claim(SALT_WATER)

    act = desk.close(number)

    view = reads.claim(number, now=desk.now)
    assert (view.situation, view.appealable, view.wording) == ("not_a_fact", act, SALT_WATER)
    assert last_entry().body["reason"] == "not_a_fact"
    desk.undo(act)
    assert reads.claim(number, now=desk.now).situation == "waiting"


def test_a_private_matters_text_is_gone_at_once_everywhere(desk):
    number, merged = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    translate(number, "en", scrub("Salt water kills viruses."), by=AN, now=desk.now)
    desk.merge(merged, number)

    desk.close(number, "private")

    assert set(Claim.objects.values_list("wording", flat=True)) == {""}
    assert set(Submission.objects.values_list("text", flat=True)) == {ERASED_TEXT}
    assert not Translation.objects.exists()
    assert not ForwardDoor.objects.exists()
    assert set(Grouping.objects.values_list("text_digest", flat=True)) == {""}
    assert reads.claim_of_question(Submission.objects.first().pk).situation == "private"


def test_frozen_words_go_too_where_they_were_merged_into_a_private_matter(desk):
    number, middle, below = desk.claim(SALT_WATER), desk.claim(POWER_CUT), desk.claim(CAT)
    for frozen in (below, middle):
        desk.freeze(frozen)
    desk.merge(below, middle)
    desk.merge(middle, number)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Claim.objects.filter(pk=below).update(wording="")

    desk.close(number, "private")

    assert set(Claim.objects.values_list("wording", flat=True)) == {""}


def test_a_private_claim_opens_again_only_with_new_words(desk):
    number = desk.claim(SALT_WATER)
    act = desk.close(number, "private")

    refused("words_are_wanted", desk.undo, act)
    Proposal.objects.filter(undoes=act).delete()
    desk.undo(act, "Uống nước muối loãng diệt vi rút.")

    row = desk.row(number)
    assert (row.state, row.wording, row.wording_by) == ("open", "Uống nước muối loãng diệt vi rút.", CHI)


def test_what_has_a_helpful_note_is_neither_closed_nor_merged_away(desk):
    number, other = desk.claim(SALT_WATER), desk.claim(POWER_CUT)

    for call in (
        lambda: propose_not_checkable(number, "not_a_fact", scrub(WHY), by=AN, now=desk.now, has_helpful_note=True),
        lambda: propose_merge(number, other, scrub(WHY), by=AN, now=desk.now, has_helpful_note=True),
    ):
        assert refused("has_helpful_note", call).rule == 4
    waiting = propose_not_checkable(number, "not_a_fact", scrub(WHY), by=AN, now=desk.now, has_helpful_note=False)
    refused("has_helpful_note", confirm, waiting, by=BINH, now=desk.now, has_helpful_note=True)
    desk.freeze(number)
    mark_answered(number, now=desk.now)
    refused("claim_is_answered", confirm, waiting, by=BINH, now=desk.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=number).update(
            state="not_checkable", state_before="answered", closed_reason="not_a_fact"
        )


def test_one_person_cannot_be_two(desk):
    number = desk.claim(SALT_WATER)
    waiting = propose_not_checkable(number, "not_a_fact", scrub(WHY), by=AN, now=desk.now, has_helpful_note=False)

    assert refused("same_person", confirm, waiting, by=AN, now=desk.now).rule == 4
    refused("same_person", decline, waiting, by=AN, now=desk.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=waiting).update(state="confirmed", confirmed_by=AN, ended_at=desk.now)

    assert desk.row(number).state == "open"


def test_what_is_declined_or_taken_back_does_nothing_and_ends(desk):
    number = desk.claim(SALT_WATER)
    for end, who, state in ((decline, BINH, "declined"), (take_back, AN, "taken_back")):
        waiting = propose_not_checkable(number, "not_a_fact", scrub(WHY), by=AN, now=desk.now, has_helpful_note=False)
        refused(
            "already_proposed",
            propose_not_checkable,
            number,
            "private",
            scrub(WHY),
            by=BINH,
            now=desk.now,
            has_helpful_note=False,
        )

        end(waiting, by=who, now=desk.now)

        assert reads.proposal(waiting).state == state
        refused("already_ended", confirm, waiting, by=CHI, now=desk.now)
    assert desk.row(number).state == "open"


def test_what_was_undone_is_not_undone_twice(desk):
    act = desk.close(desk.claim(SALT_WATER))
    desk.undo(act)

    refused("not_in_effect", propose_undo, act, scrub(WHY), by=AN, now=desk.now)


def test_a_withheld_passage_is_hidden_for_thirty_days_and_nothing_else(desk):
    number = desk.claim("Ông Tư bán vé số ở đầu hẻm lừa tiền mọi người trong xóm phải không")
    desk.freeze(number)
    waiting = propose_withhold(number, "doxxing", (0, 6), scrub("Tên một người."), by=AN, now=desk.now)

    confirm(waiting, by=BINH, now=desk.now)

    view = reads.claim(number, now=desk.now)
    assert view.wording == "[…] bán vé số ở đầu hẻm lừa tiền mọi người trong xóm phải không"
    assert view.state == "in_rating"
    assert view.withheld[0].until == desk.now + timedelta(days=WITHHOLD_DAYS)
    after = desk.now + timedelta(days=WITHHOLD_DAYS)
    assert reads.claim(number, now=after).wording.startswith("Ông Tư")


def test_a_court_order_is_published_with_what_it_hides(desk):
    number = desk.claim(SALT_WATER)
    desk.freeze(number)
    refused("court_order_is_wanted", propose_withhold, number, "court_order", (0, 3), scrub(WHY), by=AN, now=desk.now)

    waiting = propose_withhold(
        number, "court_order", (0, 3), scrub(WHY), court_order=scrub("Quyết định số 12"), by=AN, now=desk.now
    )
    confirm(waiting, by=BINH, now=desk.now)

    assert reads.claim(number, now=desk.now).withheld[0].court_order == "Quyết định số 12"


def test_other_rooms_read_what_is_withheld_of_theirs(desk):
    number = desk.claim(SALT_WATER)
    waiting = propose_withhold(number, "danger", (2, 9), scrub(WHY), subject="note:7", by=AN, now=desk.now)
    confirm(waiting, by=BINH, now=desk.now)

    found = withheld_in(["note:7", "note:8"], now=desk.now)
    desk.undo(waiting)

    assert [(passage.start, passage.end) for passage in found["note:7"]] == [(2, 9)]
    assert "note:8" not in found
    assert withheld_in(["note:7"], now=desk.now) == {}
    assert reads.claim(number, now=desk.now).wording == SALT_WATER


@pytest.mark.parametrize("passage", [(3, 3), (-1, 2), (0, 10_000)])
def test_a_passage_that_is_none_is_refused(desk, passage):
    number = desk.claim(SALT_WATER)
    desk.freeze(number)

    refused("wrong_passage", propose_withhold, number, "danger", passage, scrub(WHY), by=AN, now=desk.now)


def test_a_third_person_decides_an_appeal_and_overturning_undoes(desk):
    number = desk.claim(SALT_WATER)
    act = desk.close(number)
    waiting = appeal(act, scrub("Trong tin có một con số kiểm chứng được."), by=None, now=desk.now)
    assert [each.id for each in reads.appeals_waiting()] == [waiting]

    for person in (AN, BINH):
        refused("same_person", decide_appeal, waiting, "overturned", scrub("Đúng."), by=person, now=desk.now)
        with pytest.raises(IntegrityError), transaction.atomic():
            Appeal.objects.filter(pk=waiting).update(
                decided_by=person, decided_at=desk.now, outcome="upheld", answer="Không."
            )
    decide_appeal(waiting, "overturned", scrub("Đúng là có con số."), by=CHI, now=desk.now)

    assert desk.row(number).state == "open"
    assert [entry.kind for entry in entries().items[:3]] == [
        "claim.closing_undone",
        "claim.appeal_decided",
        "claim.appealed",
    ]


def test_an_upheld_appeal_changes_nothing_and_there_are_two_at_most(desk):
    number = desk.claim(SALT_WATER)
    act = desk.close(number)
    for _ in range(APPEALS_OF_AN_ACT_MAX):
        waiting = appeal(act, scrub("Xin xem lại."), by=DUNG, now=desk.now)
        refused("already_appealed", appeal, act, scrub("Xin xem lại."), by=None, now=desk.now)
        refused("same_person", decide_appeal, waiting, "upheld", scrub("Không."), by=DUNG, now=desk.now)
        decide_appeal(waiting, "upheld", scrub("Câu này là ý kiến."), by=CHI, now=desk.now)

    refused("too_many", appeal, act, scrub("Xin xem lại."), by=DUNG, now=desk.now)
    assert desk.row(number).state == "not_checkable"


def test_an_appeal_names_the_two_people_of_the_act_whoever_writes(desk):
    act = desk.close(desk.claim(SALT_WATER))

    with pytest.raises(IntegrityError, match="two people"), transaction.atomic():
        Appeal.objects.create(proposal_id=act, words="x", at=desk.now, first_person=CHI, second_person=DUNG)


@pytest.mark.parametrize("code", ["opinion", "satire", "", "NOT_A_FACT"])
def test_a_reason_that_is_not_one_of_the_two_is_refused(desk, code):
    number = desk.claim(SALT_WATER)

    found = refused(
        "wrong_code", propose_not_checkable, number, code, scrub(WHY), by=AN, now=desk.now, has_helpful_note=False
    )

    assert found.rule == 1
