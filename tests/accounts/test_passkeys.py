"""Passkeys, with a phone that makes real keys: who holds one is let in, whoever changes a byte is not."""

import json
from datetime import timedelta

import pytest
from authenticator import PRESENT, Phone, read, written
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import DESK, plenty, register

from thuchu.desk.accounts import passkeys, reads, refusals, ways_in
from thuchu.desk.accounts.limits import Line
from thuchu.desk.accounts.models import Passkey
from thuchu.desk.accounts.passkeys import PASSKEYS_MAX, Site
from thuchu.desk.accounts.session import CHALLENGE_MINUTES
from thuchu.desk.limits import Limiter
from thuchu.privacy import scrub


def signs_in(phone, site, now, *, change=lambda answer: answer, later=timedelta()):
    session = SessionStore()
    options = passkeys.begin_sign_in(session, site, line=plenty(), now=now)
    return passkeys.finish_sign_in(session, site, change(phone.get(options)), now=now + later)


def test_who_holds_a_passkey_is_signed_in_without_naming_themself(desk, site, now):
    an = desk.person("An Nguyên")

    proof = signs_in(an.phone, site, now)

    assert (proof.account_id, proof.strong) == (an.id, True)
    assert Passkey.objects.get(account=an.id).used_on == now.date()


def test_a_device_that_does_not_count_is_taken_again_and_again(desk, site, now):
    an = desk.person("An Nguyên")

    for _ in range(3):
        an.phone.count = -1
        assert signs_in(an.phone, site, now).account_id == an.id


def test_a_copy_of_a_device_shows_by_its_count(desk, site, now):
    an = desk.person("An Nguyên")
    signs_in(an.phone, site, now)
    an.phone.count = 0

    with pytest.raises(refusals.PasskeyNotRecognised):
        signs_in(an.phone, site, now)


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("origin", "http://localhost:8001"),
        ("origin", "https://localhost:8000"),
        ("origin", "http://localhost.thief.example:8000"),
        ("rp_id", "thief.example"),
        ("flags", PRESENT),
        ("flags", 0),
        ("credential_id", b"somebody else's"),
        ("user_handle", b"somebody else"),
        ("user_handle", b""),
    ],
)
def test_an_answer_from_elsewhere_or_without_its_person_opens_nothing(desk, site, now, what, value):
    an = desk.person("An Nguyên")
    setattr(an.phone, what, value)

    with pytest.raises(refusals.PasskeyNotRecognised):
        signs_in(an.phone, site, now)


def test_another_key_under_the_same_number_opens_nothing(desk, site, now):
    an, thief = desk.person("An Nguyên"), Phone()
    thief.credential_id, thief.user_handle = an.phone.credential_id, an.phone.user_handle

    with pytest.raises(refusals.PasskeyNotRecognised):
        signs_in(thief, site, now)


def test_an_answer_is_good_once(desk, site, now):
    an, session = desk.person("An Nguyên"), SessionStore()
    answer = an.phone.get(passkeys.begin_sign_in(session, site, line=plenty(), now=now))
    passkeys.finish_sign_in(session, site, answer, now=now)

    with pytest.raises(refusals.ChallengeGone):
        passkeys.finish_sign_in(session, site, answer, now=now)


def test_an_answer_is_good_once_in_two_windows_that_began_together(desk, site, now):
    an, session = desk.person("An Nguyên"), SessionStore()
    answer = an.phone.get(passkeys.begin_sign_in(session, site, line=plenty(), now=now))
    windows = [SessionStore(session.session_key) for _ in range(2)]
    assert all("held" in window for window in windows)
    passkeys.finish_sign_in(windows[0], site, answer, now=now)

    with pytest.raises(refusals.ChallengeGone):
        passkeys.finish_sign_in(windows[1], site, answer, now=now)


def test_a_wrong_answer_uses_the_question_up(desk, site, now):
    an, session = desk.person("An Nguyên"), SessionStore()
    answer = an.phone.get(passkeys.begin_sign_in(session, site, line=plenty(), now=now))
    with pytest.raises(refusals.PasskeyNotRecognised):
        passkeys.finish_sign_in(session, site, "{}", now=now)

    with pytest.raises(refusals.ChallengeGone):
        passkeys.finish_sign_in(session, site, answer, now=now)


def test_a_question_is_good_for_five_minutes(desk, site, now):
    an = desk.person("An Nguyên")

    assert signs_in(an.phone, site, now, later=timedelta(minutes=5)).account_id == an.id
    with pytest.raises(refusals.ChallengeGone):
        signs_in(an.phone, site, now, later=timedelta(minutes=5, seconds=1))


def test_the_answer_to_one_question_is_none_to_another_kind(desk, site, now):
    session = SessionStore()
    options = passkeys.begin_sign_in(session, site, line=plenty(), now=now)

    with pytest.raises(refusals.ChallengeGone):
        passkeys.finish_registration(session, site, desk.operator.phone.get(options), now=now)


@pytest.mark.parametrize(("what", "value"), [("origin", "https://thief.example"), ("rp_id", "x.example"), ("flags", 1)])
def test_a_key_made_elsewhere_or_without_its_person_is_not_taken(desk, site, now, what, value):
    phone = Phone()
    setattr(phone, what, value)

    with pytest.raises(refusals.PasskeyNotTaken):
        register(phone, site, "An Nguyên", now)


def test_a_passkey_of_one_person_is_never_anothers(desk, site, now):
    an, binh = desk.person("An Nguyên"), desk.person("Bình Trần")
    made = register(an.phone, site, "An Nguyên", now, account_id=an.id)

    with pytest.raises(refusals.PasskeyNotTaken):
        ways_in.add_passkey(binh.id, made, scrub("điện thoại"), now=now)
    with pytest.raises(refusals.PasskeyKnown):
        ways_in.add_passkey(an.id, made, scrub("điện thoại"), now=now)


def test_several_passkeys_open_one_account_and_each_can_be_told_apart(desk, site, now):
    an, laptop = desk.person("An Nguyên"), Phone()
    ways_in.add_passkey(an.id, register(laptop, site, "An", now, account_id=an.id), scrub("máy tính"), now=now)

    assert [key.name for key in reads.ways_in(an.id).passkeys] == ["điện thoại", "máy tính"]
    assert signs_in(laptop, site, now).account_id == signs_in(an.phone, site, now).account_id == an.id


def test_a_device_that_has_a_passkey_here_is_asked_for_no_second_one(desk, site, now):
    an = desk.person("An Nguyên")

    options = passkeys.begin_registration(SessionStore(), site, name="An", account_id=an.id, line=plenty(), now=now)

    assert [c["id"] for c in json.loads(options)["excludeCredentials"]] == [written(an.phone.credential_id)]


def test_the_question_names_nobody_and_wants_a_key_that_finds_its_account(desk, site, now):
    options = json.loads(passkeys.begin_registration(SessionStore(), site, name="An", line=plenty(), now=now))

    assert len(read(options["user"]["id"])) == 32
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["attestation"] == "none"
    assert json.loads(passkeys.begin_sign_in(SessionStore(), site, line=plenty(), now=now))["allowCredentials"] == []


def test_an_account_keeps_so_many_passkeys_and_no_more(desk, site, now):
    an = desk.person("An Nguyên")
    for number in range(PASSKEYS_MAX - 1):
        made = register(Phone(), site, "An", now, account_id=an.id)
        ways_in.add_passkey(an.id, made, scrub(f"máy {number}"), now=now)

    with pytest.raises(refusals.PasskeysEnough):
        register(Phone(), site, "An", now, account_id=an.id)


@pytest.mark.parametrize("name", ["", " ", "m" * 41, "máy của 0912 345 678"])
def test_a_passkey_is_called_by_what_it_is_kept_on(desk, site, now, name):
    an = desk.person("An Nguyên")
    made = register(Phone(), site, "An", now, account_id=an.id)

    with pytest.raises(refusals.PasskeyNameRefused):
        ways_in.add_passkey(an.id, made, scrub(name), now=now)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "192.168.1.20"])
def test_at_a_bare_number_the_desk_says_that_browsers_keep_no_passkeys(db, now, host):
    where = Site(rp_id=host, name=DESK, origin=f"http://{host}")

    with pytest.raises(refusals.PasskeysNeedAName, match="localhost"):
        passkeys.begin_registration(SessionStore(), where, name="An", line=plenty(), now=now)
    with pytest.raises(refusals.PasskeysNeedAName):
        passkeys.begin_sign_in(SessionStore(), where, line=plenty(), now=now)


def test_a_line_that_begins_too_often_waits_and_leaves_no_rows(db, site, now):
    slow = Line(limiter=Limiter(per_minute=3), address="192.0.2.7", clock_s=0.0)
    for _ in range(3):
        passkeys.begin_sign_in(SessionStore(), site, line=slow, now=now)

    with pytest.raises(refusals.TooFast):
        passkeys.begin_sign_in(SessionStore(), site, line=slow, now=now)
    assert Session.objects.count() == 3


def test_a_visitors_row_lives_as_long_as_its_question(db, site, now):
    session = SessionStore()

    passkeys.begin_sign_in(session, site, line=plenty(), now=now)

    assert session.get_expiry_age() == CHALLENGE_MINUTES * 60


def test_what_passkeys_are_bound_to_comes_from_the_settings(settings):
    settings.THUCHU_RP_ID, settings.THUCHU_ORIGIN = "thuchu.example", "https://thuchu.example"

    assert passkeys.site() == Site(rp_id="thuchu.example", name=DESK, origin="https://thuchu.example")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_answered_is_refused_and_never_breaks(desk, site, now, data):
    """Real answers with one field replaced by anything, and bytes that are no answer at all."""
    phone, session = desk.operator.phone, SessionStore()
    real = json.loads(phone.get(passkeys.begin_sign_in(session, site, line=plenty(), now=now)))
    field = data.draw(st.sampled_from(["id", "rawId", "type", *real["response"]]))
    (real["response"] if field in real["response"] else real)[field] = data.draw(JSON)
    answer = data.draw(st.sampled_from([json.dumps(real), json.dumps(data.draw(JSON)), data.draw(st.text())]))

    with pytest.raises(refusals.PasskeyNotRecognised):
        passkeys.finish_sign_in(session, site, answer, now=now)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_offered_as_a_key_is_refused_and_never_breaks(desk, site, now, data):
    session = SessionStore()
    options = passkeys.begin_registration(session, site, name="An", line=plenty(), now=now)
    real = json.loads(Phone().create(options))
    junk = data.draw(st.binary(max_size=200))
    real["response"]["attestationObject"] = written(junk)
    answer = data.draw(st.sampled_from([json.dumps(real), json.dumps(data.draw(JSON)), "[" * 20_000]))

    with pytest.raises(refusals.PasskeyNotTaken):
        passkeys.finish_registration(session, site, answer, now=now)
