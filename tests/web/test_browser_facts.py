"""An event's facts in a real browser: three taps of a voter without scripts, and every new page looked at."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from browsing import SIZES, require_chromium, running_desk
from looks import look_at

from facts.election_desk import ADDRESS, SAID

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("election_pages_desk.py")
# A coordinator prepares an election in fewer acts than this.
STEPS_MAX = 40
TIMES = tuple(f"{datetime.now(UTC).date() + timedelta(days=days)}T07:00" for days in (-1, 100))


class Counted:
    """Somebody at a page, whose acts are counted."""

    def __init__(self, page):
        self.page, self.steps = page, 0

    def open(self, path):
        self.page.goto(path)

    def press(self, what):
        self.steps += 1
        self.page.locator(what).first.click()

    def fill(self, what, words):
        self.steps += 1
        self.page.locator(what).fill(words)

    def choose(self, what, which):
        self.steps += 1
        self.page.locator(what).select_option(which)

    def tick(self, what):
        self.steps += 1
        self.page.locator(what).check()


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
        yield {"address": address, "home": home, **json.loads(made.stdout.splitlines()[-1])}


@pytest.fixture
def fetch(election):
    """What a worker does that has the web: pages that people gave are fetched."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(SCRIPT), str(election["home"]), "fetch"]
    return partial(subprocess.run, command, env=environment, check=True, timeout=120)


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
    prebunk = f"/c/{election['prebunk']}"
    public = ["/", event, f"{event}/a/mau-an-binh", f"{event}/frozen", prebunk, "/poster", "/digest/"]
    forms = ("prepare", "source", "agree", "steps", "told", "shifts", "shifts/plan", "prebunk")

    found = look_at(stranger, public)
    found |= look_at(coordinator, [event, *(f"{event}/{form}" for form in forms)])
    found |= look_at(coordinator, [f"{prebunk}/prebunk", "/account/hand-over/"])

    assert not found


@pytest.mark.parametrize(
    ("language", "names"), [("vi", ("Bầu cử mẫu ba", "Third sample election")), ("en", ("Bầu cử mẫu tư", "Fourth one"))]
)
def test_two_people_prepare_an_election_from_its_template_in_under_forty_steps(visit, fetch, language, names):
    """A step is a box filled, a choice, a tick, or a button or link pressed; both people's are counted."""
    an, binh = (Counted(visit(name, language, viewport=SIZES["phone"])) for name in ("an", "binh"))
    an.open("/events/")
    an.press('a[href="/events/open"]')
    an.choose("#kind", "election")
    for box, words in zip(("name_vi", "name_en", "starts", "ends"), (*names, *TIMES), strict=True):
        an.fill(f"#{box}", words)
    an.tick('input[name="area"][value="vn-ha-noi"]')
    an.press("main form button >> nth=0")
    event = an.page.url
    an.press('a[href$="/prepare"]')
    an.press('a[href$="/source"]')
    an.fill("#address", ADDRESS)
    an.fill("#quote", SAID["election_day"])
    an.press("main form button >> nth=0")
    fetch()
    an.open(f"{event}/prepare")
    an.choose("#area", "mau-an-binh")
    for field, words in SAID.items():
        an.fill(f"#{field}-vi", words)
    an.press("main form button >> nth=-1")
    binh.open(f"{event}/agree")
    for place in range(binh.page.locator('input[name="fact"]').count()):
        binh.tick(f'input[name="fact"] >> nth={place}')
    binh.press("main form button >> nth=-1")

    # Looking again whether the page was fetched, and finding the list to agree to, are two more.
    assert an.steps + binh.steps + 2 < STEPS_MAX
    voter = visit(None, language, viewport=SIZES["phone"], java_script_enabled=False)
    voter.goto(f"{event}/a/mau-an-binh")
    said = voter.inner_text("main")
    assert all(words in said for words in SAID.values())
