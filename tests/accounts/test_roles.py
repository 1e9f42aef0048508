"""Roles: given by operators with an entry, working only with a second factor, never the last operator's to lose."""

import json

import pytest

from thuchu.desk.accounts import reads, refusals
from thuchu.desk.accounts.leave import leave
from thuchu.desk.accounts.models import Account, RoleGrant
from thuchu.desk.accounts.practice import pass_practice
from thuchu.desk.accounts.roles import grant_role, revoke_role
from thuchu.desk.ledger.models import Entry


def test_an_operator_gives_and_takes_a_role_and_both_are_entries(desk, now):
    an, by = desk.person("An Nguyên"), desk.operator.view()

    grant_role(by, an.view().pseudonym_id, "coordinator", now=now)
    assert an.view().roles == {"contributor", "coordinator"}
    revoke_role(by, an.view().pseudonym_id, "coordinator", now=now)
    assert an.view().roles == {"contributor"}

    entries = Entry.objects.order_by("-seq")[:2]
    assert [entry.kind for entry in entries] == ["role.revoked", "role.granted"]
    for entry in entries:
        assert entry.subject == f"pseudonym:{an.view().pseudonym_id}"
        assert json.loads(entry.body) == {"role": "coordinator", "by": by.pseudonym_id}


@pytest.mark.parametrize("role", [(), ("coordinator",)])
def test_nobody_else_gives_roles(desk, now, role):
    an, binh = desk.person("An Nguyên", *role), desk.person("Bình Trần", "coordinator")

    with pytest.raises(refusals.NotForYou):
        grant_role(an.view(), an.view().pseudonym_id, "operator", now=now)
    with pytest.raises(refusals.NotForYou):
        revoke_role(an.view(), binh.view().pseudonym_id, "coordinator", now=now)


def test_a_role_that_is_held_without_second_factor_gives_no_roles(desk, now):
    an = desk.with_password("An Nguyên", "operator")

    with pytest.raises(refusals.NotForYou):
        grant_role(an.view(), an.view().pseudonym_id, "coordinator", now=now)


def test_everybody_may_give_their_own_role_back(desk, now):
    an = desk.person("An Nguyên", "coordinator")

    revoke_role(an.view(), an.view().pseudonym_id, "coordinator", now=now)

    assert not RoleGrant.objects.filter(account=an.id).exists()


def test_what_is_so_already_changes_nothing(desk, now):
    an, by = desk.person("An Nguyên", "coordinator"), desk.operator.view()
    entries = Entry.objects.count()

    with pytest.raises(refusals.RoleHeld):
        grant_role(by, an.view().pseudonym_id, "coordinator", now=now)
    with pytest.raises(refusals.RoleHeld):
        revoke_role(by, an.view().pseudonym_id, "operator", now=now)
    assert Entry.objects.count() == entries


def test_the_last_operator_stays_one(desk, now):
    by = desk.operator.view()

    with pytest.raises(refusals.LastOperator):
        revoke_role(by, by.pseudonym_id, "operator", now=now)

    an = desk.person("An Nguyên", "operator")
    revoke_role(an.view(), by.pseudonym_id, "operator", now=now)
    assert desk.operator.view().roles == {"contributor"}


def test_a_role_that_is_none_is_the_callers_mistake(desk, now):
    with pytest.raises(ValueError, match="coordinator, operator"):
        grant_role(desk.operator.view(), desk.person("An Nguyên").view().pseudonym_id, "editor", now=now)


def test_nobody_gives_a_role_to_who_left(desk, now):
    an = desk.person("An Nguyên")
    number = an.view().pseudonym_id
    leave(an.id, now=now)

    with pytest.raises(refusals.NoSuchAccount):
        grant_role(desk.operator.view(), number, "coordinator", now=now)


def test_everybody_may_know_who_holds_a_role(desk):
    desk.person("An Nguyên", "coordinator")

    assert [(holder.role, holder.name) for holder in reads.role_holders()] == [
        ("coordinator", "An Nguyên"),
        ("operator", "Người Mở Bàn"),
    ]


def test_practice_leaves_one_bit_and_no_entry(desk, now):
    an, entries = desk.person("An Nguyên"), Entry.objects.count()
    before = Account.objects.values().get(pk=an.id)

    pass_practice(an.id, now)
    pass_practice(an.id, now)

    after = Account.objects.values().get(pk=an.id)
    assert {name for name in after if after[name] != before[name]} == {"may_write"}
    assert Entry.objects.count() == entries
