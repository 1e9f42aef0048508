"""The API: the documented answer, and problem+json for everything else."""

import json

import pytest

from thuchu.desk.intake import limits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits(home, settings):
    limits.limiter.cache_clear()
    yield
    limits.limiter.cache_clear()


def post(client, body, **more):
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post("/api/v1/check", content, content_type="application/json", **more)


def is_problem(response, status):
    body = response.json()
    return (
        response.status_code == status
        and response["Content-Type"] == "application/problem+json"
        and body["status"] == status
        and body["title"]
        and body["detail"]
    )


def test_an_unknown_message_gets_the_documented_answer(client):
    response = post(client, {"text": "Mèo nhà tôi biết nói tiếng Pháp từ khi nghe đài buổi sáng"})

    answer = response.json()
    assert response.status_code == 200
    assert answer["decision"] == "none"
    assert answer["language"] == "vi"
    assert answer["matches"] == []
    assert answer["links"] == []
    assert "/q/" in answer["status_url"]


def test_the_private_page_of_an_api_question_opens(client):
    answer = post(client, {"text": "Mèo nhà tôi biết nói tiếng Pháp từ khi nghe đài buổi sáng"}).json()

    page = client.get("/q/" + answer["status_url"].rsplit("/", 1)[1])

    assert page.status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 422),
        ({}, 422),
        ({"text": 5}, 422),
        ({"text": ""}, 422),
        ({"text": "0912 345 678"}, 422),
        ({"text": "a" * 5001}, 413),
        ({"text": "a" * 400_000}, 413),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_a_next_step(client, body, status):
    response = post(client, body)

    assert is_problem(response, status), (response.status_code, response.content[:300])


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/xml", "multipart/form-data; boundary=x"])
def test_another_form_than_json_is_told_what_to_send(client, kind):
    response = client.generic("POST", "/api/v1/check", b"text=Nuoc+muoi", content_type=kind)

    assert is_problem(response, 415)
    assert "Content-Type: application/json" in response.json()["detail"]


def test_json_under_another_name_is_read(client):
    body = json.dumps({"text": "Mèo nhà tôi biết nói tiếng Pháp"})

    assert client.generic("POST", "/api/v1/check", body, content_type="text/plain").status_code == 200


def test_a_missing_field_is_named_as_the_client_writes_it(client):
    assert post(client, {}).json()["errors"] == [{"place": "text", "reason": "Field required"}]
    assert post(client, b"").json()["errors"][0]["place"] == "body"
    assert client.get("/api/v1/fact-checks?page=0").json()["errors"][0]["place"] == "page"


def test_the_document_names_the_problems_a_check_may_have(client):
    document = client.get("/api/v1/openapi.json").json()

    responses = document["paths"]["/api/v1/check"]["post"]["responses"]

    assert set(responses) == {"200", "400", "401", "403", "413", "415", "422", "429"}
    assert all("application/problem+json" in responses[status]["content"] for status in responses if status != "200")


@pytest.mark.parametrize("text", ["\ud800", "\x00", "🙂" * 100, "\u202e" * 50, "e\u0301" * 200, "ï»¿Ã¡"])
def test_odd_characters_are_answered_or_refused_never_an_error(client, text):
    response = post(client, json.dumps({"text": text}))

    assert response.status_code in (200, 422), response.content[:300]


def test_who_sends_too_much_is_asked_to_wait(client, settings):
    settings.THUCHU_CHECKS_PER_MINUTE, settings.THUCHU_WORKERS = 3, 1
    limits.limiter.cache_clear()

    responses = [post(client, {"text": "Mèo nhà tôi biết nói tiếng Pháp"}) for _ in range(4)]

    assert [r.status_code for r in responses] == [200, 200, 200, 429]
    assert is_problem(responses[-1], 429)
    assert int(responses[-1]["Retry-After"]) >= 1


def test_the_list_is_empty_on_an_empty_desk(client):
    assert client.get("/api/v1/fact-checks").json() == {"items": [], "total": 0, "page": 1, "pages": 1}
    assert client.get("/api/v1/fact-checks?q=muối&verdict=false&language=vi&since=2026-01-01").json()["total"] == 0


def test_an_unknown_fact_check_is_a_problem(client):
    assert is_problem(client.get("/api/v1/fact-checks/nothing-here"), 404)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/", 404),
        ("get", "/api/v2/check", 404),
        ("get", "/api/v1/check", 405),
        ("delete", "/api/v1/fact-checks", 405),
        ("trace", "/api/v1/check", 405),
    ],
)
def test_what_the_framework_refuses_is_a_problem_too(client, method, path, status):
    response = getattr(client, method)(path)

    assert is_problem(response, status), (response.status_code, response.content[:300])
    assert status != 405 or response["Allow"] in response.json()["detail"]


def test_a_host_that_is_not_ours_is_a_problem(client):
    assert is_problem(client.get("/api/v1/fact-checks", HTTP_HOST="la.example"), 400)


def test_a_failure_on_our_side_is_a_problem_without_its_words(client, monkeypatch, caplog):
    def fails(*_, **__):
        raise RuntimeError("số 0912345678")

    monkeypatch.setattr("thuchu.desk.api.v1.check.ask", fails)
    client.raise_request_exception = False

    response = post(client, {"text": "Mèo nhà tôi biết nói tiếng Pháp"})

    assert is_problem(response, 500)
    assert "0912345678" not in response.content.decode()


@pytest.mark.parametrize("query", ["q=%ff", "q=AND+OR+(%22:*", "since=0001-01-01"])
def test_odd_queries_are_answered(client, query):
    assert client.get("/api/v1/fact-checks?" + query).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "page=1e9",
        "page=" + "9" * 5000,
        "publisher=-1",
        "since=9999-99-99",
        "page=٣x",
        "q=%00",
        "q=a%00b",
        "language=%00",
    ],
)
def test_what_is_no_number_day_or_text_is_a_problem(client, query):
    assert is_problem(client.get("/api/v1/fact-checks?" + query), 422)


def test_a_wrong_filter_names_the_field(client):
    response = client.get("/api/v1/fact-checks?verdict=perhaps&page=0")

    assert is_problem(response, 422)
    assert "verdict" in response.json()["detail"]


def test_the_openapi_document_names_every_address(client):
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/v1/check",
        "/api/v1/wishes",
        "/api/v1/fact-checks",
        "/api/v1/fact-checks/{public_id}",
        "/api/v1/claims",
        "/api/v1/claims/{number}",
        "/api/v1/events/{number}",
        "/api/v1/notes/{number}",
        "/api/v1/events",
        "/api/v1/inquiries",
        "/api/v1/reports",
    }
