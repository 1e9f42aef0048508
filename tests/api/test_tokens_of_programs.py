"""Tokens at the API's door: what each scope opens, what every other token is told, and what is remembered of it."""

import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.db import connection
from django.test import Client
from django.utils import timezone

from notes.notes_desk import Desk
from thuchu.desk.accounts import api_tokens
from thuchu.desk.accounts.limits import Line
from thuchu.desk.accounts.models import Account, ApiToken
from thuchu.desk.accounts.reads import api_tokens as tokens_of
from thuchu.desk.claims.areas import VIET_NAM, load_areas
from thuchu.desk.intake import limits
from thuchu.desk.intake.models import Submission
from thuchu.desk.limits import Limiter
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db

CAT = "Mèo nhà tôi biết nói tiếng Pháp từ khi nghe đài buổi sáng"


@pytest.fixture(autouse=True)
def _fresh_limits(home, settings):
    settings.THUCHU_WORKERS = 1
    limits.limiter.cache_clear()
    limits.token_limiter.cache_clear()
    yield
    limits.limiter.cache_clear()
    limits.token_limiter.cache_clear()


@pytest.fixture
def owner():
    return Desk(timezone.now()).person("An Nhiên")


def token(owner, *scopes, at=None, days=90):
    line = Line(limiter=Limiter(per_minute=1_000), address="192.0.2.7", clock_s=0.0)
    now = at or timezone.now()
    return api_tokens.make(owner, scrub("hộp chat"), scopes or ("check",), days=days, line=line, now=now)


def post(path, body, secret=None, kind="Bearer"):
    headers = {"authorization": f"{kind} {secret}"} if secret is not None else {}
    return Client(headers=headers).post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")


def is_problem(response, status):
    return response.status_code == status == response.json()["status"] and response["Content-Type"].startswith(
        "application/problem+json"
    )


def exhaust(secret):
    """Ask until the desk says wait; gives back how often it did not."""
    for n in range(60):
        if post("wishes", {"status_url": "x"}, secret).status_code == 429:
            return n
    raise AssertionError("no limit was met")


def test_with_a_token_more_is_asked_than_without(owner, settings):
    settings.THUCHU_CHECKS_PER_MINUTE = 1
    secret = token(owner, "check", "wishes")

    without = [post("check", {"text": CAT}).status_code for _ in range(2)]
    carried = [post("check", {"text": CAT}, secret).status_code for _ in range(2)]

    assert without == [200, 429]
    assert carried == [200, 200]
    assert exhaust(secret) >= limits.TOKEN_TIMES - len(carried)


def test_two_tokens_are_counted_apart(owner, settings):
    settings.THUCHU_CHECKS_PER_MINUTE = 1
    first, second = token(owner, "wishes"), token(owner, "wishes")

    assert exhaust(first) >= limits.TOKEN_TIMES
    assert post("wishes", {"status_url": "x"}, second).status_code == 404


@pytest.mark.parametrize("secret", ["", "thuchu_" + "A" * 24, "nothing", "a b c", "thuchu_é"])
def test_a_wrong_token_is_told_so(owner, secret):
    answer = post("check", {"text": CAT}, secret)

    assert is_problem(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'
    assert not Submission.objects.exists()


def test_a_token_that_is_over_or_revoked_is_told_the_same(owner):
    over = token(owner, at=timezone.now() - timedelta(days=40), days=30)
    revoked = token(owner)
    api_tokens.revoke(owner, tokens_of(owner.id, now=timezone.now())[0].id)

    answers = [post("check", {"text": CAT}, each) for each in (over, revoked)]

    assert [each.status_code for each in answers] == [401, 401]
    assert answers[0].content == answers[1].content


def test_who_guesses_tokens_waits(settings):
    settings.THUCHU_CHECKS_PER_MINUTE = 1

    answers = [post("check", {"text": CAT}, "thuchu_" + "A" * 24).status_code for _ in range(2)]

    assert answers == [401, 429]


@pytest.mark.parametrize(("path", "has", "lacks"), [("check", "wishes", "check"), ("wishes", "check", "wishes")])
def test_a_token_opens_nothing_beyond_its_scopes(owner, path, has, lacks):
    answer = post(path, {"text": CAT, "status_url": "x"}, token(owner, has))

    assert is_problem(answer, 403)
    assert f'error="insufficient_scope", scope="{lacks}"' in answer["WWW-Authenticate"]


def test_wishes_need_a_token():
    answer = post("wishes", {"status_url": "x"})

    assert is_problem(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_a_program_says_where_its_asker_is_and_by_when_they_need_to_know(owner):
    today = timezone.now().date()
    load_areas(VIET_NAM, now=timezone.now())
    url = post("check", {"text": CAT}).json()["status_url"]
    soon = (today + timedelta(days=3)).isoformat()

    answer = post("wishes", {"status_url": url, "area": "vn-hue", "needed_by": soon}, token(owner, "wishes"))

    assert answer.json() == {"area": "vn-hue", "needed_by": soon}


def test_what_cannot_be_wished_is_left_out(owner):
    url = post("check", {"text": CAT}).json()["status_url"]

    answer = post("wishes", {"status_url": url, "area": "moon", "needed_by": "1999-01-01"}, token(owner, "wishes"))

    assert answer.json() == {"area": "", "needed_by": None}


@pytest.mark.parametrize("url", ["", "x", "http://testserver/q/", "/q/" + "A" * 43, "\x00"])
def test_wishes_of_a_question_that_is_not_here_are_told_so(owner, url):
    assert is_problem(post("wishes", {"status_url": url}, token(owner, "wishes")), 404)


def test_another_scheme_than_bearer_is_passed_over():
    assert post("check", {"text": CAT}, "YW46bWVv", kind="Basic").status_code == 200


def test_nothing_that_is_kept_ties_a_question_to_a_token(owner):
    """Questions know no token and no account: neither their row nor a table between them."""
    without = post("check", {"text": CAT}).json()["status_url"]
    carried = post("check", {"text": CAT}, token(owner)).json()["status_url"]

    rows = [
        json.loads(serializers.serialize("json", [each]))[0]["fields"] for each in Submission.objects.order_by("pk")
    ]
    own = {"token_digest", "asked_at", "told_at", "tellings"}
    assert without != carried
    assert {k: v for k, v in rows[0].items() if k not in own} == {k: v for k, v in rows[1].items() if k not in own}
    with connection.cursor() as cursor:
        tables = {
            table: {each.name for each in connection.introspection.get_table_description(cursor, table)}
            for table in (Submission._meta.db_table, ApiToken._meta.db_table)
        }
    assert not {"account_id", "api_token_id", "pseudonym_id"} & tables[Submission._meta.db_table]
    assert not [name for name in tables[ApiToken._meta.db_table] if "submission" in name or name.endswith("_at")]
    assert Account.objects.count() == 1


def test_a_token_opens_no_page_and_a_session_no_door_of_the_api(owner):
    secret = token(owner, "check", "wishes")
    client = Client(headers={"authorization": f"Bearer {secret}"})
    as_cookie = Client()
    as_cookie.cookies["session"] = secret

    assert client.get("/account/")["Location"].startswith("/signin/")
    assert client.get("/my-work/")["Location"].startswith("/signin/")
    assert as_cookie.get("/account/")["Location"].startswith("/signin/")
    assert as_cookie.post("/api/v1/wishes", "{}", content_type="application/json").status_code == 401


def test_the_document_names_how_tokens_are_sent(client):
    document = client.get("/api/v1/openapi.json").json()

    assert document["components"]["securitySchemes"]["ApiToken"] == {"type": "http", "scheme": "bearer"}
    assert document["paths"]["/api/v1/check"]["post"]["security"] == [{"ApiToken": []}, {}]
    assert document["paths"]["/api/v1/wishes"]["post"]["security"] == [{"ApiToken": []}]
    assert "security" not in document["paths"]["/api/v1/claims"]["get"]
