"""Withholding a passage of a note: by two people, with a reason, for thirty days; never a verdict (rule 4)."""

from datetime import timedelta

import pytest
from notes_desk import ANSWER

from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.claims import reads as claims_reads
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.notes import reads, refusals, withhold
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.reuse import reuse
from thuchu.privacy import scrub

HOUSE = "nhà sơn xanh cuối ngõ Bàng"
TEXT = f"{ANSWER} Người tung tin ở {HOUSE}, ai cũng biết."
PASSAGE = (TEXT.index(HOUSE), TEXT.index(HOUSE) + len(HOUSE))


def test_a_passage_is_hidden_and_everything_else_is_shown(desk, an, now):
    note = desk.note(an, text=TEXT)

    desk.withhold(note, PASSAGE)

    shown = reads.note(note, viewer=None, now=now)
    assert shown.text == TEXT.replace(HOUSE, "[…]")
    assert (shown.verdict, shown.author.name, len(shown.evidence)) == ("false", "An Nhiên", 1)
    assert [(each.reason, each.why) for each in shown.withheld] == [("doxxing", "Câu này chỉ ra nhà của một người.")]
    assert HOUSE not in str(reads.versions(note, now=now))


def test_it_ends_after_thirty_days(desk, an, now):
    note = desk.note(an, text=TEXT)
    desk.withhold(note, PASSAGE)

    assert HOUSE not in reads.note(note, viewer=None, now=now + timedelta(days=29)).text
    assert HOUSE in reads.note(note, viewer=None, now=now + timedelta(days=31)).text


def test_a_court_order_is_shown_with_it(desk, an, now):
    note = desk.note(an, text=TEXT)

    desk.withhold(note, PASSAGE, code="court_order", order="Quyết định số 5 của Toà án nhân dân huyện Mẫu.")

    (passage,) = reads.note(note, viewer=None, now=now).withheld
    assert passage.court_order == "Quyết định số 5 của Toà án nhân dân huyện Mẫu."


def test_what_one_person_proposed_hides_nothing(desk, an, now):
    note, one = desk.note(an, text=TEXT), desk.person("Điềm", role="coordinator")
    withhold.propose(one, note, 1, PASSAGE, code="doxxing", reason=scrub("Lý do"), now=now)

    assert reads.note(note, viewer=None, now=now).text == TEXT
    (waiting,) = claims_reads.proposals_waiting()
    assert withhold.place_of(waiting.subject) == withhold.Place(note=note, version=1)


def test_only_coordinators_propose_it(desk, an, now):
    note = desk.note(an, text=TEXT)

    for person in (an, desk.person("Oanh", role="operator")):
        with pytest.raises(NotForYou):
            withhold.propose(person, note, 1, PASSAGE, code="doxxing", reason=scrub("Lý do"), now=now)


@pytest.mark.parametrize("passage", [(-1, 5), (5, 5), (9, 3), (0, 100_000), (len(ANSWER), len(ANSWER) + 1)])
def test_a_passage_stands_in_the_text(desk, an, now, passage):
    note, one = desk.note(an, text=TEXT), desk.person("Điềm", role="coordinator")

    with pytest.raises(refusals.PassageUnknown):
        withhold.propose(one, note, 1, passage, code="doxxing", reason=scrub("Lý do"), now=now)
    with pytest.raises(refusals.PassageUnknown):
        withhold.propose(one, note, 2, PASSAGE, code="doxxing", reason=scrub("Lý do"), now=now)


def test_an_opinion_of_it_is_no_reason(desk, an, now):
    note, one = desk.note(an, text=TEXT), desk.person("Điềm", role="coordinator")

    with pytest.raises(ClaimRefused, match="wrong_code"):
        withhold.propose(one, note, 1, PASSAGE, code="misleading", reason=scrub("Lý do"), now=now)


def test_a_hidden_passage_comes_back_neither_by_an_edit_nor_by_a_copy(desk, an, now):
    note = desk.note(an, text=TEXT)
    desk.withhold(note, PASSAGE)

    for spelling in (HOUSE, HOUSE.upper(), "nha, son xanh cuoi ngo Bang"):
        with pytest.raises(refusals.WithheldComesBack):
            edit(an, note, desk.draft(f"{ANSWER} Người đó ở {spelling}."), now=now)
    with pytest.raises(refusals.PartWithheld):
        reuse(
            desk.person("Chi Mai"), note, desk.claim("Nhỏ nước muối vào mũi thì không bao giờ bị cúm, nên làm"), now=now
        )

    assert edit(an, note, desk.draft(), now=now) == 2


def test_other_subjects_are_no_version(db):
    assert withhold.place_of("quote:1") is None
    assert withhold.place_of("version:999") is None
    assert withhold.place_of("") is None
