"""What is agreed is published, by rounds alone; what is agreed no more says so."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from test_rounds_of_a_desk import HALF_AN_HOUR, TwoCamps

from thuchu.desk import journey
from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.proposals import propose_undo
from thuchu.desk.ledger.models import Entry
from thuchu.desk.ledger.verify import verify_ledger
from thuchu.desk.library import reads
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.models import FactCheck, PastVersion
from thuchu.desk.library.withdraw import CannotWithdraw, withdraw
from thuchu.desk.notes.rate import rate
from thuchu.desk.publishing.publish import publish
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db


@pytest.fixture
def camps(home, now):
    return TwoCamps(now)


@pytest.fixture
def agreed(camps, now):
    """The same, after two rounds."""
    journey.settle(now=now)
    journey.settle(now=now + HALF_AN_HOUR)
    return camps


def kinds():
    return list(Entry.objects.filter(kind__startswith="fact_check.").order_by("seq").values_list("kind", flat=True))


def turn_against(camps, note, now):
    for person in camps.raters[::2]:
        rate(person, note, "not_helpful", ["notHelpfulIncorrect"], version=1, now=now)


def test_nothing_is_published_by_the_first_round(camps, now):
    journey.settle(now=now)

    assert not FactCheck.objects.exists()


def test_what_was_helpful_for_half_an_hour_is_published_found_and_answers(agreed, now):
    note = agreed.notes[2]
    view = reads.fact_check(name_of(note))

    assert FactCheck.objects.count() == len(agreed.bridging)
    assert (view.note, view.verdict, view.is_answerable, view.disputed) == (note, "false", True, False)
    assert view.citations
    asked = journey.ask(
        "Tin số 2 nói rằng ở phường ccc có chuyện lạ chưa ai kiểm chứng", door="web", page_language="vi", now=now
    )
    assert asked.answer.kind == "answer"
    assert asked.answer.shown[0].fact_check.id == view.id


def test_its_claim_is_answered(agreed, now):
    on = {reads.fact_check(name_of(note)).claim for note in agreed.bridging}

    answered = {claims.claim(number, now=now).state for number in agreed.claims_of(agreed.bridging)}
    others = {claims.claim(number, now=now).state for number in agreed.claims_of(set(agreed.notes) - agreed.bridging)}

    assert answered == {"answered"}
    assert others == {"in_rating"}
    assert len(on) == 3


def test_settling_again_changes_nothing(agreed, now):
    before = Entry.objects.count()

    assert journey.settle(now=now + HALF_AN_HOUR) is None
    assert publish(now=now + 9 * HALF_AN_HOUR) == 0

    assert Entry.objects.count() == before


def test_what_loses_its_agreement_keeps_its_page_and_answers_nobody(agreed, now):
    note, later = agreed.notes[2], now + 2 * HALF_AN_HOUR
    turn_against(agreed, note, later)

    journey.settle(now=later)

    view = reads.fact_check(name_of(note))
    assert (view.state, view.is_answerable) == ("no_longer_agreed", False)
    assert view.id not in reads.fact_checks([view.id])
    asked = journey.ask(
        "Tin số 2 nói rằng ở phường ccc có chuyện lạ chưa ai kiểm chứng", door="web", page_language="vi", now=later
    )
    assert all(shown.fact_check.id != view.id for shown in asked.answer.shown)
    assert claims.claim(*agreed.claims_of({note}), now=later).state == "in_rating"
    assert kinds()[-1] == "fact_check.no_longer_agreed"
    verify_ledger()


def test_it_comes_back_under_the_same_name_when_it_is_agreed_again(agreed, now):
    note, later = agreed.notes[2], now + 2 * HALF_AN_HOUR
    name = name_of(note)
    turn_against(agreed, note, later)
    journey.settle(now=later)
    for person in agreed.raters[::2]:
        rate(person, note, "helpful", ["helpfulClear"], version=1, now=later)
    journey.settle(now=later + HALF_AN_HOUR)
    assert reads.fact_check(name).state == "no_longer_agreed"

    journey.settle(now=later + 2 * HALF_AN_HOUR)

    assert reads.fact_check(name).state == "current"
    assert not PastVersion.objects.exists(), "it said the same all the time"


def test_agreed_notes_with_different_verdicts_are_disputed_and_answer_nobody(camps, now):
    one, other = camps.notes[2], camps.notes[5]
    claim = camps.claims_of({one}).pop()
    third = camps.person("Người viết khác")
    rival = camps.note(
        third, claim, verdict="true", text="Chuyện này có thật, phường đã nói rõ như vậy trong thông báo tuần trước."
    )
    for person in camps.raters:
        camps.rate(person, rival)
    journey.settle(now=now)
    journey.settle(now=now + HALF_AN_HOUR)

    views = [reads.fact_check(name_of(note)) for note in (one, rival)]
    assert [(view.disputed, view.is_answerable) for view in views] == [(True, False)] * 2
    assert reads.fact_check(name_of(other)).is_answerable


def test_nobody_withdraws_what_was_agreed(agreed, now):
    view = reads.fact_check(name_of(agreed.notes[2]))

    with pytest.raises(CannotWithdraw):
        withdraw(view.url, "không thích", now=now)


def test_no_import_touches_what_was_agreed(agreed, now, tmp_path):
    view = reads.fact_check(name_of(agreed.notes[2]))
    path = tmp_path / "records.jsonl"
    path.write_text(
        json.dumps(
            {
                "@type": "ClaimReview",
                "url": view.url,
                "claimReviewed": view.claim,
                "reviewBody": "Có thật.",
                "reviewRating": {"@type": "Rating", "alternateName": "Đúng"},
            }
        ),
        "utf-8",
    )

    *_, progress = journey.take_in(path, publisher="Báo Khác", hosts=(), now=now)

    assert progress.tally.counts["refused"] == 1
    assert "agreed on it" in progress.tally.refusals[0].reason
    assert reads.fact_check(view.id).verdict == "false"


def test_the_database_lets_no_hand_publish(agreed, now):
    """Rule 4: not even who holds the database's door publishes a note that no round agreed on."""
    other = next(note for note in agreed.notes if note not in agreed.bridging)
    row = FactCheck.objects.get(note=agreed.notes[2])

    def as_another():
        row.pk, row.note, row.public_id, row.change, row.claim_digest = None, other, "x" * 12, 999, "y" * 64
        row.save(force_insert=True)

    with pytest.raises(DatabaseError, match="round"), transaction.atomic():
        as_another()
    with pytest.raises(DatabaseError, match="round"), transaction.atomic():
        FactCheck.objects.filter(note=agreed.notes[5]).update(state="no_longer_agreed")


def test_a_withheld_passage_is_withheld_in_what_is_published(agreed, now):
    note = agreed.notes[2]
    view = reads.fact_check(name_of(note))
    passage = view.explanation.split(".")[0]
    agreed.withhold(note, (0, len(passage)))

    journey.settle(now=now + 2 * HALF_AN_HOUR)

    after = reads.fact_check(view.id)
    assert passage not in after.explanation
    assert not any(passage in past.explanation for past in PastVersion.objects.all())
    assert scrub(after.explanation).text == after.explanation


def test_killed_between_round_and_publication_it_is_published_the_next_time(camps, now, monkeypatch):
    journey.settle(now=now)

    class Killed(BaseException):
        """The worker is no more."""

    def killed(**_named):
        raise Killed

    monkeypatch.setattr(journey, "publish", killed)
    with pytest.raises(Killed):
        journey.settle(now=now + HALF_AN_HOUR)
    monkeypatch.undo()
    assert not FactCheck.objects.exists()

    journey.settle(now=now + HALF_AN_HOUR + timedelta(minutes=5))

    assert FactCheck.objects.count() == 3


def test_a_run_with_nothing_to_publish_takes_no_write_lock_and_asks_little(agreed, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as asked:
        assert publish(now=now + HALF_AN_HOUR) == 0

    assert not any("BEGIN" in each["sql"] or "SAVEPOINT" in each["sql"] for each in asked.captured_queries)


def test_a_claim_that_another_was_merged_into_waits_again_when_the_merge_is_undone(camps, now):
    answered, other = camps.claims_of({camps.notes[2]}).pop(), camps.claims_of({camps.notes[0]}).pop()
    one, two = camps._coordinators()
    journey.settle(now=now)
    merge = propose_merge(answered, other, scrub("Cùng một tin."), by=one.pseudonym_id, now=now)
    journey.confirm_act(merge, by=two.pseudonym_id, now=now)
    journey.settle(now=now + HALF_AN_HOUR)
    assert claims.claim(other, now=now).state == "answered"

    undo = propose_undo(merge, scrub("Hai tin khác nhau."), by=one.pseudonym_id, now=now)
    journey.confirm_act(undo, by=two.pseudonym_id, now=now)
    journey.settle(now=now + HALF_AN_HOUR)

    assert claims.claim(other, now=now).state == "in_rating"
    assert claims.claim(answered, now=now).state == "answered"


def test_a_private_matter_takes_with_it_what_was_once_published_of_it(agreed, now):
    """Rule 1: its text is erased at once, in every room."""
    note, later = agreed.notes[2], now + 2 * HALF_AN_HOUR
    claim = agreed.claims_of({note}).pop()
    turn_against(agreed, note, later)
    journey.settle(now=later)
    assert name_of(note)
    one, two = agreed._coordinators()
    reason = scrub("Chuyện riêng một nhà.")
    act = propose_not_checkable(claim, "private", reason, by=one.pseudonym_id, now=later, has_helpful_note=False)

    journey.confirm_act(act, by=two.pseudonym_id, now=later)

    assert name_of(note) is None
