"""What a machine drafted is declared, labelled, and few (rule 8)."""

import pytest
from django.db import DatabaseError, transaction

from thuchu.desk.notes import reads, refusals
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.lane import AI_NOTES_A_CLAIM_MAX, AI_NOTES_FREE, AI_PERCENT_MAX
from thuchu.desk.notes.models import Note
from thuchu.desk.notes.reuse import reuse
from thuchu.desk.notes.take_back import withdraw

OTHER = "Không có bằng chứng nào cho thấy uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng."
SUBJECTS = (
    "mèo vàng",
    "chó đốm",
    "trâu đen",
    "gà trống",
    "vịt xiêm",
    "cá chép",
    "bò sữa",
    "dê núi",
    "ngựa ô",
    "heo mọi",
)


def claims(desk, number):
    return [
        desk.claim(f"Nghe nói con {SUBJECTS[n]} ở làng bên biết nói tiếng người từ tuần trước") for n in range(number)
    ]


def test_a_machines_draft_is_labelled_wherever_it_is_shown(desk, an, now):
    note = desk.note(an, ai_drafted=True)

    assert reads.note(note, viewer=None, now=now).ai_drafted


def test_a_label_is_never_taken_off(desk, an, now):
    note = desk.note(an, ai_drafted=True)

    edit(an, note, desk.draft(OTHER, ai_drafted=False), now=now)

    assert reads.note(note, viewer=None, now=now).ai_drafted
    with pytest.raises(DatabaseError), transaction.atomic():
        Note.objects.filter(pk=note).update(ai_drafted=False)


def test_a_label_goes_along_when_a_note_is_used_again(desk, an, now):
    here, there = claims(desk, 2)

    copy = reuse(desk.person("Chi Mai"), desk.note(an, here, ai_drafted=True), there, now=now)

    assert reads.note(copy, viewer=None, now=now).ai_drafted


def test_a_claim_has_few_such_notes(desk, now):
    claim, people = desk.claim(), desk.people(AI_NOTES_A_CLAIM_MAX + 2)
    for author in people[:AI_NOTES_A_CLAIM_MAX]:
        desk.note(author, claim, ai_drafted=True)

    with pytest.raises(refusals.ClaimLaneFull):
        desk.note(people[-1], claim, ai_drafted=True)

    mine = desk.note(people[-1], claim)
    with pytest.raises(refusals.ClaimLaneFull):
        edit(people[-1], mine, desk.draft(OTHER, ai_drafted=True), now=now)


def test_a_withdrawn_one_makes_room(desk, now):
    claim, people = desk.claim(), desk.people(AI_NOTES_A_CLAIM_MAX + 1)
    notes = [desk.note(author, claim, ai_drafted=True) for author in people[:AI_NOTES_A_CLAIM_MAX]]

    withdraw(people[0], notes[0], now=now)

    assert desk.note(people[-1], claim, ai_drafted=True)


def test_the_desk_has_few_such_notes(desk, an):
    some = claims(desk, AI_NOTES_FREE + 1)
    for claim in some[:AI_NOTES_FREE]:
        desk.note(an, claim, ai_drafted=True)

    with pytest.raises(refusals.DeskLaneFull, match=f"{AI_PERCENT_MAX}%"):
        desk.note(an, some[-1], ai_drafted=True)


def test_the_share_leaves_room_as_people_write(desk, an):
    some = claims(desk, AI_NOTES_FREE + 1)
    for claim in some[:AI_NOTES_FREE]:
        desk.note(an, claim, ai_drafted=True)
    # With the one that comes: 4 of 20.
    for author in desk.people(16):
        desk.note(author, some[0])

    assert desk.note(an, some[-1], ai_drafted=True)
    assert Note.objects.filter(ai_drafted=True).count() * 100 <= AI_PERCENT_MAX * Note.objects.count()
