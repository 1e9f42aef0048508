"""“This is wrong”: said without a name, answered by two people in public, and no status follows from it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from test_rounds_of_a_desk import HALF_AN_HOUR, TwoCamps

from thuchu.desk import journey
from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.ledger.models import Entry
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.models import FactCheck
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.forget import erase_notes
from thuchu.desk.notes.take_back import withdraw
from thuchu.desk.publishing import reads, refusals, reports
from thuchu.desk.publishing.models import Report, Standing
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db

SAID = "Đoạn hai sai: Bộ Y tế đã nói khác từ tháng trước."
ANSWER = "Chúng tôi đã đọc lại nguồn; đoạn hai nói đúng như vậy."
NOTHING = scrub("")


@pytest.fixture
def agreed(home, now):
    camps = TwoCamps(now)
    journey.settle(now=now)
    journey.settle(now=now + HALF_AN_HOUR)
    return camps


@pytest.fixture
def report(agreed, now):
    return reports.report_note(agreed.notes[2], scrub(SAID), scrub("https://yte.example/khac"), now=now)


def everything_decided():
    rows = Standing.objects.order_by("pk"), FactCheck.objects.order_by("pk")
    return [list(each.values()) for each in rows]


def close(agreed, number, now, outcome="nothing_wrong"):
    reports.answer(agreed.raters[0], number, outcome, scrub(ANSWER), now=now)
    reports.agree(agreed.raters[1], number, now=now)


def test_what_is_said_is_kept_scrubbed_with_a_day_and_a_clock_and_nobody(agreed, now):
    words = scrub(f"{SAID} Gọi tôi 0912345678")

    number = reports.report_note(agreed.notes[2], words, NOTHING, now=now)

    view = reads.report(number, now=now)
    assert "0912345678" not in view.words
    assert (view.received_on, view.due_on) == (now.date(), now.date() + timedelta(days=14))
    assert (view.state, view.is_overdue) == ("waits", False)
    assert reads.report(number, now=now + timedelta(days=15)).is_overdue
    columns = {field.name for field in Report._meta.get_fields()}
    assert not columns & {"asker", "by", "ip", "line", "session", "received_at"}
    entry = Entry.objects.latest("seq")
    assert (entry.kind, entry.subject) == ("report.received", f"report:{number}")
    assert "sai" not in entry.body


def test_a_report_on_what_was_agreed_is_about_its_note(agreed, now):
    number = reports.report_fact_check(name_of(agreed.notes[2]), scrub(SAID), NOTHING, now=now)

    assert reads.report(number, now=now).note == agreed.notes[2]


def test_two_people_close_it_and_no_status_changes(agreed, report, now):
    before = everything_decided()

    close(agreed, report, now)

    view = reads.report(report, now=now)
    assert (view.state, view.outcome, view.answer) == ("closed", "nothing_wrong", ANSWER)
    assert everything_decided() == before
    assert Entry.objects.latest("seq").kind == "report.closed"


def test_what_two_people_answered_stays(agreed, report, now):
    close(agreed, report, now)

    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        Report.objects.filter(pk=report).update(answer="Khác")


@pytest.mark.parametrize("outcome", ["note_edited", "note_written", "note_withdrawn", "withheld"])
def test_an_outcome_that_did_not_happen_is_none(agreed, report, now, outcome):
    with pytest.raises(refusals.OutcomeUntrue):
        reports.answer(agreed.raters[0], report, outcome, scrub(ANSWER), now=now)


def test_an_outcome_that_happened_is_one(agreed, report, now):
    edit(
        agreed.writers[2], agreed.notes[2], agreed.draft("Nay đoạn hai đã sửa theo nguồn mới của Bộ Y tế rồi."), now=now
    )
    close(agreed, report, now, "note_edited")
    other = reports.report_note(agreed.notes[2], scrub(SAID), NOTHING, now=now)
    withdraw(agreed.writers[2], agreed.notes[2], now=now)
    close(agreed, other, now, "note_withdrawn")

    assert reads.report(other, now=now).outcome == "note_withdrawn"


def test_one_person_is_not_two_and_the_author_is_neither(agreed, report, now):
    author, first = agreed.writers[2], agreed.raters[0]
    with pytest.raises(refusals.SamePerson):
        reports.answer(author, report, "nothing_wrong", scrub(ANSWER), now=now)
    with pytest.raises(NotForYou):
        reports.answer(agreed.person("Khách", may_write=False), report, "nothing_wrong", scrub(ANSWER), now=now)
    reports.answer(first, report, "nothing_wrong", scrub(ANSWER), now=now)
    for person in (first, author):
        with pytest.raises(refusals.SamePerson):
            reports.agree(person, report, now=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report).update(confirmed_by=first.pseudonym_id, closed_at=now)


def test_who_does_not_agree_lets_it_wait_again(agreed, report, now):
    reports.answer(agreed.raters[0], report, "nothing_wrong", scrub(ANSWER), now=now)
    with pytest.raises(refusals.AnswerMoved):
        reports.answer(agreed.raters[2], report, "nothing_wrong", scrub(ANSWER), now=now)

    reports.disagree(agreed.raters[1], report)

    assert reads.report(report, now=now).state == "waits"
    with pytest.raises(refusals.AnswerMoved):
        reports.agree(agreed.raters[1], report, now=now)


@pytest.mark.parametrize(
    ("words", "address", "refusal"),
    [
        ("Sai", "", refusals.WordsWanted),
        ("a" * 2_001, "", refusals.WordsTooLong),
        (SAID, "yte.example", refusals.AddressWrong),
        (SAID, "javascript:alert(1)", refusals.AddressWrong),
        (SAID, "https://facebook.com/nguyen.van.a.1987", refusals.AddressWrong),
        (SAID, "https://yte.example/" + "a" * 500, refusals.AddressWrong),
    ],
)
def test_what_can_not_be_used_is_refused_with_a_next_step(agreed, now, words, address, refusal):
    with pytest.raises(refusal):
        reports.report_note(agreed.notes[2], scrub(words), scrub(address), now=now)
    assert not Report.objects.exists()


def test_nobody_buries_a_note_under_reports(agreed, now):
    for _ in range(reports.WAITING_MAX):
        reports.report_note(agreed.notes[2], scrub(SAID), NOTHING, now=now)

    with pytest.raises(refusals.ReportsEnough):
        reports.report_note(agreed.notes[2], scrub(SAID), NOTHING, now=now)
    assert reports.report_note(agreed.notes[5], scrub(SAID), NOTHING, now=now)


def test_what_was_said_is_erased_and_what_became_of_it_stays(agreed, report, now):
    close(agreed, report, now)

    assert reports.erase_words(keep_days=180, now=now + timedelta(days=180)) == 0
    assert reports.erase_words(keep_days=180, now=now + timedelta(days=181)) == 1

    view = reads.report(report, now=now)
    assert (view.words, view.address, view.answer) == ("", "", ANSWER)


def test_a_report_goes_with_a_private_matter(agreed, report, now):
    erase_notes(list(agreed.claims_of({agreed.notes[2]})), now=now)

    assert reads.report(report, now=now) is None


def test_the_register_shows_what_waits_first_and_counts_what_is_overdue(agreed, report, now):
    close(agreed, report, now)
    second = reports.report_note(agreed.notes[5], scrub(SAID), NOTHING, now=now)
    third = reports.report_note(agreed.notes[8], scrub(SAID), NOTHING, now=now + timedelta(days=3))

    page = reads.reports(now=now + timedelta(days=15))

    assert [each.number for each in page.items] == [second, third, report]
    assert (page.waiting, page.overdue, page.closed) == (2, 1, 1)
