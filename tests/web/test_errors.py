"""What goes wrong has a page, a next step, and the words that were typed."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.test import Client, RequestFactory
from small_library import text_of

from thuchu.desk.web.pages.errors import our_fault
from thuchu.desk.web.uploads import UPLOAD_BYTES_MAX, NothingKept

pytestmark = pytest.mark.django_db


def test_a_wrong_address_leads_on(vi, home):
    response = vi.get("/không-có")

    assert response.status_code == 404
    assert "Không có gì ở địa chỉ này" in text_of(response)
    assert 'href="/f/"' in text_of(response)


def test_more_than_anybody_types_is_refused_kindly(vi, home):
    response = vi.post("/", {"message": "a" * 300_000}, content_type="application/x-www-form-urlencoded")
    plain = vi.post("/", "message=" + "a" * 300_000, content_type="application/x-www-form-urlencoded")

    assert plain.status_code == 413
    assert response.status_code == 413
    assert "Phần vừa gửi lớn quá" in text_of(plain)


def test_too_many_fields_are_refused(vi, home):
    response = vi.post("/", {f"field{n}": "x" for n in range(80)})

    assert response.status_code == 400
    assert "Chúng tôi chưa đọc được phần vừa gửi" in text_of(response)


def test_feedback_without_its_token_is_refused_with_a_page(home):
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "vi"})

    response = strict.post("/q/abc/said", {"says": "is_it"})

    assert response.status_code == 403
    assert "Chúng tôi chưa chắc là chính bạn bấm" in text_of(response)


def test_our_own_fault_says_so_and_gives_the_words_back(vi, home, django_db_blocker):
    """A broken database is the likeliest reason: the page must not need it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE intake_submission RENAME TO lost")
    vi.raise_request_exception = False

    response = vi.post("/", {"message": "tin này thật không <b>"})

    assert response.status_code == 500
    assert "Lỗi ở phía chúng tôi, không phải do bạn" in text_of(response)
    assert "tin này thật không &lt;b&gt;" in response.content.decode()


def test_our_own_fault_asks_the_database_nothing(django_assert_num_queries):
    request = RequestFactory().get("/")

    with django_assert_num_queries(0):
        assert our_fault(request).status_code == 500


def test_an_uploaded_file_passes_through_and_is_forgotten():
    handler = NothingKept()
    handler.new_file("picture", "anh.jpg", "image/jpeg", 10)

    passed_on = handler.receive_data_chunk(b"x" * 10, 0)
    kept = handler.file_complete(10)

    assert isinstance(handler, FileUploadHandler)
    assert passed_on is None
    assert kept.read() == b""


def test_a_film_is_refused_before_it_is_read():
    with pytest.raises(RequestDataTooBig):
        NothingKept().handle_raw_input(None, {}, UPLOAD_BYTES_MAX + 1, "boundary")
