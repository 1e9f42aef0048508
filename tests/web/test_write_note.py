"""Writing a note step by step: evidence asked for, shown or refused, words, a last look, and the note stands."""

import pytest
from at_work import PAGE, SENTENCE, as_person, work_off
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from small_library import text_of

from fake_wire import FakeWire
from notes.notes_desk import ANSWER, Desk
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.proposals import confirm
from thuchu.desk.evidence.models import Capture, CaptureRequest
from thuchu.desk.notes.models import Note
from thuchu.desk.notes.take_back import withdraw
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db

ADDRESS = "https://bao.example/hoi-dap"


@pytest.fixture
def desk(now, home):
    return Desk(now)


@pytest.fixture
def an(desk):
    return desk.person("An Nhiên")


@pytest.fixture
def writer(vi, an):
    return as_person(vi, an)


def ask(client, base, *, address=ADDRESS, quote=SENTENCE, **more):
    return client.post(base, {"address": address, "quote": quote, **more})


def gathered(client, desk, home, base):
    """One piece of evidence that a worker has fetched."""
    waiting = ask(client, base)["Location"]
    work_off(FakeWire({ADDRESS: PAGE}), home)
    return waiting


def test_a_visitor_is_shown_the_way_in_and_no_file_of_theirs_is_read(desk):
    base = f"/c/{desk.claim()}/write"
    strict = Client(enforce_csrf_checks=True)

    assert strict.get(base)["Location"].startswith("/signin/")
    assert strict.post(f"{base}/upload", {"file": SimpleUploadedFile("x.html", PAGE)})["Location"].startswith(
        "/signin/"
    )


def test_a_newcomer_is_shown_to_practice(desk, vi):
    newcomer = as_person(vi, desk.person("Người Mới", may_write=False))

    page = newcomer.get(f"/c/{desk.claim()}/write")

    assert page.status_code == 403
    assert "/practice/" in text_of(page)


def test_a_note_is_written_in_three_steps_without_scripts(desk, writer, home, an):
    claim = desk.claim()
    base = f"/c/{claim}/write"

    waiting = ask(writer, base)
    while_waiting = text_of(writer.get(waiting["Location"]))
    work_off(FakeWire({ADDRESS: PAGE}), home)
    found = text_of(writer.get(waiting["Location"]))
    words = writer.post(f"{base}/words", {"verdict": "false", "text": ANSWER})
    preview = text_of(writer.get(words["Location"]))
    sent = writer.post(f"{base}/preview")
    page = text_of(writer.get(sent["Location"]))

    assert waiting.status_code == words.status_code == sent.status_code == 303
    assert "Đang chờ đến lượt" in while_waiting
    assert "data-waits" in while_waiting
    assert f"<mark>{SENTENCE}</mark>" in found
    assert "Hỏi đáp.</span>" in found
    assert "Ghi chú sẽ hiện như thế này" in preview
    note = Note.objects.get()
    assert (note.claim_id, note.author_id) == (claim, an.pseudonym_id)
    assert sent["Location"] == f"/n/{note.pk}"
    assert page.index(SENTENCE) < page.index("không diệt được vi rút trong cổ họng. Bộ Y tế")


def test_what_was_gathered_and_written_is_there_after_leaving(desk, writer, home):
    claim = desk.claim()
    base = f"/c/{claim}/write"
    gathered(writer, desk, home, base)
    writer.post(f"{base}/words", {"verdict": "misleading", "text": "Mới viết được vài chữ", "go": "evidence"})

    writer.get("/about/")

    assert SENTENCE in text_of(writer.get(base))
    words = text_of(writer.get(f"{base}/words"))
    assert "Mới viết được vài chữ" in words
    assert 'value="misleading" checked' in words
    assert f'href="{base}"' in text_of(writer.get("/my-work/"))


def test_evidence_is_there_on_another_phone_and_gone_once_the_note_is_sent(desk, writer, home, an):
    claim = desk.claim()
    base = f"/c/{claim}/write"
    gathered(writer, desk, home, base)

    assert SENTENCE in text_of(as_person(Client(), an).get(base))
    writer.post(f"{base}/words", {"verdict": "false", "text": ANSWER})
    writer.post(f"{base}/preview")

    assert not CaptureRequest.objects.exists()


def test_evidence_for_one_claim_is_not_shown_for_another_nor_to_others(desk, writer, home):
    claim, other = desk.claim(), desk.claim("Ngày mai cả phường cúp điện từ bảy giờ sáng để sửa trạm biến áp")
    piece = gathered(writer, desk, home, f"/c/{claim}/write").rpartition("/")[2]
    binh = as_person(Client(), desk.person("Bình Minh"))

    assert SENTENCE not in text_of(writer.get(f"/c/{other}/write"))
    assert writer.get(f"/c/{other}/write/sources/{piece}")["Location"] == f"/c/{other}/write"
    assert binh.get(f"/c/{claim}/write/sources/{piece}")["Location"] == f"/c/{claim}/write"
    binh.post(f"/c/{claim}/write/sources/{piece}")
    assert CaptureRequest.objects.count() == 1


def test_a_refusal_is_kind_and_offers_the_nearest_passage(desk, writer, home):
    base = f"/c/{desk.claim()}/write"
    asked = ask(writer, base, quote="Súc miệng với nước muối ấm thì diệt vi rút rất tốt đấy")
    work_off(FakeWire({ADDRESS: PAGE}), home)

    page = text_of(writer.get(asked["Location"]))

    assert "Lấy câu của trang" in page
    nearest = page.split('name="quote" value="')[1].split('"')[0]
    taken = ask(writer, base, quote=nearest)
    work_off(FakeWire({ADDRESS: PAGE}), home)
    assert "Đã tìm thấy câu của bạn" in text_of(writer.get(taken["Location"]))


@pytest.mark.parametrize(
    ("address", "quote", "words"),
    [
        ("không phải đường dẫn", SENTENCE, "http"),
        ("https://facebook.com/an.nguyen.1990", SENTENCE, "facebook.com"),
        (ADDRESS, "", "câu"),
        (ADDRESS, "rất dài " * 200, "1000"),
    ],
)
def test_what_can_be_refused_at_once_is_and_what_was_typed_stays(desk, writer, address, quote, words):
    page = ask(writer, f"/c/{desk.claim()}/write", address=address, quote=quote)

    assert page.status_code == 422
    assert 'role="alert"' in text_of(page)
    assert words in text_of(page)
    assert f'value="{address}"' in text_of(page)
    assert quote.strip() in text_of(page)


def test_a_copy_is_uploaded_and_marked_as_one(desk, writer, home):
    base = f"/c/{desk.claim()}/write"
    copy = SimpleUploadedFile("hoi dap.html", b"<html>" + PAGE, "text/html")

    kept = writer.post(f"{base}/upload", {"file": copy, "quote": SENTENCE})
    page = text_of(writer.get(kept["Location"]))

    assert kept.status_code == 303
    assert "Bản sao do người viết tải lên" in page
    assert "hoi dap.html" in page
    assert SENTENCE in text_of(writer.get(base))


@pytest.mark.parametrize(
    ("body", "quote"), [(b"MZ\x90\x00 no page", SENTENCE), (b"<html>" + PAGE, "Câu này không có trên trang chút nào")]
)
def test_a_copy_that_is_refused_leaves_what_was_typed(desk, writer, body, quote):
    base = f"/c/{desk.claim()}/write"

    page = writer.post(f"{base}/upload", {"file": SimpleUploadedFile("x.html", body), "quote": quote})

    assert page.status_code == 422
    assert quote in text_of(page)
    assert "Bạn chọn lại tệp giúp" in text_of(page)
    assert not Capture.objects.exists()


def test_a_copy_larger_than_10_megabytes_is_refused_in_words(desk, writer):
    big = SimpleUploadedFile("lon.html", b"<html>" + b"x" * (10 * 1024 * 1024))

    page = writer.post(f"/c/{desk.claim()}/write/upload", {"file": big, "quote": SENTENCE})

    assert page.status_code == 422
    assert "10 MB" in text_of(page)
    assert SENTENCE in text_of(page)


def test_an_upload_without_its_token_is_refused(desk, an):
    base = f"/c/{desk.claim()}/write/upload"
    strict = as_person(Client(enforce_csrf_checks=True), an)

    refused = strict.post(base, {"file": SimpleUploadedFile("x.html", PAGE), "quote": SENTENCE})

    assert refused.status_code == 403
    assert not Capture.objects.exists()


def test_a_file_sent_to_any_other_page_is_still_forgotten(desk, writer):
    page = writer.post(f"/c/{desk.claim()}/write", {"file": SimpleUploadedFile("x.html", PAGE), "quote": SENTENCE})

    assert page.status_code == 422
    assert not Capture.objects.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"verdict": "false", "text": "Ngắn quá"}, "2"),
        ({"verdict": "", "text": ANSWER}, "năm"),
        ({"verdict": "hoax", "text": ANSWER}, "năm"),
        ({"verdict": "false", "text": "chữ " * 601}, "601"),
    ],
)
def test_words_that_do_not_fit_are_said_so_and_kept(desk, writer, home, words, says):
    base = f"/c/{desk.claim()}/write"
    gathered(writer, desk, home, base)

    page = writer.post(f"{base}/words", words)

    assert page.status_code == 422
    assert says in text_of(page).split('role="alert"')[1][:600]
    assert words["text"].strip() in text_of(page)


def test_the_desk_counts_words_without_a_script(desk, writer):
    base = f"/c/{desk.claim()}/write"
    writer.post(f"{base}/words", {"verdict": "false", "text": "một hai ba https://bao.example/x bốn", "go": "evidence"})

    assert "Hiện có 4 chữ." in text_of(writer.get(f"{base}/words"))


def test_without_evidence_no_note_can_be_sent(desk, writer):
    base = f"/c/{desk.claim()}/write"

    words = writer.post(f"{base}/words", {"verdict": "false", "text": ANSWER})
    sent = writer.post(f"{base}/preview")

    assert words.status_code == sent.status_code == 422
    assert "bằng chứng" in text_of(words)
    assert not Note.objects.exists()


def test_personal_data_is_covered_before_a_draft_is_kept(desk, writer):
    base = f"/c/{desk.claim()}/write"

    writer.post(f"{base}/words", {"verdict": "false", "text": "Gọi 0912 345 678 để hỏi", "go": "evidence"})

    assert "0912" not in str(dict(writer.session.items()))
    assert "[phone]" in text_of(writer.get(f"{base}/words"))


def test_what_a_machine_drafted_is_declared_and_labelled(desk, writer, home):
    base = f"/c/{desk.claim()}/write"
    gathered(writer, desk, home, base)
    writer.post(f"{base}/words", {"verdict": "false", "text": ANSWER, "ai_drafted": "yes"})

    page = text_of(writer.get(writer.post(f"{base}/preview")["Location"]))

    assert '<span class="tag">Máy viết nháp</span>' in page


def test_a_closed_claim_says_so_instead_of_a_form(desk, writer):
    claim = desk.claim()
    reason = scrub("Bằng chứng không phân xử được điều này.")
    number = propose_not_checkable(claim, "not_a_fact", reason, by=1, now=desk.now, has_helpful_note=False)
    confirm(number, by=2, now=desk.now)

    page = writer.get(f"/c/{claim}/write")

    assert page.status_code == 409
    assert "không nhận ghi chú nữa" in text_of(page)


def test_who_has_a_note_on_the_claim_is_led_to_editing_it(desk, writer, an):
    claim = desk.claim()
    note = desk.note(an, claim)

    assert writer.get(f"/c/{claim}/write")["Location"] == f"/n/{note}/edit"
    withdraw(an, note, now=desk.now)
    assert writer.get(f"/c/{claim}/write").status_code == 200


def test_a_new_version_begins_from_the_last_and_may_do_without_a_piece(desk, writer, an, home):
    other = desk.evidence("Uống nhiều nước muối hại thận.")
    note = desk.note(an, evidence=[desk.evidence(), other])
    base = f"/n/{note}/edit"

    words = text_of(writer.get(f"{base}/words"))
    writer.post(f"{base}/without", {"evidence": other})
    left = text_of(writer.get(base))
    writer.post(f"{base}/words", {"verdict": "misleading", "text": f"{ANSWER} Thêm một câu."})
    sent = writer.post(f"{base}/preview")
    page = text_of(writer.get(sent["Location"]))

    assert ANSWER in words
    assert 'value="false" checked' in words
    assert "hại thận." not in left.replace("thì hại thận.", "")
    assert sent["Location"] == f"/n/{note}"
    assert "bản 2" in page
    assert "Bản 1, 24/11/2026" in page


def test_an_unchanged_note_says_so(desk, writer, an):
    note = desk.note(an)

    page = writer.post(f"/n/{note}/edit/preview")

    assert page.status_code == 422
    assert 'role="alert"' in text_of(page)


def test_nobody_edits_anothers_note(desk, writer):
    note = desk.note(desk.person("Bình Minh"))

    for path in ("edit", "edit/words", "edit/preview"):
        assert writer.get(f"/n/{note}/{path}")["Location"] == f"/n/{note}"
    writer.post(f"/n/{note}/edit/words", {"verdict": "true", "text": ANSWER})
    assert Note.objects.get().versions == 1


@pytest.mark.parametrize("path", ["c/{}/write", "n/{}/edit", "n/{}", "n/{}/rate", "n/{}/withdraw"])
def test_numbers_of_nothing_are_404(desk, writer, path):
    for number in (0, 999, 10**30):
        assert writer.get(f"/{path.format(number)}").status_code == 404


def test_the_steps_ask_few_questions(desk, writer, home, an, django_assert_max_num_queries):
    base = f"/c/{desk.claim()}/write"
    for number in range(10):
        CaptureRequest.objects.create(
            address=f"{ADDRESS}/{number}", by=an.pseudonym_id, subject=f"claim:{base.split('/')[2]}",
            created_at=desk.now, changed_at=desk.now,
        )  # fmt: skip

    for path in ("", "/words"):
        with django_assert_max_num_queries(30):
            writer.get(base + path)
