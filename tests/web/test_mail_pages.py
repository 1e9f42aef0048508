"""Being told by mail: left on the asker's page, confirmed and stopped with a button; letters that no server took."""

import pytest
from claims_desk import CAT, ClaimsDesk
from django.test import Client
from small_library import text_of

from replies.askers import link_of, owed
from thuchu.desk.options import MailServer
from thuchu.desk.replies import limits
from thuchu.desk.replies.models import Reply, ReplyAddress
from thuchu.desk.replies.reads import dead_letters

pytestmark = pytest.mark.django_db
ADDRESS = "an.nguyen@thu.example"


@pytest.fixture(autouse=True)
def mail_server(settings, home):
    """A desk that says it can send; nothing is sent here."""
    settings.THUCHU_SMTP_URL = MailServer("127.0.0.1", 1, "none")
    limits.limiter.cache_clear()
    yield
    limits.limiter.cache_clear()


@pytest.fixture
def path(vi, ask):
    """The address of an asker's page."""
    return ask(vi, CAT).request["PATH_INFO"]


def leave(client, path, address=ADDRESS):
    return client.post(f"{path}/mail", {"email": address})


def test_a_desk_without_a_mail_server_asks_for_no_address(vi, path, settings):
    settings.THUCHU_SMTP_URL = None

    assert 'name="email"' not in text_of(vi.get(path))
    assert leave(vi, path).status_code == 404
    assert not ReplyAddress.objects.exists()


def test_the_page_says_what_an_address_is_for_and_how_long_it_stays(vi, en, path):
    page = text_of(vi.get(path))

    assert "Chỉ dùng cho câu hỏi này: gửi câu trả lời và đính chính, không gì khác." in page
    assert "nếu bạn không xác nhận thì sau 48 giờ địa chỉ được xoá" in page
    assert "For this question and nothing else: its answer, and corrections." in text_of(en.get(path))


def test_an_address_that_was_left_is_never_shown_again(vi, path):
    assert leave(vi, path)["Location"] == f"{path}#mail"

    page = text_of(vi.get(path))

    assert "Chúng tôi đã gửi một đường dẫn tới địa chỉ bạn để lại." in page
    assert ADDRESS not in page


def test_what_is_no_address_stays_in_the_box_with_a_sentence(vi, path):
    response = leave(vi, path, "an.nguyen@")
    page = text_of(response)

    assert response.status_code == 422
    assert "Đây chưa phải một địa chỉ thư điện tử." in page
    assert 'value="an.nguyen@"' in page


def test_a_line_that_leaves_addresses_faster_than_people_do_waits(vi, path):
    codes = [leave(vi, path, f"an{number}@thu.example").status_code for number in range(12)]

    assert codes[0] == 303
    assert codes[-1] == 429


def test_a_program_that_opens_every_link_confirms_nothing(vi, path):
    """Scanners of mail look at pages before people do."""
    leave(vi, path)
    link = f"/email/{link_of(ReplyAddress.objects.get().submission_id)}"

    for _ in range(3):
        assert "Chúng tôi gửi thư trả lời cho bạn nhé?" in text_of(vi.get(link))
        assert "Chúng tôi sẽ báo bạn câu hỏi đi đến đâu, và đính chính mỗi khi" in text_of(vi.get(link))
        vi.head(link)
    assert ReplyAddress.objects.get().state == "asked"

    assert "Địa chỉ của bạn đã được xác nhận" in text_of(vi.post(link))
    assert ReplyAddress.objects.get().state == "confirmed"
    assert "Chúng tôi gửi thư báo bạn câu hỏi này đi đến đâu" in text_of(vi.get(path))


def test_one_press_in_a_mail_program_stops_it_without_a_page_a_cookie_or_a_second_question(vi, path):
    """RFC 8058."""
    leave(vi, path)
    link = f"/email/{link_of(ReplyAddress.objects.get().submission_id, 'stop')}/stop"
    assert "Thôi nhận thư?" in text_of(vi.get(link))
    assert ReplyAddress.objects.exists(), "looking at it stops nothing"

    program = Client(enforce_csrf_checks=True)
    response = program.post(link, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert not ReplyAddress.objects.exists()
    assert "Bạn không nhận thư của chúng tôi nữa" in text_of(vi.get(link))


def test_a_confirmation_comes_from_our_own_page_alone(vi, path):
    leave(vi, path)
    link = f"/email/{link_of(ReplyAddress.objects.get().submission_id)}"

    assert Client(enforce_csrf_checks=True).post(link).status_code == 403

    assert ReplyAddress.objects.get().state == "asked"


def test_a_link_of_nobody_says_so(vi, en):
    assert vi.get("/email/nothing").status_code == 404
    assert "This link opens nothing any more" in text_of(en.get("/email/nothing"))
    assert vi.post("/email/nothing/stop").status_code == 200


def test_the_asker_erases_the_address_on_their_page(vi, path):
    leave(vi, path)

    assert vi.post(f"{path}/mail/stop").status_code == 303

    assert not ReplyAddress.objects.exists()
    assert vi.post("/q/" + "x" * 24 + "/mail/stop").status_code == 404
    assert vi.post("/q/" + "x" * 24 + "/mail", {"email": ADDRESS}).status_code == 404


def test_no_mailbox_there_is_said_on_the_page(vi, path):
    leave(vi, path)
    ReplyAddress.objects.update(state="unreachable", sealed=b"", digest="")

    assert "Thư không đến được địa chỉ bạn để lại, nên chúng tôi đã xoá địa chỉ ấy." in text_of(vi.get(path))


@pytest.fixture
def dead(now):
    """The number of a question, a letter about which no server took."""
    number = owed(now, ADDRESS)
    Reply.objects.filter(kind="not_a_fact").update(
        state="dead", ended_at=now, attempts=12, last_error="450 4.2.0 (recipient)"
    )
    return number


def test_who_keeps_the_desk_working_sees_why_a_letter_was_not_taken_and_not_to_whom(dead):
    desk = ClaimsDesk()

    page = text_of(desk.browser(desk.an).get("/letters/"))

    assert "450 4.2.0 (recipient)" in page
    assert "Báo rằng chúng tôi không kết luận" in page
    assert "sau 12 lần thử" in page
    assert ADDRESS not in page
    assert "thu.example" not in page
    assert "<b>1</b> muốn nhận thư, nhưng thư không đến được" in page


def test_they_try_again_or_give_up(dead):
    desk = ClaimsDesk()
    browser, [letter] = desk.browser(desk.an), dead_letters()

    browser.post(f"/letters/{letter.number}/again")
    assert Reply.objects.get(pk=letter.number).state == "waiting"
    Reply.objects.filter(pk=letter.number).update(state="dead", ended_at=letter.ended_at)
    browser.post(f"/letters/{letter.number}/give-up")

    assert ReplyAddress.objects.get(submission=dead).state == "unreachable"
    assert "Thư nào cũng đã được nhận." in text_of(browser.get("/letters/"))
    assert browser.post("/letters/999999/again").status_code == 303


def test_a_contributor_sees_no_letters(dead):
    desk = ClaimsDesk()

    assert desk.browser(desk.writer).get("/letters/").status_code == 403
