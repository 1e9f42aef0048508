"""Dates, numbers, lists and marked messages, in both languages."""

import html
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

import thuchu.desk
from thuchu.desk.accounts.permissions import Act, Role
from thuchu.desk.ledger.kinds import KINDS
from thuchu.desk.web.templatetags import words
from thuchu.links.lookalike import Reason
from thuchu.privacy import Kind


@pytest.fixture(params=["vi", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def test_a_day_is_written_as_people_write_it():
    with translation.override("vi"):
        assert words.day(date(2026, 11, 12)) == "12/11/2026"
        assert words.day(date(2026, 3, 2)) == "2/3/2026"
    with translation.override("en"):
        assert words.day(date(2026, 11, 12)) == "12 November 2026"


def test_an_evening_in_london_is_the_next_day_in_viet_nam():
    evening = datetime(2026, 11, 12, 18, 5, tzinfo=UTC)

    with translation.override("vi"):
        assert words.day(evening) == "13/11/2026"
        assert words.clock(evening) == "1:05"


def test_numbers_have_the_points_of_their_language():
    with translation.override("vi"):
        assert words.number(3418) == "3.418"
    with translation.override("en"):
        assert words.number(3418) == "3,418"


def test_a_list_ends_with_and():
    with translation.override("vi"):
        assert words.covered(("phone", "email", "card")) == "số điện thoại, địa chỉ e-mail và số thẻ"
        assert words.covered(("phone",)) == "số điện thoại"


def test_every_kind_of_personal_data_has_a_word(language):
    assert set(words.COVERED) == {str(kind) for kind in Kind}
    assert all(words.covered((str(kind),)) for kind in Kind)


def test_every_kind_of_entry_has_words(language):
    assert set(words.ENTRY_KINDS) == set(KINDS)
    assert words.entry_kind("something.newer") == "something.newer"


def test_every_act_and_role_has_words(language):
    assert set(words.ACTS) == set(Act)
    assert {"visitor"} | set(words.ROLES) == set(Role)


def test_what_an_entry_is_about_is_said_in_words():
    with translation.override("vi"):
        assert words.entry_subject("publisher:2") == "Nơi công bố 2"
        assert words.entry_subject("note:7") == "Ghi chú 7"
        assert words.entry_subject("areas") == "Bảng địa bàn"
        assert words.entry_subject("round:16") == "Lượt 16"
        assert words.entry_subject("newer:5") == "newer:5"


def test_every_subject_that_a_room_writes_has_words():
    """Each room names its subjects `word:number`; the ledger's page must not show a bare one."""
    subject = re.compile(r'(?:return|subject =|append\("[a-z_.]+",|^\s+) ?f"([a-z_]+):\{', re.MULTILINE)
    written = set()
    for path in Path(thuchu.desk.__file__).parent.rglob("*.py"):
        if path.parent.name not in ("jobs", "web", "migrations"):
            written |= set(subject.findall(path.read_text("utf-8")))

    assert {"publisher", "fact_check", "pseudonym", "claim", "note", "event", "topic", "ratings", "round"} <= written
    # A fact is named so in tellings; the ledger tells of it under its event.
    assert written - {"version", "fact"} <= set(words.SUBJECTS)


def test_an_entry_leads_to_the_page_of_what_it_is_about():
    pages = ["/publishers/#publisher-2", "/f/2", "/c/2", "/n/2", "/e/2", "", ""]

    rooms = ["publisher", "fact_check", "claim", "note", "event", "pseudonym", "capture"]
    assert [words.entry_link(f"{room}:2") for room in rooms] == pages


def test_every_way_of_looking_alike_has_a_sentence(language):
    assert set(words.LINK_REASONS) == set(Reason.__args__)
    assert words.link_reason("") == ""


def test_languages_are_named_in_the_pages_language():
    with translation.override("vi"):
        assert words.spoken("en") == "Tiếng Anh"
        assert words.spoken("vi") == "Tiếng Việt"
        assert words.spoken("xx-unknown") == "xx-unknown"


def test_words_are_marked_as_the_message_wrote_them():
    marked = words.message("Bác Uống nước muối nhé, uống nhiều", ("uống", "nước muối"))

    assert marked == "Bác <mark>Uống</mark> <mark>nước muối</mark> nhé, <mark>uống</mark> nhiều"


def test_a_word_inside_another_is_not_marked():
    assert words.message("muốn muối", ("mu",)) == "muốn muối"


@given(st.text(max_size=200), st.lists(st.text(max_size=10), max_size=8))
def test_marking_changes_no_letter_and_lets_no_markup_through(text, shared):
    shown = words.message(text, tuple(shared))

    plain = html.unescape(re.sub(r"</?mark>", "", shown))
    if not any(f"[{kind}]" in text.lower() for kind in Kind):
        assert plain == html.unescape(text) or html.unescape(re.sub(r"</?mark>", "", shown)) == text
        assert set(re.findall(r"<[^>]*>", shown)) <= {"<mark>", "</mark>"}
