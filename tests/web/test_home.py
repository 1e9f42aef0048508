"""The home page: one box, and what it says when a message can't be looked up."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from small_library import SALT, text_of

from thuchu.desk import sample
from thuchu.desk.intake.limits import limiter
from thuchu.desk.intake.models import Submission

pytestmark = pytest.mark.django_db


def test_a_message_becomes_a_question_with_a_page_of_its_own(vi, take_in):
    take_in(SALT)

    response = vi.post("/", {"message": "Uống nước muối loãng diệt được vi rút thật không mọi người"})

    assert response.status_code == 303
    assert response["Location"].startswith("/q/")
    assert vi.get(response["Location"]).status_code == 200


def test_the_page_is_vietnamese_unless_the_browser_asks_for_english(vi, en, home):
    french = Client(headers={"accept-language": "fr"})

    assert "Bạn nhận được tin gì? Dán vào đây, chúng tôi xem giúp." in text_of(vi.get("/"))
    assert "Bạn nhận được tin gì?" in text_of(french.get("/"))
    assert '<html lang="en">' in text_of(en.get("/"))


def test_the_chosen_language_is_remembered(vi, home):
    switched = vi.post("/language", {"language": "en", "next": "/about/"})

    assert (switched.status_code, switched["Location"]) == (303, "/about/")
    assert "What did you receive?" in text_of(vi.get("/"))


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_language_switch_leads_nowhere_else(vi, home, elsewhere):
    switched = vi.post("/language", {"language": "en", "next": elsewhere})

    assert switched["Location"] == "/"


def test_an_unknown_language_changes_nothing(vi, home):
    switched = vi.post("/language", {"language": "xx", "next": "/"})

    assert not switched.cookies


@pytest.mark.parametrize("message", ["", "   ", "\r\n\r\n", "\u200b\u200b"])
def test_an_empty_box_is_told_what_to_do(vi, home, message):
    response = vi.post("/", {"message": message})

    assert response.status_code == 422
    assert "Ô này còn trống. Bạn dán tin vào rồi bấm Kiểm tra." in text_of(response)


def test_a_long_message_is_counted_and_kept(vi, en, home):
    message = "a" * 6_213 + "z"

    response = vi.post("/", {"message": message})

    assert response.status_code == 413
    assert "Tin dài 6.214 ký tự, chúng tôi đọc được nhiều nhất 5.000." in text_of(response)
    assert message in text_of(response)
    assert "6,214 characters" in text_of(en.post("/", {"message": message}))


def test_line_ends_count_once(vi, take_in):
    take_in(SALT)
    message = "\r\n".join(["nước muối"] * 460)

    response = vi.post("/", {"message": message})

    assert len(message) > 5_000
    assert response.status_code == 303


def test_nothing_but_personal_data_is_told_so(vi, home):
    response = vi.post("/", {"message": "0912 345 678"})

    assert response.status_code == 422
    assert "Ngoài thông tin cá nhân ra" in text_of(response)
    assert Submission.objects.count() == 0


def test_a_picture_is_told_kindly_and_forgotten(vi, home):
    picture = SimpleUploadedFile("anh.jpg", b"\xff\xd8" + b"x" * 3_000_000, "image/jpeg")

    response = vi.post("/", {"message": "cái này thật không", "picture": picture})

    assert response.status_code == 415
    assert "chưa xem được hình hay tệp" in text_of(response)
    assert "cái này thật không" in text_of(response)
    assert Submission.objects.count() == 0


def test_who_asks_too_fast_is_told_how_long_to_wait(vi, take_in, settings):
    take_in(SALT)
    settings.THUCHU_CHECKS_PER_MINUTE, settings.THUCHU_WORKERS = 2, 1
    limiter.cache_clear()
    for _ in range(2):
        vi.post("/", {"message": "nước muối diệt vi rút"})

    response = vi.post("/", {"message": "câu thứ ba vẫn còn đây"})

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 30
    assert "Chờ khoảng" in text_of(response)
    assert "câu thứ ba vẫn còn đây" in text_of(response)


def test_a_form_without_its_token_keeps_what_was_typed(home):
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "vi"})

    response = strict.post("/", {"message": "tin này thật không"})

    assert response.status_code == 403
    assert "Bạn bấm Kiểm tra lần nữa; chữ đã nhập vẫn còn đây." in text_of(response)
    assert "tin này thật không" in text_of(response)


def test_what_was_typed_comes_back_as_text_never_as_markup(vi, home):
    response = vi.post("/", {"message": "</textarea><script>alert(1)</script>" + "a" * 5000})

    assert "<script>alert" not in response.content.decode()


def test_a_desk_without_fact_checks_says_so(vi, home):
    assert "Ở đây chưa có bản kiểm chứng nào" in text_of(vi.get("/"))


def test_the_newest_fact_checks_stand_below_the_box(vi, take_in):
    take_in(SALT)

    page = text_of(vi.get("/"))

    assert "“Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng”" in page
    assert "<b>Báo Thử</b> kết luận" in page


def test_a_sample_question_fills_the_box(vi, take_in):
    take_in(SALT, publisher=sample.PUBLISHER)
    first = sample.questions()[0]
    english = text_of(Client(headers={"accept-language": "en"}).get("/"))

    assert "/?try=1" in text_of(vi.get("/"))
    assert " ".join(first.split()) in text_of(vi.get("/?try=1"))
    assert first[:30] not in english
    for odd in ("0", "99", "-1", "x", "١"):
        assert vi.get("/", {"try": odd}).status_code == 200
