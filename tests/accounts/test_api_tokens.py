"""Tokens for programs: shown once, kept as digests, few, ended by time, by their owner, or by leaving."""

from datetime import timedelta

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from people import plenty

from thuchu.desk.accounts import api_tokens, limits, refusals
from thuchu.desk.accounts.forget import TOKEN_SHOWN_DAYS, forget_old
from thuchu.desk.accounts.leave import leave
from thuchu.desk.accounts.models import ApiToken
from thuchu.desk.accounts.reads import api_tokens as tokens_of
from thuchu.desk.limits import Limiter
from thuchu.privacy import scrub


@pytest.fixture
def an(desk):
    return desk.person("An Nguyên")


def make(someone, now, name="hộp chat của thư viện", scopes=("check",), days=90, line=None):
    return api_tokens.make(someone.view(), scrub(name), scopes, days=days, line=line or plenty(), now=now)


def test_a_token_opens_what_its_scopes_name(an, now):
    used = api_tokens.use(make(an, now, scopes=("wishes", "check")), now=now)

    assert used.scopes == {"check", "wishes"}


def test_a_token_is_kept_as_a_digest_and_a_prefix(an, now):
    secret = make(an, now)

    kept = serializers.serialize("json", ApiToken.objects.all())
    assert secret not in kept
    assert secret.removeprefix("thuchu_")[5:] not in kept
    assert secret.startswith(f"thuchu_{tokens_of(an.id, now=now)[0].prefix}")


@pytest.mark.parametrize("wrong", ["", "thuchu_", "thuchu_" + "A" * 24, "A" * 500, "thuchu_\x00" + "A" * 23, "é" * 31])
def test_what_is_no_token_opens_nothing(an, now, wrong):
    make(an, now)

    assert api_tokens.use(wrong, now=now) is None


def test_a_token_is_good_to_the_end_of_its_last_day(an, now):
    secret = make(an, now, days=30)

    assert api_tokens.use(secret, now=now + timedelta(days=30)) is not None
    assert api_tokens.use(secret, now=now + timedelta(days=31)) is None


def test_its_last_use_is_a_day_and_no_moment(an, now):
    secret = make(an, now)
    api_tokens.use(secret, now=now + timedelta(days=3, hours=2))
    # A clock that went back takes no day back.
    api_tokens.use(secret, now=now)

    assert tokens_of(an.id, now=now)[0].used_on == (now + timedelta(days=3)).date()


def test_a_revoked_token_opens_nothing_and_leaves_nothing(an, now):
    secret = make(an, now)

    assert api_tokens.revoke(an.view(), tokens_of(an.id, now=now)[0].id)

    assert api_tokens.use(secret, now=now) is None
    assert not ApiToken.objects.exists()


def test_nobody_revokes_anothers_token(desk, an, now):
    secret = make(an, now)
    binh = desk.person("Bình Yên")

    assert not api_tokens.revoke(binh.view(), tokens_of(an.id, now=now)[0].id)

    assert api_tokens.use(secret, now=now)


def test_who_leaves_takes_their_tokens_along(an, now):
    secret = make(an, now)

    leave(an.id, now=now)

    assert api_tokens.use(secret, now=now) is None
    assert not ApiToken.objects.exists()


def test_an_account_has_a_handful_and_those_that_are_over_do_not_count(an, now):
    for _ in range(api_tokens.TOKENS_MAX):
        make(an, now, days=30)

    with pytest.raises(refusals.TokensEnough):
        make(an, now)

    make(an, now + timedelta(days=31))


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name": "  "}, refusals.TokenNameRefused),
        ({"name": "x" * 41}, refusals.TokenNameRefused),
        ({"name": "gọi 0912 345 678"}, refusals.TokenNameRefused),
        ({"scopes": ()}, refusals.TokenScopesRefused),
        ({"scopes": ("check", "rate")}, refusals.TokenScopesRefused),
        ({"days": 3650}, refusals.TokenDaysRefused),
    ],
)
def test_what_is_asked_wrongly_makes_no_token(an, now, wrong, refusal):
    with pytest.raises(refusal):
        make(an, now, **wrong)

    assert not ApiToken.objects.exists()


def test_a_line_makes_no_token_too_fast(an, now):
    line = limits.Line(limiter=Limiter(per_minute=1), address="192.0.2.7", clock_s=0.0)
    make(an, now, line=line)

    with pytest.raises(refusals.TooFast):
        make(an, now, line=line)


def test_what_is_long_over_is_forgotten(an, now):
    make(an, now, days=30)

    forget_old(now=now + timedelta(days=30 + TOKEN_SHOWN_DAYS))
    assert tokens_of(an.id, now=now + timedelta(days=60))[0].is_over

    forget_old(now=now + timedelta(days=31 + TOKEN_SHOWN_DAYS))
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("change", [{"scopes": "rate"}, {"scopes": "wishes check"}, {"scopes": ""}, {"name": ""}])
def test_the_table_takes_no_other_scope(an, now, change):
    make(an, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.update(**change)
