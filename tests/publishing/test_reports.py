"""“This is wrong”: said without a name, answered by two people in public, and no status follows from it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from test_rounds_of_a_desk import HALF_AN_HOUR, TwoCamps

from notes.notes_desk import Desk
from thuchu.desk import journey
from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.ledger.models import Entry
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.models import FactCheck
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.forget import erase_notes
from thuchu.desk.notes.models import Note
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


class SomeNotes(Desk):
    """Three people who wrote a note each, and three more who work there."""

    def __init__(self, now):
        super().__init__(now)
        self.raters = self.people(3)
        self.writers = [self.person(f"Người viết {letter}") for letter in "abc"]
        self.notes = [
            self.note(author, self.claim(f"Tin số {n} nói rằng ở phường {'abc'[n] * 3} có chuyện lạ chưa ai rõ"))
            for n, author in enumerate(self.writers)
        ]


@pytest.fixture
def desk(now, home):
    return SomeNotes(now)


@pytest.fixture
def report(desk, now):
    return reports.report_note(desk.notes[0], scrub(SAID), scrub("https://yte.example/khac"), now=now)


def everything_decided():
    rows = Standing.objects.order_by("pk"), FactCheck.objects.order_by("pk")
    return [list(each.values()) for each in rows]


def close(desk, number, now, outcome="nothing_wrong"):
    reports.answer(desk.raters[0], number, outcome, scrub(ANSWER), now=now)
    reports.agree(desk.raters[1], number, now=now)


def test_what_is_said_is_kept_scrubbed_with_a_day_and_a_clock_and_nobody(desk, now):
    words = scrub(f"{SAID} Gọi tôi 0912345678")

    number = reports.report_note(desk.notes[0], words, NOTHING, now=now)

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


def test_two_people_close_it_and_no_status_changes(agreed, now):
    report = reports.report_note(agreed.notes[2], scrub(SAID), NOTHING, now=now)
    before = everything_decided()

    close(agreed, report, now)

    view = reads.report(report, now=now)
    assert (view.state, view.outcome, view.answer) == ("closed", "nothing_wrong", ANSWER)
    assert everything_decided() == before
    assert Entry.objects.latest("seq").kind == "report.closed"


def test_what_two_people_answered_stays(desk, report, now):
    close(desk, report, now)

    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        Report.objects.filter(pk=report).update(answer="Khác")


@pytest.mark.parametrize("outcome", ["note_edited", "note_written", "note_withdrawn", "withheld"])
def test_an_outcome_that_did_not_happen_is_none(desk, report, now, outcome):
    with pytest.raises(refusals.OutcomeUntrue):
        reports.answer(desk.raters[0], report, outcome, scrub(ANSWER), now=now)


def test_an_outcome_that_happened_is_one(desk, report, now):
    edit(desk.writers[0], desk.notes[0], desk.draft("Nay đoạn hai đã sửa theo nguồn mới của Bộ Y tế rồi."), now=now)
    close(desk, report, now, "note_edited")
    other = reports.report_note(desk.notes[0], scrub(SAID), NOTHING, now=now)
    withdraw(desk.writers[0], desk.notes[0], now=now)
    close(desk, other, now, "note_withdrawn")

    assert reads.report(other, now=now).outcome == "note_withdrawn"


def test_one_person_is_not_two_and_the_author_is_neither(desk, report, now):
    author, first = desk.writers[0], desk.raters[0]
    with pytest.raises(refusals.SamePerson):
        reports.answer(author, report, "nothing_wrong", scrub(ANSWER), now=now)
    with pytest.raises(NotForYou):
        reports.answer(desk.person("Khách", may_write=False), report, "nothing_wrong", scrub(ANSWER), now=now)
    reports.answer(first, report, "nothing_wrong", scrub(ANSWER), now=now)
    for person in (first, author):
        with pytest.raises(refusals.SamePerson):
            reports.agree(person, report, now=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report).update(confirmed_by=first.pseudonym_id, closed_at=now)


def test_who_does_not_agree_lets_it_wait_again(desk, report, now):
    reports.answer(desk.raters[0], report, "nothing_wrong", scrub(ANSWER), now=now)
    with pytest.raises(refusals.AnswerMoved):
        reports.answer(desk.raters[2], report, "nothing_wrong", scrub(ANSWER), now=now)

    reports.disagree(desk.raters[1], report)

    assert reads.report(report, now=now).state == "waits"
    with pytest.raises(refusals.AnswerMoved):
        reports.agree(desk.raters[1], report, now=now)


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
def test_what_can_not_be_used_is_refused_with_a_next_step(desk, now, words, address, refusal):
    with pytest.raises(refusal):
        reports.report_note(desk.notes[0], scrub(words), scrub(address), now=now)
    assert not Report.objects.exists()


def test_nobody_buries_a_note_under_reports(desk, now):
    for _ in range(reports.WAITING_MAX):
        reports.report_note(desk.notes[0], scrub(SAID), NOTHING, now=now)

    with pytest.raises(refusals.ReportsEnough):
        reports.report_note(desk.notes[0], scrub(SAID), NOTHING, now=now)
    assert reports.report_note(desk.notes[1], scrub(SAID), NOTHING, now=now)


def test_what_was_said_is_erased_and_what_became_of_it_stays(desk, report, now):
    close(desk, report, now)

    assert reports.erase_words(keep_days=180, now=now + timedelta(days=180)) == 0
    assert reports.erase_words(keep_days=180, now=now + timedelta(days=181)) == 1

    view = reads.report(report, now=now)
    assert (view.words, view.address, view.answer) == ("", "", ANSWER)


def test_a_report_goes_with_a_private_matter(desk, report, now):
    erase_notes([Note.objects.get(pk=desk.notes[0]).claim_id], now=now)

    assert reads.report(report, now=now) is None


def test_the_register_shows_what_waits_first_and_counts_what_is_overdue(desk, report, now):
    close(desk, report, now)
    second = reports.report_note(desk.notes[1], scrub(SAID), NOTHING, now=now)
    third = reports.report_note(desk.notes[2], scrub(SAID), NOTHING, now=now + timedelta(days=3))

    page = reads.reports(now=now + timedelta(days=15))

    assert [each.number for each in page.items] == [second, third, report]
    assert (page.waiting, page.overdue, page.closed) == (2, 1, 1)
