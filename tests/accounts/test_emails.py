"""An address: only when given, confirmed by its owner, erased when they say so."""

from datetime import timedelta

import pytest

from thuchu.desk.accounts import emails, reads, refusals
from thuchu.desk.accounts.emails import LINK_HOURS
from thuchu.desk.accounts.forget import forget_old
from thuchu.desk.accounts.models import Email


@pytest.fixture
def an(desk):
    return desk.person("An Nguyên")


def test_nobody_needs_an_address(an):
    assert reads.ways_in(an.id).email == ""
    assert not Email.objects.exists()


def test_an_address_is_confirmed_by_who_opens_its_link_once(an, now):
    token = emails.give_email(an.id, " an@thu.example ", now=now)
    assert not reads.ways_in(an.id).is_email_confirmed

    emails.confirm_email(token, now=now)

    assert reads.ways_in(an.id).is_email_confirmed
    assert reads.ways_in(an.id).email == "an@thu.example"
    with pytest.raises(refusals.EmailLinkGone):
        emails.confirm_email(token, now=now)


def test_a_link_is_good_for_a_day(an, now):
    token = emails.give_email(an.id, "an@thu.example", now=now)

    with pytest.raises(refusals.EmailLinkGone):
        emails.confirm_email(token, now=now + timedelta(hours=LINK_HOURS))


@pytest.mark.parametrize("token", ["", "x", "A" * 24])
def test_what_is_no_link_confirms_nothing(an, now, token):
    emails.confirm_email(emails.give_email(an.id, "an@thu.example", now=now), now=now)

    with pytest.raises(refusals.EmailLinkGone):
        emails.confirm_email(token, now=now)


def test_another_address_takes_the_place_of_the_first_and_is_confirmed_anew(an, now):
    first = emails.give_email(an.id, "an@thu.example", now=now)
    emails.give_email(an.id, "khac@thu.example", now=now)

    with pytest.raises(refusals.EmailLinkGone):
        emails.confirm_email(first, now=now)
    assert reads.ways_in(an.id).email == "khac@thu.example"


@pytest.mark.parametrize("address", ["", "an", "an@", "an@thu.example\nBcc: b@thu.example", "a" * 250 + "@thu.example"])
def test_what_is_no_address_is_not_kept(an, now, address):
    with pytest.raises(refusals.EmailRefused):
        emails.give_email(an.id, address, now=now)
    assert not Email.objects.exists()


def test_an_address_is_erased_when_its_owner_says_so(an, now):
    emails.give_email(an.id, "an@thu.example", now=now)

    assert emails.erase_email(an.id)
    assert not emails.erase_email(an.id)
    assert not Email.objects.exists()


def test_an_address_that_nobody_confirms_is_forgotten(an, desk, now):
    emails.give_email(an.id, "an@thu.example", now=now)
    emails.confirm_email(emails.give_email(desk.operator.id, "mo@thu.example", now=now), now=now)

    forget_old(now=now + timedelta(hours=LINK_HOURS, seconds=1))

    assert list(Email.objects.values_list("address", flat=True)) == ["mo@thu.example"]


def test_an_account_that_is_gone_has_no_address(db, now):
    with pytest.raises(refusals.NoSuchAccount):
        emails.give_email(404, "an@thu.example", now=now)
