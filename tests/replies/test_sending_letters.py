"""Letters and a real mail server: sent at least once, later again where it refuses, given up by people alone."""

import re
from datetime import timedelta

import pytest

from replies.askers import CLOSED, confirmed, owed, question, send
from thuchu.desk.replies import smtp
from thuchu.desk.replies.dead import give_up_on, try_again
from thuchu.desk.replies.models import Reply, ReplyAddress
from thuchu.desk.replies.reads import dead_letters, letters
from thuchu.desk.replies.send import TAKEN_FOR, TRIES_MAX, send_due
from thuchu.desk.replies.sending import letterhead
from thuchu.desk.replies.writing import owe

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def rows(number):
    return list(Reply.objects.filter(submission=number).exclude(kind="confirm").order_by("number"))


def test_a_letter_is_sent_once(now, post_office):
    owed(now)

    assert [send(post_office, now), send(post_office, now + HOUR)] == [1, 0]

    assert len(post_office.letters) == 1


def test_what_holds_is_owed_once_however_often_somebody_looks(now):
    number = owed(now)

    assert not owe(number, CLOSED, now=now + HOUR)

    assert len(rows(number)) == 1


def test_vietnamese_reads_right_in_subject_body_and_sender(now, post_office):
    owed(now)

    send(post_office, now)

    letter = post_office.last
    assert str(letter["Subject"]).strip() == "Chúng tôi không kết luận về câu hỏi của bạn"
    assert "Bằng chứng không phân xử được" in letter.get_content()
    assert letter["From"].addresses[0].display_name == "Thực Hư"
    assert letter["From"].addresses[0].addr_spec == "thuchu@127.0.0.1"
    assert letter.get_content_type() == "text/plain"


def test_a_worker_that_is_killed_between_sending_and_marking_sends_a_copy_under_the_same_name(now, post_office):
    """At least once: a mailbox shows two copies of one Message-ID as one letter."""
    owed(now)

    class Killed(BaseException):
        pass

    with smtp.connected(post_office.server) as post:

        def and_die(letter):
            post(letter)
            raise Killed

        with pytest.raises(Killed):
            send_due(and_die, letterhead(), now=lambda: now)

    assert send(post_office, now + timedelta(minutes=1)) == 0, "another worker may still hold it"
    send(post_office, now + TAKEN_FOR)
    send(post_office, now + 2 * TAKEN_FOR)

    names = [letter["Message-ID"] for letter in post_office.letters]
    assert len(names) == 2
    assert len(set(names)) == 1
    assert re.fullmatch(r"<[0-9a-f]{32}@127\.0\.0\.1>", names[0])
    assert post_office.letters[0].get_content() == post_office.letters[1].get_content()


def test_of_two_workers_that_send_at_the_same_time_one_has_the_letter(now, post_office):
    owed(now)

    with smtp.connected(post_office.server) as post:

        def while_another_looks(letter):
            assert send(post_office, now) == 0
            post(letter)

        send_due(while_another_looks, letterhead(), now=lambda: now)

    assert len(post_office.letters) == 1


def test_a_server_that_says_450_gets_it_later(now, post_office):
    number = owed(now)
    post_office.refuse = ["450 4.2.0 try again an@thu.example"]

    assert send(post_office, now) == 0
    [reply] = rows(number)
    assert (reply.state, reply.attempts, reply.last_error) == ("waiting", 1, "450 4.2.0 (recipient)")
    assert send(post_office, now + timedelta(seconds=40)) == 0
    assert send(post_office, now + timedelta(seconds=80)) == 1

    assert len(post_office.letters) == 1


@pytest.mark.parametrize("answer", ["550 5.1.1 nobody here", "550 no such user", "553 5.1.3 bad", "550 5.2.1 disabled"])
def test_a_mailbox_that_is_not_there_is_unreachable_and_its_address_erased(now, post_office, answer):
    number = owed(now)
    post_office.refuse = [answer]

    send(post_office, now)

    row = ReplyAddress.objects.get(submission=number)
    assert (row.state, bytes(row.sealed), row.digest) == ("unreachable", b"", "")
    assert rows(number)[0].state == "unreachable"
    assert not owe(number, CLOSED, now=now)
    assert send(post_office, now + HOUR) == 0


@pytest.mark.parametrize("answer", ["554 5.7.1 relay access denied", "550 5.7.1 your address is listed", "554 no"])
def test_a_server_that_speaks_of_us_and_not_of_the_mailbox_costs_nobody_their_address(now, post_office, answer):
    """A mistake in the desk's own settings would otherwise erase every address in a night."""
    number = owed(now)
    post_office.refuse = [answer]

    send(post_office, now)

    assert rows(number)[0].state == "waiting"
    assert ReplyAddress.objects.get(submission=number).state == "confirmed"


def test_what_a_server_says_is_not_kept(now, post_office):
    number = owed(now)
    post_office.refuse = ["450 4.2.0 <an@thu.example> is busy"]
    post_office.refuse_data = ["452 an@thu.example is full"]

    send(post_office, now)
    assert "an@" not in rows(number)[0].last_error
    send(post_office, now + HOUR)

    assert rows(number)[0].last_error == "452 (letter)"


def until_dead(office, now):
    """The moments at which it was tried."""
    tried, at = [], now
    for _ in range(10_000):
        before = Reply.objects.exclude(kind="confirm").get().attempts
        send(office, at)
        reply = Reply.objects.exclude(kind="confirm").get()
        if reply.attempts > before:
            tried.append(at - now)
        if reply.state == "dead":
            return tried
        at = reply.try_at
    raise AssertionError("it was never given up")


def test_a_server_that_is_down_is_tried_later_each_time_then_a_person_tries_again(now, post_office):
    number = owed(now)
    post_office.close()

    tried = until_dead(post_office, now)

    assert len(tried) == TRIES_MAX
    assert timedelta(hours=6) < tried[-1] < timedelta(hours=16)
    [letter] = dead_letters()
    assert (letter.kind, letter.attempts, letter.error) == ("not_a_fact", TRIES_MAX, "ConnectionRefusedError")
    post_office.open()
    assert send(post_office, now + 40 * HOUR) == 0, "nobody said so"
    assert try_again(letter.number, now=now + 40 * HOUR)
    assert send(post_office, now + 40 * HOUR) == 1
    assert rows(number)[0].state == "sent"
    assert not try_again(letter.number, now=now + 40 * HOUR)


def test_a_server_that_is_down_uses_up_one_letters_try_and_not_everybodys(now, post_office):
    for name in "abc":
        owed(now, f"{name}@thu.example")
    post_office.close()

    send(post_office, now)

    assert sorted(Reply.objects.exclude(kind="confirm").values_list("attempts", flat=True)) == [0, 0, 1]


def test_giving_up_erases_the_address_and_leaves_the_question(now, post_office):
    number = owed(now)
    Reply.objects.exclude(kind="confirm").update(state="dead", ended_at=now)

    assert give_up_on(dead_letters()[0].number, now=now)

    assert ReplyAddress.objects.get(submission=number).state == "unreachable"
    assert rows(number)[0].state == "unreachable"
    assert letters()["dead"] == 0


def test_a_newer_letter_takes_the_place_of_one_that_never_went_out(now, post_office):
    """Somebody who presses "try again" must not send what holds no more."""
    number = confirmed(now)
    owe(number, CLOSED, now=now)
    Reply.objects.exclude(kind="confirm").update(state="dead", ended_at=now)
    from thuchu.desk.replies.sayings import Saying

    owe(number, Saying(kind="being_rated", claim=1), now=now + HOUR)

    assert [(row.state, row.kind) for row in rows(number)] == [("dropped", "not_a_fact"), ("waiting", "being_rated")]
    send(post_office, now + HOUR)
    assert "Đính chính" not in str(post_office.last["Subject"])


def test_only_who_asks_for_confirmation_writes_to_an_address_that_is_not_confirmed(now, post_office):
    from replies.askers import left

    number = left(now)
    assert not owe(number, CLOSED, now=now)

    send(post_office, now)

    assert [str(each["Subject"]).strip() for each in post_office.letters] == ["Bạn xác nhận đây là địa chỉ của bạn"]


def test_an_address_sealed_with_another_key_is_given_up(now, post_office, settings):
    number = owed(now)
    settings.SECRET_KEY = "another" * 10

    send(post_office, now)

    assert post_office.letters == []
    assert ReplyAddress.objects.get(submission=number).state == "unreachable"


def test_a_sealed_address_opens_in_no_other_row(now):
    one, other = confirmed(now, "an@thu.example"), question(now)[0]
    sealed = bytes(ReplyAddress.objects.get(submission=one).sealed)

    from thuchu.desk.replies.sealing import unseal

    assert unseal(one, sealed).address == "an@thu.example"
    assert unseal(other, sealed) is None
    assert unseal(one, b"") is None


def test_the_doctors_question_says_why_a_server_lets_us_not_in(post_office):
    assert smtp.trouble(post_office.server) == ""

    post_office.close()

    assert smtp.trouble(post_office.server) == "ConnectionRefusedError"
