"""Leaving: everything private is gone from every table, what was public keeps a name that leads nowhere."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from test_passkeys import signs_in

from thuchu.desk.accounts import emails, names, reads, refusals
from thuchu.desk.accounts.figures import figures
from thuchu.desk.accounts.invite import invite, invite_first_operator
from thuchu.desk.accounts.leave import leave
from thuchu.desk.accounts.models import Account, Invitation, Pseudonym
from thuchu.desk.ledger.models import Entry
from thuchu.desk.ledger.verify import verify_ledger


def everything():
    """All rows of all tables, as text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_who_leaves_is_in_no_table_any_more(desk, now):
    an = desk.person("An Nguyên", "coordinator", may_write=True)
    emails.give_email(an.id, "an@thu.example", now=now)
    view = an.view()
    kept = [view.name, names.key(view.name), str(view.rater_number), "an@thu.example"]
    assert all(value in everything() for value in kept)

    leave(an.id, now=now, knows_last=True)

    left = everything()
    assert not any(value in left for value in kept)
    for model in apps.get_app_config("accounts").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is Account:
                assert not model.objects.filter(**{field.name: an.id}).exists()


def test_the_public_name_becomes_a_random_one_and_its_number_stays(desk, now):
    an = desk.person("An Nguyên")
    number = an.view().pseudonym_id

    name = leave(an.id, now=now)

    assert re.fullmatch(r"người đóng góp [2-9A-Z]{6}", name)
    assert reads.pseudonyms([number, 404]) == {number: reads.PseudonymView(id=number, name=name, left=True)}


def test_leaving_is_an_entry_without_a_name(desk, now):
    an = desk.person("An Nguyên")
    number = an.view().pseudonym_id

    leave(an.id, now=now, knows_last=True)

    entry = Entry.objects.last()
    assert (entry.kind, entry.subject, entry.body) == ("contributor.left", f"pseudonym:{number}", "{}")
    assert verify_ledger().seq == entry.seq


def test_what_opened_the_account_opens_nothing(desk, site, now):
    an = desk.person("An Nguyên")
    leave(an.id, now=now, knows_last=True)

    with pytest.raises(refusals.PasskeyNotRecognised):
        signs_in(an.phone, site, now)
    with pytest.raises(refusals.NoSuchAccount):
        leave(an.id, now=now)
    assert reads.account_view(an.id) is None
    assert reads.ways_in(an.id) is None


def test_the_old_name_is_free_and_gives_nothing_back(desk, now):
    before = desk.person("An Nguyên", may_write=True)
    number = before.view().pseudonym_id
    leave(before.id, now=now)

    after = desk.person("An Nguyên").view()

    assert after.pseudonym_id != number
    assert not after.may_write


def test_invitations_go_with_who_gave_them(desk, now):
    an = desk.person("An Nguyên", "coordinator")
    token = invite(an.view(), now=now)

    leave(an.id, now=now, knows_last=True)

    assert reads.invitation(token, now=now) is None
    assert not Invitation.objects.filter(inviter__name="An Nguyên").exists()


def test_leaving_and_coming_again_makes_no_place(desk, now):
    an = desk.person("An Nguyên")
    before = reads.places_left_this_week(now=now)

    leave(an.id, now=now, knows_last=True)

    assert reads.places_left_this_week(now=now) == before


def test_a_desk_whose_operator_left_can_have_another(desk, now):
    leave(desk.operator.id, now=now)

    assert not reads.has_operator()
    assert invite_first_operator(now=now)


def test_figures_count_and_name_nobody(desk, now):
    desk.person("An Nguyên", "coordinator", may_write=True)
    leave(desk.person("Bình Trần").id, now=now)

    found = figures(since=now, until=now + timedelta(days=1))

    assert (found.contributors, found.may_write, found.coordinators, found.joined, found.left_ever) == (2, 1, 1, 3, 1)
    assert Pseudonym.objects.count() == 3
