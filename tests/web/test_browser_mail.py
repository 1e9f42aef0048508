"""Being told by mail in a real browser, with a real mail server; and every page of it looked at."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from browsing import CLI, SIZES, require_chromium, running_desk
from looks import look
from test_browser_ask import ask

from replies.post_office import PostOffice

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("orderly_desk.py")
MESSAGE = "Nghe đâu cầu treo bắc qua suối bị trâu húc sập đêm qua, bà con đi lại phải vòng xa"


@pytest.fixture(scope="module")
def office():
    office = PostOffice()
    office.open()
    yield office
    office.close()


@pytest.fixture(scope="module")
def mailing(tmp_path_factory, office):
    """A desk that has a mail server, its people, and what sends its letters."""
    require_chromium()
    home = tmp_path_factory.mktemp("mailing") / "home"
    home.mkdir()
    os.environ["THUCHU_SMTP_URL"] = f"smtp+plain://127.0.0.1:{office.port}"
    try:
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        command = [sys.executable, str(SCRIPT), str(home)]
        made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
        with running_desk(home, "serve", "--no-worker") as address:
            words = [*CLI, "--home", str(home), "worker", "--until-empty"]

            def send():
                subprocess.run(words, env={**environment, "THUCHU_ADDRESS": address}, check=True, timeout=120)

            yield {"address": address, "send": send, "home": home, **json.loads(made.stdout.splitlines()[-1])}
    finally:
        del os.environ["THUCHU_SMTP_URL"]


@pytest.fixture
def open_as(chromium, mailing):
    """A browser of one of the people, signed in; of a stranger for None."""
    visitors = []

    def open_page(name, path, language="vi"):
        visitor = chromium.new_context(
            locale=language, base_url=mailing["address"], bypass_csp=True, viewport=SIZES["phone"]
        )
        visitors.append(visitor)
        if name:
            session = {"name": "session", "value": mailing["sessions"][name], "url": mailing["address"]}
            visitor.add_cookies([session])
        page = visitor.new_page()
        page.goto(path)
        return page

    yield open_page
    for visitor in visitors:
        visitor.close()


def links(office):
    """(what confirms, what stops) in the last letter."""
    found = [word for word in office.last.get_content().split() if "/email/" in word]
    return found[0], found[-1]


def test_somebody_leaves_an_address_confirms_it_and_stops(open_as, mailing, office):
    wrong = {}
    page = open_as(None, "/")
    ask(page, MESSAGE, "vi")
    asked = page.url
    wrong |= look(page, "asked")
    page.get_by_label("Địa chỉ thư của bạn, nếu bạn muốn").fill("an@thu")
    page.get_by_role("button", name="Gửi tôi đường dẫn để xác nhận").click()
    page.get_by_role("alert").wait_for()
    wrong |= look(page, "no address")
    page.get_by_label("Địa chỉ thư của bạn, nếu bạn muốn").fill("an@thu.example")
    page.get_by_role("button", name="Gửi tôi đường dẫn để xác nhận").click()
    page.get_by_text("Chúng tôi đã gửi một đường dẫn").wait_for()
    wrong |= look(page, "left")

    mailing["send"]()
    confirm, stop = links(office)
    wrong |= look(open_as(None, confirm, "en"), "confirm, English")
    page.goto(confirm)
    wrong |= look(page, "confirm")
    page.get_by_role("button", name="Đúng, đây là địa chỉ của tôi").click()
    page.get_by_role("heading", name="Địa chỉ của bạn đã được xác nhận").wait_for()
    wrong |= look(page, "confirmed")
    page.goto(asked)
    wrong |= look(page, "told by mail") | look(open_as(None, asked, "en"), "told by mail, English")
    page.goto(stop)
    wrong |= look(page, "stop") | look(open_as(None, stop, "en"), "stop, English")
    page.get_by_role("button", name="Thôi nhận, xoá địa chỉ của tôi").click()
    page.get_by_role("heading", name="Bạn không nhận thư của chúng tôi nữa").wait_for()
    wrong |= look(page, "stopped")
    page.goto(confirm)
    wrong |= look(page, "nothing there")

    assert not wrong, wrong


def test_letters_that_no_server_took_can_be_seen_to_by_everybody(open_as, mailing):
    page = open_as(None, "/")
    ask(page, MESSAGE, "vi")
    page.get_by_label("Địa chỉ thư của bạn, nếu bạn muốn").fill("binh@thu.example")
    page.get_by_role("button", name="Gửi tôi đường dẫn để xác nhận").click()
    page.get_by_text("Chúng tôi đã gửi một đường dẫn").wait_for()
    with closing(sqlite3.connect(mailing["home"] / "desk.sqlite3", timeout=20)) as database:
        dead = "state='dead', ended_at=created_at, attempts=12, last_error='450 4.2.0 (recipient)'"
        database.execute(f"UPDATE replies_reply SET {dead} WHERE state='waiting'")
        database.commit()

    wrong = look(open_as("an", "/letters/"), "letters") | look(open_as("an", "/letters/", "en"), "letters, English")

    assert not wrong, wrong
    kept = open_as("an", "/letters/")
    kept.get_by_role("button", name="Thôi không gửi, xoá địa chỉ").click()
    kept.get_by_text("Thư nào cũng đã được nhận.").wait_for()
