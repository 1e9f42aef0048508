"""The page of tokens for one's own programs: made, shown once, listed, revoked."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from signing_in import signed_in
from small_library import text_of

from thuchu.desk.accounts import api_tokens, limits
from thuchu.desk.accounts.models import ApiToken
from thuchu.desk.accounts.session import FRESH_MINUTES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def many_tries(monkeypatch):
    monkeypatch.setattr(limits, "TRIES_PER_MINUTE", 1000)
    limits.tries.cache_clear()
    yield
    limits.tries.cache_clear()


@pytest.fixture
def an(joined):
    return joined.person("An Nguyên")


FORM = {"name": "hộp chat của thư viện", "scope": ["check", "wishes"], "days": "90"}


def test_somebody_makes_a_token_sees_it_once_and_revokes_it(an):
    client = signed_in(an.id)

    made = client.post("/account/tokens/make", FORM)
    secret = re.search(r"thuchu_[\w-]{24}", text_of(made))[0]
    unused = text_of(client.get("/account/tokens/"))
    assert api_tokens.use(secret, now=timezone.now()) is not None
    page = text_of(client.get("/account/tokens/"))

    assert made["Cache-Control"].count("no-store") == 1
    assert secret not in page
    assert secret[:11] in page
    assert "hộp chat của thư viện" in page
    assert "chưa dùng lần nào" in unused
    assert "chưa dùng lần nào" not in page

    number = ApiToken.objects.get().pk
    assert client.post(f"/account/tokens/{number}/revoke")["Location"] == "/account/tokens/"
    assert "hộp chat của thư viện" not in text_of(client.get("/account/tokens/"))
    assert api_tokens.use(secret, now=timezone.now()) is None


def test_what_was_refused_says_why_and_keeps_what_was_typed(an):
    client = signed_in(an.id)

    answer = client.post("/account/tokens/make", {"name": "hộp chat", "days": "365"})

    assert answer.status_code == 422
    assert "Bạn chọn ít nhất một việc mà mã được làm" in text_of(answer)
    assert 'value="hộp chat"' in text_of(answer)
    assert re.search(r'value="365" required checked', text_of(answer))


@pytest.mark.parametrize("wrong", [{"days": "x"}, {"days": "9" * 40}, {"scope": ["rate"]}, {"name": "\x00"}])
def test_a_form_that_no_page_sends_makes_nothing(an, wrong):
    answer = signed_in(an.id).post("/account/tokens/make", FORM | wrong)

    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_a_token_is_made_shortly_after_signing_in_and_revoked_at_any_time(an):
    client = signed_in(an.id, at=timezone.now() - timedelta(minutes=FRESH_MINUTES + 1))
    signed_in(an.id).post("/account/tokens/make", FORM)
    number = ApiToken.objects.get().pk

    client.post("/account/tokens/make", FORM)
    assert ApiToken.objects.count() == 1

    client.post(f"/account/tokens/{number}/revoke")
    assert not ApiToken.objects.exists()


def test_the_page_reads_in_english(an):
    page = text_of(signed_in(an.id, language="en").get("/account/tokens/"))

    assert "Tokens for your programs" in page
    assert "ask about messages, faster than others" in page
