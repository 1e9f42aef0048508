"""A passage of a note hidden by two people, from the note's page to the appeal: rule 4 as people walk it."""

import pytest
from claims_desk import SALT_WATER, ClaimsDesk
from small_library import text_of

from notes.notes_desk import ANSWER
from thuchu.desk.claims.models import Appeal, Proposal
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.models import Version

pytestmark = pytest.mark.django_db

HOUSE = "nhà sơn xanh cuối ngõ Bàng"
WORDS = f"{ANSWER}\n\nNgười tung tin ở {HOUSE}, ai cũng biết."
WHY = "Câu này chỉ ra nhà của một người."


@pytest.fixture
def desk(db):
    return ClaimsDesk()


@pytest.fixture
def note(desk):
    claim = desk.claim(SALT_WATER)
    return desk.people.note(desk.writer, claim, text=WORDS)


def propose(desk, note, **more):
    form = {"code": "doxxing", "passage": HOUSE, "reason": WHY, **more}
    return desk.browser(desk.an).post(f"/n/{note}/withhold", form)


def test_the_whole_way_of_a_hidden_passage(desk, note, vi):
    an, binh, chi = (desk.browser(who) for who in (desk.an, desk.binh, desk.chi))
    assert f"/n/{note}/withhold" in text_of(an.get(f"/n/{note}"))
    form = text_of(an.get(f"/n/{note}/withhold"))
    assert HOUSE in form
    assert "Kết luận thì không bao giờ bị che" in form or "30 ngày" in form

    proposed = propose(desk, note)
    act = Proposal.objects.get().pk
    assert (proposed.status_code, proposed["Location"]) == (303, f"/order/#proposal-{act}")
    assert HOUSE in text_of(vi.get(f"/n/{note}"))
    waiting = text_of(binh.get("/order/"))
    assert f'<a href="/n/{note}">Ghi chú {note}, bản 1</a>' in waiting
    assert f"<q>{HOUSE}</q>" in waiting
    assert an.post(f"/order/proposals/{act}/confirm").status_code == 422

    confirmed = binh.post(f"/order/proposals/{act}/confirm")
    assert (confirmed.status_code, confirmed["Location"]) == (303, f"/n/{note}")
    page = text_of(vi.get(f"/n/{note}"))
    assert HOUSE not in page
    assert "[…]" in page
    assert WHY in page
    claim = Proposal.objects.get().claim_id
    history = text_of(vi.get(f"/c/{claim}"))
    assert HOUSE not in history
    assert f'<a href="/n/{note}">Ghi chú {note}, bản 1</a>' in history

    newcomer = desk.browser(desk.newcomer)
    assert f"/c/{claim}/appeal/{act}" in text_of(newcomer.get(f"/n/{note}"))
    assert f"/n/{note}" in text_of(newcomer.get(f"/c/{claim}/appeal/{act}"))
    assert newcomer.post(f"/c/{claim}/appeal/{act}", {"words": "Ngõ này không có thật."}).status_code == 303
    appeal = Appeal.objects.get().pk
    assert f"/n/{note}" in text_of(chi.get("/order/"))
    assert f"/n/{note}" in text_of(chi.get(f"/order/appeals/{appeal}"))
    decided = chi.post(f"/order/appeals/{appeal}", {"outcome": "overturned", "answer": "Đúng là không có ngõ ấy."})
    assert decided.status_code == 303
    assert HOUSE in text_of(vi.get(f"/n/{note}"))


def test_it_is_taken_back_by_two_people(desk, note, vi):
    propose(desk, note)
    act = Proposal.objects.get()
    desk.agreed(act.pk)
    chi = desk.browser(desk.chi)
    assert f"/c/{act.claim_id}/undo/{act.pk}" in text_of(chi.get(f"/n/{note}"))

    chi.post(f"/c/{act.claim_id}/undo/{act.pk}", {"reason": "Người ấy tự nói ra."})
    undo = Proposal.objects.get(undoes=act)
    assert HOUSE not in text_of(vi.get(f"/n/{note}"))
    desk.browser(desk.binh).post(f"/order/proposals/{undo.pk}/confirm")

    assert HOUSE in text_of(vi.get(f"/n/{note}"))


def test_an_earlier_version_is_hidden_by_its_number(desk, note, vi):
    edit(desk.writer, note, desk.people.draft(), now=desk.now)
    an = desk.browser(desk.an)
    assert f"/n/{note}/withhold?version=1" in text_of(an.get(f"/n/{note}"))
    assert HOUSE in text_of(an.get(f"/n/{note}/withhold?version=1"))
    assert HOUSE not in text_of(an.get(f"/n/{note}/withhold"))

    assert propose(desk, note).status_code == 422
    assert propose(desk, note, version="1").status_code == 303
    desk.agreed(Proposal.objects.get().pk)

    page = text_of(vi.get(f"/n/{note}"))
    assert HOUSE not in page
    assert WHY in page


def test_a_passage_over_two_paragraphs_is_copied_as_the_page_breaks_it(desk, note):
    assert propose(desk, note, passage="hại thận.\r\n  Người   tung tin").status_code == 303

    act = Proposal.objects.get()
    text = Version.objects.get(note=note).text
    assert text[act.passage_start : act.passage_end] == "hại thận.\n\nNgười tung tin"


@pytest.mark.parametrize(
    "wrong",
    [
        {"passage": "không có ở đây"},
        {"passage": "  "},
        {"passage": ".*"},
        {"passage": "\x00"},
        {"code": "court_order"},
        {"code": "misleading"},
        {"reason": ""},
    ],
)
def test_what_was_typed_wrongly_is_said_and_stays(desk, note, wrong):
    answer = propose(desk, note, **wrong)

    assert answer.status_code == 422
    assert not Proposal.objects.exists()
    assert WHY in text_of(answer) or wrong == {"reason": ""}


@pytest.mark.parametrize("address", ["/n/99999/withhold", "/n/{}/withhold?version=2", "/n/{}/withhold?version=999999"])
def test_there_is_no_form_for_what_is_not_there(desk, note, address):
    assert desk.browser(desk.an).get(address.format(note)).status_code == 404


def test_a_version_that_is_no_number_is_the_one_that_stands(desk, note):
    assert desk.browser(desk.an).get(f"/n/{note}/withhold?version=x").status_code == 200


def test_the_same_is_proposed_once(desk, note):
    propose(desk, note)

    assert propose(desk, note).status_code == 409


def test_nobody_else_sees_the_way_to_it(desk, note, vi):
    for client in (vi, desk.browser(desk.writer), desk.browser(desk.newcomer)):
        assert f"/n/{note}/withhold" not in text_of(client.get(f"/n/{note}"))


def test_a_passage_of_a_claim_is_read_before_it_is_hidden(desk):
    claim = desk.claim(SALT_WATER)
    desk.freeze(claim)
    desk.browser(desk.an).post(f"/c/{claim}/withhold", {"code": "danger", "passage": "nước muối", "reason": WHY})

    assert "<q>nước muối</q>" in text_of(desk.browser(desk.binh).get("/order/"))
