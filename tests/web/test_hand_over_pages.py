"""Handing over on pages: what is open, whom one asks, what the other accepts."""

import pytest
from claims_desk import SALT_WATER, ClaimsDesk
from small_library import text_of

from thuchu.desk.accounts.models import Account, RoleGrant
from thuchu.desk.claims.assign import take

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return ClaimsDesk()


def test_one_asks_and_the_other_accepts(desk):
    claim = desk.claim(SALT_WATER)
    take(claim, person=desk.an.pseudonym_id, now=desk.now)
    an, binh = desk.browser(desk.an), desk.browser(desk.binh)
    assert "Không có việc dở dang" in text_of(binh.get("/account/hand-over/"))
    assert f'href="/c/{claim}"' in text_of(an.get("/account/hand-over/"))

    assert an.post("/account/hand-over/", {"to": "x"}).status_code == 422
    assert an.post("/account/hand-over/", {"to": desk.binh.pseudonym_id}).status_code == 303
    assert "An Nhiên nhờ bạn nhận bàn giao" in text_of(binh.get("/order/"))
    assert f'href="/c/{claim}"' in text_of(binh.get("/account/hand-over/"))
    assert desk.browser(desk.chi).post(f"/account/hand-over/{desk.an.pseudonym_id}/accept").status_code == 409
    assert binh.post(f"/account/hand-over/{desk.an.pseudonym_id}/accept").status_code == 303

    assert an.get("/account/hand-over/").status_code == 403
    assert an.get("/account/").status_code == 200
    assert not RoleGrant.objects.filter(account=desk.an.id).exists()


def test_an_offer_is_declined_or_taken_back(desk):
    an, binh = desk.browser(desk.an), desk.browser(desk.binh)
    for who, path in ((binh, f"/account/hand-over/{desk.an.pseudonym_id}/decline"), (an, "/account/hand-over/back")):
        an.post("/account/hand-over/", {"to": desk.binh.pseudonym_id})
        assert who.post(path).status_code == 303
        assert "nhờ bạn" not in text_of(binh.get("/account/hand-over/"))


def test_leaving_offers_it_first_and_the_last_one_says_so(desk):
    an = desk.browser(desk.an)
    assert 'href="/account/hand-over/"' in text_of(an.get("/account/leave/"))
    RoleGrant.objects.exclude(account=desk.an.id).delete()
    page = text_of(an.get("/account/leave/"))
    assert 'href="/account/hand-over/"' not in page
    assert 'name="knows_last"' in page

    assert an.post("/account/leave/").status_code == 409
    assert an.post("/account/leave/", {"knows_last": "yes"}).status_code == 303

    assert not Account.objects.filter(pk=desk.an.id).exists()
