"""Rules 8, 11 and 2: short messages are suggested, the API writes nothing but questions, the desk calls nobody."""

import json
import socket

import pytest

from thuchu.desk import journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(tmp_path, home, now):
    review = {
        "@type": "ClaimReview",
        "url": "https://tin.example/nuoc-muoi",
        "claimReviewed": "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng",
        "reviewRating": {"alternateName": "Sai"},
        "inLanguage": "vi",
        "itemReviewed": {"@type": "Claim", "appearance": [{"url": "https://tin-don.example/nuoc-muoi"}]},
    }
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(review), "utf-8")
    list(journey.take_in(path, publisher="Báo Thử", hosts=["tin.example"], now=now))


def kind_of(message, now):
    return journey.ask(message, door="web", page_language="vi", now=now).answer.kind


def test_a_message_under_eight_words_is_suggested_not_answered(checked, now):
    assert kind_of("uống nước muối loãng diệt vi rút", now) == "suggest"


def test_the_same_link_answers_however_short_the_message(checked, now):
    assert kind_of("thật không? https://tin-don.example/nuoc-muoi?utm_source=zalo", now) == "answer"


def test_no_api_address_writes_anything_but_a_question_and_where_and_by_when_it_is_asked(client):
    document = client.get("/api/v1/openapi.json").json()

    writing = {path for path, methods in document["paths"].items() if set(methods) - {"get", "parameters"}}
    assert writing == {"/api/v1/check", "/api/v1/wishes"}


def test_a_link_that_is_asked_about_is_never_fetched(checked, now, monkeypatch):
    called = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: called.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *words, **more: called.append(words))

    kind_of("xem https://bit.ly/abc và http://vietcombank-xacthuc.example/dang-nhap có thật không", now)

    assert called == []
