"""The work of contributors in a real browser: practise, gather evidence, write, rate, see what is missing."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from browsing import SIZES, require_chromium, running_desk
from looks import look
from ministry import SENTENCE
from working_desk import NEWCOMERS, RATERS

from thuchu.desk.notes.practice import practice_notes

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("working_desk.py")
EXPLANATION = (
    "Nước muối loãng chỉ làm sạch miệng, không diệt được vi rút trong cổ họng. Bộ Y tế nói rõ điều này ở trang hỏi đáp."
)
LOOKS_AT_A_SLOW_SITE_MAX = 60


def _run(home, *words):
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return [sys.executable, str(SCRIPT), str(home), *words], environment


@contextmanager
def _working(home, site):
    command, environment = _run(home, "people")
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    command, environment = _run(home, "worker", str(site.port))
    worker = subprocess.Popen(command, env=environment)
    try:
        with running_desk(home, "serve", "--no-worker") as address:
            yield {"address": address, **json.loads(made.stdout.splitlines()[-1])}
    finally:
        worker.terminate()
        worker.wait(30)


@pytest.fixture(scope="module")
def working(tmp_path_factory, site):
    """A desk with people and claims, and a worker that may ask that site."""
    require_chromium()
    home = tmp_path_factory.mktemp("working") / "home"
    home.mkdir()
    with _working(home, site) as desk:
        yield desk


@pytest.fixture
def open_as(chromium, working):
    """A browser of one of the people, signed in."""
    visitors, complaints = [], []

    def open_page(name, path, language="vi", **options):
        visitor = chromium.new_context(locale=language, base_url=working["address"], **options)
        visitors.append(visitor)
        visitor.add_cookies([{"name": "session", "value": working["sessions"][name], "url": working["address"]}])
        page = visitor.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for visitor in visitors:
        visitor.close()
    assert not complaints


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).click()


def practise(page):
    """Rate every practice note as is known of it."""
    outcomes = {note.claim["vi"]: note.outcome.value for note in practice_notes().values()}
    press(page, "Bắt đầu")
    for number in range(1, 11):
        assert page.locator("h1").inner_text() == f"Ghi chú tập {number} trên 10"
        claim = page.locator("article blockquote").inner_text().strip("“”")
        press(page, "Có ích" if outcomes[claim] == "helpful" else "Không có ích")
        assert "Đúng như đã biết" in page.inner_text("main")
        press(page, "Ghi chú tiếp theo" if number < 10 else "Xem kết quả")
    assert page.locator("h1").inner_text() == "Từ giờ bạn viết được ghi chú"


def gather(page, address, scripts):
    """Ask for a page and wait until it is here: a script looks by itself, without one a link is pressed."""
    page.get_by_label("Đường dẫn", exact=True).fill(address)
    page.get_by_label("Câu quan trọng, đúng như trên trang").fill(SENTENCE)
    press(page, "Lấy trang về")
    found = page.get_by_role("heading", name="Đã tìm thấy câu của bạn")
    if scripts:
        found.wait_for()
    for _ in range(LOOKS_AT_A_SLOW_SITE_MAX):
        if found.count():
            return
        page.wait_for_timeout(500)
        follow(page, "Xem lại")
    found.wait_for()


# With scripts the whole way goes (test_browser_whole_way).
@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.long), False], ids=["scripts", "no_scripts"])
def test_a_newcomer_practises_writes_with_evidence_is_rated_and_sees_what_is_missing(open_as, working, site, scripts):
    way = "scripts" if scripts else "no_scripts"
    page = open_as(NEWCOMERS[way], "/my-work/", viewport=SIZES["phone"], java_script_enabled=scripts)

    follow(page, "Bắt đầu tập")
    practise(page)
    page.goto("/my-work/")
    follow(page, "Viết ghi chú")
    gather(page, f"{site.address}/hoi-dap", scripts)
    assert page.locator("mark").inner_text() == SENTENCE
    assert "Rửa tay thì có ích." in page.locator("blockquote").last.inner_text()
    follow(page, "Sang phần viết")
    page.get_by_label("Sai", exact=False).first.check()
    page.get_by_label("Giải thích").fill(EXPLANATION)
    if scripts:
        assert page.locator("output").inner_text() == "Số chữ: 26 / 600"
    press(page, "Xem lại lần cuối")
    press(page, "Gửi ghi chú")
    note = page.url
    for name in RATERS:
        rater = open_as(name, note + "/rate", java_script_enabled=scripts, viewport=SIZES["desktop"])
        rate(rater, scripts)
    page.goto("/my-work/")
    page.locator(f"a[href='{note.removeprefix(working['address'])}']").click()

    told = page.inner_text("main")
    assert "Còn thiếu gì" in told
    assert "Cần thêm 5 đánh giá." in told
    assert "thói quen đánh giá khác" in told


def rate(page, scripts):
    """Find a note helpful; the reasons for that appear, the others don't."""
    evidence, button = page.locator("figure").first.bounding_box(), page.get_by_label("Có ích", exact=True)
    assert evidence["y"] < button.bounding_box()["y"]
    assert not page.get_by_label("Viết rõ ràng, dễ hiểu").is_visible()
    button.check()
    assert not page.get_by_label("Bỏ sót điều chính").is_visible()
    page.get_by_label("Viết rõ ràng, dễ hiểu").check()
    press(page, "Gửi đánh giá")
    assert "Cảm ơn bạn" in page.locator("h1").inner_text()


def begin_again(page):
    """Begin to practise, however far another browser of the same session came."""
    page.goto("/practice/")
    while not page.locator("button[value=begin]").count():
        send(page, "main button")
        page.goto("/practice/")
    send(page, "button[value=begin]")


def send(page, button):
    """Press, and wait for the page that comes of it."""
    with page.expect_navigation():
        page.locator(button).first.click()


def every_page(open_as, working, language, **options):
    """(name, page) of every page of this work, as its people see it."""
    note, begun, pieces = working["note"], working["claims"]["begun"], working["pieces"]
    paths = {
        "An Nhiên": [
            *(f"/c/{begun}/write{step}" for step in ("", "/words", "/preview")),
            *(f"/c/{begun}/write/sources/{piece}" for piece in pieces.values()),
            *(f"/n/{note}{rest}" for rest in ("", "/edit", "/edit/words", "/edit/preview", "/withdraw", "/rate")),
            "/my-work/",
        ],
        "Bình Minh": ["/my-work/", "/rate/", f"/n/{note}", f"/n/{note}/rate", "/practice/", "/practice/?once_more"],
    }
    for name, addresses in paths.items():
        page = open_as(name, "/about/", language, **options)
        for address in addresses:
            page.goto(address)
            yield f"{address} of {name}", page
    begin_again(page)
    yield "a practice note", page
    send(page, "button[name=helpfulness]")
    yield "its answer", page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_this_work_can_be_read_and_touched_by_everybody(open_as, working, language):
    wrong = {}

    for name, page in every_page(open_as, working, language, bypass_csp=True):
        wrong |= look(page, name)

    assert not wrong, wrong
