"""The random check as a page: a question, the answer that was given, and one of three words."""

import re

import pytest

from reviews.audit_desk import MONDAY, AuditDesk
from web.claims_desk import ClaimsDesk


@pytest.fixture
def desk(db, home, now):
    return AuditDesk(now)


def test_a_visitor_is_shown_the_way_in(desk, client):
    assert client.get("/audit/")["Location"] == "/signin/?next=%2Faudit%2F"


def test_the_page_shows_the_question_and_what_was_said_and_goes_on_to_the_next(desk):
    desk.answered(2)
    desk.keep(MONDAY)
    browser = ClaimsDesk.browser(None, desk.lan, "vi")

    page = browser.get("/audit/").content.decode()

    assert "có đúng không?" in page
    assert "Sai" in page
    assert "Còn 2 câu trả lời chờ bạn xem." in page
    assert "no-store" in browser.get("/audit/")["Cache-Control"]
    number = re.search(r'name="answer" value="(\d+)"', page)[1]
    assert browser.post("/audit/", {"answer": number, "word": "right"}).status_code == 303
    page = browser.get("/audit/").content.decode()
    assert "Còn 1 câu trả lời chờ bạn xem." in page
    assert "Còn 1 câu trả lời chờ bạn xem." in browser.get("/my-work/").content.decode()
    twice = browser.post("/audit/", {"answer": number, "word": "wrong"})
    assert (twice.status_code, "Câu trả lời này không cần xem thêm" in twice.content.decode()) == (409, True)
    # The second person isn't told what the first one said.
    other = ClaimsDesk.browser(None, desk.hoa, "en").get("/audit/").content.decode()
    assert number in other
    assert "checked" not in other


@pytest.mark.parametrize("sent", [{}, {"answer": "x", "word": "right"}, {"answer": "9" * 30, "word": "\x00"}])
def test_odd_words_are_no_failure(desk, sent):
    desk.answered(1)
    desk.keep(MONDAY)

    response = ClaimsDesk.browser(None, desk.lan, "vi").post("/audit/", sent)

    assert response.status_code in (409, 422)
