"""Automatic answers are picked by a hash, two different people judge each, and only how many were right stays."""

from collections import Counter
from datetime import date, timedelta

import pytest

from reviews.audit_desk import MONDAY, AuditDesk
from reviews.review_desk import SLUG
from thuchu.desk import journey
from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.intake.erase import delete, erase_texts
from thuchu.desk.intake.models import Submission
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import auditing, freezing, planning, refusals
from thuchu.desk.reviews.models import AuditedAnswer, AuditJudgement, Review
from thuchu.figures.audit import pick
from thuchu.privacy import scrub


@pytest.fixture
def desk(db, home, now):
    return AuditDesk(now)


def test_only_what_was_answered_at_once_is_picked_and_an_entry_says_when(desk):
    desk.answered(5)
    desk.answered(5, kind="suggest")
    desk.answered(5, kind="none")

    desk.keep(MONDAY)

    picked = Submission.objects.filter(pk__in=AuditedAnswer.objects.values("submission"))
    assert [each.told_kind for each in picked] == ["answer"] * 5
    entry = Entry.objects.get(kind="review.audit_drawn")
    assert (entry.subject, entry.body) == (f"review:{SLUG}", '{"until":"2026-11-30"}')


def test_a_week_is_picked_from_once_it_is_over_and_once(desk):
    desk.answered(5)
    desk.keep(date(2026, 11, 29), 23)
    assert not AuditedAnswer.objects.exists()

    for hour in (0, 1, 23):
        desk.keep(MONDAY, hour)
    desk.answered(3, day=MONDAY)
    desk.keep(date(2026, 12, 1))

    assert AuditedAnswer.objects.count() == 5
    assert Entry.objects.filter(kind="review.audit_drawn").count() == 2


def test_at_most_as_many_as_the_quarter_is_old_and_a_hundred_at_its_end(desk):
    # 60 of 92 days are over on the 30th of November.
    desk.answered(150)
    desk.keep(MONDAY)
    assert AuditedAnswer.objects.count() == 66
    first = set(AuditedAnswer.objects.values_list("submission", flat=True))

    desk.answered(70, day=date(2026, 12, 20))
    desk.keep(date(2027, 1, 1))

    last = set(AuditedAnswer.objects.values_list("submission", flat=True))
    assert len(last) == 100
    # Hardly anything that was judged falls out again.
    assert len(first - last) < 15


def test_which_are_picked_follows_from_the_entry_alone(desk):
    desk.answered(300)
    desk.keep(MONDAY)

    numbers = Submission.objects.filter(told_kind="answer").values_list("pk", flat=True)
    salt = bytes(Entry.objects.get(kind="review.audit_drawn").hash).hex()
    assert sorted(AuditedAnswer.objects.values_list("submission", flat=True)) == pick({salt: numbers}, 66)


def test_two_different_people_judge_each_and_nobody_a_third_time(desk):
    desk.answered(1)
    desk.keep(MONDAY)
    number = auditing.next_of(desk.lan).number

    auditing.judge(desk.lan, number, "right")
    with pytest.raises(refusals.AuditOver):
        auditing.judge(desk.lan, number, "wrong")
    assert auditing.next_of(desk.lan) is None
    auditing.judge(desk.hoa, number, "wrong")
    with pytest.raises(refusals.AuditOver):
        auditing.judge(desk.tam, number, "right")

    assert auditing.next_of(desk.tam) is None
    assert auditing.counted(Review.objects.get(slug=SLUG)) == (0, 1)


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [("right", "right", 1), ("right", "wrong", 0), ("right", "cant_tell", 0), ("cant_tell", "cant_tell", 0)],
)
def test_right_is_what_both_found_right(desk, one, other, right):
    desk.answered(1)
    desk.keep(MONDAY)

    desk.judged(desk.lan, one)
    desk.judged(desk.hoa, other)

    assert auditing.counted(desk.review) == (right, 1)


def test_the_count_is_frozen_with_its_interval_and_nothing_else_is_left(desk):
    desk.answered(60)
    # Questions that wait are told as they are: there are enough of them.
    desk.answered(12, kind="none")
    desk.keep(MONDAY)
    assert (desk.judged(desk.lan), desk.judged(desk.hoa)) == (60, 60)
    planning.open_review(desk.an, SLUG, now=desk.at(date(2026, 12, 13)))

    journey.freeze_review(desk.an, SLUG, now=desk.at(date(2027, 1, 5)))

    assert desk.table() == ["60,60"]
    figures = freezing.Figures.read(bytes(desk.review.snapshots.get().content)).figures
    found = next(each for each in figures if (each.key, each.part) == ("false_answers", "audit"))
    assert (found.value, found.ci_high, found.klass) == ("1.00000", "1.00000", "attested")
    assert float(found.ci_low) == pytest.approx(0.94, abs=0.01)
    assert not AuditedAnswer.objects.exists()
    assert not AuditJudgement.objects.exists()


def test_figures_reckoned_again_keep_what_was_judged(desk):
    desk.answered(20)
    desk.answered(12, kind="none")
    desk.keep(MONDAY)
    for person in (desk.lan, desk.hoa):
        desk.judged(person)
    planning.open_review(desk.an, SLUG, now=desk.at(date(2026, 12, 13)))
    journey.freeze_review(desk.an, SLUG, now=desk.at(date(2027, 1, 5)))
    # Attested counts move when a question is erased.
    for submission in Submission.objects.filter(told_kind="answer")[:2]:
        submission.delete()

    freezing.correct(desk.an, SLUG, scrub("Hai câu hỏi đã bị xóa."), now=desk.at(date(2027, 1, 6)))

    assert desk.table() == ["20,20", "20,20"]


def test_a_question_that_is_erased_drops_out(desk):
    tokens = desk.answered(3)
    desk.keep(MONDAY)
    gone, private = auditing.next_of(desk.lan), AuditedAnswer.objects.order_by("pk")[1]

    delete(tokens[0], before=lambda numbers: None)
    erase_texts([private.submission_id])

    assert AuditedAnswer.objects.count() == 2
    for number in (gone.number, private.pk):
        with pytest.raises(refusals.AuditOver):
            auditing.judge(desk.lan, number, "right")
    assert desk.judged(desk.lan) == 1


def test_whoever_leaves_takes_their_words_along(desk):
    desk.answered(4)
    desk.keep(MONDAY)
    desk.judged(desk.lan)

    journey.leave(desk.lan.id, now=desk.now)

    assert not AuditJudgement.objects.exists()
    assert desk.judged(desk.hoa) == desk.judged(desk.tam) == 4


def test_a_review_that_is_cancelled_leaves_nothing_picked(desk):
    desk.answered(4)
    desk.keep(MONDAY)
    desk.judged(desk.lan)

    planning.cancel(desk.an, SLUG, scrub("Bão về đúng hôm đó."), now=desk.now)

    assert not AuditedAnswer.objects.exists()


@pytest.mark.parametrize("word", ["", "false", "right "])
def test_a_word_is_one_of_three(desk, word):
    desk.answered(1)
    desk.keep(MONDAY)

    with pytest.raises(refusals.ChoiceUnknown):
        auditing.judge(desk.lan, auditing.next_of(desk.lan).number, word)


def test_only_people_who_practised_read_what_others_asked(desk):
    desk.answered(1)
    desk.keep(MONDAY)
    new = desk.person("Mới Vào", may_write=False)

    for act in (auditing.next_of, auditing.n_waiting, lambda who: auditing.judge(who, 1, "right")):
        with pytest.raises(NotForYou):
            act(new)
        with pytest.raises(TypeError):
            act("token")


def test_no_entry_tells_who_judged_what(desk):
    desk.answered(4)
    desk.keep(MONDAY)
    before = Entry.objects.count()

    desk.judged(desk.lan)

    assert Entry.objects.count() == before
    assert {field.name for field in AuditJudgement._meta.get_fields()} == {"id", "answer", "judged_by", "word"}


def test_a_quarter_of_weeks_wastes_little_work(desk):
    """Thirteen weeks of the same number of questions: few of those that were picked fall out again."""
    everything = Counter()
    day = date(2026, 10, 2)
    while day < date(2027, 1, 1):
        desk.answered(40, day=day)
        desk.keep(day + timedelta(days=7 - day.weekday()))
        everything.update(AuditedAnswer.objects.values_list("submission", flat=True))
        day += timedelta(days=7)
    desk.keep(date(2027, 1, 1))

    everything.update(AuditedAnswer.objects.values_list("submission", flat=True))
    assert AuditedAnswer.objects.count() == 100
    assert len(everything) <= 130
