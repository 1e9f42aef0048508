"""An address is left, confirmed with a button, and erased from everywhere as soon as it is of no use."""

from datetime import timedelta

import pytest
from django.db import connection

from replies.askers import confirmed, left, link_of, owed, question, send
from thuchu.desk import journey
from thuchu.desk.reactions import TABLE
from thuchu.desk.replies import sealing
from thuchu.desk.replies.addresses import (
    CONFIRM_HOURS,
    CONFIRMATIONS_A_DAY,
    confirm,
    forget_unconfirmed,
    leave_address,
    state_of,
    stop,
    take_back,
)
from thuchu.desk.replies.models import ConfirmationAsked, Reply, ReplyAddress
from thuchu.desk.replies.refusals import NoAddress, TooManyConfirmations
from thuchu.desk.replies.sayings import Saying

pytestmark = pytest.mark.django_db
ADDRESS = "nguyen.van.an@thu.example"
WAITS = Saying(kind="waiting")


def database():
    """The bytes of the whole database, pages that were given up included."""
    return connection.connection.serialize()


def traces(number):
    """What could lead to the address, if somebody had the key."""
    row = ReplyAddress.objects.get(submission=number)
    return [bytes(row.sealed), row.digest.encode(), row.nonce.encode()]


@pytest.mark.django_db(transaction=True)
def test_the_address_stands_nowhere_in_clear(now, post_office):
    if connection.vendor != "sqlite":
        pytest.skip("reads the file of SQLite")
    number = owed(now, ADDRESS)
    send(post_office, now)

    everything = database()

    assert post_office.recipients[-1] == ADDRESS
    assert ADDRESS.encode() not in everything
    assert b"thu.example" not in everything
    assert all(trace in everything for trace in traces(number)), "the search sees what is there"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["stop", "take_back", "erase", "unreachable", "time"])
def test_nothing_of_it_is_left_in_the_file(now, post_office, home, how):
    if connection.vendor != "sqlite":
        pytest.skip("reads the file of SQLite")
    number, token = question(now)
    leave_address(number, token, ADDRESS, knows=WAITS, language="vi", now=now)
    confirm(link_of(number), now=now)
    kept = traces(number)
    assert all(trace in database() for trace in kept)

    if how == "stop":
        assert stop(link_of(number, "stop"), now=now)
    if how == "take_back":
        assert journey.no_more_mail(token, now=now)
    if how == "erase":
        journey.erase_question(token, now=now)
    if how == "time":
        assert journey.erase_old(now=now + timedelta(days=181)) == 1
    if how == "unreachable":
        post_office.refuse = ["550 5.1.1 nobody"]
        from replies.askers import CLOSED
        from thuchu.desk.replies.writing import owe

        owe(number, CLOSED, now=now)
        send(post_office, now)
        kept = kept[:2]
    ConfirmationAsked.objects.all().delete() if how in ("erase", "unreachable", "time") else None

    everything = database()
    assert [trace for trace in kept if trace in everything] == []


def test_an_address_is_confirmed_once_and_stays_so(now):
    number = left(now)
    link = link_of(number)
    assert state_of(link, now=now) == "asked"

    assert [confirm(link, now=now), confirm(link, now=now + timedelta(days=9))] == [number, number]

    assert state_of(link, now=now + timedelta(days=9)) == "confirmed"


def test_who_does_not_confirm_in_time_is_forgotten_and_the_link_opens_nothing(now):
    number = left(now)
    link, late = link_of(number), now + timedelta(hours=CONFIRM_HOURS, minutes=1)

    assert confirm(link, now=late) is None
    assert forget_unconfirmed(now=late) == 1

    assert not ReplyAddress.objects.exists()
    assert not ConfirmationAsked.objects.exists()
    assert Reply.objects.get().state == "dropped"


def test_the_desk_forgets_them_by_itself(now):
    left(now - timedelta(days=400))

    TABLE["replies.forget"]()

    assert not ReplyAddress.objects.exists()


@pytest.mark.parametrize("link", ["", "x" * 24, "../../etc", "a\x00b"])
def test_a_link_that_was_never_sent_opens_nothing(now, link):
    left(now)

    assert (confirm(link, now=now), stop(link, now=now), state_of(link, now=now)) == (None, False, None)


def test_the_link_that_confirms_does_not_stop_and_the_other_does_not_confirm(now):
    number = left(now)
    one, other = link_of(number, "confirm"), link_of(number, "stop")

    assert confirm(other, now=now) is None
    assert not stop(one, now=now)


@pytest.mark.parametrize(
    "typed",
    ["", "an", "an@", "@thu.example", "an@thu", "an thu@thu.example", "an@thu.example\nBcc: all@thu.example",
     "ạn@thu.example", "a" * 250 + "@thu.example"],
)  # fmt: skip
def test_what_no_server_would_take_is_refused(now, typed):
    number, token = question(now)

    with pytest.raises(NoAddress):
        leave_address(number, token, typed, knows=WAITS, language="vi", now=now)

    assert not ReplyAddress.objects.exists()


def test_nobody_is_asked_more_often_than_a_slip_and_a_lost_mail_need(now):
    """However many questions a script asks, in whatever capitals it writes the address."""
    for number in range(CONFIRMATIONS_A_DAY):
        left(now, "An@Thu.example" if number else "an@thu.example")

    with pytest.raises(TooManyConfirmations):
        left(now + timedelta(hours=23), "AN@thu.example")

    assert Reply.objects.count() == CONFIRMATIONS_A_DAY
    left(now + timedelta(hours=23), "binh@thu.example")
    left(now + timedelta(hours=25))


def test_erasing_an_unconfirmed_address_does_not_open_the_door_to_a_flood(now):
    for _ in range(CONFIRMATIONS_A_DAY):
        take_back(left(now), now=now)

    with pytest.raises(TooManyConfirmations):
        left(now)


def test_the_whole_desk_asks_no_more_than_a_storm_needs(now, monkeypatch):
    monkeypatch.setattr("thuchu.desk.replies.addresses.CONFIRMATIONS_AN_HOUR", 2)
    left(now, "a@thu.example")
    left(now, "b@thu.example")

    with pytest.raises(TooManyConfirmations):
        left(now, "c@thu.example")

    left(now + timedelta(hours=2), "c@thu.example")


def test_a_second_address_takes_the_place_of_the_first(now, post_office):
    number, token = question(now)
    for address in ("mot@thu.example", "hai@thu.example"):
        leave_address(number, token, address, knows=WAITS, language="vi", now=now)

    send(post_office, now)

    assert [each["To"] for each in post_office.letters] == ["hai@thu.example"]


def test_the_links_are_made_with_the_desks_key(settings):
    before = sealing.link_token("nonce", "stop")

    settings.SECRET_KEY = "another" * 10

    assert sealing.link_token("nonce", "stop") != before
    assert sealing.digest("an@thu.example") == sealing.digest("AN@thu.example")


def test_after_stop_the_same_person_may_come_back(now):
    for _ in range(CONFIRMATIONS_A_DAY + 2):
        stop(link_of(confirmed(now), "stop"), now=now)

    assert not ReplyAddress.objects.exists()
    assert not ConfirmationAsked.objects.exists()
