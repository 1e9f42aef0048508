"""The whole way of a message in a real browser, from a stranger's question to an appeal, on a phone, in Vietnamese."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import SIZES, require_chromium, running_desk
from ministry import SENTENCE
from test_browser_accounts import with_a_phone
from test_browser_ask import ask, scrolls_sideways
from test_browser_work import EXPLANATION, follow, gather, practise, press, rate
from whole_way_desk import COORDINATORS, RATERS

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("whole_way_desk.py")
MESSAGE = "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng, cả xóm đang làm theo"
SAME_IN_OTHER_WORDS = "Bà con truyền nhau rằng ngậm muối hột trước khi ngủ thì hết bệnh cúm"


@pytest.fixture(scope="module")
def desk(tmp_path_factory, site):
    """A desk that is reached by a name, as passkeys need it, where nobody has asked anything yet."""
    require_chromium()
    home = tmp_path_factory.mktemp("whole way") / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(SCRIPT), str(home), str(site.port)]
    worker = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        sessions = json.loads(worker.stdout.readline())
        with running_desk(home, "serve", "--no-worker", name="localhost") as address:
            yield {"address": address, "sessions": sessions}
    finally:
        worker.terminate()
        worker.communicate(timeout=30)


@pytest.fixture
def open_as(chromium, desk):
    """A browser of one of those who were there before, signed in; of a stranger for None."""
    visitors, complaints = [], []

    def open_page(name, path, size="phone"):
        visitor = chromium.new_context(locale="vi", base_url=desk["address"], viewport=SIZES[size])
        visitors.append(visitor)
        if name:
            visitor.add_cookies([{"name": "session", "value": desk["sessions"][name], "url": desk["address"]}])
        page = visitor.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for visitor in visitors:
        visitor.close()
    assert not complaints


def test_a_message_goes_the_whole_way_from_a_stranger_to_an_appeal(open_as, site):
    an, binh, chi = COORDINATORS

    asker = open_as(None, "/")
    claim = waits(asker, MESSAGE)
    coordinator = open_as(an, "/account/", "desktop")
    writer = joins(open_as, coordinator)
    takes(writer, MESSAGE)
    note = writes(writer, f"{site.address}/hoi-dap")
    for name in RATERS:
        rate(open_as(name, note + "/rate", "desktop"), scripts=True)

    # The writer sees what is missing, and who asked sees that people are at work.
    writer.goto("/my-work/")
    assert "Cần thêm 5 đánh giá." in writer.inner_text("main")
    writer.goto(note)
    assert "Còn thiếu gì" in writer.inner_text("main")
    assert "thói quen đánh giá khác" in writer.inner_text("main")
    asker.reload()
    follow(asker, "Đọc ghi chú và bằng chứng")
    assert "chưa đủ đồng thuận" in asker.inner_text("main")
    assert EXPLANATION in asker.inner_text("main")
    assert SENTENCE in asker.inner_text("main")

    # Somebody else asks in other words, and two coordinators put both together.
    other = open_as(None, "/")
    second = waits(other, SAME_IN_OTHER_WORDS)
    assert second != claim
    coordinator.goto(second)
    follow(coordinator, "Gộp")
    coordinator.get_by_label("Số của điều kia").fill(claim)
    coordinator.get_by_label("Vì sao").fill("Hai câu này cùng một tin.")
    press(coordinator, "Đề nghị")
    colleague = open_as(binh, "/order/", "desktop")
    press(colleague, "Có, làm đi")
    assert "Đã gộp vào điều khác" in colleague.inner_text("main")
    other.reload()
    assert other.locator(f'#waits a[href="{claim}"]').count() == 1

    # The writer appeals, and a third coordinator decides.
    writer.goto(second)
    follow(writer, "Khiếu nại")
    writer.get_by_label("Điều hai người kia có thể đã bỏ sót").fill("Ngậm muối hột là chuyện khác.")
    press(writer, "Khiếu nại")
    assert "Người thứ ba sẽ trả lời." in writer.inner_text("main")
    assert not scrolls_sideways(writer)
    third = open_as(chi, "/order/", "desktop")
    follow(third, "Đọc và quyết định")
    third.get_by_label("Huỷ việc này").check()
    third.get_by_label("Vì sao, cho mọi người đọc").fill("Đúng là hai chuyện khác nhau.")
    press(third, "Quyết định")
    assert "việc này đã được huỷ." in third.inner_text("main")
    other.reload()
    assert other.locator(f'#waits a[href="{second}"]').count() == 1


def waits(page, message):
    """Ask what nobody has asked yet; gives back the address of the claim it waits under."""
    ask(page, message)
    assert "Bạn là người đầu tiên hỏi điều này." in page.inner_text("main")
    assert not scrolls_sideways(page)
    return page.locator('#waits a[href^="/c/"]').get_attribute("href")


def joins(open_as, coordinator):
    """Somebody who was invited joins with a passkey and practises; gives back their page."""
    press(coordinator, "Tạo lời mời")
    link = coordinator.get_by_label("Chọn và chép liên kết này:").input_value()
    page = open_as(None, link)
    with_a_phone(page)
    page.get_by_label("Tên", exact=True).fill("Hạnh Phúc")
    press(page, "Tham gia bằng khoá đăng nhập")
    page.get_by_role("heading", name="Chào Hạnh Phúc").wait_for()
    page.goto("/my-work/")
    follow(page, "Bắt đầu tập")
    practise(page)
    return page


def takes(page, message):
    """Find what somebody asked in the queue, and take it."""
    follow(page, "Xem điều đang chờ")
    assert not scrolls_sideways(page)
    page.locator(f'li:has-text("{message}")').get_by_role("button", name="Nhận làm").click()


def writes(page, source):
    """A note on what was taken, with a sentence of that source; gives back its address."""
    page.goto("/my-work/")
    follow(page, "Viết ghi chú")
    gather(page, source, scripts=True)
    assert page.locator("mark").inner_text() == SENTENCE
    follow(page, "Sang phần viết")
    page.get_by_label("Sai", exact=False).first.check()
    page.get_by_label("Giải thích").fill(EXPLANATION)
    press(page, "Xem lại lần cuối")
    assert not scrolls_sideways(page)
    press(page, "Gửi ghi chú")
    return page.url
