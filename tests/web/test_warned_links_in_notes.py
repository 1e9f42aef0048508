"""Addresses in notes that a list names, or that only look official: never a link, always with the warning."""

import re

import pytest
from at_work import as_person
from small_library import text_of

from notes.notes_desk import ANSWER, Desk
from thuchu.desk import journey
from thuchu.desk.evidence.models import Source
from thuchu.desk.web import drafts

pytestmark = pytest.mark.django_db

SCAM = "https://nhanqua-tet.example/dang-nhap?m=1"
LOOK_ALIKE = "https://vietcombank.com.vn.nhanqua.top/otp"
HONEST = "https://bao.example/tin"


@pytest.fixture
def desk(now, home):
    return Desk(now)


@pytest.fixture
def listed(tmp_path, home, now):
    """Chống Lừa's list names one site."""

    def load():
        path = tmp_path / "list.txt"
        path.write_text("nhanqua-tet.example\n", "utf-8")
        journey.take_in_links(path, publisher="Chống Lừa", now=now)

    return load


def links_in(page):
    return re.findall(r'href="(https?://[^"]+)"', page)


def test_a_listed_address_is_text_beside_its_warning_and_others_stay_links(desk, listed, vi, en):
    listed()
    note = desk.note(desk.person("An Nhiên"), text=f"{ANSWER} Trang {SCAM} là trang lừa, xem {HONEST} nhé.")

    page, english = text_of(vi.get(f"/n/{note}")), text_of(en.get(f"/n/{note}"))

    assert SCAM in page
    assert SCAM not in links_in(page)
    assert HONEST in links_in(page)
    assert "Danh sách trang nguy hiểm của <b>Chống Lừa</b>" in page
    assert "<b>Chống Lừa</b>'s list of dangerous sites names this site" in english.replace("&#x27;", "'")


def test_a_look_alike_is_no_link_either_and_the_real_site_is_named(desk, vi):
    note = desk.note(desk.person("An Nhiên"), text=f"{ANSWER} Kẻ gian gửi {LOOK_ALIKE} cho nhiều người.")

    page = text_of(vi.get(f"/n/{note}"))

    assert LOOK_ALIKE not in links_in(page)
    assert "<b>vietcombank.com.vn</b>" in page


def test_an_address_without_scheme_is_warned_of_too(desk, listed, vi):
    listed()
    note = desk.note(desk.person("An Nhiên"), text=f"{ANSWER} Đừng vào nhanqua-tet[.]example nhé.")

    assert "Danh sách trang nguy hiểm của <b>Chống Lừa</b>" in text_of(vi.get(f"/n/{note}"))


def test_a_list_that_comes_later_warns_of_older_notes_everywhere(desk, listed, vi):
    author = desk.person("An Nhiên")
    note = desk.note(author, text=f"{ANSWER} Xem {SCAM} nhé.")
    claim = re.search(r'href="/c/(\d+)"', text_of(vi.get(f"/n/{note}")))[1]
    assert SCAM in links_in(text_of(vi.get(f"/n/{note}")))

    listed()

    rater = as_person(vi, desk.person("Bình Minh"))
    for path in (f"/n/{note}", f"/c/{claim}", f"/n/{note}/rate"):
        page = text_of(rater.get(path))
        assert SCAM not in links_in(page), path
        assert "Danh sách trang nguy hiểm của <b>Chống Lừa</b>" in page, path


def test_evidence_on_a_listed_site_is_shown_and_cannot_be_opened(desk, listed, vi):
    listed()
    piece = desk.evidence()
    Source.objects.update(address=SCAM, host="nhanqua-tet.example")
    note = desk.note(desk.person("An Nhiên"), evidence=[piece])

    page = text_of(vi.get(f"/n/{note}"))

    assert "<b>nhanqua-tet.example</b>" in page
    assert links_in(page) == []
    assert "Danh sách trang nguy hiểm của <b>Chống Lừa</b>" in page


def test_who_writes_is_told_before_sending_and_may_send(desk, listed, vi):
    listed()
    an, claim = desk.person("An Nhiên"), desk.claim()
    client = as_person(vi, an)
    note = desk.note(an, claim)
    session = client.session
    drafts.keep(session, f"note:{note}", drafts.Words(verdict="false", text=f"{ANSWER} Trang {SCAM} là trang lừa."))
    session.save()

    looked = text_of(client.get(f"/n/{note}/edit/preview"))
    sent = client.post(f"/n/{note}/edit/preview")

    assert "Nếu ghi chú nói về chính trang ấy thì như vậy là đúng" in looked
    assert SCAM not in links_in(looked)
    assert sent.status_code == 303
    assert SCAM in text_of(vi.get(f"/n/{note}"))


def test_a_note_without_such_addresses_says_nothing_of_them(desk, listed, vi):
    listed()
    note = desk.note(desk.person("An Nhiên"), text=f"{ANSWER} Xem {HONEST} nhé.")

    assert "warned" not in text_of(vi.get(f"/n/{note}"))


@pytest.mark.parametrize("notes", [2, 20])
def test_warnings_cost_one_question_however_many_notes_there_are(
    desk, listed, vi, notes, django_assert_max_num_queries
):
    listed()
    claim = desk.claim()
    for n in range(notes):
        desk.note(desk.person(f"Người số {n:03}"), claim, text=f"{ANSWER} Trang {SCAM} lần {n}.")
    vi.get(f"/c/{claim}")

    with django_assert_max_num_queries(25):
        page = text_of(vi.get(f"/c/{claim}"))

    assert page.count("của <b>Chống Lừa</b>") == notes
