"""Rule 1: a claim is something evidence can settle; two reasons close one, and a private matter's text goes at once."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from claims.waiting_desk import AN, BINH, Desk
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.models import CLOSING_REASONS, Claim, Proposal
from thuchu.desk.claims.proposals import confirm
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.privacy import scrub

PRIVATE_MATTER = "Vợ chồng ông Bảy cuối xóm sắp ly dị vì chuyện tiền bạc có phải không bà con"


@pytest.fixture
def desk(db, now):
    return Desk(now)


def test_two_reasons_exist_and_no_list_by_kind_of_opinion():
    assert CLOSING_REASONS == ("not_a_fact", "private")


@pytest.mark.parametrize("reason", ["opinion", "satire", "prediction", "faith", "loyalty"])
def test_neither_code_nor_database_takes_another_reason(desk, reason):
    number = desk.claim(PRIVATE_MATTER)

    with pytest.raises(ClaimRefused):
        propose_not_checkable(number, reason, scrub("Vì vậy."), by=AN, now=desk.now, has_helpful_note=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=number).update(
            state="not_checkable", state_before="open", need=None, closed_reason=reason
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            kind="not_checkable", claim_id=number, code=reason, reason="x", proposed_by=AN, proposed_at=desk.now
        )


def test_a_private_matters_text_is_in_no_table_after_it_was_closed(desk):
    number = desk.claim(PRIVATE_MATTER)
    for _ in range(3):
        desk.ask(PRIVATE_MATTER)
    waiting = propose_not_checkable(
        number, "private", scrub("Chuyện riêng."), by=AN, now=desk.now, has_helpful_note=False
    )

    confirm(waiting, by=BINH, now=desk.now)

    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            assert not [row for row in cursor.fetchall() if "ông Bảy" in str(row)], model.__name__


def test_an_opinion_has_no_verdict_to_be_given():
    fields = {field.name for model in apps.get_app_config("claims").get_models() for field in model._meta.get_fields()}

    assert not fields & {"verdict", "status", "rating", "score", "opinion", "stance"}
