"""A note's own page: evidence before words, links that vouch for nothing, versions, what is missing, and for whom."""

from datetime import timedelta

import pytest
from at_work import as_person
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from small_library import text_of

from notes.notes_desk import ANSWER, Desk
from thuchu.desk.evidence.models import Check
from thuchu.desk.notes.batch import take_batch
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.models import Note
from thuchu.desk.web.templatetags import note_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(now, home):
    return Desk(now)


@pytest.fixture
def an(desk):
    return desk.person("An Nhiên")


def test_everybody_reads_a_note_evidence_first_and_not_agreed_yet(desk, an, vi, en):
    note = desk.note(an)

    for client, missing in ((vi, "Chưa đủ đồng thuận"), (en, "Not enough agreement yet")):
        page = client.get(f"/n/{note}")
        text = text_of(page)

        assert text.index("Súc miệng bằng nước muối") < text.index("Nước muối loãng chỉ làm sạch miệng")
        assert missing in text
        assert "An Nhiên" in text
        assert 'name="robots" content="noindex"' in text
        assert page["X-Robots-Tag"] == "noindex"


def test_evidence_says_where_it_stood_when_it_was_kept_and_how_it_stands(desk, an, vi):
    piece = desk.evidence()
    note = desk.note(an, evidence=[piece])
    Check.objects.create(quote_id=piece, state="gone", since=desk.now, seen_at=desk.now)

    text = text_of(vi.get(f"/n/{note}"))

    assert "yte.example" in text
    assert "Chúng tôi giữ một bản ngày 24/11/2026." in text
    assert "SHA-256 bắt đầu bằng" in text
    assert "Trang không còn; chúng tôi giữ bản cũ" in text


def test_links_in_a_note_vouch_for_nothing_and_markup_stays_text(desk, an, vi):
    words = "Xem https://bao.example/tin?a=1&b=2. <script>alert(1)</script>\n\nĐoạn hai. " + ANSWER

    note = desk.note(an, text=words)
    page = vi.get(f"/n/{note}").content.decode()

    assert 'href="https://bao.example/tin?a=1&amp;b=2" rel="nofollow ugc noopener noreferrer"' in page
    assert "<script>alert" not in page
    assert "<p>Đoạn hai." in page


@given(st.text(max_size=200))
def test_no_letter_of_a_note_is_lost_and_no_markup_comes_through(text):
    with translation.override("vi"):
        shown = note_words.paragraphs(f"{text} https://a.example/<b>", lambda address: len(address) % 2 == 0)

    assert "<b>" not in shown
    assert shown.count("<a ") == shown.count("</a>")


def test_the_author_sees_what_is_missing_and_why_others_did_not_find_it_helpful(desk, an, vi):
    note = desk.note(an)
    for person in desk.people(5):
        desk.rate(person, note, "not_helpful", ["notHelpfulMissingKeyPoints"])
    take_batch(now=desk.now)

    own = text_of(as_person(vi, an).get(f"/n/{note}"))
    visitor = text_of(Client(headers={"accept-language": "vi"}).get(f"/n/{note}"))

    assert "5 người thấy: <q>Bỏ sót điều chính</q>" in own
    assert "thói quen đánh giá khác" in own
    assert "Người khác thấy thế nào" in own
    assert "Bỏ sót điều chính" not in visitor
    assert "Người khác thấy thế nào" not in visitor


def test_a_new_note_says_how_many_ratings_it_still_needs(desk, an, vi, en):
    note = desk.note(an)

    assert "Cần thêm 5 đánh giá." in text_of(vi.get(f"/n/{note}"))
    assert "5 more ratings are needed." in text_of(en.get(f"/n/{note}"))


def test_earlier_versions_stay_readable(desk, an, vi):
    note = desk.note(an)
    edit(an, note, desk.draft(ANSWER + " Thêm một câu.", verdict="misleading"), now=desk.now)

    text = text_of(vi.get(f"/n/{note}"))

    assert "bản 2" in text
    assert "Bản 1, 24/11/2026" in text
    assert text.index("Thêm một câu.") < text.index("Bản 1")


def test_a_withheld_passage_is_marked_with_its_reason_and_never_shown(desk, an, vi):
    desk.now = timezone.now() - timedelta(hours=1)
    words = f"{ANSWER} Ông ấy ở ngôi nhà xanh đầu ngõ."
    note = desk.note(an, text=words)

    desk.withhold(note, (words.index("ngôi nhà"), len(words)))

    text = text_of(vi.get(f"/n/{note}"))
    assert "ngôi nhà xanh" not in text
    assert "[…]" in text
    assert "Đoạn này chỉ ra một người" in text


def test_its_author_withdraws_a_note_after_being_asked_once_more(desk, an, vi):
    note = desk.note(an)
    client = as_person(vi, an)

    asked = text_of(client.get(f"/n/{note}/withdraw"))
    done = client.post(f"/n/{note}/withdraw")
    page = text_of(client.get(f"/n/{note}"))

    assert "Rút lại ghi chú này?" in asked
    assert done.status_code == 303
    assert "đã được người viết rút lại" in page
    assert "Sửa ghi chú" not in page
    assert client.post(f"/n/{note}/withdraw").status_code == 422


def test_nobody_else_withdraws_it_whatever_their_role(desk, an, vi):
    note = desk.note(an)
    dam = as_person(vi, desk.person("Đạm", role="coordinator"))

    assert "Sửa ghi chú" not in text_of(dam.get(f"/n/{note}"))
    assert dam.get(f"/n/{note}/withdraw").status_code == 303
    assert dam.post(f"/n/{note}/withdraw").status_code == 422
    assert Note.objects.get().state == "current"


@pytest.mark.parametrize("meant", ["{}", "/c/{}", "https://desk.example/c/{}?x=1"])
def test_a_note_is_used_again_on_another_claim_and_says_whose_words_it_has(desk, an, vi, meant):
    note, other = desk.note(an), desk.claim("Ngày mai cả phường cúp điện từ bảy giờ sáng để sửa trạm biến áp")
    binh = as_person(vi, desk.person("Bình Minh"))

    copied = binh.post(f"/n/{note}/reuse", {"claim": meant.format(other)})

    page = text_of(binh.get(copied["Location"]))
    assert copied.status_code == 303
    assert f"dùng lời của ghi chú {note}" in page
    assert "Bình Minh" in page


@pytest.mark.parametrize("meant", ["", "không có số", "999999", "99999999999999999999999"])
def test_using_it_on_no_claim_is_said_and_what_was_typed_stays(desk, an, vi, meant):
    note = desk.note(an)

    page = as_person(vi, an).post(f"/n/{note}/reuse", {"claim": meant})

    assert page.status_code == 422
    assert f'name="claim" value="{meant}"' in text_of(page)


@pytest.mark.parametrize("number", [20, 200])
def test_the_page_asks_the_same_few_questions_however_many_notes_there_are(
    desk, an, vi, number, django_assert_max_num_queries
):
    claim = desk.claim()
    for n in range(number - 1):
        author = desk.person(f"Người số {n:03}")
        desk.note(author, claim)
    note = desk.note(an, claim)
    for version in range(3):
        edit(an, note, desk.draft(f"{ANSWER} Lần {version}."), now=desk.now)
    client = as_person(vi, an)

    for path in (f"/n/{note}", f"/n/{note}/edit", "/my-work/"):
        with django_assert_max_num_queries(30):
            client.get(path)
    client = as_person(vi, desk.person("Bình Minh"))
    for path in (f"/n/{note}", "/rate/", f"/n/{note}/rate", "/my-work/", f"/c/{claim}/write"):
        with django_assert_max_num_queries(30):
            client.get(path)
