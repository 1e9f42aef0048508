"""Who is signed in: rotated at every sign-in, ended by its person, by time, by leaving; nobody else has a cookie."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from people import plenty
from test_passkeys import signs_in

from thuchu.desk.accounts import passkeys, refusals, session, ways_in
from thuchu.desk.accounts.forget import forget_old
from thuchu.desk.accounts.leave import leave
from thuchu.desk.accounts.models import Account
from thuchu.desk.accounts.session import FRESH_MINUTES, SIGNED_IN_DAYS_MAX, SignedIn
from thuchu.desk.accounts.ways_in import NewPassword
from thuchu.desk.options import WrongOption, host_of, origin_of, read_options


@pytest.fixture
def an(desk):
    return desk.person("An Nguyên", "coordinator")


def signed_in(someone, now, *, strong=True, store=None):
    store = SessionStore() if store is None else store
    epoch = Account.objects.get(pk=someone.id).epoch
    session.sign_in(store, SignedIn(account_id=someone.id, strong=strong, epoch=epoch), now=now)
    store.save()
    return SessionStore(store.session_key)


def test_who_signed_in_is_who_they_are(an, now):
    view = session.current(signed_in(an, now), now=now)

    assert (view.id, view.name, view.roles) == (an.id, "An Nguyên", {"contributor", "coordinator"})


def test_signing_in_makes_the_sessions_old_name_worthless(an, now):
    store = SessionStore()
    store["planted"] = "by somebody else"
    store.save()
    before = store.session_key

    after = signed_in(an, now, store=store)

    assert after.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert "planted" not in after


def test_who_signed_in_stays_for_longer_than_a_question(an, site, now):
    store = SessionStore()
    passkeys.begin_sign_in(store, site, line=plenty(), now=now)

    assert signed_in(an, now, store=store).get_expiry_age() == SIGNED_IN_DAYS_MAX * 24 * 3600


def test_without_a_second_factor_shown_no_role_works(an, now):
    assert session.current(signed_in(an, now, strong=False), now=now).roles == {"contributor"}


def test_nobody_is_signed_in_where_nobody_was(db, now):
    assert session.current(SessionStore(), now=now) is None


@pytest.mark.parametrize("broken", [{"account": "1"}, {"account": None}, {"account": 1, "epoch": "0", "since": 0}])
def test_a_session_of_another_shape_is_nobodys(an, now, broken):
    store = signed_in(an, now)
    store.update(broken)

    assert session.current(store, now=now) is None


def test_a_sign_in_ends_after_its_days_however_much_is_written(an, now):
    store = signed_in(an, now)

    assert session.current(store, now=now + timedelta(days=SIGNED_IN_DAYS_MAX))
    assert session.current(store, now=now + timedelta(days=SIGNED_IN_DAYS_MAX, seconds=1)) is None


def test_keys_are_changed_only_soon_after_signing_in(an, now):
    store = signed_in(an, now)

    assert session.is_fresh(store, now=now + timedelta(minutes=FRESH_MINUTES))
    assert not session.is_fresh(store, now=now + timedelta(minutes=FRESH_MINUTES, seconds=1))
    assert not session.is_fresh(SessionStore(), now=now)


def test_signing_out_ends_this_session_and_everywhere_ends_all(an, now):
    one, two, three = (signed_in(an, now) for _ in range(3))

    session.sign_out(one)
    assert session.current(one, now=now) is None
    assert session.current(two, now=now)

    session.sign_out_everywhere(an.id)
    assert session.current(two, now=now) is None
    assert session.current(three, now=now) is None
    assert session.current(signed_in(an, now), now=now)


def test_who_came_in_by_a_key_that_is_gone_is_out(an, now):
    store = signed_in(an, now)

    ways_in.set_password(an.id, NewPassword(hashed="argon2$kept"), None)

    assert session.current(store, now=now) is None


def test_who_changed_a_key_stays_here_and_is_out_elsewhere(an, now):
    here, elsewhere = signed_in(an, now), signed_in(an, now, strong=False)
    before = here.session_key
    ways_in.set_password(an.id, NewPassword(hashed="argon2$kept"), None)

    session.stay(here)

    assert session.current(here, now=now).id == an.id
    assert here.session_key != before
    assert session.current(elsewhere, now=now) is None


def test_who_is_nobody_cannot_stay(db):
    with pytest.raises(refusals.NoSuchAccount):
        session.stay(SessionStore())


def test_a_proof_is_worthless_once_its_person_signed_out_everywhere(an, site, now):
    proof = signs_in(an.phone, site, now)
    session.sign_out_everywhere(an.id)

    with pytest.raises(refusals.NoSuchAccount):
        session.sign_in(SessionStore(), proof, now=now)


def test_who_left_is_signed_in_nowhere(an, site, now):
    store, proof = signed_in(an, now), signs_in(an.phone, site, now)
    leave(an.id, now=now, knows_last=True)

    assert session.current(store, now=now) is None
    with pytest.raises(refusals.NoSuchAccount):
        session.sign_in(SessionStore(), proof, now=now)


def test_a_session_holds_nothing_of_the_person(an, now):
    store = signed_in(an, now)

    assert set(store.keys()) == {"account", "epoch", "strong", "since"}


def test_sessions_whose_time_is_over_are_deleted(an, now):
    kept, ended = signed_in(an, now), signed_in(an, now)
    Session.objects.filter(session_key=kept.session_key).update(expire_date=now + timedelta(days=1))
    Session.objects.filter(session_key=ended.session_key).update(expire_date=now - timedelta(seconds=1))

    forget_old(now=now)

    assert not SessionStore().exists(ended.session_key)
    assert SessionStore().exists(kept.session_key)


@pytest.mark.parametrize("path", ["/", "/about/", "/ledger/", "/publishers/", "/fact-checks/", "/not-there/"])
def test_a_visitor_gets_no_session(db, home, path):
    client = Client()

    client.get(path)

    assert "session" not in client.cookies
    assert not Session.objects.exists()


def test_the_cookie_is_for_our_own_pages_alone(settings):
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_COOKIE_PATH == "/"
    assert settings.SESSION_COOKIE_DOMAIN is None


def settings_with(address, *names):
    """Those settings as a desk at that address reads them."""
    code = (
        "import json, sys; from thuchu.desk import settings\n"
        "json.dump({name: getattr(settings, name) for name in sys.argv[1:]}, sys.stdout)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *names],
        env={**os.environ, "THUCHU_ADDRESS": address},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(done.stdout)


def test_over_tls_the_cookie_is_secure_and_bound_to_its_host():
    found = settings_with("https://thuchu.example", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "THUCHU_ORIGIN")

    assert found == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "THUCHU_ORIGIN": "https://thuchu.example",
    }


@pytest.mark.parametrize(
    ("address", "origin", "host"),
    [
        ("http://localhost:8000", "http://localhost:8000", "localhost"),
        ("https://Thuchu.Example:443", "https://thuchu.example", "thuchu.example"),
        ("http://thuchu.example:80/", "http://thuchu.example", "thuchu.example"),
        ("https://thuchu.example:8443", "https://thuchu.example:8443", "thuchu.example"),
        ("https://bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("http://[::1]:8000", "http://[::1]:8000", "::1"),
    ],
)
def test_the_origin_is_written_as_browsers_write_it(address, origin, host):
    assert (origin_of(address), host_of(address)) == (origin, host)


@pytest.mark.parametrize("address", ["http://localhost:port", "http://localhost:99999", "http://localhost:0"])
def test_an_address_with_a_port_that_is_none_stops_the_start(address):
    with pytest.raises(WrongOption, match="THUCHU_ADDRESS"):
        read_options({"THUCHU_ADDRESS": address})
