"""The whole loop in a real browser, on a phone, in Vietnamese, on either database: from a stranger's question to an
answer that people who usually disagree agreed on, told on the page and by mail, and taken back by both.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import SIZES, require_chromium, running_desk
from looks import scrolls_sideways
from ministry import SENTENCE
from test_browser_ask import ask
from test_browser_whole_way import takes, writes
from test_browser_work import rate
from the_server import fresh_database, require_server, running_server

from thuchu.desk.simulation.browser import lines_to

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("loop_desk.py")
MESSAGE = "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng, cả xóm đang làm theo"
# A fact-check, not the list of all.
PUBLISHED = 'main a[href^="/f/"]:not([href="/f/"])'
CHANGED = "Câu trả lời này đã thay đổi"
MAILBOX = "hoi@thu.example"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    """Nothing to set for the home's own file; a fresh database's address for the other."""
    require_chromium()
    if request.param == "sqlite":
        yield {}
        return
    require_server()
    with running_server() as server, fresh_database(server) as address:
        yield {"THUCHU_DATABASE_URL": address}


@pytest.fixture
def loop(tmp_path, database, office, site, monkeypatch):
    """A desk with a mail server and people who have disagreed before."""
    home = tmp_path / "home"
    home.mkdir()
    for name, value in (database | {"THUCHU_SMTP_URL": f"smtp+plain://127.0.0.1:{office.port}"}).items():
        monkeypatch.setenv(name, value)
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(SCRIPT), str(home)]

    def run(*words):
        done = subprocess.run(
            [*command, *words], env=environment, capture_output=True, text=True, timeout=180, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    made = json.loads(run("people").splitlines()[-1])
    worker = subprocess.Popen([*command, "worker", str(site.port)], env=environment)
    try:
        with running_desk(home, "serve", "--no-worker") as address:
            environment["THUCHU_ADDRESS"] = address

            yield {"address": address, "settle": lambda minutes: run("settle", str(minutes)), **made}
    finally:
        worker.terminate()
        worker.wait(30)


@pytest.fixture
def open_as(chromium, loop):
    """A browser with somebody's session, on a phone; of a stranger for None."""
    visitors, complaints = [], []

    def open_page(session, path):
        visitor = chromium.new_context(locale="vi", base_url=loop["address"], viewport=SIZES["phone"])
        visitors.append(visitor)
        if session:
            visitor.add_cookies([{"name": "session", "value": session, "url": loop["address"]}])
        page = visitor.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for visitor in visitors:
        visitor.close()
    assert not complaints


def test_a_strangers_question_is_answered_told_and_taken_back(open_as, loop, office, site):
    asker = open_as(None, "/")
    ask(asker, MESSAGE)
    question = asker.url
    leaves_an_address(asker, loop, office)

    writer = open_as(loop["writer"], "/account/")
    writer.goto("/my-work/")
    takes(writer, MESSAGE)
    note = writes(writer, f"{site.address}/hoi-dap").removeprefix(loop["address"])
    everybody_rates(open_as, loop, note, "helpful", "helpfulClear")

    # One round says so and publishes nothing; half an hour later another one confirms it.
    loop["settle"](0)
    asker.goto(question)
    assert asker.locator(PUBLISHED).count() == 0
    letters = len(office.letters)
    loop["settle"](31)

    asker.goto(question)
    assert not scrolls_sideways(asker)
    published = asker.locator(PUBLISHED).first.get_attribute("href")
    assert "Sai" in asker.inner_text("main")
    changed = asker.locator("main .card.notice", has_text=CHANGED)
    assert not changed.get_by_role("link").count(), "there was no answer before this one"
    answered_as = asker.locator("main h1").inner_text()
    assert len(office.letters) == letters + 1
    told = office.last
    assert told["To"] == MAILBOX
    assert published in told.get_content()
    stranger = open_as(None, published)
    review = claim_review(stranger)
    assert review["claimReviewed"]
    assert review["reviewRating"]["alternateName"]
    assert SENTENCE in stranger.inner_text("main") or stranger.locator(f'a[href="{note}"]').count()

    # Half of either side come to find it outdated: it is agreed no longer, and whoever was told is told that.
    everybody_rates(open_as, loop, note, "not_helpful", "notHelpfulOutdated")
    loop["settle"](62)
    stranger.reload()
    assert "không còn" in stranger.inner_text("main")
    assert not stranger.locator('script[type="application/ld+json"]').count()
    asker.goto(question)
    assert changed.get_by_role("link").get_attribute("href") == published
    assert "Sai" in changed.inner_text(), "it says what they were told before"
    assert asker.locator("main h1").inner_text() != answered_as
    assert len(office.letters) == letters + 2
    assert office.last["To"] == MAILBOX
    assert office.last["Subject"] != told["Subject"]
    loop["settle"](93)
    assert len(office.letters) == letters + 2, "told once"


def leaves_an_address(asker, loop, office):
    asker.get_by_label("Địa chỉ thư của bạn, nếu bạn muốn").fill(MAILBOX)
    asker.get_by_role("button", name="Gửi tôi đường dẫn để xác nhận").click()
    asker.get_by_text("Chúng tôi đã gửi một đường dẫn").wait_for()
    loop["settle"](0)
    confirm = next(word for word in office.last.get_content().split() if "/email/" in word)
    asker.goto(confirm)
    asker.get_by_role("button", name="Đúng, đây là địa chỉ của tôi").click()
    asker.get_by_role("heading", name="Địa chỉ của bạn đã được xác nhận").wait_for()


def everybody_rates(open_as, loop, note, level, reason):
    """Twelve people of two minds: two in the browser, the others through the same form."""
    seen = 2 if level == "helpful" else 0
    for session in loop["raters"][:seen]:
        rate(open_as(session, f"{note}/rate"), scripts=True)
    with lines_to(loop["address"]) as line:
        for number, session in enumerate(loop["raters"][seen:]):
            browser = line(f"192.0.2.{number + 1}")
            browser._cookies["session"] = session
            browser.send(f"{note}/rate", {"version": "1", "helpfulness": level, "reasons": [reason]})


def claim_review(page):
    found = page.locator('script[type="application/ld+json"]')
    assert found.count() == 1
    review = json.loads(found.text_content())
    assert review["@type"] == "ClaimReview"
    assert re.fullmatch(r"https?://[^ ]+/f/[^ /]+", review["url"])
    return review
