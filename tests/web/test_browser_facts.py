"""An event's facts in a real browser: three taps of a voter without scripts, and every new page looked at."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import SIZES, require_chromium, running_desk
from looks import look_at

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("election_pages_desk.py")


@pytest.fixture(scope="module")
def election(tmp_path_factory):
    """A desk on which an election is on, and who is signed in there."""
    require_chromium()
    home = tmp_path_factory.mktemp("election") / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(SCRIPT), str(home)]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    with running_desk(home, "serve", "--no-worker") as address:
        yield {"address": address, **json.loads(made.stdout.splitlines()[-1])}


@pytest.fixture
def visit(chromium, election):
    """A browser of one of the people, signed in; of a stranger for None."""
    visitors = []

    def open_page(name, language, **options):
        visitor = chromium.new_context(locale=language, base_url=election["address"], **options)
        visitors.append(visitor)
        if name:
            session = {"name": "session", "value": election["sessions"][name], "url": election["address"]}
            visitor.add_cookies([session])
        return visitor.new_page()

    yield open_page
    for visitor in visitors:
        visitor.close()


@pytest.mark.parametrize(
    ("language", "event", "commune", "checked"),
    [
        ("vi", "Bầu cử mẫu: khi nào, ở đâu, thế nào", "Phường Hòa Lạc", "Xem lại ngày"),
        ("en", "Sample election: when, where and how", "Hoa Lac Ward", "Checked on"),
    ],
)
def test_three_taps_lead_a_voter_to_their_hours_on_a_phone_without_scripts(visit, language, event, commune, checked):
    page = visit(None, language, viewport=SIZES["phone"], java_script_enabled=False)
    page.goto("/")

    page.get_by_role("link", name=event).click()
    page.get_by_role("link", name=commune).click()

    said = page.inner_text("main")
    assert "6 giờ và kết thúc lúc 20 giờ" in said
    assert checked in said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_facts_looks_right_to_everybody(visit, election, language):
    event = f"/e/{election['event']}"
    stranger = visit(None, language, bypass_csp=True)
    coordinator = visit("binh", language, bypass_csp=True)

    found = look_at(stranger, ["/", event, f"{event}/a/mau-an-binh"])
    found |= look_at(coordinator, [event, *(f"{event}/{page}" for page in ("prepare", "source", "agree", "steps"))])

    assert not found
