"""Codes of half a minute: the published examples, clocks that are a little off, and a code that opens once."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from people import plenty
from pyotp import TOTP

from thuchu.desk.accounts import codes, refusals

# RFC 6238, appendix B, SHA-1: (seconds since 1970, the last six of its eight figures).
RFC_6238 = [
    (59, "287082"),
    (1_111_111_109, "081804"),
    (1_111_111_111, "050471"),
    (1_234_567_890, "005924"),
    (2_000_000_000, "279037"),
    (20_000_000_000, "353130"),
]
SECRET = b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(("seconds", "code"), RFC_6238)
def test_the_published_examples_hold(seconds, code):
    assert codes.matching_step(SECRET, code, now=datetime.fromtimestamp(seconds, UTC)) == seconds // 30


def test_a_clock_may_be_half_a_minute_off_and_no_more(now):
    code = TOTP(SECRET).at(now)

    assert codes.matching_step(SECRET, code, now=now - timedelta(seconds=30)) is not None
    assert codes.matching_step(SECRET, code, now=now + timedelta(seconds=30)) is not None
    assert codes.matching_step(SECRET, code, now=now + timedelta(seconds=61)) is None


def test_a_code_that_was_used_is_none(now):
    code = TOTP(SECRET).at(now)
    step = codes.matching_step(SECRET, code, now=now)

    assert codes.matching_step(SECRET, code, now=now, after=step) is None


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "abcdef", "٢٨٧٠٨٢", "-28708", "28.082"])
def test_what_is_no_code_is_none_whatever_was_typed(typed):
    assert codes.matching_step(SECRET, typed, now=datetime.fromtimestamp(59, UTC)) is None


def test_a_code_may_be_typed_in_two_groups():
    assert codes.matching_step(SECRET, " 287 082 ", now=datetime.fromtimestamp(59, UTC)) is not None


def test_a_secret_is_kept_only_once_its_phone_gave_a_code(db, now):
    session = SessionStore()
    offer = codes.begin(session, name="An", desk_name="Thực Hư", line=plenty(), now=now)

    made = codes.finish(session, TOTP(offer.secret).at(now), now=now)

    assert made.secret == offer.secret
    assert offer.address.startswith("otpauth://totp/")
    with pytest.raises(refusals.ChallengeGone):
        codes.finish(session, TOTP(offer.secret).at(now), now=now)


def test_after_a_wrong_code_the_same_secret_waits_on(db, now):
    """A mistyped figure must not send anybody back to scan another picture."""
    session = SessionStore()
    offer = codes.begin(session, name="An", desk_name="Thực Hư", line=plenty(), now=now)

    with pytest.raises(refusals.CodeWrong):
        codes.finish(session, "000000" if TOTP(offer.secret).at(now) != "000000" else "111111", now=now)

    assert codes.offered(session, name="An", desk_name="Thực Hư", now=now) == offer
    assert codes.finish(session, TOTP(offer.secret).at(now), now=now).secret == offer.secret


def test_a_secret_waits_half_an_hour(db, now):
    session = SessionStore()
    offer = codes.begin(session, name="An", desk_name="Thực Hư", line=plenty(), now=now)
    later = now + timedelta(minutes=codes.OFFER_MINUTES, seconds=1)

    assert codes.offered(session, name="An", desk_name="Thực Hư", now=later) is None
    with pytest.raises(refusals.ChallengeGone):
        codes.finish(session, TOTP(offer.secret).at(later), now=later)
