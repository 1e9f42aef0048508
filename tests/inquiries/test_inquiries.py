"""A question to an organisation: drafted, sent, followed, answered, and never a verdict."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from inquiries.asking_desk import ANSWER, FRIDAY, MONDAY_AFTER, QUESTION, AskingDesk
from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.inquiries import reads, refusals
from thuchu.desk.inquiries.drafting import Draft, drop, redraft
from thuchu.desk.inquiries.following import acknowledge, extend, withdraw
from thuchu.desk.inquiries.guards import install_guards, missing_guards
from thuchu.desk.inquiries.models import Inquiry, InquiryAnswer, InquiryClaim, InquiryStep
from thuchu.desk.inquiries.sending import Sent, send
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews.organisations import end_organisation
from thuchu.privacy import scrub

WHY = scrub("Công văn số 12 ngày 24/11 của nhà trường.")


def kinds():
    return [kind for kind in Entry.objects.order_by("seq").values_list("kind", flat=True) if "inquiry" in kind]


def test_a_draft_is_no_entry_and_nobody_sees_it(desk):
    number = desk.draft()

    assert kinds() == []
    assert reads.inquiry(number, now=desk.now) is None
    assert reads.inquiry(number, now=desk.now, with_drafts=True).timeliness == "drafted"
    assert reads.inquiries(now=desk.now).items == ()
    drop(desk.an, number)
    assert not Inquiry.objects.exists()


def test_a_question_that_was_sent_is_due_five_working_days_later_and_shows_the_count(desk):
    number = desk.sent()

    view = reads.inquiry(number, now=desk.now)
    assert (view.sent_on, view.due_on, view.timeliness) == (FRIDAY, date(2026, 11, 27), "waiting")
    (step,) = view.steps
    assert [(each.day.day, each.number, each.why) for each in step.counted] == [
        (21, 0, "weekend"),
        (22, 0, "weekend"),
        (23, 1, ""),
        (24, 2, ""),
        (25, 3, ""),
        (26, 4, ""),
        (27, 5, ""),
    ]
    entry = Entry.objects.get(kind="inquiry.sent")
    assert entry.subject == f"inquiry:{number}"
    assert '"due":"2026-11-27","due_rule":"desk:5:working"' in entry.body
    assert "Trường" not in entry.body


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ({"rule": "law_at_hand", "days": 40}, date(2026, 11, 27)),
        ({"rule": "law"}, date(2026, 12, 11)),
        ({"days": 10, "unit": "calendar"}, date(2026, 11, 30)),
        ({"days": 8, "unit": "calendar"}, date(2026, 11, 30)),
    ],
)
def test_the_law_has_its_own_days_and_a_desk_chooses(desk, rule, due):
    assert reads.inquiry(desk.sent(**rule), now=desk.now).due_on == due


def test_a_calendar_that_changes_moves_no_day_that_was_reckoned(desk, tmp_path):
    from thuchu.desk.inquiries.calendars import load_holidays

    number = desk.sent()
    before = reads.inquiry(number, now=desk.now)
    path = tmp_path / "own.csv"
    path.write_text("date,kind,basis,name_vi,name_en\n2026-11-25,holiday,fixed,Ngày hội,A feast\n", "utf-8")

    load_holidays(path, now=desk.now)

    assert reads.inquiry(number, now=desk.now) == before
    assert reads.inquiry(desk.sent(before.organisation.id), now=desk.now).due_on == date(2026, 11, 30)


def test_silence_is_so_many_days_and_nothing_else(desk):
    number = desk.sent()

    view = reads.inquiry(number, now=MONDAY_AFTER)
    assert (view.timeliness, view.days_waited, view.days_late, view.state) == ("overdue", 10, 3, "sent")
    # The last minute of the due day in Viet Nam, and the first of the next.
    assert reads.inquiry(number, now=datetime(2026, 11, 27, 16, 59, 59, tzinfo=UTC)).timeliness == "waiting"
    assert reads.inquiry(number, now=datetime(2026, 11, 27, 17, tzinfo=UTC)).timeliness == "overdue"


def test_an_organisation_says_that_it_has_it_and_takes_longer_once(desk):
    number = desk.sent()
    acknowledge(desk.an, number, on=date(2026, 11, 23), now=desk.now)

    due = extend(desk.an, number, 10, "working", WHY, on=date(2026, 11, 24), now=desk.now)

    assert due == date(2026, 12, 11)
    view = reads.inquiry(number, now=desk.now)
    assert (view.state, view.due_on) == ("extended", due)
    assert [step.kind for step in view.steps] == ["sent", "acknowledged", "extended"]
    assert view.steps[0].due_on == date(2026, 11, 27)
    assert view.steps[2].counted_from == date(2026, 11, 27)
    with pytest.raises(refusals.StepTaken):
        extend(desk.an, number, 1, "working", WHY, on=date(2026, 11, 24), now=desk.now)
    assert kinds() == ["inquiry.sent", "inquiry.acknowledged", "inquiry.extended"]


def test_nobody_takes_longer_than_the_law_lets_them_or_after_the_day(desk):
    number = desk.sent(on=date(2026, 11, 10))

    with pytest.raises(refusals.DaysWrong):
        extend(desk.an, number, 16, "calendar", WHY, on=date(2026, 11, 16), now=desk.now)
    with pytest.raises(refusals.DayWrong):
        extend(desk.an, number, 5, "working", WHY, on=date(2026, 11, 18), now=desk.now)


def test_an_answer_is_kept_in_its_own_words_without_anybodys_number(desk):
    document = desk.notes.evidence("Trường không cho học sinh nghỉ ngày 27/11.")
    number = desk.sent()

    desk.answered(
        number, words=ANSWER + " Gọi 0912 345 678 gặp văn thư.", document=document, signed_as="Phòng Hành chính"
    )

    (answer,) = reads.inquiry(number, now=desk.now).answers
    assert answer.quoted.startswith(ANSWER)
    assert "0912" not in answer.quoted
    assert (answer.document.number, answer.signed_as, answer.is_late) == (document, "Phòng Hành chính", False)
    entry = Entry.objects.get(kind="inquiry.answered")
    assert '"outcome":"answered"' in entry.body
    assert "Nhà trường" not in entry.body


def test_an_answer_after_the_day_is_late_and_stays_so(desk):
    number = desk.sent()

    desk.answered(number, on=date(2026, 11, 30), now=MONDAY_AFTER)
    desk.answered(number, "partly_answered", on=date(2026, 11, 30), words="Bổ sung: xem trang 2.", now=MONDAY_AFTER)

    view = reads.inquiry(number, now=MONDAY_AFTER + timedelta(days=50))
    assert (view.timeliness, view.days_late, view.state) == ("late", 3, "partly_answered")
    assert [answer.outcome for answer in view.answers] == ["answered", "partly_answered"]


def test_the_same_answer_sent_twice_is_one(desk):
    number = desk.sent()

    assert desk.answered(number) == desk.answered(number)

    assert kinds().count("inquiry.answered") == 1


def test_a_question_may_be_taken_back_until_there_is_an_answer(desk):
    one, two = desk.sent(), desk.sent(desk.organisation("Sở Y tế", "Department of Health"))

    withdraw(desk.an, one, scrub("Trường đã tự thông báo trước khi nhận thư."), now=desk.now)
    desk.answered(two)

    assert reads.inquiry(one, now=MONDAY_AFTER).timeliness == "withdrawn"
    with pytest.raises(refusals.StepTaken):
        withdraw(desk.an, two, WHY, now=desk.now)
    with pytest.raises(refusals.StepTaken):
        desk.answered(one)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"organisation": 999}, refusals.OrganisationWanted),
        ({"question": scrub("Sao?")}, refusals.WordsWanted),
        ({"question": scrub("Có không? " * 500)}, refusals.WordsTooLong),
        ({"office": scrub("Ông Nguyễn Văn An")}, refusals.OfficeNotPerson),
        ({"office": scrub("Văn thư, 0912345678")}, refusals.OfficeNotPerson),
        ({"claims": [999]}, refusals.ClaimUnknown),
        ({"claims": list(range(1, 12))}, refusals.TooManyClaims),
        ({"area": "atlantis"}, refusals.PlaceUnknown),
        ({"event": 999}, refusals.PlaceUnknown),
    ],
)
def test_a_draft_that_cannot_be_says_why(desk, said, refusal):
    number = desk.draft()
    whole = {"organisation": Inquiry.objects.get().organisation_id, "office": scrub(""), "question": scrub(QUESTION)}

    with pytest.raises(refusal):
        redraft(desk.an, number, Draft(**(whole | said)), now=desk.now)


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        ({"how": "pigeon"}, refusals.ChoiceWanted),
        ({"rule": "mine"}, refusals.ChoiceWanted),
        ({"days": 0}, refusals.DaysWrong),
        ({"days": 61}, refusals.DaysWrong),
        ({"on": date(2026, 11, 25)}, refusals.DayWrong),
        ({"on": date(2026, 1, 25)}, refusals.DayWrong),
        ({"on": date(1, 1, 1)}, refusals.DayWrong),
    ],
)
def test_a_sending_that_cannot_be_says_why(desk, sent, refusal):
    number = desk.draft()

    with pytest.raises(refusal):
        send(desk.an, number, Sent(**({"on": FRIDAY, "how": "mail"} | sent)), now=desk.now)

    assert Inquiry.objects.get().state == "drafted"


def test_without_the_years_holidays_nothing_is_reckoned(db):
    desk = AskingDesk(datetime(2027, 12, 28, tzinfo=UTC))

    with pytest.raises(refusals.CalendarMissing, match="2028"):
        desk.sent(on=date(2027, 12, 28))


def test_an_organisation_that_ended_is_asked_nothing(desk):
    number = desk.draft()
    end_organisation(desk.an, Inquiry.objects.get().organisation_id, now=desk.now)

    with pytest.raises(refusals.OrganisationWanted):
        send(desk.an, number, Sent(on=FRIDAY, how="mail"), now=desk.now)


def test_only_coordinators_ask_in_the_desks_name(desk):
    writer = desk.notes.person("Vân Sơn")
    number = desk.draft()

    with pytest.raises(NotForYou):
        send(writer, number, Sent(on=FRIDAY, how="mail"), now=desk.now)
    with pytest.raises(TypeError, match="AccountView"):
        send("a token", number, Sent(on=FRIDAY, how="mail"), now=desk.now)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: Inquiry.objects.update(question="Đổi rồi"), "keeps its words"),
        (lambda: Inquiry.objects.update(question=""), "keeps its words|inquiry_asks_something"),
        (lambda: Inquiry.objects.update(sent_on=date(2026, 11, 1)), "stays as it was sent"),
        (lambda: Inquiry.objects.update(due_rule="law"), "stays as it was sent"),
        (lambda: Inquiry.objects.update(state="drafted"), "cannot take this step|is_due"),
        (lambda: Inquiry.objects.update(state="sent"), "cannot take this step"),
        (lambda: InquiryClaim.objects.create(inquiry=Inquiry.objects.get(), claim_id=1), "stays as it was sent"),
        (lambda: InquiryStep.objects.update(happened_on=date(2026, 11, 1)), "step of an inquiry stays"),
        (lambda: InquiryStep.objects.update(counted=[]), "step of an inquiry stays"),
        (lambda: InquiryStep.objects.update(words="khác"), "step of an inquiry stays"),
        (lambda: InquiryStep.objects.all().delete(), "step of an inquiry stays"),
        (lambda: InquiryAnswer.objects.update(quoted="khác"), "answer stays"),
        (lambda: InquiryAnswer.objects.update(outcome="refused"), "answer stays"),
        (lambda: InquiryAnswer.objects.all().delete(), "answer stays"),
        (lambda: Inquiry.objects.create(organisation_id=1, question="?", state="answered"), "begins as a draft"),
    ],
)
def test_the_database_itself_keeps_what_was_sent_and_what_came(desk, change, said):
    desk.notes.claim()
    desk.answered(desk.sent())

    with pytest.raises(DatabaseError, match=said), transaction.atomic():
        change()


def test_a_question_that_was_sent_is_never_deleted(desk):
    desk.sent()

    with pytest.raises(DatabaseError), transaction.atomic():
        Inquiry.objects.all()._raw_delete("default")


def test_the_guards_are_put_back_where_they_are_missing(desk):
    from django.db import connection

    with connection.cursor() as cursor:
        on_table = "" if connection.vendor == "sqlite" else " ON inquiries_inquiryanswer"
        cursor.execute(f"DROP TRIGGER inquiries_answers_stay{on_table}")
    assert missing_guards() == ["inquiries_answers_stay"]
    install_guards()
    assert missing_guards() == []


def test_the_table_is_in_the_order_of_the_alphabet_whoever_is_late(desk):
    names = ("Ủy ban nhân dân xã", "Điện lực", "Đài khí tượng", "Công an xã", "Dược phẩm", "Ấp Bắc", "An Giang")
    for name in names:
        desk.sent(desk.organisation(name, name))

    listed = [view.organisation.name_vi for view in reads.inquiries(now=desk.now).items]

    assert listed == [
        "An Giang",
        "Ấp Bắc",
        "Công an xã",
        "Dược phẩm",
        "Đài khí tượng",
        "Điện lực",
        "Ủy ban nhân dân xã",
    ]


def test_a_periods_counts_add_up_and_know_nothing_of_later(desk):
    school, health = desk.organisation(), desk.organisation("Sở Y tế", "Department of Health")
    desk.answered(desk.sent(school))
    desk.answered(desk.sent(school), on=date(2026, 11, 30), now=MONDAY_AFTER)
    desk.answered(desk.sent(school, on=date(2026, 11, 16)), on=date(2026, 11, 24))
    for outcome in ("partly_answered", "refused", "not_held"):
        desk.answered(desk.sent(health), outcome)
    withdraw(desk.an, desk.sent(health), WHY, now=desk.now)
    desk.sent(health, on=date(2026, 11, 2))

    found = reads.of_period(date(2026, 11, 10), date(2026, 11, 28), now=MONDAY_AFTER)

    one, other = found
    assert one.organisation.id == health
    assert (one.sent, one.on_time, one.late, one.partly, one.refused, one.not_held, one.no_answer, one.withdrawn) == (
        4,
        0,
        0,
        1,
        1,
        1,
        0,
        1,
    )
    assert (other.sent, other.on_time, other.late, other.no_answer) == (3, 1, 1, 1)
