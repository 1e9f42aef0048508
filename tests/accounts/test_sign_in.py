"""Signing in without a passkey: name, password and code; how fast, how often, and what a recovery code opens."""

import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest
from authenticator import Phone
from django.contrib.auth.hashers import identify_hasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import PASSWORD, register
from pyotp import TOTP, random_base32
from test_passkeys import signs_in

from thuchu.desk.accounts import hashing, limits, locking, reads, refusals, ways_in
from thuchu.desk.accounts.codes import NewCodes
from thuchu.desk.accounts.locking import FREE_FAILURES, REST_SECONDS, REST_SECONDS_MAX
from thuchu.desk.accounts.models import Account, Passkey, RecoveryCode
from thuchu.desk.accounts.sign_in import with_password, with_recovery_code
from thuchu.desk.accounts.ways_in import NewPassword, new_password
from thuchu.desk.limits import Limiter
from thuchu.privacy import scrub

SECRET = random_base32()


@pytest.fixture
def an(desk):
    """Somebody with a password and codes."""
    return desk.with_password("An Nguyên", codes=NewCodes(secret=SECRET, step=0))


def code(now):
    return TOTP(SECRET).at(now)


def fails(times, line, now, name="An Nguyên"):
    for _ in range(times):
        with pytest.raises(refusals.NotRecognised):
            with_password(name, "không phải mật khẩu", "000000", line=line, now=now)


@contextlib.contextmanager
def nobody_else_may_hash():
    """All turns at hashing are taken: who wants one is told that the desk is busy."""
    assert all(hashing.TURNS.acquire(blocking=False) for _ in range(hashing.HASHES_AT_ONCE))
    yield
    hashing.TURNS.release(hashing.HASHES_AT_ONCE)


def test_name_password_and_code_open_an_account(an, line, now):
    proof = with_password("An Nguyên", PASSWORD, code(now), line=line, now=now)

    assert (proof.account_id, proof.strong) == (an.id, True)


@pytest.mark.parametrize("name", ["an nguyen", "AN NGUYÊN", "an_nguyên"])
def test_a_name_may_be_typed_in_a_hurry(an, line, now, name):
    assert with_password(name, PASSWORD, code(now), line=line, now=now).account_id == an.id


@pytest.mark.parametrize(
    ("name", "password", "typed"),
    [
        ("An Nguyên", PASSWORD, ""),
        ("An Nguyên", PASSWORD, "000000"),
        ("An Nguyên", "một con trâu vàng", "right"),
        ("An Nguyên", "", "right"),
        ("An Nguyên", "x" * 100_000, "right"),
        ("Bình Trần", PASSWORD, "right"),
        ("", PASSWORD, "right"),
        ("a" * 100_000, PASSWORD, "right"),
        ("Người Mở Bàn", "", ""),
        ("Người Mở Bàn", PASSWORD, ""),
    ],
)
def test_what_does_not_belong_together_opens_nothing_and_says_not_which(an, line, now, name, password, typed):
    with pytest.raises(refusals.NotRecognised):
        with_password(name, password, code(now) if typed == "right" else typed, line=line, now=now)


def test_a_code_that_was_used_opens_nothing_to_who_looked_on(an, line, now):
    with_password("An Nguyên", PASSWORD, code(now), line=line, now=now)

    with pytest.raises(refusals.NotRecognised):
        with_password("An Nguyên", PASSWORD, code(now), line=line, now=now)
    later = now + timedelta(seconds=60)
    assert with_password("An Nguyên", PASSWORD, code(later), line=line, now=later)


def test_a_password_alone_opens_an_account_without_roles(desk, line, now):
    binh = desk.with_password("Bình Trần", "coordinator")

    proof = with_password("Bình Trần", PASSWORD, "", line=line, now=now)

    assert not proof.strong
    assert binh.view().roles == {"contributor"}
    assert binh.view().held_roles == {"contributor", "coordinator"}


def test_after_a_few_failures_a_name_rests_and_frees_itself(an, line, now):
    fails(FREE_FAILURES, line, now)

    with pytest.raises(refusals.LockedFor) as locked:
        with_password("An Nguyên", PASSWORD, code(now), line=line, now=now)
    assert locked.value.values["seconds"] <= REST_SECONDS + 1

    later = now + timedelta(seconds=REST_SECONDS)
    assert with_password("An Nguyên", PASSWORD, code(later), line=line, now=later)
    assert Account.objects.get(pk=an.id).failures == 0


def test_each_further_failure_rests_longer_up_to_an_hour(an, line, now):
    rests = []
    for _ in range(FREE_FAILURES + 9):
        fails(1, line, now)
        until = Account.objects.get(pk=an.id).locked_until
        rests.append((until - now).total_seconds() if until else 0)
        now = max(now, until or now)

    assert rests[: FREE_FAILURES + 2] == [0, 0, 0, 0, 30, 60, 120]
    assert rests[-1] == REST_SECONDS_MAX


def test_a_few_mistypings_are_forgotten_once_somebody_is_in(an, line, now):
    fails(FREE_FAILURES - 1, line, now)
    with_password("An Nguyên", PASSWORD, code(now), line=line, now=now)

    fails(FREE_FAILURES - 1, line, now)
    assert Account.objects.get(pk=an.id).locked_until is None


def test_while_a_name_rests_no_password_is_hashed(an, line, now):
    fails(FREE_FAILURES, line, now)

    with nobody_else_may_hash(), pytest.raises(refusals.LockedFor):
        with_password("An Nguyên", PASSWORD, code(now), line=line, now=now)


def test_who_tries_passwords_at_a_name_keeps_its_passkey_from_nothing(desk, site, line, now):
    an = desk.person("An Nguyên")
    fails(FREE_FAILURES, line, now)

    assert signs_in(an.phone, site, now).account_id == an.id
    assert Account.objects.get(pk=an.id).locked_until is None


def test_a_line_that_tries_too_fast_waits_before_anything_is_hashed(an, now, line):
    slow = replace(line, limiter=Limiter(per_minute=2))
    fails(2, slow, now)

    with nobody_else_may_hash(), pytest.raises(refusals.TooFast) as refused:
        with_password("Bình Trần", PASSWORD, "", line=slow, now=now)
    assert 0 < refused.value.values["seconds"] <= 31
    with pytest.raises(refusals.TooFast):
        with_recovery_code("An Nguyên", an.recovery_codes[0], line=slow, now=now)


def test_another_line_is_not_kept_waiting(an, now, line):
    slow = replace(line, limiter=Limiter(per_minute=2))
    fails(2, slow, now)

    assert with_password("An Nguyên", PASSWORD, code(now), line=replace(slow, address="192.0.2.8"), now=now)


def test_each_process_has_its_share_of_the_limit(settings):
    settings.THUCHU_WORKERS = 4
    limits.tries.cache_clear()

    assert limits.tries().per_minute == limits.TRIES_PER_MINUTE / 4
    limits.tries.cache_clear()


def test_so_many_passwords_are_hashed_at_a_time(an, line, now):
    with nobody_else_may_hash(), pytest.raises(refusals.Busy):
        with_password("An Nguyên", PASSWORD, code(now), line=line, now=now)

    assert with_password("An Nguyên", PASSWORD, code(now), line=line, now=now)


def test_a_hash_takes_little_memory():
    kept = hashing.hashed(PASSWORD)

    assert identify_hasher(kept).algorithm == "argon2"
    assert "m=19456,t=2,p=1" in kept


def test_a_recovery_code_opens_once_and_gives_no_role(desk, line, now):
    an = desk.person("An Nguyên", "coordinator")
    first = an.recovery_codes[0]

    proof = with_recovery_code("An Nguyên", first.lower().replace("-", " "), line=line, now=now)

    assert (proof.account_id, proof.strong) == (an.id, False)
    assert reads.ways_in(an.id).recovery_codes == 9
    with pytest.raises(refusals.NotRecognised):
        with_recovery_code("An Nguyên", first, line=line, now=now)


def test_a_recovery_code_opens_nobody_elses_account(desk, line, now):
    an = desk.person("An Nguyên")
    desk.person("Bình Trần")

    with pytest.raises(refusals.NotRecognised):
        with_recovery_code("Bình Trần", an.recovery_codes[0], line=line, now=now)
    assert RecoveryCode.objects.filter(account=an.id).count() == 10


@pytest.mark.parametrize("typed", ["", "-", "0000-0000-0000-0000", "x" * 100_000, "\ud800", "ß" * 16])
def test_what_is_no_recovery_code_counts_as_a_failure(desk, line, now, typed):
    an = desk.person("An Nguyên")

    with pytest.raises(refusals.NotRecognised):
        with_recovery_code("An Nguyên", typed, line=line, now=now)
    assert Account.objects.get(pk=an.id).failures == 1


def test_fresh_recovery_codes_make_the_old_ones_worthless(desk, line, now):
    an = desk.person("An Nguyên")
    fresh = ways_in.renew_recovery_codes(an.id)

    with pytest.raises(refusals.NotRecognised):
        with_recovery_code("An Nguyên", an.recovery_codes[0], line=line, now=now)
    assert with_recovery_code("An Nguyên", fresh[0], line=line, now=now)


def test_a_passkey_is_not_removed_when_it_is_the_last_way_in(desk):
    an = desk.person("An Nguyên")
    (key,) = reads.ways_in(an.id).passkeys

    with pytest.raises(refusals.LastWayIn):
        ways_in.remove_passkey(an.id, key.id)
    assert len(reads.ways_in(an.id).passkeys) == 1


def test_a_passkey_is_removed_when_another_way_in_is_left(desk, site, now):
    an = desk.person("An Nguyên")
    (key,) = reads.ways_in(an.id).passkeys
    ways_in.set_password(an.id, new_password(PASSWORD, name="An Nguyên"), None)

    assert ways_in.remove_passkey(an.id, key.id)

    assert reads.ways_in(an.id).passkeys == ()
    with pytest.raises(refusals.PasskeyNotRecognised):
        signs_in(an.phone, site, now)
    assert not ways_in.remove_passkey(an.id, key.id)


def test_nobody_removes_anothers_passkey(desk):
    an, binh = desk.person("An Nguyên"), desk.person("Bình Trần")
    (key,) = reads.ways_in(an.id).passkeys

    assert not ways_in.remove_passkey(binh.id, key.id)
    assert len(reads.ways_in(an.id).passkeys) == 1


def test_a_password_is_not_removed_when_it_is_the_last_way_in(an):
    with pytest.raises(refusals.LastWayIn):
        ways_in.remove_password(an.id)


def test_a_password_goes_with_its_codes(desk, an, site, line, now):
    made = register(Phone(), site, "An Nguyên", now, account_id=an.id)
    ways_in.add_passkey(an.id, made, scrub("máy"), now=now)

    ways_in.remove_password(an.id)

    assert not reads.ways_in(an.id).has_password
    assert not reads.ways_in(an.id).has_codes
    with pytest.raises(refusals.NotRecognised):
        with_password("An Nguyên", PASSWORD, code(now), line=line, now=now)


def test_codes_stand_beside_a_password_or_not_at_all(desk):
    an = desk.person("An Nguyên")

    with pytest.raises(refusals.NeedsPassword):
        ways_in.set_codes(an.id, NewCodes(secret=SECRET, step=0))


def test_a_password_without_codes_beside_a_passkey_weakens_the_account(desk):
    """With a passkey for show, a coordinator's role would have hung on a password alone."""
    an = desk.person("An Nguyên", "coordinator")
    assert an.view().roles == {"contributor", "coordinator"}
    ways_in.set_password(an.id, NewPassword(hashed="argon2$kept"), None)

    assert an.view().roles == {"contributor"}

    ways_in.set_codes(an.id, NewCodes(secret=SECRET, step=0))
    assert an.view().roles == {"contributor", "coordinator"}


def test_a_new_password_keeps_the_codes(an, line, now):
    ways_in.set_password(an.id, new_password("năm con gà mái mơ", name="An Nguyên"), None)

    assert with_password("An Nguyên", "năm con gà mái mơ", code(now), line=line, now=now).strong


@pytest.mark.parametrize(
    "act",
    [
        lambda number, now: ways_in.remove_passkey(number, 1),
        lambda number, now: ways_in.set_password(number, NewPassword(hashed="x"), None),
        lambda number, now: ways_in.set_codes(number, NewCodes(secret=SECRET, step=0)),
        lambda number, now: ways_in.remove_password(number),
        lambda number, now: ways_in.renew_recovery_codes(number),
    ],
)
def test_an_account_that_is_gone_is_a_sentence(db, now, act):
    with pytest.raises(refusals.NoSuchAccount):
        act(404, now)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["passkey+", "passkey-", "password+", "password-", "codes+"]), max_size=12))
def test_whatever_is_changed_a_way_in_is_left(desk, site, now, acts):
    # One account for all examples: each begins with a single passkey.
    number = desk.operator.id
    Account.objects.filter(pk=number).update(password="", totp_secret="")
    Passkey.objects.filter(account=number).delete()
    change(number, "passkey+", site, now)
    for act in acts:
        with contextlib.suppress(refusals.WayInRefused):
            change(number, act, site, now)
        ways = reads.ways_in(number)
        assert ways.passkeys or ways.has_password
        assert ways.has_password or not ways.has_codes


def change(number, act, site, now):
    if act == "passkey+":
        made = register(Phone(), site, "Người Mở Bàn", now, account_id=number)
        ways_in.add_passkey(number, made, scrub("máy"), now=now)
    elif act == "passkey-":
        for key in reads.ways_in(number).passkeys[:1]:
            ways_in.remove_passkey(number, key.id)
    elif act == "password+":
        ways_in.set_password(number, NewPassword(hashed="argon2$kept"), None)
    elif act == "password-":
        ways_in.remove_password(number)
    else:
        ways_in.set_codes(number, NewCodes(secret=SECRET, step=0))


def test_rests_never_grow_beyond_an_hour_however_many_failures_there_were(an, now):
    account = Account.objects.get(pk=an.id)
    account.failures = 2_000_000

    locking.count_failure(account, now=now)

    assert (account.locked_until - now).total_seconds() == REST_SECONDS_MAX
