"""What the database itself refuses, whoever writes to it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from thuchu.desk import triggers
from thuchu.desk.accounts import guards, names, reads
from thuchu.desk.accounts.forget import forget_old
from thuchu.desk.accounts.guards import missing_guards
from thuchu.desk.accounts.invite import invite
from thuchu.desk.accounts.leave import leave
from thuchu.desk.accounts.models import Account, Email, Invitation, Passkey, Pseudonym, RoleGrant
from thuchu.desk.accounts.places import INVITATION_WINDOW_DAYS


@pytest.fixture
def an(desk):
    return desk.person("An Nguyên", "coordinator", may_write=True)


def test_the_tables_have_their_guards(db):
    assert missing_guards() == []


def test_a_guard_that_is_gone_is_named(db):
    name = "accounts_practice_stays"
    triggers.remove({name: guards._SQLITE[name]}, "default")

    assert missing_guards() == ["accounts_practice_stays"]


@pytest.mark.parametrize(
    "change",
    [
        {"rater_number": 7},
        {"rater_number": -7},
        {"user_handle": b"another"},
        {"may_write": False},
        {"totp_secret": "A" * 32},
    ],
)
def test_what_an_account_was_promised_stays(an, now, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=an.id).update(**change)


def test_only_failures_make_a_name_rest(an, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=an.id).update(locked_until=now)


def test_an_account_never_moves_to_another_name(an, now):
    other = Pseudonym.objects.create(name="Bình", key="blnh", joined_at=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=an.id).update(pseudonym=other)


def test_who_left_is_never_named_again(an, now):
    number = an.view().pseudonym_id
    leave(an.id, now=now, knows_last=True)

    with pytest.raises(IntegrityError, match="who left"), transaction.atomic():
        Pseudonym.objects.filter(pk=number).update(name="An Nguyên", left=False)
    with pytest.raises(IntegrityError, match="who left"), transaction.atomic():
        Account.objects.create(pseudonym_id=number, rater_number=99, user_handle=b"x")


def test_a_rater_number_is_never_its_pseudonyms(db, now):
    row = Pseudonym.objects.create(name="Bình", key="blnh", joined_at=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(pseudonym=row, rater_number=row.pk, user_handle=b"x")


def test_a_person_cannot_invite_an_operator(desk, now):
    invite(desk.operator.view(), now=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(role="contributor").update(role="operator")


def test_an_invitation_that_was_used_stays_used(desk, an):
    with pytest.raises(IntegrityError, match="used once"), transaction.atomic():
        Invitation.objects.filter(is_used=True).update(is_used=False)


def test_rows_that_make_no_sense_are_refused(desk, an, now):
    wrong = [
        lambda: RoleGrant.objects.create(account_id=an.id, role="editor", granted_at=now),
        lambda: RoleGrant.objects.create(account_id=an.id, role="coordinator", granted_at=now),
        lambda: Email.objects.create(account_id=an.id, address="an@thu.example", asked_at=now),
        lambda: Email.objects.create(account_id=an.id, address="", token_digest="x", asked_at=now),
        lambda: Passkey.objects.filter(account=an.id).update(sign_count=-1),
        lambda: Passkey.objects.filter(account=an.id).update(name=""),
        lambda: Pseudonym.objects.create(name="Khác", key=names.key("An Nguyên"), joined_at=now),
        lambda: Pseudonym.objects.create(name="", key="", joined_at=now),
    ]
    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_invitations_are_forgotten_when_they_no_longer_count(desk, now):
    invite(desk.operator.view(), now=now)
    invite(desk.operator.view(), now=now + timedelta(days=2))

    forget_old(now=now + timedelta(days=INVITATION_WINDOW_DAYS, seconds=1))

    assert Invitation.objects.count() == 1
    assert forget_old(now=now + timedelta(days=INVITATION_WINDOW_DAYS, seconds=1)) == 0


def test_a_page_of_an_account_asks_the_database_little(desk, an, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        reads.account_view(an.id)
    with django_assert_max_num_queries(3):
        reads.ways_in(an.id)
