"""Every address of the desk, given numbers beyond any column and text no database keeps: an answer, never a crash.

SQLite takes both without a word; PostgreSQL refuses them, so what a door lets through shows there.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from signing_in import people_of, signed_in

import thuchu.desk.web
from the_router import addresses
from thuchu.desk.accounts import limits
from thuchu.desk.parts import parts

pytestmark = pytest.mark.django_db

PAGES = Path(thuchu.desk.web.__file__).parent
SOURCE = "\n".join(file.read_text() for file in PAGES.rglob("*.py"))
# Every name that a page reads from a form, and every one that it reads from an address.
POSTED = sorted(set(re.findall(r"(?:POST(?:\.get|\.getlist)?[\[(]|typed\(request, )\"([a-z_]+)\"", SOURCE)))
ASKED = sorted(
    {
        *re.findall(r"GET(?:\.get|\.getlist)?[\[(]\"([a-z_]+)\"", SOURCE),
        *re.findall(r"^    ([a-z_]+) = forms\.", SOURCE, re.MULTILINE),
    }
)
NUL = "a\x00b"
ODD = {"nul": NUL, "beyond 63 bits": str(2**63)}
# More fields than any form has are refused unread.
FIELDS_AT_ONCE = 25


@pytest.fixture(autouse=True)
def many_tries(monkeypatch):
    """Everybody asks for everything from one line."""
    monkeypatch.setattr(limits, "TRIES_PER_MINUTE", 100_000)
    limits.tries.cache_clear()
    yield
    limits.tries.cache_clear()


def undone(client, method, path, **what):
    """The answer; what it did is undone, so that the next one finds the same desk."""
    client.raise_request_exception = False
    with transaction.atomic():
        response = getattr(client, method)(path, **what)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_every_door_answers_whatever_it_is_given(joined, home, odd):
    client = signed_in(people_of(joined)["coordinator"].id)
    number = odd if odd.isdigit() else "1"
    crashed = []

    for _, path, _ in addresses():
        odd_path = re.sub(r"(?<=/)1(?=/|$)", number, path).replace("nothing", odd.replace("\x00", "%00"))
        for method, names in (("get", ASKED), ("post", POSTED)):
            given = [dict.fromkeys(some, odd) for some in parts(names, FIELDS_AT_ONCE)]
            answers = [undone(client, method, odd_path, data=fields).status_code for fields in given]
            crashed += [f"{method} {odd_path}"] * (max(answers) >= 500)

    assert not crashed


def test_fields_were_found():
    assert {"message", "verdict", "helpfulness"} <= set(POSTED)
    assert {"q", "page", "area"} <= set(ASKED)
    assert len(ASKED) <= FIELDS_AT_ONCE


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "django_language"])
def test_a_cookie_of_odd_text_is_none(client, home, cookie):
    client.cookies[cookie] = NUL + "c" * 31

    for path in ("/", "/account/", "/queue/"):
        assert undone(client, "get", path).status_code < 500


def test_more_fields_than_anybody_has_a_use_for_are_refused(client, home):
    for path in ("/api/v1/fact-checks", "/f/"):
        assert undone(client, "get", path, data={f"f{place}": "1" for place in range(80)}).status_code == 400


def test_odd_text_in_what_a_program_sends_is_answered(client, home):
    sent = {"text": f"Uống nước muối {NUL} diệt vi rút có đúng không", "needed_by": NUL, "door": NUL}

    response = undone(client, "post", "/api/v1/check", data=sent, content_type="application/json")

    assert response.status_code < 500
