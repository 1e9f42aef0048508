"""`thuchu doctor` says whether letters can go out, and what waits for a person."""

import pytest

from replies.askers import confirmed, owed
from thuchu.desk.commands.doctor import _letters
from thuchu.desk.options import WrongOption, read_options
from thuchu.desk.replies.models import Reply

pytestmark = pytest.mark.django_db


def test_a_server_that_lets_us_in_is_well(post_office):
    assert list(_letters()) == [(f"the mail server 127.0.0.1:{post_office.port} (none)", "")]


def test_a_server_that_is_not_there_is_named_with_what_to_check(post_office):
    post_office.close()

    [(what, mend)] = _letters()

    assert str(post_office.port) in what
    assert "ConnectionRefusedError" in mend
    assert "THUCHU_SMTP_URL" in mend


def test_letters_nobody_took_and_addresses_nobody_can_read_are_said(now, post_office, settings):
    owed(now)
    Reply.objects.filter(kind="not_a_fact").update(state="dead", ended_at=now)
    confirmed(now, "binh@thu.example")
    settings.SECRET_KEY = "another" * 10

    said = dict(list(_letters())[1:])

    assert "/letters/" in said["1 letters were taken by no server"]
    assert "secret-key" in said["2 addresses can't be read with this secret-key"]


def test_a_desk_without_a_mail_server_is_well_unless_letters_wait(now):
    assert list(_letters()) == [("no mail server: no page asks for an address", "")]

    owed(now)

    assert "THUCHU_SMTP_URL" in next(iter(_letters()))[1]


@pytest.mark.parametrize(
    ("given", "server"),
    [
        ("smtp://desk:a%40b@mail.example", ("mail.example", 587, "starttls", "desk", "a@b")),
        ("smtps://mail.example:4465", ("mail.example", 4465, "tls", "", "")),
        ("smtp+plain://127.0.0.1", ("127.0.0.1", 25, "none", "", "")),
    ],
)
def test_a_mail_server_is_one_address(given, server):
    read = read_options({"THUCHU_SMTP_URL": given})["THUCHU_SMTP_URL"]

    assert (read.host, read.port, read.security, read.user, read.password) == server
    assert "a@b" not in f"{read} {read!r}"


@pytest.mark.parametrize(
    "given", ["mail.example", "http://mail.example", "smtp://", "smtp://h:0", "smtp://h/path", "smtp://h:x"]
)
def test_a_wrong_one_stops_the_start_without_repeating_the_password(given):
    with pytest.raises(WrongOption) as wrong:
        read_options({"THUCHU_SMTP_URL": given + "#geheim" if "://" in given else given})

    assert "must be smtp://" in str(wrong.value)
    assert "geheim" not in str(wrong.value)
