"""Rules 4 and 7: a commitment leads to no verdict, no target buys one, and nobody is named, counted or ranked by it."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from commitments.meeting_desk import MeetingDesk
from thuchu.desk.commitments.calendars import Desk, commitments_calendar
from thuchu.desk.commitments.exporting import COLUMNS, as_csv, as_json
from thuchu.desk.commitments.measures import FIGURES
from thuchu.desk.commitments.models import OWNER_KINDS, Commitment, Helper
from thuchu.desk.commitments.reads import register

# Where verdicts, statuses and ratings live.
OF_VERDICTS = {"notes", "publishing", "library", "replies", "intake"}
# B3.6 of the review's specification: volumes of notes or ratings, verdicts, publishers, single people.
NEVER_A_TARGET = re.compile(r"verdict|false$|refuted|notes|ratings?$|raters|retention|sources|publisher|asked|claims_")


def leads_to(model):
    """Every table that rows of this one may point at."""
    return {field.related_model for field in model._meta.get_fields() if field.is_relation and field.concrete}


def test_no_commitment_leads_to_a_verdict_a_status_or_an_account():
    found, todo = set(), set(apps.get_app_config("commitments").get_models())
    while todo:
        model = todo.pop()
        found.add(model)
        todo |= leads_to(model) - found

    rooms = {model._meta.app_label for model in found}
    assert not rooms & OF_VERDICTS
    assert "accounts" not in rooms


def test_no_figure_may_be_a_target_that_verdicts_or_anybodys_output_would_pay_for():
    assert not [key for key in FIGURES if NEVER_A_TARGET.search(key)]


def test_only_a_role_or_an_organisation_owns_a_commitment_or_helps():
    assert OWNER_KINDS == ("role", "organisation")
    for model in (Commitment, Helper):
        named = {field.name for field in model._meta.get_fields() if field.concrete}
        assert not named & {"account", "pseudonym", "person", "user"}


@pytest.mark.django_db
def test_no_file_of_the_register_names_or_counts_a_person():
    desk = MeetingDesk(timezone.now())
    number = desk.agree(due_on=(desk.now + timedelta(days=40)).date())
    desk.report(number)
    desk.confirm(number)
    views = register(now=desk.now)

    whose = Desk(name="Thực Hư", address="https://ban.example", host="ban.example", language="vi")
    files = [as_csv(views, language="vi"), as_json(views, address=""), commitments_calendar(views, whose, title="")]

    people = [each.name for each in (desk.an, desk.binh, desk.chi, desk.dung)]
    for written in files:
        assert not [name for name in people if name in written.decode()]
        assert not re.search(rb"pseudonym|contributor_id|agreed_by|reported_by", written)
    assert not [column for column in COLUMNS if column in ("by", "person", "contributor")]
