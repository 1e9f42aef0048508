"""Every address of the router, asked by everybody: a visitor is shown the way in, nobody opens what isn't for them."""

import pytest
from addresses import ACCOUNT, KEY, PUBLIC, TOKEN, WHO
from django.db import transaction
from django.test import Client
from signing_in import people_of, signed_in

from the_router import addresses
from thuchu.desk.accounts import limits
from thuchu.desk.accounts.permissions import Act, may

pytestmark = pytest.mark.django_db

KINDS = ["visitor", "contributor", "practised", "coordinator", "operator"]
# Not found, or not asked in this way, is the same for everybody and gives nothing away.
NOTHING_THERE = (404, 405, 410)


ADDRESSES = list(addresses())


@pytest.fixture(autouse=True)
def many_tries(monkeypatch):
    """Everybody asks for everything from one line."""
    monkeypatch.setattr(limits, "TRIES_PER_MINUTE", 100_000)
    limits.tries.cache_clear()
    yield
    limits.tries.cache_clear()


def test_every_address_has_a_line_that_says_who_may_open_it():
    missing = {name for name, _, _ in ADDRESSES} - set(WHO)

    assert not missing, "write them into addresses.py"


def test_the_router_is_read_whole():
    paths = {path for _, path, _ in ADDRESSES}

    assert {"/", "/robots.txt", "/account/passkeys/1/remove", "/join/nothing", "/api/v1/check"} <= paths
    assert not [path for path in paths if "<" in path]


def test_a_page_asks_for_the_act_that_its_line_names():
    for name, path, view in ADDRESSES:
        asks = getattr(view, "needs", None)
        if asks is not None:
            assert asks == WHO[name], path


def is_expected(name, view, response):
    """Is this what the table promises to that person?"""
    to_sign_in = response.status_code == 303 and response["Location"].startswith("/signin/?next=")
    if response.status_code >= 500:
        return False
    rule = WHO[name]
    if rule in (PUBLIC, TOKEN):
        return response.status_code not in (401, 403) and not to_sign_in
    if rule == KEY:
        return response.status_code in (401, 405)
    is_allowed = view is not None if rule == ACCOUNT else may(view, rule)
    if is_allowed:
        return response.status_code != 403 and not to_sign_in
    if response.status_code == 405:
        return True
    return to_sign_in if view is None else response.status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_opens_what_is_not_for_them(joined, home, kind, method):
    who, wrong = people_of(joined)[kind], {}

    for name, path, _ in ADDRESSES:
        # What a form does is undone, so that the next one finds the same desk.
        with transaction.atomic():
            client = signed_in(who.id) if who else Client()
            client.raise_request_exception = False
            response = getattr(client, method)(path)
            transaction.set_rollback(True)
        if not is_expected(name, who, response):
            wrong[name] = response.status_code

    assert not wrong


def test_what_is_for_an_act_is_closed_to_a_role_that_rests(joined, home):
    """An operator who signed in without a second factor opens nothing of an operator's."""
    operator = joined.operator.view()

    for name, path, _ in ADDRESSES:
        if WHO[name] in (Act.SEE_SETTINGS, Act.SEE_JOBS, Act.GRANT_ROLE):
            response = signed_in(operator.id, strong=False).get(path)
            assert response.status_code in (403, 405), name


def test_a_form_of_somebody_signed_in_needs_its_token(joined, home):
    """No other site can press our buttons."""
    who = joined.operator.view()

    for name, path, _ in ADDRESSES:
        if WHO[name] in (PUBLIC, TOKEN, KEY):
            continue
        client = Client(enforce_csrf_checks=True)
        client.cookies = signed_in(who.id).cookies
        assert client.post(path).status_code in (403, 405), name
