"""Whoever wrote for ten minutes and has to sign in meanwhile finds it again: in the page, and nowhere else."""

import html
import json
import re
from datetime import timedelta

import pytest
from authenticator import Phone
from claims_desk import CAT, ClaimsDesk
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from people import PASSWORD
from signing_in import signed_in

from thuchu.desk.accounts import limits, session
from thuchu.desk.accounts.models import ApiToken
from thuchu.desk.accounts.session import FRESH_MINUTES
from thuchu.desk.claims.models import Appeal
from thuchu.desk.web import drafts
from thuchu.desk.web.carried import CHARS_MAX, FIELDS_MAX, NOTHING, Carried, brought

pytestmark = pytest.mark.django_db

WRITTEN = "Con mèo này có thật.\n\nTôi đã hỏi cả ngõ, “ai cũng” nghe <b>nó</b> nói & ghi lại."


@pytest.fixture(autouse=True)
def many_tries(monkeypatch):
    monkeypatch.setattr(limits, "TRIES_PER_MINUTE", 1000)
    limits.tries.cache_clear()
    yield
    limits.tries.cache_clear()


@pytest.fixture
def desk(db):
    return ClaimsDesk()


@pytest.fixture
def path(desk):
    """Where an appeal is written."""
    number = desk.claim(CAT)
    return f"/c/{number}/appeal/{desk.close(number)}"


@pytest.fixture
def strict():
    """A browser whose forms are checked as those of any other."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "vi"})


def read(response):
    """The page letter by letter: line ends are part of what somebody wrote."""
    return response.content.decode()


def fields_of(page, action):
    """The hidden fields of the form that leads to `action`, as a browser would send them."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.DOTALL)[1]
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {html.unescape(name): html.unescape(value) for name, value in inputs}


def with_token(client, form):
    """The form as a page of ours would send it."""
    page = read(client.get("/signin/"))
    return {**form, "csrfmiddlewaretoken": fields_of(page, "/signin/")["csrfmiddlewaretoken"]}


def test_what_was_sent_without_being_signed_in_is_sent_again_with_one_press(joined, path, strict):
    joined.with_password("An Nguyên")

    asked = strict.post(path, with_token(strict, {"words": WRITTEN}))
    way_in = fields_of(read(asked), "/signin/")
    wrong = strict.post("/signin/", {**way_in, "name": "An Nguyên", "password": "nước sông công lính"})
    again = fields_of(read(wrong), "/signin/")
    entered = strict.post("/signin/", {**again, "name": "An Nguyên", "password": PASSWORD})
    form = fields_of(read(entered), path)
    assert not Appeal.objects.exists()
    sent = strict.post(path, form)

    assert asked.status_code == 403
    assert "no-store" in asked["Cache-Control"]
    assert "nằm trong trang này, không ở đâu khác" in read(asked)
    assert html.escape(WRITTEN) in read(asked)
    assert wrong.status_code == 422
    assert "Điều bạn viết vẫn còn đây" in read(entered)
    assert sent.status_code == 303
    assert Appeal.objects.get().words == WRITTEN


def test_nothing_of_it_is_kept_by_the_desk(path, strict):
    strict.post(path, with_token(strict, {"words": WRITTEN}))

    assert not Session.objects.exists()


def test_a_passkey_leads_back_to_it_too(joined, path, settings):
    settings.THUCHU_ADDRESS = settings.THUCHU_ORIGIN = "http://localhost:8000"
    settings.THUCHU_RP_ID = "localhost"
    settings.ALLOWED_HOSTS = ["localhost"]
    an = joined.person("An Nguyên")
    at_home = Client(headers={"accept-language": "vi", "host": "localhost:8000"})

    asked = at_home.post(path, {"words": WRITTEN})
    way_in = fields_of(read(asked), "/signin/passkey/finish")
    answer = an.phone.get(at_home.post("/signin/passkey/begin").content)
    entered = at_home.post("/signin/passkey/finish", {**way_in, "answer": answer})

    assert isinstance(an.phone, Phone)
    assert fields_of(read(entered), path)["words"] == WRITTEN


def test_another_sites_words_are_not_carried(path, strict):
    answer = strict.post(path, {"words": WRITTEN})
    upload = strict.post("/c/1/write/upload", {"quote": WRITTEN})

    assert answer.status_code == 403
    assert "/signin/passkey" not in read(answer)
    assert 'name="carried"' not in read(answer)
    assert upload.status_code == 303
    assert WRITTEN not in read(strict.get(upload["Location"]))


def test_what_another_site_wrote_into_the_way_in_goes_nowhere(joined, strict):
    joined.with_password("An Nguyên")
    form = {"name": "An Nguyên", "password": PASSWORD, "next": "/account/leave/", "carried": json.dumps([["a", "b"]])}

    assert strict.post("/signin/", form).status_code == 403


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "", "javascript:alert(1)"])
def test_nothing_is_sent_again_to_another_site(joined, vi, elsewhere):
    joined.with_password("An Nguyên")
    form = {"name": "An Nguyên", "password": PASSWORD, "next": elsewhere, "carried": json.dumps([["a", "b"]])}

    answer = vi.post("/signin/", form)

    assert (answer.status_code, answer["Location"]) == (303, "/my-work/")


def test_a_password_is_never_carried(joined, vi):
    an = joined.with_password("An Nguyên")
    stale = signed_in(an.id, at=timezone.now() - timedelta(minutes=FRESH_MINUTES + 1))

    for client in (vi, stale):
        answer = client.post("/account/password/", {"password": "mật khẩu rất mới 12", "code": "123456"})
        assert answer.status_code == 303
        assert answer["Location"].startswith("/signin/")


def test_a_form_of_ones_account_waits_for_a_fresh_sign_in(joined):
    an = joined.with_password("An Nguyên")
    stale = signed_in(an.id, at=timezone.now() - timedelta(minutes=FRESH_MINUTES + 1))
    form = {"name": "hộp chat của thư viện", "scope": ["check", "wishes"], "days": "365"}

    asked = stale.post("/account/tokens/make", form)
    way_in = fields_of(read(asked), "/signin/")
    entered = read(stale.post("/signin/", {**way_in, "name": "An Nguyên", "password": PASSWORD}))

    assert asked.status_code == 403
    assert entered.count('name="scope"') == 2
    assert not ApiToken.objects.exists()
    stale.post("/account/tokens/make", {**fields_of(entered, "/account/tokens/make"), "scope": ["check", "wishes"]})
    assert ApiToken.objects.get().scopes == "check wishes"


def test_whoever_it_is_not_for_can_still_copy_what_they_wrote(desk, vi):
    number = desk.claim(CAT)

    page = desk.browser(desk.newcomer).post(f"/c/{number}/not-checkable", {"code": "private", "reason": WRITTEN})

    assert page.status_code == 403
    assert html.escape(WRITTEN) in read(page)


def test_a_form_larger_than_any_of_ours_leads_to_the_way_in_alone(path, vi):
    assert vi.post(path, {"words": "ơ" * (CHARS_MAX + 1)}).status_code == 303


def test_an_empty_form_leads_to_the_way_in_alone(path, vi):
    assert vi.post(path, {"words": ""})["Location"].startswith("/signin/?next=")


@pytest.mark.parametrize(
    "wrong",
    ["x", "{}", "[1]", '[["a"]]', '[["a", 1]]', "[" * 10_000, "null", '"a"', '[["password", "x"]]', "\x00"],
)
def test_what_no_page_of_ours_carried_is_nothing(rf, wrong):
    assert not brought(rf.post("/signin/", {"carried": wrong}))


@tried(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(max_size=200)), max_size=FIELDS_MAX + 3))
def test_what_is_carried_comes_back_as_it_went_or_not_at_all(fields):
    from django.test import RequestFactory

    carried = Carried(tuple(fields))

    found = brought(RequestFactory().post("/signin/", {"carried": carried.packed}))

    kept = tuple((name, value) for name, value in fields if name not in ("password", "csrfmiddlewaretoken"))
    assert found == (Carried(kept) if len(kept) <= FIELDS_MAX else NOTHING)


def test_a_note_that_is_being_written_outlives_a_second_sign_in_of_the_same_person(joined, vi):
    an, binh = joined.with_password("An Nguyên"), joined.with_password("Bình Yên")
    for name, stays in (("An Nguyên", True), ("Bình Yên", False)):
        client = signed_in(an.id, at=timezone.now() - timedelta(minutes=FRESH_MINUTES + 1))
        kept = client.session
        drafts.keep(kept, "claim:1", drafts.Words(verdict="false", text=WRITTEN))
        kept.save()
        session.sign_out_everywhere(an.id)

        client.post("/signin/", {"name": name, "password": PASSWORD})

        found = drafts.words(client.session, "claim:1")
        assert (found is not None and found.text == WRITTEN) == stays
    assert an.id != binh.id
