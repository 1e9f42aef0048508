"""Owners are reminded by mail: when, of what, in whose words, and never of what is over."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commitments.meeting_desk import text
from replies.post_office import PostOffice
from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.commitments import owner_mail, refusals, reminders
from thuchu.desk.commitments.follow import refuse
from thuchu.desk.commitments.models import Letter, OwnerAddress, Reminder
from thuchu.desk.replies.sending import letterhead
from thuchu.desk.replies.smtp import connected

# Nine in the morning in Viet Nam, two weeks before 31 December.
FIRST = datetime(2026, 12, 17, 2, tzinfo=UTC)
DAY = timedelta(days=1)
ADDRESS = "truc.ban@thu.example"


@pytest.fixture
def office(settings):
    office = PostOffice()
    office.open()
    settings.THUCHU_SMTP_URL = office.server
    yield office
    office.close()


class Mailed:
    """A desk that reminds, and the post office that it mails through."""

    def __init__(self, desk, office):
        self.desk, self.office = desk, office

    def remind(self, at):
        reminders.plan(now=at)
        reminders.gather(now=at)
        with connected(self.office.server) as post:
            return reminders.send(post, letterhead(), now=lambda: at)

    def leave(self, recipient="role:duty", address=ADDRESS, *, language="vi", at=None):
        at = at or self.desk.now
        owner_mail.leave_address(self.desk.an, recipient, address, language=language, now=at)
        self.remind(at)
        return [each.rpartition("/mail/")[2] for each in self.office.links() if "/commitments/mail/" in each]

    def reach(self, recipient="role:duty", address=ADDRESS, *, language="vi"):
        confirm, _ = self.leave(recipient, address, language=language)
        assert owner_mail.confirm_address(confirm, now=self.desk.now)
        self.office.letters.clear()


@pytest.fixture
def mailed(desk, office):
    return Mailed(desk, office)


def test_an_owner_is_told_before_and_after_the_day_each_time_once(mailed):
    number = mailed.desk.agree()
    mailed.reach()

    due = datetime(2026, 12, 31, 2, tzinfo=UTC)
    hours = (due + offset * DAY + timedelta(hours=hour) for offset in range(-16, 60) for hour in (0, 3))
    told = [(at - due).days for at in hours if mailed.remind(at)]

    assert told == [-14, -7, -1, 1, 15, 29, 43]
    assert {row.state for row in Reminder.objects.all()} == {"sent"}
    assert all(number in letter.get_content() for letter in mailed.office.letters)
    assert len({letter["Message-ID"] for letter in mailed.office.letters}) == 7


def test_all_of_a_day_stand_in_one_letter_in_the_owners_language(mailed):
    numbers = [mailed.desk.agree() for _ in range(3)]
    mailed.desk.agree(owner="role:operator")
    mailed.reach(language="en")

    assert mailed.remind(FIRST) == 1

    letter = mailed.office.last
    assert letter["Subject"] == "3 commitments to see to"
    assert all(number in letter.get_content() for number in numbers)
    assert "Due on 31 December 2026. Due soon." in letter.get_content()
    assert letter["To"] == ADDRESS


@pytest.mark.parametrize("hour", [13, 15, 14, 22, 23])
def test_by_night_nobody_is_written_to(mailed, hour):
    """21:00 to 7:00 in Viet Nam is 14:00 to 24:00 in Greenwich."""
    mailed.desk.agree()
    mailed.reach()

    assert mailed.remind(FIRST.replace(hour=hour)) == (1 if hour == 13 else 0)


@pytest.mark.parametrize("became", ["reported", "dropped", "extended"])
def test_what_changed_after_the_letter_was_begun_is_not_told(mailed, became):
    number, other = mailed.desk.agree(), mailed.desk.agree()
    mailed.reach()
    reminders.plan(now=FIRST)
    reminders.gather(now=FIRST)
    if became == "reported":
        mailed.desk.report(number)
    elif became == "dropped":
        mailed.desk.drop(number)
    else:
        mailed.desk.extend(number, date(2027, 3, 31))

    mailed.remind(FIRST)

    assert number not in mailed.office.last.get_content()
    assert other in mailed.office.last.get_content()
    states = dict(Reminder.objects.values_list("commitment__number", "state"))
    assert states == {number: "left_out", other: "sent"}


def test_another_day_is_another_reminder(mailed):
    number = mailed.desk.agree()
    mailed.reach()
    mailed.remind(FIRST)
    mailed.desk.extend(number, date(2027, 3, 31))

    assert mailed.remind(FIRST + DAY) == 0
    assert mailed.remind(datetime(2027, 3, 17, 2, tzinfo=UTC)) == 1


def test_a_report_that_was_refused_is_reminded_of_again(mailed):
    number = mailed.desk.agree()
    mailed.reach()
    mailed.desk.report(number)
    assert mailed.remind(FIRST) == 0
    refuse(mailed.desk.an, number, "coordinators", text("Trang ấy nói về lớp khác."), now=mailed.desk.now)

    assert mailed.remind(FIRST + DAY) == 1


def test_without_a_confirmed_address_there_is_no_mail_and_with_one_what_is_open_still_goes_out(mailed):
    mailed.desk.agree()
    assert mailed.remind(FIRST) == 0
    confirm, _ = mailed.leave(at=FIRST)
    mailed.office.letters.clear()
    assert mailed.remind(FIRST + DAY) == 0

    owner_mail.confirm_address(confirm, now=FIRST + DAY)

    assert mailed.remind(FIRST + DAY) == 1


def test_a_server_that_takes_nothing_is_tried_again_under_the_same_name(mailed):
    mailed.desk.agree()
    mailed.reach()
    mailed.office.refuse.append("451 4.3.0 later")
    assert mailed.remind(FIRST) == 0

    assert mailed.remind(FIRST + timedelta(hours=3)) == 1

    assert mailed.office.last["Message-ID"].startswith(f"<{Letter.objects.get(kind='digest').key[:32]}@")
    assert Letter.objects.get(kind="digest").attempts == 2


def test_a_mailbox_that_is_not_there_is_forgotten_at_once(mailed):
    mailed.desk.agree()
    mailed.reach()
    mailed.office.refuse.append("550 5.1.1 no such mailbox")

    assert mailed.remind(FIRST) == 0

    row = OwnerAddress.objects.get()
    assert (row.state, bytes(row.sealed)) == ("unreachable", b"")
    assert mailed.remind(FIRST + 7 * DAY) == 0


def test_a_letter_that_no_server_takes_is_given_up_and_said(mailed):
    mailed.desk.agree()
    mailed.reach()
    mailed.office.refuse += ["451 4.3.0 later"] * 20
    for hours in range(60):
        mailed.remind(FIRST + timedelta(hours=hours))

    assert Letter.objects.filter(kind="digest").order_by("pk").first().state == "dead"
    assert [each.recipient for each in owner_mail.addresses() if each.is_dead] == ["role:duty"]
    assert Reminder.objects.get().state == "left_out"


def test_a_letter_stopped_before_it_was_handed_over_is_taken_again(mailed):
    mailed.desk.agree()
    mailed.reach()
    reminders.plan(now=FIRST)
    reminders.gather(now=FIRST)
    taken = Letter.objects.get(kind="digest")
    assert reminders._take(taken.pk, FIRST)

    assert mailed.remind(FIRST + timedelta(minutes=5)) == 0
    assert mailed.remind(FIRST + timedelta(minutes=11)) == 1


def test_the_link_of_a_letter_stops_the_mail_and_erases_the_address(mailed):
    mailed.desk.agree()
    _, stop = mailed.leave()
    assert owner_mail.to_stop(stop.removesuffix("/stop"))

    assert owner_mail.stop(stop.removesuffix("/stop"), now=mailed.desk.now)

    assert not OwnerAddress.objects.exists()
    assert not owner_mail.stop(stop.removesuffix("/stop"), now=mailed.desk.now)


def test_the_address_stands_nowhere_in_clear(mailed):
    mailed.reach()

    row = OwnerAddress.objects.values().get()
    assert ADDRESS not in str(row)
    assert ADDRESS.encode() not in bytes(row["sealed"])


def test_who_holds_no_reviews_leaves_no_address_and_nobody_is_flooded(mailed):
    for refused, recipient, address, person in (
        (NotForYou, "role:duty", ADDRESS, mailed.desk.chi),
        (refusals.OwnerWanted, "role:nobody", ADDRESS, mailed.desk.an),
        (refusals.AddressWanted, "role:duty", "không phải thư", mailed.desk.an),
    ):
        with pytest.raises(refused):
            owner_mail.leave_address(person, recipient, address, language="vi", now=mailed.desk.now)
    for _ in range(3):
        mailed.leave()
    with pytest.raises(refusals.AskedEnough):
        mailed.leave()


def test_an_address_that_nobody_confirms_is_erased_after_two_days(mailed):
    confirm, _ = mailed.leave()

    assert owner_mail.forget_unconfirmed(now=mailed.desk.now + timedelta(hours=47)) == 0
    assert owner_mail.forget_unconfirmed(now=mailed.desk.now + timedelta(hours=48)) == 1

    assert not OwnerAddress.objects.exists()
    assert owner_mail.state_of(confirm, now=mailed.desk.now) is None
