"""A review in a real browser: opened, frozen, held, resolved by two and published; a stranger reads it on a phone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import SIZES, require_chromium, running_desk
from looks import look_at, scrolls_sideways

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("reviewing_desk.py")
WORDS = {
    "vi": {"resolved": "Thêm hai buổi tối mỗi tuần.", "published": "Đã họp, đã công bố", "held": "Kết luận họp 01/"},
    "en": {"resolved": "Two more evenings a week.", "published": "Held, and published", "held": "Resolution 01/"},
}


@pytest.fixture(scope="module")
def reviewing(tmp_path_factory):
    """A desk with reviews in several states, and two coordinators who are signed in."""
    require_chromium()
    home = tmp_path_factory.mktemp("reviewing") / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(SCRIPT), str(home)]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=180)
    assert made.returncode == 0, made.stderr[-3000:]
    with running_desk(home, "serve", "--no-worker") as address:
        yield {"address": address, **json.loads(made.stdout.splitlines()[-1])}


@pytest.fixture
def open_as(chromium, reviewing):
    """A browser of a coordinator, signed in; of a stranger for None."""
    visitors, complaints = [], []

    def open_page(name, path, language="vi", **options):
        visitor = chromium.new_context(locale=language, base_url=reviewing["address"], **options)
        visitors.append(visitor)
        if name:
            session = {"name": "session", "value": reviewing["sessions"][name], "url": reviewing["address"]}
            visitor.add_cookies([session])
        page = visitor.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for visitor in visitors:
        visitor.close()
    assert not complaints


def act(page, name):
    """The form on the page that holds a review which does that."""
    return page.locator(f'form:has(input[name="act"][value="{name}"])')


def press(page, name):
    act(page, name).locator("button").first.click()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_two_coordinators_hold_a_review_and_a_stranger_reads_it_on_a_phone(open_as, reviewing, language):
    slug, words = reviewing["reviews"][f"live_{language}"], WORDS[language]
    options = {"viewport": SIZES["phone"], "java_script_enabled": False}
    an = open_as("an", f"/reviews/{slug}/hold", language, **options)
    press(an, "open")

    stranger = open_as(None, f"/reviews/{slug}/", language, **options)
    stranger.locator(f'a[href="/reviews/{slug}/propose"]').click()
    stranger.locator('input[value="training"]').check()
    stranger.locator("#title").fill("Tập huấn ở chợ")
    stranger.locator("main form button").click()
    assert stranger.url.endswith("/sent")

    an.goto(f"/reviews/{slug}/hold")
    press(an, "accept")
    for role, place in (("chair", 1), ("secretary", 2), ("partner", 0)):
        an.locator("#role").select_option(role)
        an.locator("#organisation").select_option(index=place)
        an.locator("#presence").select_option("present")
        press(an, "seat")
    press(an, "freeze")
    press(an, "hold")
    an.locator("#resolved-text").fill(words["resolved"])
    an.locator('input[name="method"][value="consent"]').check()
    an.locator('input[name="outcome"][value="adopted"]').check()
    press(an, "record")
    assert not act(an, "confirm").count()

    binh = open_as("binh", f"/reviews/{slug}/hold", language, **options)
    press(binh, "confirm")
    # Another page says the same on the wall.
    wall = open_as(None, f"/reviews/{slug}/meeting/", language, viewport=SIZES["desktop"])
    assert words["resolved"] in wall.inner_text("main")
    wall.context.set_offline(True)
    wall.locator("[data-next]").click()
    wall.locator("[data-start]:visible").click()
    assert ":" in wall.locator(".timer:visible").inner_text()

    an.goto(f"/reviews/{slug}/hold")
    ended = act(an, "draft").locator("#ended_at")
    begun = ended.input_value()
    act(an, "draft").locator("#begun_at").fill(begun[:11] + "00:00")
    ended.fill(begun[:11] + "23:59")
    press(an, "draft")
    press(an, "send_out")

    stranger.goto(f"/reviews/{slug}/")
    page = stranger.inner_text("main")
    assert words["held"] in page
    assert words["resolved"] in page
    assert page.index(words["resolved"]) < page.index("figures.json")
    assert not scrolls_sideways(stranger)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_coordinator_publishes_what_is_final(open_as, reviewing, language):
    slug = reviewing["reviews"][f"out_{language}"]
    options = {"viewport": SIZES["phone"], "java_script_enabled": False}
    an = open_as("an", f"/reviews/{slug}/hold", language, **options)

    press(an, "finish")
    press(an, "publish")

    stranger = open_as(None, f"/reviews/{slug}/", language, **options)
    assert WORDS[language]["published"] in stranger.inner_text("main")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_a_review_can_be_read_by_everybody(open_as, reviewing, language):
    published, live = reviewing["reviews"]["published"], reviewing["reviews"][f"live_{language}"]
    public = ["/reviews/", f"/reviews/{published}/", f"/reviews/{published}/meeting/", "/organisations/"]
    public += [f"/reviews/{published}/{form}" for form in ("propose", "object", "figures/claims_new/ask", "sent")]
    held = ["/reviews/plan", f"/reviews/{published}/hold", f"/reviews/{live}/hold", "/organisations/"]

    found = look_at(open_as(None, "/reviews/", language, bypass_csp=True), public)
    found |= look_at(open_as("an", "/reviews/", language, bypass_csp=True), held)

    assert found == {}
