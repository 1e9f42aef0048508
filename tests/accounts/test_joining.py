"""Joining: by invitation, once, with a way in; the desk grows by so many a week, a person invites so many a month."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from authenticator import Phone
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from people import DESK, PASSWORD, register

from thuchu.desk.accounts import places, reads, refusals
from thuchu.desk.accounts.invite import invite, invite_first_operator, take_back
from thuchu.desk.accounts.joining import ByPasskey, ByPassword, check_joining, join
from thuchu.desk.accounts.models import Account, Invitation, Passkey, Pseudonym, RecoveryCode
from thuchu.desk.accounts.places import INVITATIONS_MAX, PLACES_PER_WEEK_MIN
from thuchu.desk.accounts.practice import pass_practice
from thuchu.desk.accounts.tokens import new_token
from thuchu.desk.accounts.ways_in import NewPassword, new_password
from thuchu.desk.ledger.models import Entry
from thuchu.desk.logs import NoMessages
from thuchu.privacy import scrub

BY_PASSWORD = ByPassword(password=NewPassword(hashed="argon2$kept"))


def joins(token, name, now):
    return join(token, scrub(name), BY_PASSWORD, desk_name=DESK, now=now)


def test_who_is_invited_joins_as_a_contributor_who_may_not_write_yet(desk, now):
    an = desk.person("An Nguyên").view()

    assert an.roles == {"contributor"}
    assert an.name == "An Nguyên"
    assert not an.may_write
    assert an.second_factor


def test_an_invitation_is_good_once(desk, now):
    token = invite(desk.operator.view(), now=now)
    joins(token, "An Nguyên", now)

    with pytest.raises(refusals.InvitationGone):
        joins(token, "Bình Trần", now)
    assert reads.invitation(token, now=now) is None


def test_an_invitation_is_good_for_a_week(desk, now):
    token = invite(desk.operator.view(), now=now)

    assert reads.invitation(token, now=now + timedelta(days=6)).role == "contributor"
    with pytest.raises(refusals.InvitationGone):
        joins(token, "An Nguyên", now + timedelta(days=7))


@pytest.mark.parametrize("token", ["", "x", "A" * 24, "A" * 5_000, "../" * 8, "Ạ" * 24])
def test_what_is_no_invitation_opens_nothing(desk, now, token):
    with pytest.raises(refusals.InvitationGone):
        joins(token, "An Nguyên", now)


def test_the_database_holds_no_invitation_that_could_be_used(desk, now):
    token = invite(desk.operator.view(), now=now)

    assert token not in str(list(Invitation.objects.values()))


def test_who_fails_to_join_has_used_nothing_up(desk, now):
    token = invite(desk.operator.view(), now=now)
    entries = Entry.objects.count()

    with pytest.raises(refusals.NameTaken):
        joins(token, "nguoi mo ban", now)
    unnamed = ByPasskey(made=register(Phone(), desk.site, "An Nguyên", now), name=scrub(""))
    with pytest.raises(refusals.PasskeyNameRefused):
        join(token, scrub("An Nguyên"), unnamed, desk_name=DESK, now=now)

    assert Entry.objects.count() == entries
    assert not Pseudonym.objects.filter(name="An Nguyên").exists()
    assert joins(token, "An Nguyên", now)


def test_a_name_can_be_tried_before_a_key_is_made_for_it(desk, now):
    token = invite(desk.operator.view(), now=now)

    assert check_joining(token, scrub(" An  Nguyên"), desk_name=DESK, now=now) == "An Nguyên"
    with pytest.raises(refusals.NameTaken):
        check_joining(token, scrub("Nguoi mo ban"), desk_name=DESK, now=now)
    with pytest.raises(refusals.InvitationGone):
        check_joining(new_token(), scrub("An Nguyên"), desk_name=DESK, now=now)


def test_joining_writes_an_entry_without_a_name_or_who_invited(desk):
    desk.person("An Nguyên")

    entry = Entry.objects.filter(kind="contributor.joined").last()

    assert entry.body == "{}"
    assert entry.subject == f"pseudonym:{Pseudonym.objects.get(name='An Nguyên').pk}"


def test_ten_recovery_codes_are_shown_and_kept_as_digests(desk):
    an = desk.person("An Nguyên")
    kept = str(list(RecoveryCode.objects.filter(account=an.id).values()))

    assert len(set(an.recovery_codes)) == RecoveryCode.objects.filter(account=an.id).count() == 10
    assert not any(code in kept or code.replace("-", "") in kept for code in an.recovery_codes)


def test_a_password_is_kept_as_argon2_and_alone_is_one_factor(desk):
    an = desk.with_password("An Nguyên")

    assert Account.objects.get(pk=an.id).password.startswith("argon2$argon2id$")
    assert PASSWORD not in str(Account.objects.values().get(pk=an.id))
    assert not an.view().second_factor


@pytest.mark.parametrize("password", ["", "ngắn", "x" * 11, "x" * 201])
def test_a_password_has_12_to_200_characters(password):
    with pytest.raises(refusals.PasswordLength):
        new_password(password, name="An Nguyên")


@pytest.mark.parametrize(
    "password", ["aaaaaaaaaaaaaaa", "matkhau123456", "an nguyên an nguyên", "AnNguyen1111", "1212121212121"]
)
def test_a_password_that_anybody_would_try_first_is_refused(password):
    with pytest.raises(refusals.PasswordGuessable):
        new_password(password, name="An Nguyên")


def test_a_person_invites_so_many_a_month_and_no_more(desk, now):
    by = desk.operator.view()
    for _ in range(INVITATIONS_MAX):
        assert invite(by, now=now)
    assert reads.invitations_left(by.pseudonym_id, now=now) == 0

    with pytest.raises(refusals.InvitedEnough):
        invite(by, now=now + timedelta(days=29))

    assert invite(by, now=now + timedelta(days=30))


def test_an_invitation_taken_back_is_worthless_and_frees_its_place(desk, now):
    by, before = desk.operator.view(), reads.places_left_this_week(now=now)
    token = invite(by, now=now)
    (made,) = reads.open_invitations(by.pseudonym_id, now=now)

    assert take_back(by, made.id)

    assert reads.places_left_this_week(now=now) == before
    assert reads.invitation(token, now=now) is None
    assert not take_back(by, made.id)


def test_nobody_takes_back_what_another_gave(desk, now):
    an = desk.person("An Nguyên", "coordinator").view()
    invite(desk.operator.view(), now=now)
    (made,) = reads.open_invitations(desk.operator.view().pseudonym_id, now=now)

    assert not take_back(an, made.id)


def test_newcomers_invite_after_practice(desk, now):
    an = desk.person("An Nguyên")
    with pytest.raises(refusals.NotForYou):
        invite(an.view(), now=now)
    pass_practice(an.id, now)

    assert invite(an.view(), now=now)


def test_the_desk_grows_by_so_many_a_week_whoever_invites(desk, now):
    assert reads.places_left_this_week(now=now) == PLACES_PER_WEEK_MIN - 1
    for number in range(PLACES_PER_WEEK_MIN - 1):
        desk.person(f"Người thứ {'abcdefghi'[number]}")
    assert reads.places_left_this_week(now=now) == 0

    with pytest.raises(refusals.NoPlaceThisWeek):
        invite(desk.operator.view(), now=now)

    later = now + timedelta(days=7)
    assert reads.places_left_this_week(now=later) == PLACES_PER_WEEK_MIN


def test_who_was_invited_has_a_place_whatever_happens(desk, now):
    token = invite(desk.operator.view(), now=now)
    for number in range(PLACES_PER_WEEK_MIN - 2):
        desk.person(f"Người thứ {'abcdefghi'[number]}")
    assert reads.places_left_this_week(now=now) == 0

    assert joins(token, "An Nguyên", now + timedelta(days=6))


def test_a_grown_desk_takes_in_a_tenth_a_week(db, now):
    Pseudonym.objects.bulk_create(
        Pseudonym(name=f"P{n}", key=f"p{n}", joined_at=now - timedelta(days=60)) for n in range(205)
    )
    Account.objects.bulk_create(
        Account(pseudonym=row, rater_number=10_000 + row.pk, user_handle=str(row.pk).encode())
        for row in Pseudonym.objects.all()
    )

    assert places.places_left(now) == 20


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(["invite", "join", "wait", "take back"]), st.integers(0, 9)), min_size=10, max_size=60
    )
)
def test_whatever_happens_no_week_sees_more_newcomers_than_places(acts):
    run_weeks(acts)


def run_weeks(acts):
    """Play the acts in a transaction that is undone; after each, count who joined within the last week."""
    now, open_tokens, names = datetime(2026, 11, 24, tzinfo=UTC), [], iter(range(100))
    letters = "bcdfghjkmp"
    with transaction.atomic():
        by = joins(invite_first_operator(now=now), "Người Mở Bàn", now)
        Account.objects.filter(pk=by.account_id).update(totp_secret="A" * 32)
        view = reads.account_view(by.account_id)
        for act, number in acts:
            if act == "invite" and places.places_left(now):
                Invitation.objects.filter(is_used=True).delete()
                if places.invitations_left(view.pseudonym_id, now=now):
                    open_tokens.append(invite(view, now=now))
            elif act == "join" and open_tokens and reads.invitation(open_tokens[0], now=now):
                index = next(names)
                joins(open_tokens.pop(0), f"Ai {letters[index // 10]}{letters[index % 10]}", now)
            elif act == "wait":
                now += timedelta(days=number)
            elif act == "take back":
                for made in reads.open_invitations(view.pseudonym_id, now=now)[:1]:
                    take_back(view, made.id)
            newcomers = Pseudonym.objects.filter(joined_at__gt=now - timedelta(days=7)).count()
            assert newcomers <= PLACES_PER_WEEK_MIN
        transaction.set_rollback(True)


def test_a_desk_without_operator_has_one_link_that_makes_one(db, now, site):
    older, newer = invite_first_operator(now=now), invite_first_operator(now=now)

    with pytest.raises(refusals.InvitationGone):
        joins(older, "An Nguyên", now)
    made = register(Phone(), site, "An Nguyên", now)
    an = join(newer, scrub("An Nguyên"), ByPasskey(made=made, name=scrub("máy")), desk_name=DESK, now=now)

    assert reads.account_view(an.account_id).roles == {"contributor", "operator"}
    assert Entry.objects.get(kind="role.granted").body == '{"by":0,"role":"operator"}'


def test_operators_who_lost_every_key_are_replaced_with_an_entry_each(desk, now):
    desk.person("An Nguyên", "operator")

    token = invite_first_operator(now=now, replace=True)

    assert not reads.has_operator()
    assert [e.body for e in Entry.objects.filter(kind="role.revoked")] == ['{"by":0,"role":"operator"}'] * 2
    binh = joins(token, "Bình Trần", now)
    assert reads.account_view(binh.account_id).held_roles == {"contributor", "operator"}


def test_a_desk_with_an_operator_has_no_such_link(desk, now):
    with pytest.raises(refusals.HasOperator):
        invite_first_operator(now=now)


@pytest.mark.parametrize("page", ["join", "email", "q"])
def test_a_log_holds_no_link_that_opens_something(page):
    token = new_token()
    record = logging.LogRecord("thuchu", logging.ERROR, "", 0, "slow page /%s/%s", (page, token), None)

    NoMessages().filter(record)

    assert record.getMessage() == f"slow page /{page}/…"


def test_no_row_tells_who_came_by_whose_invitation(desk, now):
    desk.person("An Nguyên")

    assert {field.name for field in Invitation._meta.get_fields()} == {
        "id", "token_digest", "inviter", "role", "made_at", "expires_at", "is_used",
    }  # fmt: skip
    assert Passkey.objects.count() == 2
