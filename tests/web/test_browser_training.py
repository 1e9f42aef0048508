"""Lessons, the quiz and the known item in a real browser: read and touched by everybody."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import require_chromium, running_desk
from looks import look

from thuchu.desk.training.sitting import QUIZ_ITEMS

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("working_desk.py")
PUPIL = "Bình Minh"


@pytest.fixture(scope="module")
def working(tmp_path_factory):
    """A desk with people, served; its address, and the session of one of them."""
    require_chromium()
    home = tmp_path_factory.mktemp("training") / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    made = subprocess.run(
        [sys.executable, str(SCRIPT), str(home), "people"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    with running_desk(home, "serve", "--no-worker") as address:
        yield address, json.loads(made.stdout.splitlines()[-1])["sessions"][PUPIL]


def send(page, button):
    """Press, and wait for the page that comes of it."""
    with page.expect_navigation():
        page.locator(button).first.click()


def every_page(page):
    """The page, at each place of training that looks otherwise, with a name for it."""
    for address in ("/learn/", "/learn/1/", "/practice/", "/practice/quiz/", "/n/25/rate/next"):
        page.goto(address)
        yield address
    send(page, "button[name=choice]")
    yield "what is known of the item after note 25"
    page.goto("/learn/2/")
    page.locator("[name=answer-1]").first.check()
    send(page, "[formaction='#exercise-1']")
    yield "an exercise that is explained"
    page.goto("/practice/quiz/")
    send(page, "button[value=begin]")
    for number in range(QUIZ_ITEMS):
        if number == 1:
            yield "an item of the quiz"
        page.locator("[name=choice]").first.check()
        page.locator("[name=sure]").last.check()
        send(page, "button[value=answer]")
    send(page, "button[value=end]")
    yield "how the quiz ended"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_training_can_be_read_and_touched_by_everybody(chromium, working, language):
    address, session = working
    visitor = chromium.new_context(locale=language, base_url=address, bypass_csp=True)
    visitor.add_cookies([{"name": "session", "value": session, "url": address}])
    page, wrong = visitor.new_page(), {}

    for name in every_page(page):
        wrong |= look(page, name)
    visitor.close()

    assert not wrong, wrong
