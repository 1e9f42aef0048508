"""Rule 4 and 8: what an organisation answers, or doesn't, moves no verdict and no status; people weigh it."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from inquiries.asking_desk import AskingDesk
from thuchu.desk.inquiries.following import acknowledge, extend
from thuchu.desk.inquiries.models import OUTCOMES, Inquiry
from thuchu.desk.ledger.kinds import KINDS
from thuchu.privacy import scrub

ROOM = Path(__file__).parents[2] / "src" / "thuchu" / "desk" / "inquiries"
# Where verdicts and statuses are kept and made.
OF_VERDICTS = ("notes", "publishing", "library", "journey")


def everything_else():
    """Every row of the other rooms, but the ledger's."""
    models = [model for model in apps.get_models() if model._meta.app_label not in ("inquiries", "ledger")]
    return {model._meta.label: sorted(map(str, model.objects.values_list())) for model in models}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_whole_way_of_a_question_changes_no_row_of_any_other_room(db, now, outcome):
    desk = AskingDesk(now)
    claim = desk.notes.claim()
    desk.notes.note(desk.notes.person("Vân Sơn"), claim)
    organisation = desk.organisation()
    before = everything_else()

    number = desk.sent(organisation, claims=[claim])
    acknowledge(desk.an, number, on=date(2026, 11, 23), now=now)
    extend(desk.an, number, 5, "working", scrub("Công văn số 12."), on=date(2026, 11, 24), now=now)
    desk.answered(number, outcome, words="Tin này là sai. Đề nghị bàn kết luận là sai.")

    assert everything_else() == before


def test_no_row_of_an_inquiry_leads_to_a_note_a_verdict_or_a_status():
    for model in apps.get_app_config("inquiries").get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            assert target is None or target._meta.app_label not in OF_VERDICTS, f"{model.__name__}.{field.name}"


def test_the_room_knows_nobody_who_could_set_one():
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                room = (node.module or "").removeprefix("thuchu.desk.").partition(".")[0]
                assert room not in OF_VERDICTS, f"{path.name} imports {node.module}"


def test_an_entry_of_an_inquiry_holds_no_verdict_and_no_words():
    for kind, (_, fields) in KINDS.items():
        if kind.startswith("inquiry."):
            assert not fields & {"verdict", "status", "question", "quoted", "words", "reason"}, kind


def test_a_question_that_was_sent_keeps_its_words(db, now):
    AskingDesk(now).sent()

    with pytest.raises(DatabaseError, match="keeps its words"), transaction.atomic():
        Inquiry.objects.update(question="Trường có giấu dịch không?")
