"""Rule 3: a verdict without evidence exists neither for the room's verbs nor for the database below them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from notes.notes_desk import ANSWER, Desk
from thuchu.desk.evidence.models import Quote
from thuchu.desk.notes import reads, refusals
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.models import Note, Version
from thuchu.desk.notes.write import write

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
OTHER = "Không có bằng chứng nào cho thấy uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng."

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(NOW)


@pytest.mark.parametrize("evidence", [[], [999], [0], [-1]])
def test_no_note_is_written_without_evidence_that_is_here(desk, evidence):
    with pytest.raises((refusals.EvidenceWanted, refusals.EvidenceUnknown)):
        write(desk.person("An"), desk.claim(), desk.draft(evidence=evidence), now=NOW)

    assert not Note.objects.exists()
    assert not Version.objects.exists()


def test_one_unknown_piece_among_good_ones_refuses_the_whole(desk):
    with pytest.raises(refusals.EvidenceUnknown):
        write(desk.person("An"), desk.claim(), desk.draft(evidence=[desk.evidence(), 999]), now=NOW)

    assert not Note.objects.exists()


def test_no_edit_drops_the_evidence(desk):
    an = desk.person("An")
    number = desk.note(an)

    with pytest.raises(refusals.EvidenceWanted):
        edit(an, number, replace(desk.draft(OTHER), evidence=[]), now=NOW)

    assert len(reads.note(number, viewer=None, now=NOW).evidence) == 1


def test_the_database_itself_takes_no_version_without_evidence(desk):
    an = desk.person("An")
    note = Note.objects.create(claim_id=desk.claim(), author_id=an.pseudonym_id, written_at=NOW)
    row = {"note": note, "number": 1, "verdict": "false", "text": ANSWER, "n_words": 30, "written_at": NOW}

    for rests_on in (None, 999):
        with pytest.raises(DatabaseError):
            create_and_check(row | {"rests_on_id": rests_on})


def create_and_check(row):
    """Foreign keys are looked at when a transaction ends."""
    with transaction.atomic():
        Version.objects.create(**row)
        connection.check_constraints()


def test_evidence_is_not_taken_away_from_under_a_verdict(desk):
    desk.note(desk.person("An"))

    with pytest.raises(ProtectedError):
        Quote.objects.all().delete()
    with pytest.raises(DatabaseError):
        delete_below_django()


def delete_below_django():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM evidence_quote")
        connection.check_constraints()


def test_evidence_of_a_version_is_not_exchanged_afterwards(desk):
    desk.note(desk.person("An"))

    with pytest.raises(DatabaseError, match="stays as it was written"), transaction.atomic():
        Version.objects.update(rests_on=desk.evidence("Một câu khác hẳn."))
